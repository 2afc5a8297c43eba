// Typed arrays of a run as NumPy .npy files (format 1.0, one dimension), so that any Python user
// can open them. Small and whole: feature matrices, which are read by blocks, live elsewhere.
import { readFile } from 'node:fs/promises'
import { AppError } from '../../api/errors.ts'
import {
  formatNpyHeader,
  isAsChecked,
  parseNpyHeader,
  type NpyHeader
} from '../features/npy-header.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'

export type StoredArray = Uint8Array | Int32Array | Uint32Array | Float32Array
/** Arrays that are read by their kind only: costs, which 32 bits are too few for. */
type AnyArray = StoredArray | Float64Array

function typeOf(array: AnyArray): keyof typeof kindOf {
  if (array instanceof Uint8Array) return 'uint8'
  if (array instanceof Int32Array) return 'int32'
  if (array instanceof Uint32Array) return 'uint32'
  if (array instanceof Float64Array) return 'float64'
  return 'float32'
}

/** Bytes of a one-dimensional .npy file. */
export function encodeArray(array: AnyArray): Uint8Array {
  const values = Buffer.from(array.buffer, array.byteOffset, array.byteLength)
  return Buffer.concat([formatNpyHeader(typeOf(array), [array.length], values), values])
}

/** Reads what {@link encodeArray} writes. Throws AppError "file-damaged" on anything else. */
export function decodeArray(bytes: Uint8Array): StoredArray {
  const array = decodeAny(bytes)
  if (array instanceof Float64Array) throw damaged()
  return array
}

function decodeAny(bytes: Uint8Array): AnyArray {
  const header = parseHeader(bytes)
  if (header.shape.length !== 1 || !isAsChecked(bytes, header.dataOffset)) throw damaged()
  // A copy: typed arrays need an aligned start, and a read file may share its memory with others.
  const { buffer } = new Uint8Array(bytes.subarray(header.dataOffset))
  switch (header.dtype) {
    case 'uint8':
      return new Uint8Array(buffer)
    case 'int32':
      return new Int32Array(buffer)
    case 'uint32':
      return new Uint32Array(buffer)
    case 'float32':
      return new Float32Array(buffer)
    case 'float64':
      return new Float64Array(buffer)
    default:
      throw damaged()
  }
}

function parseHeader(bytes: Uint8Array): NpyHeader {
  try {
    return parseNpyHeader(bytes, bytes.length)
  } catch (cause) {
    throw damaged(cause)
  }
}

function damaged(cause?: unknown): AppError {
  return new AppError('file-damaged', 'A file of this run is damaged. Run it again.', { cause })
}

/** Writes one array durably. */
export async function writeArray(path: string, array: AnyArray): Promise<void> {
  await writeFileAtomic(path, encodeArray(array))
}

/** Reads one array. Throws AppError "file-damaged" when it is missing or not as written. */
export async function readArray(path: string): Promise<StoredArray> {
  return decodeArray(await readBytes(path))
}

function readBytes(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw damaged(cause)
  })
}

interface Kinds {
  readonly u1: Uint8Array
  readonly i4: Int32Array
  readonly u4: Uint32Array
  readonly f4: Float32Array
  readonly f8: Float64Array
}

const kindOf = { uint8: 'u1', int32: 'i4', uint32: 'u4', float32: 'f4', float64: 'f8' } as const

/** As {@link readArray}, with the kind of number known; another kind counts as damage. */
export async function readArrayOf<K extends keyof Kinds>(path: string, kind: K): Promise<Kinds[K]> {
  const array = decodeAny(await readBytes(path))
  if (kindOf[typeOf(array)] !== kind) throw damaged()
  // The check above is exactly the type the key names.
  return array as Kinds[K]
}
