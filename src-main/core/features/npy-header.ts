// The header of NumPy's .npy format (versions 1.0 to 3.0): parsed with bounds, and written. A
// header from outside is only ever matched against what is expected, never evaluated.
import { AppError } from '../../api/errors.ts'

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

/** Longest header that is read; NumPy's own are about 100 bytes. */
export const headerCapBytes = 65_536
const mostDimensions = 8
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/** First bytes that always hold the length of the header. */
export const npyPreambleBytes = 12

function damaged(reason: string): AppError {
  return new AppError('file-damaged', `The array file cannot be read: ${reason}.`)
}

function refused(reason: string): AppError {
  return new AppError('file-not-recognised', `The array file cannot be used: ${reason}.`)
}

/** Where the values start, from the first {@link npyPreambleBytes}. Throws AppError "file-damaged". */
export function npyDataOffset(preamble: Uint8Array): number {
  if (preamble.length < npyPreambleBytes || magic.some((byte, i) => preamble[i] !== byte))
    throw damaged('it is not a .npy file')
  const view = new DataView(preamble.buffer, preamble.byteOffset, preamble.byteLength)
  const version = preamble[6]
  if (version < 1 || version > 3) throw refused(`version ${version} of the format is not known`)
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > headerCapBytes) throw damaged('its header is too long')
  return (version === 1 ? 10 : 12) + length
}

/**
 * Parses a header. `head` holds at least the bytes up to the data offset; `fileBytes` is the size
 * of the whole file, which must fit the shape exactly. Throws AppError "file-damaged" for broken
 * files and "file-not-recognised" for kinds that are not supported.
 */
export function parseNpyHeader(head: Uint8Array, fileBytes: number): NpyHeader {
  const dataOffset = npyDataOffset(head)
  if (head.length < dataOffset) throw damaged('its header is cut off')
  const start = head[6] === 1 ? 10 : 12
  const text = Buffer.from(head.buffer, head.byteOffset + start, dataOffset - start).toString(
    'latin1'
  )
  const fields = /^\{(.*)\}[ \n]*$/s.exec(text)?.[1]
  if (fields === undefined) throw damaged('its header is not a description')
  const dtype = typeOf(fields)
  const shape = shapeOf(fields)
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(fields)?.[1]
  if (order === undefined) throw damaged('its order is missing')
  if (order === 'True' && shape.length > 1)
    throw refused('it is stored column by column; save it in C order')
  const dataBytes = shape.reduce((product, size) => product * size, npyTypes[dtype].bytes)
  if (!Number.isSafeInteger(dataBytes) || dataOffset + dataBytes !== fileBytes)
    throw damaged('its size does not fit its shape')
  return { dtype, shape, dataOffset, dataBytes }
}

function typeOf(fields: string): NpyType {
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(fields)?.[1]
  if (descr === undefined) throw refused('it holds records, not plain numbers')
  if (descr.includes('O')) throw refused('it holds Python objects, which are never loaded')
  const found = Object.entries(npyTypes).find(
    ([, type]) =>
      type.descr === descr || (type.bytes === 1 && type.descr.slice(1) === descr.slice(1))
  )
  if (found === undefined) throw refused(`numbers of type ${descr.slice(0, 12)} are not supported`)
  // Entries of npyTypes have its keys.
  return found[0] as NpyType
}

function shapeOf(fields: string): readonly number[] {
  const inside = /'shape'\s*:\s*\(([\d,\s]*)\)/.exec(fields)?.[1]
  if (inside === undefined) throw damaged('its shape is missing')
  const parts = inside.split(',').map((part) => part.trim())
  if (parts.at(-1) === '') parts.pop()
  if (parts.length > mostDimensions || parts.some((part) => !/^\d{1,15}$/.test(part)))
    throw damaged('its shape is not readable')
  return parts.map(Number)
}

/** A version 1.0 header; values start at a multiple of 64 bytes, as NumPy writes it. */
export function formatNpyHeader(dtype: NpyType, shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${npyTypes[dtype].descr}', 'fortran_order': False, 'shape': (${sizes}), }`
  const total = Math.ceil((10 + text.length + 1) / 64) * 64
  const header = Buffer.alloc(total, 0x20)
  header.set(magic)
  header[6] = 1
  header[7] = 0
  header.writeUInt16LE(total - 10, 8)
  header.write(text, 10, 'latin1')
  header[total - 1] = 0x0a
  return header
}
