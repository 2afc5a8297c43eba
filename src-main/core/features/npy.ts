// Arrays on disk in NumPy's .npy format: whole small arrays, matrices read block by block, and a
// matrix file that is filled block by block in any order. Little-endian, C order.
import { open, readFile, type FileHandle } from 'node:fs/promises'
import { AppError } from '../../api/errors.ts'
import { halfToNumber } from '../datasets/readers/arrays/array-types.ts'
import { writeError, writeFileAtomic, writeWhole } from '../files/atomic-write.ts'
import type { FeatureSource } from './feature-matrix.ts'
import { readScattered } from './read-rows.ts'
import {
  formatNpyHeader,
  npyDataOffset,
  npyPreambleBytes,
  npyTypes,
  parseNpyHeader,
  type NpyHeader,
  type NpyType
} from './npy-header.ts'

export type NpyValues = Float32Array | Float64Array | Uint8Array | Int32Array | Uint32Array

/** A whole array in memory. float16 is widened to float32. */
export interface NpyArray {
  readonly shape: readonly number[]
  readonly dtype: NpyType
  readonly values: NpyValues
}

/** Values of raw little-endian bytes; the bytes may lie anywhere. */
function valuesOf(bytes: Uint8Array, dtype: NpyType): NpyValues {
  // A copy with its own buffer: typed arrays need aligned offsets, and a Buffer's slice is a view.
  const copy = new Uint8Array(bytes)
  if (dtype === 'uint8') return copy
  const { buffer } = copy
  switch (dtype) {
    case 'float32':
      return new Float32Array(buffer)
    case 'float64':
      return new Float64Array(buffer)
    case 'int32':
      return new Int32Array(buffer)
    case 'uint32':
      return new Uint32Array(buffer)
    case 'float16':
      return Float32Array.from(new Uint16Array(buffer), halfToNumber)
  }
}

function typeOfValues(values: NpyValues): NpyType {
  if (values instanceof Float32Array) return 'float32'
  if (values instanceof Float64Array) return 'float64'
  if (values instanceof Int32Array) return 'int32'
  if (values instanceof Uint32Array) return 'uint32'
  return 'uint8'
}

/** A file's bytes. Throws a RangeError when the values do not fill the shape. */
export function encodeNpy(values: NpyValues, shape: readonly number[]): Uint8Array {
  if (shape.reduce((product, size) => product * size, 1) !== values.length)
    throw new RangeError(`${values.length} values do not fill ${shape.join(' x ')}`)
  const header = formatNpyHeader(typeOfValues(values), shape)
  return Buffer.concat([header, bytesOf(values)])
}

function bytesOf(values: NpyValues): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** Reads a whole file's bytes. Throws AppError as {@link parseNpyHeader}. */
export function decodeNpy(bytes: Uint8Array): NpyArray {
  const { dtype, shape, dataOffset } = parseNpyHeader(bytes, bytes.length)
  return { dtype, shape, values: valuesOf(bytes.subarray(dataOffset), dtype) }
}

/** Reads a small array whole. Throws AppError "file-not-readable" or as {@link parseNpyHeader}. */
export async function readNpy(path: string): Promise<NpyArray> {
  return decodeNpy(await readFile(path).catch(unreadable))
}

/** Writes a rows x columns matrix in one go, atomically. Throws AppError as writeFileAtomic. */
export async function writeNpy(
  path: string,
  values: NpyValues,
  rows: number,
  columns: number
): Promise<void> {
  if (values.length !== rows * columns)
    throw new RangeError(`${values.length} values do not fill ${rows} x ${columns}`)
  const header = formatNpyHeader(typeOfValues(values), [rows, columns])
  await writeFileAtomic(path, [header, bytesOf(values)])
}

function unreadable(error: unknown): never {
  throw new AppError('file-not-readable', undefined, { cause: error })
}

/**
 * Opens a matrix for reading by blocks; further dimensions count as columns, a vector has one.
 * All types are read as float32. Throws AppError "file-not-readable", "file-damaged" or
 * "file-not-recognised".
 */
