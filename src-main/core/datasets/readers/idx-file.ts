// IDX arrays (the MNIST family): a big-endian header, then raw values. Plain files are read in
// place; .gz files are unpacked into memory once, behind the bomb counter.
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../../api/errors.ts'
import { damagedFile, openBytes } from '../../files/byte-limits.ts'

/** Largest unpacked .gz array kept in memory; larger ones are to be unpacked first. */
export const unpackedBytes = 2 ** 30
// More dimensions than any such file has; bounds the header.
const mostDimensions = 8

export interface IdxHeader {
  /** Bytes of one value. */
  readonly valueBytes: number
  readonly type: 'uint8' | 'int8' | 'int16' | 'int32' | 'float32' | 'float64'
  readonly shape: readonly number[]
  readonly headerBytes: number
}

const types = new Map<number, readonly [IdxHeader['type'], number]>([
  [0x08, ['uint8', 1]],
  [0x09, ['int8', 1]],
  [0x0b, ['int16', 2]],
  [0x0c, ['int32', 4]],
  [0x0d, ['float32', 4]],
  [0x0e, ['float64', 8]]
])

/** Reads a header from the first bytes of a file; undefined when they are no IDX header. */
export function parseIdxHeader(head: Uint8Array): IdxHeader | undefined {
  if (head.length < 8 || head[0] !== 0 || head[1] !== 0) return undefined
  const type = types.get(head[2])
  const dimensions = head[3]
  const headerBytes = 4 + 4 * dimensions
  if (
    type === undefined ||
    dimensions < 1 ||
    dimensions > mostDimensions ||
    head.length < headerBytes
  )
    return undefined
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i))
  return { type: type[0], valueBytes: type[1], shape, headerBytes }
}

/** Bytes of one entry along the first dimension. */
export function entryBytes(header: IdxHeader): number {
  return header.shape.slice(1).reduce((product, size) => product * size, header.valueBytes)
}

export interface IdxArray {
  readonly header: IdxHeader
  readonly entries: number
  readonly entryBytes: number
  /** Raw bytes of entries start .. start+count-1. */
  read(start: number, count: number): Promise<Uint8Array>
  close(): Promise<void>
}

/** True for the first bytes of a .gz file. */
export function isGzipHead(head: Uint8Array): boolean {
  return head.length > 2 && head[0] === 0x1f && head[1] === 0x8b
}

/**
 * Opens an array. Throws AppError "file-not-recognised" for another magic number, "file-damaged"
 * when shape and size differ, "too-large", "archive-unsafe" or "file-not-readable".
 */
export async function openIdx(path: string): Promise<IdxArray> {
  const name = basename(path)
  const head = await readHead(path, 4 + 4 * mostDimensions)
  if (isGzipHead(head)) return unpackIdx(path, name)
  const header = requireHeader(head, name)
  const file = await open(path, 'r')
  try {
    requireSize(header, (await file.stat()).size, name)
    return plainArray(file, header, name)
  } catch (error) {
    await file.close()
    throw error
  }
}

/** The first bytes of a file. Throws AppError "file-not-readable". */
export async function readHead(path: string, bytes: number): Promise<Buffer> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (error) {
    throw new AppError('file-not-readable', `“${basename(path)}” could not be opened.`, {
      cause: error
    })
  }
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    throw new AppError('file-not-readable', `“${basename(path)}” could not be read.`, {
      cause: error
    })
  } finally {
    await file.close()
  }
}

/** Header of a plain or .gz array without reading the rest; undefined when it is none. */
export async function peekIdxHeader(path: string): Promise<IdxHeader | undefined> {
  const head = await readHead(path, 4 + 4 * mostDimensions)
  if (!isGzipHead(head)) return parseIdxHeader(head)
  try {
    const { stream } = await openBytes(path, true)
    for await (const chunk of stream) return parseIdxHeader(chunk as Buffer)
  } catch {
    // Not a readable .gz: whoever opens it as an array is told so then.
  }
  return undefined
}

function requireHeader(head: Uint8Array, name: string): IdxHeader {
  const header = parseIdxHeader(head)
  if (header === undefined)
    throw new AppError(
      'file-not-recognised',
      `“${name}” is not an IDX array: its first bytes differ.`
    )
  return header
}

function requireSize(header: IdxHeader, size: number, name: string): void {
  const expected = header.headerBytes + header.shape[0] * entryBytes(header)
  if (!Number.isSafeInteger(expected) || expected !== size)
    throw new AppError(
      'file-damaged',
      `“${name}” is damaged or cut off: it should be ${expected} bytes and is ${size}.`
    )
}

function plainArray(file: FileHandle, header: IdxHeader, name: string): IdxArray {
  const bytes = entryBytes(header)
  return {
    header,
    entries: header.shape[0],
    entryBytes: bytes,
    async read(start, count) {
      const block = Buffer.alloc(count * bytes)
      const { bytesRead } = await file.read(
        block,
        0,
        block.length,
        header.headerBytes + start * bytes
      )
      if (bytesRead !== block.length) throw damagedFile(name)
      return block
    },
    close: () => file.close()
  }
}

async function unpackIdx(path: string, name: string): Promise<IdxArray> {
  const blocks: Buffer[] = []
  let size = 0
  try {
    const { stream } = await openBytes(path, true)
    for await (const chunk of stream) {
      // Without an encoding the stream yields Buffers.
      const block = chunk as Buffer
      if (size === 0) requireHeader(block, name)
      size += block.length
      if (size > unpackedBytes)
        throw new AppError('too-large', `“${name}” is too large to read packed.`, {
          hint: 'Unpack the .gz file first.'
        })
      blocks.push(block)
    }
  } catch (error) {
    throw damagedFile(name, error)
  }
  const all = Buffer.concat(blocks, size)
  const header = requireHeader(all, name)
  requireSize(header, size, name)
  const bytes = entryBytes(header)
  return {
    header,
    entries: header.shape[0],
    entryBytes: bytes,
    read: async (start, count) => {
      if (start < 0 || start + count > header.shape[0]) throw damagedFile(name)
      return all.subarray(
        header.headerBytes + start * bytes,
        header.headerBytes + (start + count) * bytes
      )
    },
    close: async () => {}
  }
}

/** Values of a one-dimensional whole-number array. Throws AppError "file-not-recognised". */
export async function readWholeNumbers(array: IdxArray, name: string): Promise<Int32Array> {
  const { header } = array
  const raw = await array.read(0, array.entries)
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  const values = new Int32Array(array.entries)
  for (let i = 0; i < values.length; i++) {
    if (header.type === 'uint8') values[i] = raw[i]
    else if (header.type === 'int8') values[i] = view.getInt8(i)
    else if (header.type === 'int16') values[i] = view.getInt16(2 * i)
    else if (header.type === 'int32') values[i] = view.getInt32(4 * i)
    else
      throw new AppError(
        'file-not-recognised',
        `“${name}” holds fractions, so it cannot be labels.`
      )
  }
  return values
}
