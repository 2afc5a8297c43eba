// The run-length and bit-packed hybrid of Parquet: levels and dictionary positions (Apache Parquet
// format, "Encodings", RLE = 3). Runs are bounded by the number of values asked for.

/** Reads `count` numbers of `width` bits between `from` and `end`. Throws when they do not fit. */
export function readRuns(
  bytes: Uint8Array,
  from: number,
  end: number,
  width: number,
  count: number
): Uint32Array {
  if (width < 0 || width > 32 || end > bytes.length || from > end) throw new RangeError('run width')
  const values = new Uint32Array(count)
  if (width === 0) return values
  let at = from
  let filled = 0
  while (filled < count) {
    let header = 0
    for (let shift = 1; ; shift *= 128) {
      if (at >= end || shift > 2 ** 35) throw new RangeError('run header')
      header += (bytes[at] & 127) * shift
      if (bytes[at++] < 128) break
    }
    if (header % 2 === 1) {
      const packed = Math.min(((header - 1) / 2) * 8, count - filled)
      if (packed === 0 && header === 1) continue
      // Some writers leave out the unused bytes of the last run.
      if (at + Math.ceil((packed * width) / 8) > end) throw new RangeError('packed run')
      unpack(bytes, at, width, values, filled, packed)
      at = Math.min(end, at + ((header - 1) / 2) * width)
      filled += packed
    } else {
      const value = littleEndian(bytes, at, (width + 7) >> 3, end)
      at += (width + 7) >> 3
      const run = Math.min(header / 2, count - filled)
      values.fill(value, filled, filled + run)
      filled += run
    }
  }
  return values
}

function littleEndian(bytes: Uint8Array, at: number, size: number, end: number): number {
  if (at + size > end) throw new RangeError('run value')
  let value = 0
  for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[at + i]
  return value
}

function unpack(
  bytes: Uint8Array,
  from: number,
  width: number,
  into: Uint32Array,
  first: number,
  count: number
): void {
  for (let i = 0; i < count; i++) into[first + i] = bitsAt(bytes, from * 8 + i * width, width)
}

/** The number of up to 32 bits that starts at a bit, least significant bit first. */
export function bitsAt(bytes: Uint8Array, bit: number, width: number): number {
  let at = Math.floor(bit / 8)
  const skipped = bit % 8
  let value = bytes[at] >>> skipped
  let have = 8 - skipped
  // Products instead of shifts: 32-bit numbers would turn negative.
  while (have < width) {
    at++
    value += bytes[at] * 2 ** have
    have += 8
  }
  return width === 32 ? value % 2 ** 32 : value % 2 ** width
}
