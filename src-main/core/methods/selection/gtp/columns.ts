// Which columns a round of the pursuit compares, and cutting their matrices to size: everything that
// only compares and copies numbers.
import { rankDescending } from '../../../compute/kernels/ranking.ts'
import type { Dictionary } from './dictionary.ts'

/**
 * The columns with the largest products over their length, only positive ones (weights cannot be
 * negative), without those in use. Exact copies have equal products and lengths: one of them is
 * enough.
 */
export function candidatesOf(
  { squares }: Dictionary,
  products: Float32Array,
  inUse: Uint32Array,
  most: number
): Uint32Array {
  const taken = new Set(inUse)
  const scores = products.map((product, i) =>
    product > 0 && squares[i] > 0 ? product / Math.sqrt(squares[i]) : 0
  )
  const all = Uint32Array.from(scores.keys())
  const found: number[] = []
  let run: number[] = []
  for (const column of rankDescending(scores, all)) {
    const score = scores[column]
    if (!(score > 0) || found.length >= most) break
    if (taken.has(column)) continue
    if (run.length > 0 && scores[run[0]] !== score) run = []
    if (run.some((other) => squares[other] === squares[column])) continue
    run.push(column)
    found.push(column)
  }
  return Uint32Array.from(found)
}

/** A p x p matrix with m further lines (m x (p + m)) as one matrix, (p + m) x (p + m). */
export function widen(
  gram: Float32Array | Float64Array,
  lines: Float32Array | Float64Array,
  p: number,
  m: number
): Float32Array | Float64Array {
  const n = p + m
  const out = lines instanceof Float32Array ? new Float32Array(n * n) : new Float64Array(n * n)
  for (let a = 0; a < p; a++) {
    out.set(gram.subarray(a * p, (a + 1) * p), a * n)
    for (let b = 0; b < m; b++) out[a * n + p + b] = lines[b * n + a]
  }
  out.set(lines, p * n)
  return out
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
