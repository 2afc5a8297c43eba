// Which label format a folder, a zip or a JSON file has, told from the content of a few of its files.
import { open } from 'node:fs/promises'
import { realContainedPath } from '../../../files/contain.ts'
import { openImageZip } from '../image-files.ts'
import { labelFilesAmong, possibleLabelFiles } from './annotation-tree.ts'
import type { AnnotationFormat } from './annotation-set.ts'
import { looksLikeCoco } from './coco.ts'
import { looksLikeYoloLabels } from './yolo.ts'
import { readClassNames } from './yolo-yaml.ts'

/** What was found: the format and, for COCO, its files. */
export interface FoundAnnotations {
  readonly format: AnnotationFormat
  /** COCO files, as paths below the root; empty for the others. */
  readonly cocoFiles: readonly string[]
}

type HeadOf = (path: string) => Promise<Buffer>

const headBytes = 64 * 1024
// Files looked into; label files are like each other.
const filesLooked = 60

/** Looks below a folder. */
export async function findInFolder(root: string): Promise<FoundAnnotations | undefined> {
  const paths = await possibleLabelFiles(root)
  return findAmong(paths, async (path) => {
    const file = await open(await realContainedPath(root, path), 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  })
}

/** Looks into a zip. Throws as openZip. */
export async function findInZip(path: string): Promise<FoundAnnotations | undefined> {
  const files = await openImageZip(path)
  try {
    const names = labelFilesAmong(files.files.map((file) => file.path))
    const sizes = new Map(files.files.map((file) => [file.path, file.sizeBytes]))
    // A whole entry is unpacked to see its start, so that only a few large ones are.
    let budget = 256 << 20
    return await findAmong(names, async (name) => {
      budget -= sizes.get(name) ?? 0
      return budget < 0 ? Buffer.alloc(0) : (await files.read(name)).subarray(0, headBytes)
    })
  } finally {
    await files.close()
  }
}

async function findAmong(
  paths: readonly string[],
  headOf: HeadOf
): Promise<FoundAnnotations | undefined> {
  const head = (path: string): Promise<Buffer> => headOf(path).catch(() => Buffer.alloc(0))
  const ending = (pattern: RegExp): string[] => paths.filter((path) => pattern.test(path))
  const coco: string[] = []
  for (const path of ending(/\.json$/i).slice(0, filesLooked))
    if (looksLikeCoco(await head(path))) coco.push(path)
  if (coco.length > 0) return { format: 'coco', cocoFiles: instancesAmong(coco) }
  for (const path of ending(/\.xml$/i).slice(0, 3))
    if (/<annotation[\s>]/.test((await head(path)).toString('latin1')))
      return { format: 'voc', cocoFiles: [] }
  return (await hasYolo(ending(/\.txt$/i), ending(/\.(ya?ml|names)$/i), head))
    ? { format: 'yolo', cocoFiles: [] }
    : undefined
}

// A COCO folder holds several files about the same pictures; those with boxes are wanted.
function instancesAmong(paths: readonly string[]): readonly string[] {
  const boxes = paths.filter((path) => !/caption|keypoint|panoptic|stuff|image_info/i.test(path))
  return boxes.length > 0 ? boxes : paths
}

async function hasYolo(
  texts: readonly string[],
  lists: readonly string[],
  head: (path: string) => Promise<Buffer>
): Promise<boolean> {
  const inLabels = texts.filter((path) => /(^|\/)labels\//i.test(path))
  for (const path of inLabels.slice(0, 20))
    if (looksLikeYoloLabels((await head(path)).toString('utf8'))) return true
  let hasNames = texts.some((path) => /(^|\/)classes\.txt$/i.test(path))
  for (const path of lists.slice(0, 10)) {
    const text = (await head(path)).toString('utf8')
    if (/\.names$/i.test(path) || readClassNames(text) !== undefined) hasNames = true
  }
  if (!hasNames) return false
  for (const path of texts.slice(0, 40))
    if (looksLikeYoloLabels((await head(path)).toString('utf8'))) return true
  return false
}
