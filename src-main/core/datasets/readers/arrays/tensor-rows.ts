// Rows of one tensor that lies somewhere in a file, read where they are. Node has no memory
// mapping, so every read is a positional read of just the rows asked for; the system's page cache
// does the rest. Nothing is ever loaded whole.
import { open, type FileHandle } from 'node:fs/promises'
import { AppError } from '../../../../api/errors.ts'
import { damagedFile } from '../../../files/byte-limits.ts'
import {
  arrayTypes,
  swapBytes,
  toDoubles,
  toFloats,
  valuesOf,
  type ArrayType
} from './array-types.ts'

/** Where the values of a tensor lie. The shape has at least one dimension. */
export interface TensorPlace {
  /** Absolute path. */
  readonly path: string
  /** For messages. */
  readonly name: string
  readonly offset: number
  readonly shape: readonly number[]
  readonly type: ArrayType
  readonly isBigEndian: boolean
  /** True when the first dimension runs fastest (NumPy's Fortran order). */
  readonly isFortran: boolean
}

/** A tensor as rows along its first dimension. */
export interface TensorRows {
  readonly rows: number
  readonly shape: readonly number[]
  /** Values of one row. */
  readonly columns: number
  readonly rowBytes: number
  readonly type: ArrayType
  /** Rows start .. start+count-1 as they would lie in a little-endian file in C order. */
  readRaw(start: number, count: number): Promise<Uint8Array>
  /** The same into memory of the caller's, count x rowBytes long. */
  readInto(start: number, count: number, into: Uint8Array): Promise<void>
  /** The same as float32, row-major. */
  readFloats(start: number, count: number): Promise<Float32Array>
  /** The same as float64, row-major. */
  readDoubles(start: number, count: number): Promise<Float64Array>
  close(): Promise<void>
}

/** Most bytes of one read call: larger ones fail on some systems. */
const readBytes = 64 << 20

/** Opens the rows. Throws AppError "file-not-readable"; reading throws "file-damaged" at a cut. */
export async function openTensor(place: TensorPlace): Promise<TensorRows> {
  let file: FileHandle
  try {
    file = await open(place.path, 'r')
  } catch (error) {
    throw new AppError('file-not-readable', undefined, { cause: error })
  }
  return tensorRows(file, place)
}

/** {@link openTensor} on an open file, which `close` closes. */
export function tensorRows(file: FileHandle, place: TensorPlace): TensorRows {
  const { shape, type, name } = place
  const [rows] = shape
  const columns = valuesOf(shape.slice(1))
  const rowBytes = columns * arrayTypes[type]
  function requireRows(start: number, count: number): void {
    if (!(start >= 0 && count >= 0 && start + count <= rows))
      throw new RangeError(`rows ${start} + ${count} are not in 0..${rows}`)
  }
  async function readInto(start: number, count: number, into: Uint8Array): Promise<void> {
    requireRows(start, count)
    if (into.length !== count * rowBytes)
      throw new RangeError(`${into.length} bytes are not ${count} rows`)
    if (place.isFortran && shape.length > 1) into.set(await readFortran(file, place, start, count))
    else await readAtInto(file, place.offset + start * rowBytes, into, name)
    if (place.isBigEndian) swapBytes(into, type)
  }
  async function readRaw(start: number, count: number): Promise<Uint8Array> {
    requireRows(start, count)
    const bytes = new Uint8Array(count * rowBytes)
    await readInto(start, count, bytes)
    return bytes
  }
  return {
    rows,
    shape,
    columns,
    rowBytes,
    type,
    readRaw,
    readInto,
    readFloats: async (start, count) => toFloats(await readRaw(start, count), type),
    readDoubles: async (start, count) => toDoubles(await readRaw(start, count), type),
    close: () => file.close()
  }
}

/** Exactly `length` bytes at `position`. Throws AppError "file-damaged" when the file ends early. */
export async function readAt(
  file: FileHandle,
  position: number,
  length: number,
  name: string
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  await readAtInto(file, position, bytes, name)
  return bytes
}

async function readAtInto(
  file: FileHandle,
  position: number,
  into: Uint8Array,
  name: string
): Promise<void> {
  let done = 0
  while (done < into.length) {
    const wanted = Math.min(into.length - done, readBytes)
    const { bytesRead } = await file.read(into, done, wanted, position + done).catch(unreadable)
    if (bytesRead === 0) throw damagedFile(name)
    done += bytesRead
  }
}

function unreadable(error: unknown): never {
  throw new AppError('file-not-readable', undefined, { cause: error })
}

// Entry (j1, j2 ...) of row r lies at r + N * (j1 + n1 * (j2 + ...)): the wanted rows are one short
// run for each entry, which is put into its place in C order.
async function readFortran(
  file: FileHandle,
  place: TensorPlace,
  start: number,
  count: number
): Promise<Uint8Array> {
  const { shape, type, name, offset } = place
  const size = arrayTypes[type]
  const inner = shape.slice(1)
  const columns = valuesOf(inner)
  const out = new Uint8Array(count * columns * size)
  if (count === 0) return out
  for (let j = 0; j < columns; j++) {
    const run = await readAt(file, offset + (start + shape[0] * j) * size, count * size, name)
    const column = cPosition(j, inner)
    for (let r = 0; r < count; r++)
      for (let b = 0; b < size; b++) out[(r * columns + column) * size + b] = run[r * size + b]
  }
  return out
}

/** Place in C order of the entry at place `j` in Fortran order. */
function cPosition(j: number, shape: readonly number[]): number {
  let left = j
  let place = 0
  const steps = shape.map((_, d) => valuesOf(shape.slice(d + 1)))
  for (const [d, size] of shape.entries()) {
    place += (left % size) * steps[d]
    left = Math.floor(left / size)
  }
  return place
}
