// Turns values of Parquet and Arrow files into cells: JSON values, or pictures where bytes start
// like one. Pictures come as bytes, as {bytes, path} (Hugging Face) or as lists of either.
import { isUtf8 } from 'node:buffer'
import type { JsonValue } from '../../../../api/dto/common.ts'
import { AppError } from '../../../../api/errors.ts'
import { sha256Hex } from '../../../files/hashes.ts'
import { sniffImage } from '../image-sniff.ts'
import { jsonDepth } from '../jsonl-rows.ts'
import type { Cell } from '../raw-row.ts'
import { PictureCell, type FoundPicture } from './picture-cell.ts'

/** Bytes below this that are valid text are text. */
const longestText = 2 ** 20

interface OnePicture {
  readonly bytes: Uint8Array
  readonly name: string
}

/** The cell of a value. `locate` names the place of picture `position` of it. */
export function toCell(value: unknown, locate: (position: number) => string): Cell {
  if (value === undefined || value === null) return undefined
  const single = pictureIn(value)
  if (single !== undefined) return new PictureCell([found(single, locate(0))], false)
  if (Array.isArray(value) && value.length > 0) {
    const all = value.map(pictureIn)
    if (all.every((picture) => picture !== undefined))
      return new PictureCell(
        all.map((picture, i) => found(picture, locate(i))),
        true
      )
  }
  const path = pathOnly(value)
  return path ?? toJson(value, 0)
}

function found(picture: OnePicture, locator: string): FoundPicture {
  return { name: picture.name, locator, bytes: picture.bytes }
}

/** Picture `position` of a value, for reading it again. Throws AppError "item-not-found". */
export function pictureAt(value: unknown, position: number): Buffer {
  const picture: unknown = Array.isArray(value) ? value[position] : value
  const one = pictureIn(picture)
  if (one === undefined) throw new AppError('item-not-found', 'The picture is not there any more.')
  return Buffer.from(one.bytes.buffer, one.bytes.byteOffset, one.bytes.byteLength)
}

function pictureIn(value: unknown): OnePicture | undefined {
  if (value instanceof Uint8Array)
    return sniffImage(value) === undefined ? undefined : { bytes: value, name: '' }
  if (!isPictureStruct(value) || !(value.bytes instanceof Uint8Array)) return undefined
  if (sniffImage(value.bytes) === undefined) return undefined
  return { bytes: value.bytes, name: typeof value.path === 'string' ? value.path : '' }
}

function isPictureStruct(value: unknown): value is { bytes: unknown; path: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.keys(value).length === 2 && 'bytes' in value && 'path' in value
}

// A picture that is a file beside the data: its name is the value.
function pathOnly(value: unknown): string | undefined {
  if (!isPictureStruct(value) || (value.bytes !== null && value.bytes !== undefined))
    return undefined
  return typeof value.path === 'string' ? value.path : undefined
}

/** A JSON value; bytes as text where they are text, otherwise their size and checksum. */
export function toJson(value: unknown, depth: number): JsonValue {
  if (depth > jsonDepth) throw new RangeError('nested too deep')
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value.toString()
  }
  if (value instanceof Uint8Array) return bytesText(value)
  if (Array.isArray(value)) return value.map((one) => toJson(one, depth + 1))
  if (typeof value === 'object')
    // fromEntries defines the keys, so that no name can reach the object's prototype.
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, toJson(one, depth + 1)])
    )
  return null
}

function bytesText(bytes: Uint8Array): string {
  const isText = bytes.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13)
  if (bytes.length <= longestText && isText && isUtf8(bytes))
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return `${bytes.length} bytes, SHA-256 ${sha256Hex(bytes)}`
}
