// The folder or zip an annotated dataset lies in: its files, their bytes, and large files as streams.
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { byteLimits } from '../../../files/byte-limits.ts'
import { realContainedPath } from '../../../files/contain.ts'
import { openZip } from '../../../files/zip-reader.ts'
import { openImageFolder, openImageZip, type ImageFiles } from '../image-files.ts'
import { isIgnoredPath } from '../image-layout.ts'
import { pictureRoot, type PictureRoot } from './picture-root.ts'

/** An opened folder or zip. */
export interface AnnotationTree extends ImageFiles {
  readonly root: PictureRoot
  has(path: string): boolean
  stream(path: string): AsyncGenerator<Buffer, void>
}

/** Opens what lies at a picked path, listing at most `limit` files of a folder. */
export async function openTree(path: string, limit = Infinity): Promise<AnnotationTree> {
  const root = await pictureRoot(path)
  const files = root.isZip ? await openImageZip(root.path) : await openImageFolder(root.path, limit)
  const names = new Set(files.files.map((file) => file.path))
  return {
    ...files,
    root,
    has: (name) => names.has(name),
    stream: (name) => (root.isZip ? zipStream(root.path, name) : fileStream(root.path, name))
  }
}

async function* zipStream(path: string, name: string): AsyncGenerator<Buffer, void> {
  const archive = await openZip(path, { ...byteLimits })
  try {
    const entry = archive.find(name)
    if (entry !== undefined) yield* archive.stream(entry)
  } finally {
    await archive.close()
  }
}

async function* fileStream(root: string, name: string): AsyncGenerator<Buffer, void> {
  const stream = createReadStream(await realContainedPath(root, name), { highWaterMark: 1 << 20 })
  // Without an encoding the stream yields Buffers.
  for await (const block of stream) yield block as Buffer
}

// Bounds of a first look: deep enough for every layout in use, quick in a folder of a million.
const deepestLook = 4
const foldersLooked = 400
const namesLooked = 200_000
const keptPerFolder = 20
const labelEnding = /\.(json|xml|ya?ml|txt|names)$/i

/** Paths of possible label files below a folder, a few of each subfolder. */
export async function possibleLabelFiles(root: string): Promise<readonly string[]> {
  const found: string[] = []
  const waiting: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }]
  let names = 0
  for (
    let folders = 0;
    waiting.length > 0 && folders < foldersLooked && names < namesLooked;
    folders++
  ) {
    const next = waiting.shift()
    if (next === undefined) break
    const entries = await readdir(join(root, next.path), { withFileTypes: true }).catch(() => [])
    names += entries.length
    let kept = 0
    for (const entry of entries) {
      if (isIgnoredPath(entry.name)) continue
      const path = next.path === '' ? entry.name : `${next.path}/${entry.name}`
      if (entry.isDirectory() && next.depth < deepestLook)
        waiting.push({ path, depth: next.depth + 1 })
      else if (entry.isFile() && kept < keptPerFolder && labelEnding.test(entry.name)) {
        kept++
        found.push(path)
      }
    }
  }
  return found
}

/** The same for the names of a zip. */
export function labelFilesAmong(names: readonly string[]): readonly string[] {
  const perFolder = new Map<string, number>()
  return names.filter((name) => {
    if (!labelEnding.test(name)) return false
    const folder = name.slice(0, name.lastIndexOf('/') + 1)
    const kept = perFolder.get(folder) ?? 0
    perFolder.set(folder, kept + 1)
    return kept < keptPerFolder
  })
}
