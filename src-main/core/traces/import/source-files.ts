// The files of what was picked: a file itself, or all files of a folder, in the order of their names.
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../../api/errors.ts'

/** A picked file or folder. */
export interface PickedPath {
  /** Absolute. */
  readonly path: string
  readonly isFolder: boolean
}

/** A file to read. */
export interface SourceFile {
  readonly path: string
  /** For display: inside the picked folder, with its name. */
  readonly name: string
  readonly sizeBytes: number
  /** True when it was picked by itself and not as one of a folder. */
  readonly isPicked: boolean
}

/** Files of one import; folders beyond are not meant to be read as logs. */
const mostFiles = 20_000
const deepestFolder = 12

/**
 * Files in the order they are read. Links, hidden files and folders are left out. Throws AppError
 * "file-not-readable", "too-large" beyond 20,000 files, "nothing-to-import" for empty folders.
 */
export async function sourceFiles(
  picked: readonly PickedPath[],
  signal: AbortSignal
): Promise<SourceFile[]> {
  const found: SourceFile[] = []
  for (const { path, isFolder } of picked) {
    if (isFolder) await walk(path, basename(path), 0, found, signal)
    else found.push({ path, name: basename(path), sizeBytes: await sizeOf(path), isPicked: true })
  }
  if (found.length === 0)
    throw new AppError('nothing-to-import', 'There are no files in this folder.')
  return found
}

async function walk(
  folder: string,
  name: string,
  depth: number,
  found: SourceFile[],
  signal: AbortSignal
): Promise<void> {
  signal.throwIfAborted()
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('file-not-readable', `The folder \u201C${name}\u201D could not be read.`, {
      cause
    })
  })
  const order = new Intl.Collator('en', { numeric: true })
  entries.sort((a, b) => order.compare(a.name, b.name))
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    const shown = `${name}/${entry.name}`
    if (entry.isDirectory() && depth < deepestFolder)
      await walk(path, shown, depth + 1, found, signal)
    else if (entry.isFile())
      found.push({ path, name: shown, sizeBytes: await sizeOf(path), isPicked: false })
    if (found.length > mostFiles)
      throw new AppError('too-large', 'There are more than 20,000 files in this folder.', {
        hint: 'Choose a folder that holds the logs alone.'
      })
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (cause) {
    throw new AppError('file-not-readable', undefined, { cause })
  }
}

const headBytes = 4096

/**
 * May a file of a folder hold traces? Told by its first bytes: JSON, or something packed. Pictures and
 * videos beside logs are not read to their end.
 */
export async function mayHoldTraces(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    const head = buffer.subarray(0, bytesRead)
    if (head.length >= 4 && head.readUInt32LE(0) === 0x04034b50) return true
    if (head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b) return true
    const text = head
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trimStart()
    return text.startsWith('{') || text.startsWith('[')
  } finally {
    await file.close()
  }
}
