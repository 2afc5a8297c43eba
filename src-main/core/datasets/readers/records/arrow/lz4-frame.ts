// Unpacks an LZ4 frame (LZ4 Frame Format 1.6.x), as Feather files hold them. Checksums are not
// checked; sizes and offsets are.

const magic = 0x184d2204
const blockSizes: Readonly<Record<number, number>> = {
  4: 2 ** 16,
  5: 2 ** 18,
  6: 2 ** 20,
  7: 2 ** 22
}

/** Unpacked bytes, at most `most`. Throws RangeError for bytes that are not sound. */
export function readLz4Frame(frame: Uint8Array, most: number): Uint8Array {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
  if (bytes.readUInt32LE(0) !== magic) throw new RangeError('lz4 frame')
  const flags = bytes.readUInt8(4)
  const blockSize = blockSizes[(bytes.readUInt8(5) >> 4) & 7]
  if (flags >> 6 !== 1 || blockSize === undefined) throw new RangeError('lz4 version')
  const hasSize = (flags & 8) !== 0
  const hasDictionary = (flags & 1) !== 0
  const hasBlockChecksum = (flags & 16) !== 0
  let at = 6 + (hasSize ? 8 : 0) + (hasDictionary ? 4 : 0) + 1
  const claimed = hasSize ? Number(bytes.readBigUInt64LE(6)) : 0
  const out = new Output(Math.min(most, claimed > 0 ? claimed : 4 * bytes.length), most)
  for (;;) {
    const head = bytes.readUInt32LE(at)
    at += 4
    if (head === 0) return out.taken()
    const length = head % 2 ** 31
    if (length > blockSize || at + length > bytes.length) throw new RangeError('lz4 block')
    const block = bytes.subarray(at, at + length)
    if (head >= 2 ** 31) out.append(block)
    else readBlock(block, out)
    at += length + (hasBlockChecksum ? 4 : 0)
  }
}

/** Bytes written so far, growing as needed. */
class Output {
  #bytes: Uint8Array
  readonly #most: number
  length = 0

  constructor(size: number, most: number) {
    this.#bytes = new Uint8Array(size)
    this.#most = most
  }

  #reserve(more: number): void {
    const needed = this.length + more
    if (needed > this.#most) throw new RangeError('lz4 size')
    if (needed <= this.#bytes.length) return
    const larger = new Uint8Array(Math.min(this.#most, Math.max(needed, 2 * this.#bytes.length)))
    larger.set(this.#bytes.subarray(0, this.length))
    this.#bytes = larger
  }

  append(block: Uint8Array): void {
    this.#reserve(block.length)
    this.#bytes.set(block, this.length)
    this.length += block.length
  }

  /** Copies bytes written `distance` before; they may overlap with what is written. */
  repeat(distance: number, count: number): void {
    if (distance === 0 || distance > this.length) throw new RangeError('lz4 distance')
    this.#reserve(count)
    const bytes = this.#bytes
    let at = this.length
    if (distance >= count) bytes.copyWithin(at, at - distance, at - distance + count)
    else for (const end = at + count; at < end; at++) bytes[at] = bytes[at - distance]
    this.length += count
  }

  taken(): Uint8Array {
    return this.#bytes.subarray(0, this.length)
  }
}

function readBlock(block: Buffer, out: Output): void {
  let at = 0
  const long = (start: number): number => {
    let length = start
    if (start < 15) return length
    for (;;) {
      const byte = block.readUInt8(at++)
      length += byte
      if (byte !== 255) return length
    }
  }
  while (at < block.length) {
    const token = block.readUInt8(at++)
    const literals = long(token >> 4)
    if (at + literals > block.length) throw new RangeError('lz4 literals')
    out.append(block.subarray(at, at + literals))
    at += literals
    // The last sequence is literals only.
    if (at === block.length) return
    const distance = block.readUInt16LE(at)
    at += 2
    out.repeat(distance, long(token & 15) + 4)
  }
}
