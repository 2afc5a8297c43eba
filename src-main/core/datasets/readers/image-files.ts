// The files of a picture folder or zip behind one interface: a sorted list, and bytes by name.
// Links are never followed (security.md F2); names in a zip are checked by the zip reader (F4).
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../../api/errors.ts'
import type { ByteLimits } from '../../files/byte-limits.ts'
import { realContainedPath } from '../../files/contain.ts'
import { openZip } from '../../files/zip-reader.ts'
import { isIgnoredPath } from './image-layout.ts'

/** Largest picture file read into memory; larger ones are listed as unreadable. */
export const pictureBytes = 256 * 2 ** 20
/** Most files of one folder dataset: their names stay below about 300 MB of memory. */
export const folderFiles = 1_000_000

export interface ImageFile {
  /** Path below the source, "/" between segments. */
  readonly path: string
  readonly sizeBytes: number
}

export interface ImageFiles {
  readonly files: readonly ImageFile[]
  /** Links and other things that are no plain files, by path. */
  readonly refused: readonly string[]
  /** True when listing stopped at the limit asked for. */
  readonly isCut: boolean
  /** Changes when files were added, removed or changed. */
  readonly stamp: string
  read(path: string): Promise<Buffer>
  close(): Promise<void>
}

/** Opens a folder, listing at most `limit` files. Throws AppError "too-large" over {@link folderFiles}. */
export async function openImageFolder(root: string, limit = Infinity): Promise<ImageFiles> {
  const files: ImageFile[] = []
  const refused: string[] = []
  const isCut = await walk(root, '', files, refused, Math.min(limit, folderFiles + 1))
  if (files.length > folderFiles)
    throw new AppError('too-large', `This folder holds more than ${folderFiles} files.`)
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const bytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  return {
    files,
    refused,
    isCut,
    stamp: `${files.length}:${bytes}`,
    async read(path) {
      // The stored path may come from a project somebody else made: it is checked every time.
      return readPlainFile(await realContainedPath(root, path))
    },
    close: async () => {}
  }
}

async function walk(
  root: string,
  folder: string,
  files: ImageFile[],
  refused: string[],
  limit: number
): Promise<boolean> {
  let entries
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true })
  } catch (error) {
    if (folder === '')
      throw new AppError('file-not-readable', 'This folder could not be opened.', { cause: error })
    refused.push(folder)
    return false
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (isIgnoredPath(entry.name)) continue
    if (files.length >= limit) return true
    if (entry.isDirectory()) {
      if (await walk(root, path, files, refused, limit)) return true
    } else if (entry.isFile()) {
      files.push({ path, sizeBytes: (await stat(join(root, path))).size })
    } else refused.push(path)
  }
  return false
}

/** Bytes of a plain file. Throws AppError "file-not-readable" or "too-large". */
export async function readPlainFile(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r')
    try {
      const facts = await file.stat()
      if (!facts.isFile()) throw new AppError('file-not-readable', 'This is not a plain file.')
      if (facts.size > pictureBytes)
        throw new AppError('too-large', 'The file is larger than the app reads safely.')
      return await file.readFile()
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('file-not-readable', 'The file could not be opened.', { cause: error })
  }
}

/** Opens a zip. Throws as openZip. */
export async function openImageZip(path: string, limits?: ByteLimits): Promise<ImageFiles> {
  const archive = await openZip(path, limits)
  const facts = await stat(path)
  const files = archive.entries
    .filter((entry) => !entry.isFolder && !isIgnoredPath(entry.name))
    .map((entry) => ({ path: entry.name, sizeBytes: entry.sizeBytes }))
  return {
    files,
    refused: [],
    isCut: false,
    stamp: `${basename(path)}:${facts.size}:${facts.mtimeMs}`,
    async read(name) {
      const entry = archive.find(name)
      if (entry === undefined)
        throw new AppError('file-not-readable', 'This entry is not in the archive.')
      return archive.read(entry, pictureBytes)
    },
    close: () => archive.close()
  }
}
