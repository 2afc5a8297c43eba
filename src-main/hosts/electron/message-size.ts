// Measures a message that arrived as a structured clone, which has no length of its own.

/** Bytes counted for every value besides its text or bytes, so that empty ones add up as well. */
const valueBytes = 8

/**
 * Whether a message stays within `bytesMax`: two bytes for each character, buffers by their
 * length, and a little for each value. Stops at the limit, and counts a shared value once.
 */
export function isWithinBytes(message: unknown, bytesMax: number): boolean {
  let total = 0
  const seen = new Set<object>()
  const waiting: unknown[] = [message]
  while (waiting.length > 0) {
    const value = waiting.pop()
    total += valueBytes
    if (typeof value === 'string') total += value.length * 2
    if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value)
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) total += value.byteLength
      else for (const part of partsOf(value)) waiting.push(part)
    }
    if (total + waiting.length * valueBytes > bytesMax) return false
  }
  return true
}

function partsOf(value: object): unknown[] {
  if (value instanceof Map) return [...value.entries()].flat()
  if (value instanceof Set) return [...value]
  return Array.isArray(value) ? value : Object.entries(value).flat()
}
