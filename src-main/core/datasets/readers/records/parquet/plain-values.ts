// Values of a Parquet page as they stand (PLAIN) and split by byte (BYTE_STREAM_SPLIT). The bytes
// must be there before anything is allocated for them.
import type { ParquetType } from 'hyparquet'

/** A value before its logical type is looked at. */
export type RawValue = number | bigint | boolean | Uint8Array

const widths: Readonly<Partial<Record<ParquetType, number>>> = {
  INT32: 4,
  INT64: 8,
  INT96: 12,
  FLOAT: 4,
  DOUBLE: 8
}

/** Bytes of one value; undefined for those of any length and for bits. */
function widthOf(type: ParquetType, typeLength: number | undefined): number | undefined {
  if (type !== 'FIXED_LEN_BYTE_ARRAY') return widths[type]
  if (typeLength === undefined || !(typeLength > 0)) throw new RangeError('type length')
  return typeLength
}

/** Reads `count` values from `from` on. Throws RangeError when the bytes are not there. */
export function readPlain(
  bytes: Buffer,
  from: number,
  type: ParquetType,
  typeLength: number | undefined,
  count: number
): RawValue[] {
  if (type === 'BYTE_ARRAY') return readByteArrays(bytes, from, count)
  if (type === 'BOOLEAN') return readBits(bytes, from, count)
  const width = widthOf(type, typeLength)
  if (width === undefined || count * width > bytes.length - from)
    throw new RangeError('plain values')
  const values = new Array<RawValue>(count)
  for (let i = 0; i < count; i++) values[i] = valueAt(bytes, from + i * width, type, width)
  return values
}

function valueAt(bytes: Buffer, at: number, type: ParquetType, width: number): RawValue {
  if (type === 'INT32') return bytes.readInt32LE(at)
  if (type === 'INT64') return bytes.readBigInt64LE(at)
  if (type === 'DOUBLE') return bytes.readDoubleLE(at)
  if (type === 'FLOAT') return bytes.readFloatLE(at)
  if (type === 'INT96')
    return (BigInt(bytes.readInt32LE(at + 8)) << 64n) | bytes.readBigUInt64LE(at)
  return bytes.subarray(at, at + width)
}

function readByteArrays(bytes: Buffer, from: number, count: number): RawValue[] {
  if (count * 4 > bytes.length - from) throw new RangeError('plain values')
  const values = new Array<RawValue>(count)
  let at = from
  for (let i = 0; i < count; i++) {
    const length = bytes.readUInt32LE(at)
    at += 4
    if (length > bytes.length - at) throw new RangeError('plain length')
    values[i] = bytes.subarray(at, at + length)
    at += length
  }
  return values
}

function readBits(bytes: Buffer, from: number, count: number): RawValue[] {
  if (count > (bytes.length - from) * 8) throw new RangeError('plain bits')
  const values = new Array<RawValue>(count)
  for (let i = 0; i < count; i++) values[i] = ((bytes[from + (i >> 3)] >> (i & 7)) & 1) === 1
  return values
}

/** BYTE_STREAM_SPLIT: the first bytes of all values, then the second ones ... */
export function readSplit(
  bytes: Buffer,
  from: number,
  type: ParquetType,
  typeLength: number | undefined,
  count: number
): RawValue[] {
  const width = widthOf(type, typeLength)
  if (width === undefined || count * width > bytes.length - from)
    throw new RangeError('split values')
  const joined = Buffer.alloc(count * width)
  for (let b = 0; b < width; b++)
    for (let i = 0; i < count; i++) joined[i * width + b] = bytes[from + b * count + i]
  return readPlain(joined, 0, type, typeLength, count)
}
