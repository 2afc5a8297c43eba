// Shares of classes, one row per item: made from logits, ranked, cut, mixed and compared. Sums are
// in float64.
import { softmaxInPlace } from '../../../compute/kernels/softmax.ts'
import { oneHotShares } from '../../../networks/normalisation.ts'

/**
 * softmax(tau z) of every row: tau multiplies the logits, so that it is an inverse temperature
 * ("A Label is Worth a Thousand Images", Qin et al. 2024).
 * @param logits count x classes
 */
export function sharesOf(logits: ArrayLike<number>, classes: number, tau: number): Float32Array {
  const shares = new Float32Array(logits.length)
  const row = new Float64Array(classes)
  for (let at = 0; at < logits.length; at += classes) {
    for (let c = 0; c < classes; c++) row[c] = tau * logits[at + c]
    softmaxInPlace(row)
    shares.set(row, at)
  }
  return shares
}

/** Mean logits of several helper models: logits are averaged, not shares (Qin et al. 2024). */
export function meanLogits(each: readonly Float32Array[]): Float32Array {
  const [first, ...others] = each
  if (first === undefined) throw new RangeError('there are no logits to average')
  return first.map(
    (value, i) => others.reduce((sum, logits) => sum + logits[i], value) / each.length
  )
}

/** Mean entropy of the rows, in nats: how much labels say besides their largest share. */
export function meanEntropy(shares: Float32Array, classes: number): number {
  let sum = 0
  for (const share of shares) if (share > 0) sum -= share * Math.log(share)
  return shares.length === 0 ? 0 : (sum * classes) / shares.length
}

/** Classes of one row from the largest share to the smallest; equal ones by class. */
export function rankedClasses(row: Float32Array): Uint32Array {
  return Uint32Array.from(row.keys()).sort((a, b) => row[b] - row[a] || a - b)
}

/**
 * (1 - a) plain label + a soft label, the targets of teacher-assisted training ("Distilling the
 * Knowledge in Data Pruning", Ben-Baruch et al. 2024): cross-entropy is linear in its targets, so
 * that at temperature 1 this is (1 - a) CE + a KL up to a constant.
 */
export function mixedShares(
  soft: Float32Array,
  labels: Int32Array,
  classes: number,
  a: number
): Float32Array {
  if (!(a >= 0 && a <= 1)) throw new RangeError(`a share of ${a} is not in 0..1`)
  const plain = oneHotShares(labels, classes)
  return soft.map((share, i) => a * share + (1 - a) * plain[i])
}

/** Every row divided by its sum; rows of zeros stay. */
export function normalisedShares(shares: Float32Array, classes: number): Float32Array {
  const result = shares.slice()
  for (let at = 0; at < result.length; at += classes) {
    let sum = 0
    for (let c = 0; c < classes; c++) sum += shares[at + c]
    if (sum > 0) for (let c = 0; c < classes; c++) result[at + c] = shares[at + c] / sum
  }
  return result
}

/** Mean over rows of KL(full || stored) in nats; Infinity where a share was lost entirely. */
export function meanDivergence(full: Float32Array, stored: Float32Array, classes: number): number {
  let sum = 0
  full.forEach((share, i) => {
    if (share > 0) sum += share * Math.log(share / stored[i])
  })
  // Rounding alone may leave a hair below zero.
  return full.length === 0 ? 0 : Math.max(0, (sum * classes) / full.length)
}
