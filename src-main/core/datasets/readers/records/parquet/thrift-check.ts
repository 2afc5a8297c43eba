// Walks over a Thrift compact structure before a parser builds it: numbers of sane length, lists no
// longer than the bytes left, nesting of bounded depth. A hostile header can then neither make the
// parser run for hours nor fill memory.

const deepest = 32
/** Ten bytes of seven bits hold any 64-bit number. */
const longestNumber = 10

class Short extends Error {}

/**
 * Place after the structure that starts at `from`; undefined when the bytes end before it does.
 * Throws Error for a structure that is not sound.
 */
export function thriftEnd(bytes: Uint8Array, from: number): number | undefined {
  try {
    return structEnd(bytes, from, 0)
  } catch (error) {
    if (error instanceof Short) return undefined
    throw error
  }
}

function byteAt(bytes: Uint8Array, at: number): number {
  if (at >= bytes.length) throw new Short()
  return bytes[at]
}

function structEnd(bytes: Uint8Array, from: number, depth: number): number {
  if (depth > deepest) throw new Error('thrift nesting')
  let at = from
  for (;;) {
    const head = byteAt(bytes, at++)
    const type = head & 15
    if (type === 0) return at
    if (head >> 4 === 0) at = numberEnd(bytes, at)
    at = valueEnd(bytes, at, type, depth)
  }
}

function numberEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at < from + longestNumber; at++) if (byteAt(bytes, at) < 128) return at + 1
  throw new Error('thrift number')
}

function lengthAt(bytes: Uint8Array, from: number): number {
  let value = 0
  const end = numberEnd(bytes, from)
  for (let at = end - 1; at >= from; at--) value = value * 128 + (bytes[at] & 127)
  return value
}

function valueEnd(bytes: Uint8Array, from: number, type: number, depth: number): number {
  switch (type) {
    case 1:
    case 2:
      return from
    case 3:
      return from + 1
    case 4:
    case 5:
    case 6:
      return numberEnd(bytes, from)
    case 7:
      return from + 8
    case 8: {
      const end = numberEnd(bytes, from) + lengthAt(bytes, from)
      if (end > bytes.length) throw new Short()
      return end
    }
    case 9:
      return listEnd(bytes, from, depth + 1)
    case 12:
      return structEnd(bytes, from, depth + 1)
    default:
      throw new Error('thrift type')
  }
}

function listEnd(bytes: Uint8Array, from: number, depth: number): number {
  if (depth > deepest) throw new Error('thrift nesting')
  const head = byteAt(bytes, from)
  const type = head & 15
  let count = head >> 4
  let at = from + 1
  if (count === 15) {
    count = lengthAt(bytes, at)
    at = numberEnd(bytes, at)
  }
  // Every element takes a byte at least.
  if (count > bytes.length - at) throw new Short()
  for (let i = 0; i < count; i++) {
    at = type <= 2 ? at + 1 : valueEnd(bytes, at, type, depth)
    if (at > bytes.length) throw new Short()
  }
  return at
}
