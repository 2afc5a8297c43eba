// What kind of source lies at a path, told from its content: never from its name. Every family is
// asked in the order of the lists below; the first one that knows the source reads it.
import { readdir, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync, constants } from 'node:zlib'
import type { ImportOptions } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import { annotationFamily } from './families/annotations.ts'
import { arrayFamily } from './families/arrays.ts'
import { idxFamily } from './families/idx.ts'
import { pictureFamily } from './families/pictures.ts'
import { recordFamily } from './families/records.ts'
import { isGzipHead, readHead } from './readers/idx-file.ts'
import { isIgnoredPath } from './readers/image-layout.ts'
import { sniffImage } from './readers/image-sniff.ts'
import {
  headBytes,
  type FileHead,
  type FolderHead,
  type FoundSource,
  type Looking,
  type SourceFamily
} from './source-family.ts'

// Order matters where one kind of content is also another: label files beside pictures make a
// folder of pictures an annotated one, a zip may be a workbook or arrays, a COCO file is JSON too.
// Anything is a folder of pictures or a text at last, so these come last.
const families: readonly SourceFamily[] = [
  idxFamily,
  arrayFamily,
  annotationFamily,
  recordFamily,
  pictureFamily
]

/**
 * Recognises a file or folder. Throws AppError "file-not-readable", "file-not-recognised" with a
 * plain reason, "nothing-to-import" for empty files, or what opening the source throws.
 * `maxBytes` bounds the search for the encoding of a text file (previews).
 */
export async function recognise(
  path: string,
  options: ImportOptions,
  maxBytes = Infinity
): Promise<FoundSource> {
  const facts = await stat(path).catch((error: unknown) => {
    throw new AppError('file-not-readable', `“${basename(path)}” is not there any more.`, {
      cause: error
    })
  })
  const looking = { options, maxBytes }
  const found = facts.isDirectory()
    ? await recogniseFolder(path, looking)
    : await recogniseFile(path, facts.size, looking)
  requireAsked(found, options)
  return found
}

async function recogniseFolder(path: string, looking: Looking): Promise<FoundSource> {
  const folder = await folderHead(path)
  if (folder.entries.length === 0) throw new AppError('nothing-to-import', 'This folder is empty.')
  for (const family of families) {
    const found = await family.folder?.(folder, looking)
    if (found !== undefined) return found
  }
  throw notRecognised(folder.name)
}

async function folderHead(path: string): Promise<FolderHead> {
  try {
    const entries = await readdir(path, { withFileTypes: true })
    return {
      path,
      name: basename(path),
      entries: entries
        .filter((entry) => !isIgnoredPath(entry.name))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
    }
  } catch (error) {
    throw new AppError('file-not-readable', 'This folder could not be opened.', { cause: error })
  }
}

async function recogniseFile(path: string, size: number, looking: Looking): Promise<FoundSource> {
  const name = basename(path)
  if (size === 0) throw new AppError('nothing-to-import', `“${name}” is empty.`)
  const raw = await readHead(path, headBytes)
  const isGzip = isGzipHead(raw)
  const content = isGzip ? unpackHead(raw, name) : raw
  if (sniffImage(content) !== undefined)
    throw new AppError('file-not-recognised', `“${name}” is a single picture.`, {
      hint: 'Choose the folder it is in.'
    })
  const file: FileHead = { path, name, size, raw, isGzip, content }
  for (const family of families) {
    const found = await family.file?.(file, looking)
    if (found !== undefined) return found
  }
  throw notRecognised(name)
}

function unpackHead(head: Buffer, name: string): Buffer {
  try {
    // The head is cut off, which is no error here; a bomb's head stays below 64 KiB x 1030.
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch (error) {
    throw new AppError('file-damaged', `“${name}” is damaged or cut off.`, { cause: error })
  }
}

function notRecognised(name: string): AppError {
  return new AppError('file-not-recognised', `“${name}” is not a kind of data the app reads.`, {
    hint: 'It reads pictures in folders and zip files, arrays, tables (CSV, TSV, Excel, Parquet), JSON, JSON Lines and dataset folders.'
  })
}

const askedNames = {
  images: 'pictures',
  arrays: 'arrays',
  table: 'a table',
  text: 'a table of texts'
} as const

function requireAsked(found: FoundSource, options: ImportOptions): void {
  if (options.as === null || found.readsAs.includes(options.as)) return
  throw new AppError(
    'file-not-recognised',
    `“${basename(found.path)}” does not hold ${askedNames[options.as]}.`
  )
}
