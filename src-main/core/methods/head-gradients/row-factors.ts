// The vector side of a row's gradient. With a linear softmax head every gradient is an outer product
// a (x) h of a vector over the labels and the row's features (specs/selection.md 0), so products of
// gradients are products of two small numbers. All in float64.
import { probabilitiesToErrors, softmaxInPlace } from '../../compute/kernels/softmax.ts'

/** error: a = p - y, the gradient of the loss. odds: the gradient of log(p_y / (1 - p_y)) (TRAK). */
export type RowKind = 'error' | 'odds'

/**
 * Writes the row's vector over the labels and returns 1 - p_y, how far the head doubts its label.
 * @param logits the row's logits, from `at` on
 */
export function rowVector(
  kind: RowKind,
  logits: ArrayLike<number>,
  at: number,
  label: number,
  out: Float64Array
): number {
  for (let c = 0; c < out.length; c++) out[c] = logits[at + c]
  if (kind === 'odds') return oddsVector(out, label)
  softmaxInPlace(out)
  probabilitiesToErrors(out, label)
  return -out[label]
}

/**
 * a_y = 1 and a_c = -p_c / (1 - p_y): minus the softmax over the other labels, so nothing is
 * divided by a 1 - p_y that rounds to zero. It equals -(p - y) / (1 - p_y).
 */
function oddsVector(out: Float64Array, label: number): number {
  const own = out[label]
  let top = -Infinity
  for (let c = 0; c < out.length; c++) if (c !== label && out[c] > top) top = out[c]
  // With one label only there are no odds.
  if (top === -Infinity) {
    out.fill(0)
    return 0
  }
  let sum = 0
  for (let c = 0; c < out.length; c++) {
    if (c === label) continue
    out[c] = Math.exp(out[c] - top)
    sum += out[c]
  }
  for (let c = 0; c < out.length; c++) out[c] = c === label ? 1 : -out[c] / sum
  return 1 / (1 + Math.exp(own - top) / sum)
}

/** Length of a vector. */
export function lengthOf(values: Float64Array): number {
  let squares = 0
  for (const value of values) squares += value * value
  return Math.sqrt(squares)
}

/** Logits W h of one row: `out[c]` for weights classes x width and a row of `width` numbers. */
export function logitsInto(
  weights: ArrayLike<number>,
  h: ArrayLike<number>,
  from: number,
  width: number,
  out: Float64Array
): void {
  for (let c = 0; c < out.length; c++) {
    let sum = 0
    for (let j = 0; j < width; j++) sum += weights[c * width + j] * h[from + j]
    out[c] = sum
  }
}
