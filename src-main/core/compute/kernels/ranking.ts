// Deterministic ranking (specs B5): score descending, tie key ascending, row id ascending. A
// stable radix sort over an order that is already sorted by tie key gives exactly that, and sorts
// 100,000 float32 scores in a few milliseconds.
import { tieKey } from '../random.ts'

/** Positions 0..N-1 sorted by (tie key, row id) ascending. `rowIds[i]` is the id of position i. */
export function tieOrder(seed: number, rowIds: Uint32Array): Uint32Array {
  const count = rowIds.length
  const high = new Uint32Array(count)
  const low = new Uint32Array(count)
  for (let i = 0; i < count; i++) [high[i], low[i]] = tieKey(seed, rowIds[i])
  // Least significant key first: id, then the two halves of the tie key.
  let order: Uint32Array = Uint32Array.from({ length: count }, (_, i) => i)
  for (const keys of [rowIds, low, high]) order = sortStable(order, keys)
  return order
}

/**
 * Positions from best to worst. NaN counts as -Infinity (and so comes last, B2).
 * @param scores one per position
 * @param ties positions in tie order, see {@link tieOrder}
 */
export function rankDescending(scores: Float32Array, ties: Uint32Array): Uint32Array {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length)
  const keys = new Uint32Array(scores.length)
  for (let i = 0; i < keys.length; i++) {
    const score = scores[i]
    if (Number.isNaN(score)) keys[i] = worstKey
    // -0 and +0 are the same score.
    else if (score === 0) keys[i] = 0x7fffffff
    // Flips the bits so that unsigned order is descending float order.
    else keys[i] = (bits[i] & 0x80000000) === 0 ? ~bits[i] & 0x7fffffff : bits[i]
  }
  return sortStable(ties, keys)
}

/** Key of -Infinity. */
const worstKey = 0xff800000

/** Stable least-significant-digit radix sort of `order` by `keys[position]` ascending. */
export function sortStable(order: Uint32Array, keys: Uint32Array): Uint32Array {
  let from = order
  for (const shift of [0, 11, 22]) {
    const counts = new Uint32Array(2049)
    for (let i = 0; i < keys.length; i++) counts[((keys[i] >>> shift) & 2047) + 1]++
    for (let d = 0; d < 2048; d++) counts[d + 1] += counts[d]
    const to = new Uint32Array(order.length)
    for (let i = 0; i < from.length; i++) {
      const position = from[i]
      to[counts[(keys[position] >>> shift) & 2047]++] = position
    }
    from = to
  }
  return from
}

/** Inverse of an order: place (0-based) of every position. */
export function placesOf(order: Uint32Array): Uint32Array {
  const places = new Uint32Array(order.length)
  for (let i = 0; i < order.length; i++) places[order[i]] = i
  return places
}
