// What kind of source lies at a path, told from its content: never from its name.
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gunzipSync, constants } from 'node:zlib'
import type { ImportOptions } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import { isGzipHead, parseIdxHeader, readHead } from './readers/idx-file.ts'
import { findIdxSet, type IdxSet } from './readers/idx-pairs.ts'
import { openImageFolder, openImageZip } from './readers/image-files.ts'
import { sniffImage } from './readers/image-sniff.ts'
import { createIdxReader } from './readers/idx-reader.ts'
import { createImageReader } from './readers/image-reader.ts'
import { parseLine } from './readers/jsonl-rows.ts'
import type { DatasetReader } from './readers/reader.ts'
import type { TableSource } from './readers/table-file.ts'
import { createTableReader } from './readers/table-reader.ts'
import { findEncoding, guessEncoding } from './readers/text-decode.ts'

export type Recognised =
  | { readonly kind: 'image-folder' | 'image-zip'; readonly path: string }
  | { readonly kind: 'idx'; readonly path: string; readonly set: IdxSet }
  | {
      readonly kind: 'table'
      readonly path: string
      readonly source: TableSource
      readonly isEncodingCertain: boolean
    }

const headBytes = 64 * 1024

/**
 * Recognises a file or folder. Throws AppError "file-not-readable", "file-not-recognised" with a
 * plain reason, "nothing-to-import" for empty files, or what opening the source throws.
 * `maxBytes` bounds the search for the encoding of a text file (previews).
 */
export async function recognise(
  path: string,
  options: ImportOptions,
  maxBytes = Infinity
): Promise<Recognised> {
  const facts = await stat(path).catch((error: unknown) => {
    throw new AppError('file-not-readable', `“${basename(path)}” is not there any more.`, {
      cause: error
    })
  })
  const found = facts.isDirectory()
    ? await recogniseFolder(path)
    : await recogniseFile(path, facts.size, options, maxBytes)
  requireAsked(found, options)
  return found
}

async function recogniseFolder(path: string): Promise<Recognised> {
  const set = await findIdxSet(path)
  if (set !== undefined) return { kind: 'idx', path, set }
  const entries = await readdir(path)
  if (entries.length === 0) throw new AppError('nothing-to-import', 'This folder is empty.')
  return { kind: 'image-folder', path }
}

async function recogniseFile(
  path: string,
  size: number,
  options: ImportOptions,
  maxBytes: number
): Promise<Recognised> {
  const name = basename(path)
  if (size === 0) throw new AppError('nothing-to-import', `“${name}” is empty.`)
  const head = await readHead(path, headBytes)
  if (isZipHead(head)) return { kind: 'image-zip', path }
  const isGzip = isGzipHead(head)
  const content = isGzip ? unpackHead(head, name) : head
  if (parseIdxHeader(content) !== undefined) return recogniseArrays(path, name)
  if (sniffImage(content) !== undefined)
    throw new AppError('file-not-recognised', `“${name}” is a single picture.`, {
      hint: 'Choose the folder it is in.'
    })
  return recogniseText({ path, name, head: content, isGzip }, options, maxBytes)
}

function isZipHead(head: Buffer): boolean {
  const magic = head.toString('latin1', 0, 4)
  return magic === 'PK\x03\x04' || magic === 'PK\x05\x06'
}

