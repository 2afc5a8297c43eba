// The bytes of a pickle, read forward with bounds, and the refusal of one.

/** A refusal; `reason` completes "it ...". */
export class PickleRefusal extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

/** Longest text in a pickle that is read. */
const textBytes = 1 << 16

/** A position in the bytes; everything throws {@link PickleRefusal} at their end. */
export interface PickleInput {
  byte(): number
  uint16(): number
  int32(): number
  uint32(): number
  double(): number
  /** A whole number of up to 8 bytes, as LONG1 writes it. */
  long(): number
  text(length: number): string
  /** Up to the next line feed, without it. */
  line(): string
  skip(length: number): void
}

/** Reads `bytes` from their start. */
export function createPickleInput(bytes: Uint8Array): PickleInput {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  function take(length: number): number {
    if (at + length > buffer.length) throw new PickleRefusal('is cut off')
    at += length
    return at - length
  }
  return {
    byte: () => buffer[take(1)],
    uint16: () => buffer.readUInt16LE(take(2)),
    int32: () => buffer.readInt32LE(take(4)),
    uint32: () => buffer.readUInt32LE(take(4)),
    double: () => buffer.readDoubleBE(take(8)),
    long() {
      const length = buffer[take(1)]
      if (length > 8) throw new PickleRefusal('holds a number that is too large')
      const start = take(length)
      let value = 0n
      for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(buffer[start + i])
      return Number(BigInt.asIntN(length * 8, value))
    },
    text(length) {
      if (length > textBytes) throw new PickleRefusal('holds a text that is too long')
      const start = take(length)
      return buffer.toString('utf8', start, start + length)
    },
    line() {
      const end = buffer.indexOf(0x0a, at)
      if (end === -1 || end - at > textBytes) throw new PickleRefusal('is damaged')
      const text = buffer.toString('utf8', at, end)
      at = end + 1
      return text
    },
    skip: (length) => void take(length)
  }
}
