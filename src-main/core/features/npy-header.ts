// The header of NumPy's .npy format (versions 1.0 to 3.0): parsed with bounds, and written. A
// header from outside is only ever matched against what is expected, never evaluated.
import { crc32 } from 'node:zlib'
import { AppError } from '../../api/errors.ts'
import { npyMagic, parseNpyFields } from '../datasets/readers/arrays/npy-fields.ts'

export { npyDataOffset, npyPreambleBytes } from '../datasets/readers/arrays/npy-fields.ts'

/** Element types that are read. float16 is read only; the rest is also written. */
export const npyTypes = {
  float32: { descr: '<f4', bytes: 4 },
  float64: { descr: '<f8', bytes: 8 },
  float16: { descr: '<f2', bytes: 2 },
  uint8: { descr: '|u1', bytes: 1 },
  int32: { descr: '<i4', bytes: 4 },
  uint32: { descr: '<u4', bytes: 4 }
} as const

export type NpyType = keyof typeof npyTypes

export interface NpyHeader {
  readonly dtype: NpyType
  readonly shape: readonly number[]
  /** Where the values start. */
  readonly dataOffset: number
  /** Bytes of all values. */
  readonly dataBytes: number
}

function damaged(reason: string): AppError {
  return new AppError('file-damaged', `The array file cannot be read: ${reason}.`)
}

function refused(reason: string): AppError {
  return new AppError('file-not-recognised', `The array file cannot be used: ${reason}.`)
}

/**
 * Parses a header. `head` holds at least the bytes up to the data offset; `fileBytes` is the size
 * of the whole file, which must fit the shape exactly. Throws AppError "file-damaged" for broken
 * files and "file-not-recognised" for kinds that are not supported.
 */
export function parseNpyHeader(head: Uint8Array, fileBytes: number): NpyHeader {
  const { descr, isFortran, shape, dataOffset } = parseNpyFields(head)
  const dtype = typeOf(descr)
  if (isFortran && shape.length > 1)
    throw refused('it is stored column by column; save it in C order')
  const dataBytes = shape.reduce((product, size) => product * size, npyTypes[dtype].bytes)
  if (!Number.isSafeInteger(dataBytes) || dataOffset + dataBytes !== fileBytes)
    throw damaged('its size does not fit its shape')
  return { dtype, shape, dataOffset, dataBytes }
}

function typeOf(descr: string): NpyType {
  const found = Object.entries(npyTypes).find(
    ([, type]) =>
      type.descr === descr || (type.bytes === 1 && type.descr.slice(1) === descr.slice(1))
  )
  if (found === undefined) throw refused(`numbers of type ${descr.slice(0, 12)} are not supported`)
  // Entries of npyTypes have its keys.
  return found[0] as NpyType
}

// Blanks that hold a checksum: a blank for 0, a tab for 1.
const checkBits = 32

/**
 * A version 1.0 header; values start at a multiple of 64 bytes, as NumPy writes it. With `values` a
 * checksum of it and them is written into the blanks at its end, which every reader passes over.
 */
export function formatNpyHeader(
  dtype: NpyType,
  shape: readonly number[],
  values?: Uint8Array
): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${npyTypes[dtype].descr}', 'fortran_order': False, 'shape': (${sizes}), }`
  const bits = values === undefined ? 0 : checkBits
  const total = Math.ceil((10 + text.length + bits + 1) / 64) * 64
  const header = Buffer.alloc(total, 0x20)
  header.set(npyMagic)
  header[6] = 1
  header[7] = 0
  header.writeUInt16LE(total - 10, 8)
  header.write(text, 10, 'latin1')
  header[total - 1] = 0x0a
  if (values !== undefined) writeCheck(header, values)
  return header
}

function writeCheck(header: Buffer, values: Uint8Array): void {
  const from = header.length - 1 - checkBits
  const sum = crc32(values, crc32(header.subarray(0, from)))
  for (let bit = 0; bit < checkBits; bit++)
    header[from + bit] = ((sum >>> bit) & 1) === 1 ? 0x09 : 0x20
}

/** False when a file's bytes are not those its checksum was made of; true without a checksum. */
export function isAsChecked(bytes: Uint8Array, dataOffset: number): boolean {
  const from = dataOffset - 1 - checkBits
  const found = bytes.subarray(from, from + checkBits)
  // NumPy's own files and those of earlier versions: blanks alone.
  if (found.every((blank) => blank === 0x20)) return true
  const sum = crc32(bytes.subarray(dataOffset), crc32(bytes.subarray(0, from)))
  return found.every((blank, bit) => blank === (((sum >>> bit) & 1) === 1 ? 0x09 : 0x20))
}