export async function openNpy(path: string): Promise<FeatureSource & { readonly dtype: NpyType }> {
  const file = await open(path, 'r').catch(unreadable)
  try {
    const header = await readHeader(file)
    return matrixSource(file, header)
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readHeader(file: FileHandle): Promise<NpyHeader> {
  const { size } = await file.stat()
  const preamble = await readAt(file, 0, Math.min(size, npyPreambleBytes))
  const head = await readAt(file, 0, Math.min(size, npyDataOffset(preamble)))
  return parseNpyHeader(head, size)
}

function matrixSource(
  file: FileHandle,
  header: NpyHeader
): FeatureSource & { readonly dtype: NpyType } {
  const { dtype, shape, dataOffset } = header
  const rows = shape[0] ?? 1
  const columns = shape.slice(1).reduce((product, size) => product * size, 1)
  const rowBytes = columns * npyTypes[dtype].bytes

  async function readBlock(start: number, count: number): Promise<Float32Array> {
    if (!(start >= 0 && count >= 0 && start + count <= rows))
      throw new RangeError(`rows ${start} + ${count} are not in 0..${rows}`)
    const bytes = await readAt(file, dataOffset + start * rowBytes, count * rowBytes)
    const values = valuesOf(bytes, dtype)
    return values instanceof Float32Array ? values : Float32Array.from(values)
  }

  async function readInto(start: number, count: number, into: Uint8Array): Promise<void> {
    if (!(start >= 0 && start + count <= rows && into.length === count * rowBytes))
      throw new RangeError(`rows ${start} + ${count} of 0..${rows} into ${into.length} bytes`)
    await readAtInto(file, dataOffset + start * rowBytes, into)
  }

  return {
    rows,
    columns,
    dtype,
    readBlock,
    readRows: (wanted) => readScattered({ columns, rowBytes, readBlock }, wanted),
    ...(dtype === 'float16' || dtype === 'float32' ? { raw: { type: dtype, readInto } } : {}),
    close: () => file.close()
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  await readAtInto(file, position, bytes)
  return bytes
}

async function readAtInto(file: FileHandle, position: number, into: Uint8Array): Promise<void> {
  let done = 0
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done)
    if (bytesRead === 0) throw new AppError('file-damaged', 'The array file is cut off.')
    done += bytesRead
  }
}

/** A float32 matrix file that is filled block by block, in any order. */
export interface NpyWriter {
  /** True when the file was made anew, so that no row of an earlier run is in it. */
  readonly isFresh: boolean
  /** Writes whole rows from row `start` on. Throws AppError "disk-full". */
  writeRows(start: number, values: Float32Array): Promise<void>
  /** Bytes of whole rows, as they are in the file. */
  readRows(start: number, count: number): Promise<Uint8Array>
  /** Everything written so far is on the disk when this resolves. */
  sync(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the file for filling: a file of this very shape goes on with its rows as they are, anything
 * else is replaced by a file of zeros of full size, so that a full disk shows at once or not at all.
 */
export async function openNpyWriter(
  path: string,
  rows: number,
  columns: number
): Promise<NpyWriter> {
  const header = formatNpyHeader('float32', [rows, columns])
  const bytes = header.length + rows * columns * 4
  const file = await open(path, 'r+').catch(() => open(path, 'w+').catch(unwritable))
  let isFresh = false
  try {
    if (!(await hasHeader(file, header, bytes))) {
      isFresh = true
      await file.truncate(0)
      await file.truncate(bytes)
      await writeWhole(file, header, 0)
    }
  } catch (error) {
    await file.close()
    throw writeError(error)
  }
  return {
    isFresh,
    async writeRows(start, values) {
      const count = values.length / columns
      if (!(start >= 0 && Number.isInteger(count) && start + count <= rows))
        throw new RangeError(`${values.length} values from row ${start} do not fit`)
      const position = header.length + start * columns * 4
      await writeWhole(file, bytesOf(values), position).catch(unwritable)
    },
    readRows: (start, count) =>
      readAt(file, header.length + start * columns * 4, count * columns * 4),
    sync: () => file.datasync().catch(unwritable),
    close: () => file.close()
  }
}

async function hasHeader(file: FileHandle, header: Uint8Array, bytes: number): Promise<boolean> {
  const { size } = await file.stat()
  if (size !== bytes) return false
  return Buffer.from(await readAt(file, 0, header.length)).equals(header)
}

function unwritable(error: unknown): never {
  throw writeError(error)
}
