// Measures a message that arrived as a structured clone, which has no length of its own.

/** Bytes counted for every value besides its text or bytes, so that empty ones add up as well. */
const valueBytes = 8

/**
 * Whether a message stays within `bytesMax`: two bytes for each character, buffers by their
 * length, and a little for each value and each place of a list, empty ones included. Stops at the
 * limit, and counts a shared value once.
 */
export function isWithinBytes(message: unknown, bytesMax: number): boolean {
  let total = 0
  const seen = new Set<object>()
  const waiting: unknown[] = [message]
  while (waiting.length > 0) {
    const value = waiting.pop()
    total += valueBytes
    if (typeof value !== 'object' || value === null) total += ownBytes(value)
    else if (!seen.has(value)) {
      seen.add(value)
      total += ownBytes(value)
      if (total > bytesMax) return false
      // One by one: spreading a long list into arguments overflows the stack.
      for (const part of partsOf(value)) waiting.push(part)
    }
    if (total + waiting.length * valueBytes > bytesMax) return false
  }
  return true
}

/** Bytes of a value besides its parts. */
function ownBytes(value: unknown): number {
  if (typeof value === 'string') return value.length * 2
  // Hexadecimal, because decimal digits of a long number take quadratic time.
  if (typeof value === 'bigint') return value.toString(16).length
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (value instanceof ArrayBuffer) return value.byteLength
  if (value instanceof RegExp) return value.source.length * 2
  // A list can claim four thousand million places without holding any.
  if (Array.isArray(value)) return value.length * valueBytes
  if (value instanceof Map || value instanceof Set) return value.size * valueBytes
  return 0
}

function partsOf(value: object): unknown[] {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return []
  if (value instanceof Map) return [...value.entries()].flat()
  if (value instanceof Set) return [...value]
  // What an error says is not among its listed keys.
  if (value instanceof Error) return [value.name, value.message, value.stack, value.cause]
  if (value instanceof String) return [value.valueOf()]
  return Object.entries(value).flat()
}
