// The description at the start of a .npy file (NumPy format versions 1.0 to 3.0), parsed with
// bounds. It is only ever matched against what is expected, never evaluated.
import { AppError } from '../../../../api/errors.ts'

/** What the description says. */
export interface NpyFields {
  /** NumPy's name of the kind of values, for example "<f4". */
  readonly descr: string
  readonly isFortran: boolean
  readonly shape: readonly number[]
  /** Where the values start. */
  readonly dataOffset: number
}

/** Longest description that is read; NumPy's own are about 100 bytes. */
export const headerCapBytes = 65_536
/** Most dimensions of an array that is read. */
export const mostDimensions = 8
/** First bytes of every .npy file. */
export const npyMagic: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
/** First bytes that always hold the length of the description. */
export const npyPreambleBytes = 12

function damaged(reason: string): AppError {
  return new AppError('file-damaged', `The array file cannot be read: ${reason}.`)
}

function refused(reason: string): AppError {
  return new AppError('file-not-recognised', `The array file cannot be used: ${reason}.`)
}

/** True for the first bytes of a .npy file. */
export function isNpyHead(head: Uint8Array): boolean {
  return head.length >= npyMagic.length && npyMagic.every((byte, i) => head[i] === byte)
}

/** Where the values start, from the first {@link npyPreambleBytes}. Throws AppError "file-damaged". */
export function npyDataOffset(preamble: Uint8Array): number {
  if (preamble.length < npyPreambleBytes || !isNpyHead(preamble))
    throw damaged('it is not a .npy file')
  const view = new DataView(preamble.buffer, preamble.byteOffset, preamble.byteLength)
  const version = preamble[6]
  if (version < 1 || version > 3) throw refused(`version ${version} of the format is not known`)
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > headerCapBytes) throw damaged('its header is too long')
  return (version === 1 ? 10 : 12) + length
}

/**
 * Parses the description from the first bytes of a file, at least up to the values. Throws AppError
 * "file-damaged", and "file-not-recognised" for records and Python objects.
 */
export function parseNpyFields(head: Uint8Array): NpyFields {
  const dataOffset = npyDataOffset(head)
  if (head.length < dataOffset) throw damaged('its header is cut off')
  const start = head[6] === 1 ? 10 : 12
  const text = Buffer.from(head.buffer, head.byteOffset + start, dataOffset - start).toString(
    'latin1'
  )
  const fields = /^\{(.*)\}[ \t\n]*$/s.exec(text)?.[1]
  if (fields === undefined) throw damaged('its header is not a description')
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(fields)?.[1]
  if (descr === undefined) throw refused('it holds records, not plain numbers')
  if (descr.includes('O')) throw refused('it holds Python objects, which are never loaded')
  const shape = shapeOf(fields)
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(fields)?.[1]
  if (order === undefined) throw damaged('its order is missing')
  return { descr, isFortran: order === 'True', shape, dataOffset }
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
