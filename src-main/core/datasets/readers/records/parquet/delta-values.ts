// The three delta encodings of Parquet (Apache Parquet format, "Encodings", 5 to 7). Block sizes and
// lengths are checked before anything is allocated for them.
import { bitsAt } from './level-runs.ts'

/** Most bytes that the texts of one page may take when prefixes are written out. */
const longestPage = 2 ** 29

interface Decoded<T> {
  readonly values: T
  /** Place after the values. */
  readonly end: number
}

interface Reader {
  readonly bytes: Uint8Array
  at: number
}

function readNumber(reader: Reader): bigint {
  let value = 0n
  for (let shift = 0n; shift < 70n; shift += 7n) {
    if (reader.at >= reader.bytes.length) throw new RangeError('delta number')
    const byte = reader.bytes[reader.at++]
    value |= BigInt(byte & 127) << shift
    if (byte < 128) return value
  }
  throw new RangeError('delta number')
}

function readSigned(reader: Reader): bigint {
  const value = readNumber(reader)
  return (value >> 1n) ^ -(value & 1n)
}

/** DELTA_BINARY_PACKED numbers; `bits` is 32 or 64, the width they wrap at. */
export function readDeltas(
  bytes: Uint8Array,
  from: number,
  count: number,
  bits: 32 | 64
): Decoded<bigint[]> {
  const reader: Reader = { bytes, at: from }
  const blockSize = Number(readNumber(reader))
  const blocks = Number(readNumber(reader))
  const total = Number(readNumber(reader))
  let value = readSigned(reader)
  const perBlock = blockSize / blocks
  const isSound =
    blockSize > 0 && blockSize <= 2 ** 20 && blocks > 0 && perBlock % 8 === 0 && total >= count
  if (!isSound) throw new RangeError('delta header')
  const values: bigint[] = count === 0 ? [] : [BigInt.asIntN(bits, value)]
  while (values.length < count) {
    const smallest = readSigned(reader)
    const widths = bytes.subarray(reader.at, reader.at + blocks)
    if (widths.length < blocks) throw new RangeError('delta block')
    reader.at += blocks
    for (let b = 0; b < blocks && values.length < count; b++) {
      const width = widths[b]
      const size = (perBlock * width) / 8
      const needed = Math.ceil((Math.min(perBlock, count - values.length) * width) / 8)
      if (width > 64 || reader.at + needed > bytes.length) throw new RangeError('delta block')
      for (let i = 0; i < perBlock && values.length < count; i++) {
        value = BigInt.asIntN(
          bits,
          value + smallest + wideBits(bytes, reader.at * 8 + i * width, width)
        )
        values.push(value)
      }
      reader.at += size
    }
  }
  return { values, end: Math.min(reader.at, bytes.length) }
}

function wideBits(bytes: Uint8Array, bit: number, width: number): bigint {
  if (width === 0) return 0n
  if (width <= 32) return BigInt(bitsAt(bytes, bit, width))
  const low = BigInt(bitsAt(bytes, bit, 32))
  return (BigInt(bitsAt(bytes, bit + 32, width - 32)) << 32n) | low
}

/** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
export function readDeltaLengths(bytes: Uint8Array, from: number, count: number): Uint8Array[] {
  const lengths = readDeltas(bytes, from, count, 32)
  return cut(bytes, lengths.end, lengths.values)
}

function cut(bytes: Uint8Array, from: number, lengths: readonly bigint[]): Uint8Array[] {
  let at = from
  return lengths.map((big) => {
    const length = Number(big)
    if (length < 0 || at + length > bytes.length) throw new RangeError('delta length')
    at += length
    return bytes.subarray(at - length, at)
  })
}

/** DELTA_BYTE_ARRAY: each value shares a prefix with the one before it. */
export function readDeltaTexts(bytes: Uint8Array, from: number, count: number): Uint8Array[] {
  const prefixes = readDeltas(bytes, from, count, 32)
  const suffixes = readDeltas(bytes, prefixes.end, count, 32)
  const rests = cut(bytes, suffixes.end, suffixes.values)
  let before: Uint8Array = new Uint8Array(0)
  let total = 0
  return rests.map((rest, i) => {
    const prefix = Number(prefixes.values[i])
    if (prefix < 0 || prefix > before.length) throw new RangeError('delta prefix')
    total += prefix + rest.length
    if (total > longestPage) throw new RangeError('delta page')
    if (prefix > 0) {
      const joined = new Uint8Array(prefix + rest.length)
      joined.set(before.subarray(0, prefix))
      joined.set(rest, prefix)
      before = joined
    } else before = rest
    return before
  })
}