function unpackHead(head: Buffer, name: string): Buffer {
  try {
    // The head is cut off, which is no error here; a bomb's head stays below 64 KiB x 1030.
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch (error) {
    throw new AppError('file-damaged', `“${name}” is damaged or cut off.`, { cause: error })
  }
}

async function recogniseArrays(path: string, name: string): Promise<Recognised> {
  const set = await findIdxSet(path)
  if (set === undefined)
    throw new AppError(
      'file-not-recognised',
      `“${name}” is an IDX array, but no pictures were found in it or beside it.`,
      {
        hint: 'Choose the folder that holds both the pictures and the labels.'
      }
    )
  return { kind: 'idx', path, set }
}

interface TextHead {
  readonly path: string
  readonly name: string
  readonly head: Buffer
  readonly isGzip: boolean
}

async function recogniseText(
  file: TextHead,
  options: ImportOptions,
  maxBytes: number
): Promise<Recognised> {
  const { path, name, head, isGzip } = file
  const guess = guessEncoding(head)
  if (guess.isBinary && options.encoding === null)
    throw new AppError('file-not-recognised', `“${name}” is not a kind of data the app reads.`, {
      hint: 'It reads pictures in folders and zip files, IDX arrays, CSV and TSV tables and JSON Lines.'
    })
  // When the start is plain ASCII only the rest of the file can tell.
  const isSettled = guess.isCertain || options.encoding !== null || head.length < headBytes
  const known = isSettled
    ? { ...guess, isCertain: true }
    : await findEncoding(path, isGzip, maxBytes)
  const encoding = options.encoding ?? known.encoding
  const text = new TextDecoder(encoding).decode(head, { stream: true }).trimStart()
  if (text === '') throw new AppError('nothing-to-import', `“${name}” holds no text.`)
  throwIfJsonArray(text, name)
  const end = text.indexOf('\n')
  const isJsonl =
    text.startsWith('{') &&
    looksLikeJsonLines(text, (end === -1 ? text : text.slice(0, end)).trim())
  return {
    kind: 'table',
    path,
    source: { path, isGzip, encoding, isJsonl },
    isEncodingCertain: known.isCertain
  }
}

// A first line that is cut off by the head or broken still counts when a later one is an object.
function looksLikeJsonLines(text: string, firstLine: string): boolean {
  if (typeof parseLine(firstLine) !== 'string') return true
  const lines = text.split('\n').slice(1, 20)
  return (
    /^\{\s*"/.test(firstLine) &&
    (lines.length === 0 || lines.some((line) => typeof parseLine(line.trim()) !== 'string'))
  )
}

function throwIfJsonArray(text: string, name: string): void {
  if (/^\[\s*[[{"\d\]-]/.test(text) && !text.includes('\n[', 1))
    throw new AppError(
      'file-not-recognised',
      `“${name}” is one JSON list; the app reads JSON Lines, one object a line.`,
      {
        hint: 'Save it as JSON Lines or CSV.'
      }
    )
}

const askedKinds: Readonly<
  Record<NonNullable<ImportOptions['as']>, readonly Recognised['kind'][]>
> = {
  images: ['image-folder', 'image-zip', 'idx'],
  arrays: ['idx'],
  table: ['table'],
  text: ['table']
}
const askedNames = {
  images: 'pictures',
  arrays: 'IDX arrays',
  table: 'a table',
  text: 'a table of texts'
} as const

function requireAsked(found: Recognised, options: ImportOptions): void {
  if (options.as === null || askedKinds[options.as].includes(found.kind)) return
  throw new AppError(
    'file-not-recognised',
    `“${basename(found.path)}” does not hold ${askedNames[options.as]}.`
  )
}

/** Opens the reader of a recognised source. */
export async function openReader(
  found: Recognised,
  options: ImportOptions
): Promise<DatasetReader> {
  switch (found.kind) {
    case 'image-folder':
      return createImageReader(await openImageFolder(found.path), 'image-folder')
    case 'image-zip':
      return createImageReader(await openImageZip(found.path), 'image-zip')
    case 'idx':
      return createIdxReader(found.set)
    case 'table':
      return createTableReader(found.source, options)
  }
}

/** The files a copy of the source needs, as names below the folder they lie in. */
export async function filesToCopy(
  found: Recognised
): Promise<{ readonly folder: string; readonly names: readonly string[] }> {
  if (found.kind === 'image-folder') {
    const files = await openImageFolder(found.path)
    return { folder: found.path, names: files.files.map((file) => file.path) }
  }
  if (found.kind === 'idx') {
    const { folder, pairs } = found.set
    const names = pairs.flatMap((pair) =>
      pair.labels === undefined ? [pair.images] : [pair.images, pair.labels]
    )
    const extra = (await readdir(folder)).filter((name) =>
      /^(class|label)[-_]?(names|es)?\.txt$/i.test(name)
    )
    return { folder, names: [...names, ...extra] }
  }
  return { folder: join(found.path, '..'), names: [basename(found.path)] }
}
