// Which columns a round of the pursuit looks at, drops and keeps: everything that only compares
// numbers and fits nothing.
import { rankDescending } from '../../../compute/kernels/ranking.ts'
import type { Dictionary } from './dictionary.ts'

/** Columns with a smaller angle than this and equal length are one column (specs 3.6). */
const twinCosine = 0.9999
const twinLengths = 0.98

/**
 * The columns with the largest products, only positive ones (weights cannot be negative), without
 * those in use. Exact copies have equal products and lengths: one of them is enough.
 */
export function identify(
  { squares }: Dictionary,
  products: Float32Array,
  inUse: Uint32Array,
  width: number
): Uint32Array {
  const taken = new Set(inUse)
  const all = Uint32Array.from({ length: products.length }, (_, i) => i)
  const found: number[] = []
  let run: number[] = []
  for (const column of rankDescending(products, all)) {
    const value = products[column]
    if (!(value > 0) || found.length >= width) break
    if (taken.has(column) || !(squares[column] > 0)) continue
    if (run.length > 0 && products[run[0]] !== value) run = []
    if (run.some((other) => squares[other] === squares[column])) continue
    run.push(column)
    found.push(column)
  }
  return Uint32Array.from(found)
}

/** Places that are not a twin of an earlier one (those in use first, then by product). */
export function withoutTwins(gram: Float32Array | Float64Array, size: number): Uint32Array {
  const kept: number[] = []
  for (let b = 0; b < size; b++) {
    const own = gram[b * size + b]
    const isTwin = kept.some((a) => {
      const other = gram[a * size + a]
      if (Math.min(own, other) < twinLengths * Math.max(own, other)) return false
      return gram[b * size + a] > twinCosine * Math.sqrt(own * other)
    })
    if (!isTwin) kept.push(b)
  }
  return Uint32Array.from(kept)
}

/** The part of a size x size matrix at some places. */
export function cutOut(
  gram: Float32Array | Float64Array,
  size: number,
  places: Uint32Array
): Float32Array | Float64Array {
  const p = places.length
  const out = gram instanceof Float32Array ? new Float32Array(p * p) : new Float64Array(p * p)
  for (let a = 0; a < p; a++) {
    const from = places[a] * size
    for (let b = 0; b < p; b++) out[a * p + b] = gram[from + places[b]]
  }
  return out
}

/** How many weights are above 0. */
export function countPositive(weights: Float64Array): number {
  return weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0)
}

/** Places of the largest weights above 0, at most `most`; equal weights: the earlier place. */
export function largest(weights: Float64Array, most: number): Uint32Array {
  const positive = Uint32Array.from(weights.keys()).filter((at) => weights[at] > 0)
  positive.sort((a, b) => weights[b] - weights[a] || a - b)
  return positive.subarray(0, most).sort()
}
