// Typed arrays of a run as NumPy .npy files (format 1.0, one dimension), so that any Python user
// can open them. Small and whole: feature matrices, which are read by blocks, live elsewhere.
import { readFile } from 'node:fs/promises'
import { AppError } from '../../api/errors.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'

export type StoredArray = Uint8Array | Int32Array | Uint32Array | Float32Array

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]

function descrOf(array: StoredArray): string {
  if (array instanceof Uint8Array) return '|u1'
  if (array instanceof Int32Array) return '<i4'
  if (array instanceof Uint32Array) return '<u4'
  return '<f4'
}

/** Bytes of a one-dimensional .npy file; the data starts at a multiple of 64 as NumPy writes it. */
export function encodeArray(array: StoredArray): Uint8Array {
  const dictionary = `{'descr': '${descrOf(array)}', 'fortran_order': False, 'shape': (${array.length},), }`
  const padding = 63 - ((10 + dictionary.length) % 64)
  const header = `${dictionary}${' '.repeat(padding)}\n`
  const bytes = new Uint8Array(10 + header.length + array.byteLength)
  bytes.set(magic)
  bytes[8] = header.length & 0xff
  bytes[9] = header.length >> 8
  for (let i = 0; i < header.length; i++) bytes[10 + i] = header.charCodeAt(i)
  bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), 10 + header.length)
  return bytes
}

/** Reads what {@link encodeArray} writes. Throws AppError "file-damaged" on anything else. */
export function decodeArray(bytes: Uint8Array): StoredArray {
  const damaged = (): never => {
    throw new AppError('file-damaged', 'A file of this run is damaged or cut off. Run it again.')
  }
  if (bytes.length < 10 || magic.some((value, i) => bytes[i] !== value)) return damaged()
  const start = 10 + bytes[8] + bytes[9] * 256
  const header = new TextDecoder().decode(bytes.subarray(10, start))
  const descr = /'descr': '([^']+)'/.exec(header)?.[1]
  const length = Number(/'shape': \((\d+),\)/.exec(header)?.[1] ?? Number.NaN)
  // A copy: typed arrays need an aligned start.
  const data = bytes.slice(start).buffer
  const size = descr === '|u1' ? 1 : 4
  if (!Number.isInteger(length) || data.byteLength !== length * size) return damaged()
  switch (descr) {
    case '|u1':
      return new Uint8Array(data)
    case '<i4':
      return new Int32Array(data)
    case '<u4':
      return new Uint32Array(data)
    case '<f4':
      return new Float32Array(data)
    default:
      return damaged()
  }
}

/** Writes one array durably. */
export async function writeArray(path: string, array: StoredArray): Promise<void> {
  await writeFileAtomic(path, encodeArray(array))
}

/** Reads one array. Throws AppError "file-damaged" when it is missing or not as written. */
export async function readArray(path: string): Promise<StoredArray> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (cause) {
    throw new AppError('file-damaged', 'A file of this run is missing. Run it again.', { cause })
  }
  return decodeArray(bytes)
}

type Kinds = { u1: Uint8Array; i4: Int32Array; u4: Uint32Array; f4: Float32Array }

/** As {@link readArray}, with the kind of number known; another kind counts as damage. */
export async function readArrayOf<K extends keyof Kinds>(path: string, kind: K): Promise<Kinds[K]> {
  const array = await readArray(path)
  if (!descrOf(array).endsWith(kind)) {
    throw new AppError('file-damaged', 'A file of this run holds other numbers than expected. Run it again.')
  }
  // The check above is exactly the type the key names.
  return array as Kinds[K]
}
