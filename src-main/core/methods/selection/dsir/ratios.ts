// Importance weights of DSIR: how much likelier each bucket is in a target than in the data, and how
// far a set of texts lies from a target (Xie et al. 2023, sections 3 and 4; p-lambda/dsir).
import { buckets } from './buckets.ts'
import type { UnseenRule } from './params.ts'

/** Added to every share before its logarithm, as in the paper's code. */
const floor = 1e-8

function sumOf(counts: ArrayLike<number>): number {
  let total = 0
  for (let b = 0; b < counts.length; b++) total += counts[b]
  return total
}

/** Share of every bucket with `pseudo` added to each count (Laplace); all 0 where nothing is counted. */
export function sharesOf(counts: ArrayLike<number>, pseudo = 0): Float64Array {
  const total = sumOf(counts) + pseudo * counts.length
  return Float64Array.from(counts, (count) => (total === 0 ? 0 : (count + pseudo) / total))
}

/**
 * L_b of every bucket for a target, with `pseudo` counts per bucket added on average. "even" adds the
 * same everywhere, on both sides (Laplace, the paper's option): a word that is rare in the data then
 * speaks for a target that does not hold it. "as-data" adds to the target in proportion to the data:
 * all words it does not hold speak against a text by the same little.
 */
export function smoothedRatios(
  target: ArrayLike<number>,
  data: ArrayLike<number>,
  pseudo: number,
  unseen: UnseenRule
): Float64Array {
  if (unseen === 'even') return logRatios(sharesOf(target, pseudo), sharesOf(data, pseudo))
  const q = sharesOf(data)
  const own = sumOf(target)
  const added = pseudo * buckets
  const total = own + added
  const p = q.map((share, b) => (total === 0 ? 0 : (target[b] + added * share) / total))
  return logRatios(p, q)
}

/** L_b = ln(p_b + 1e-8) - ln(q_b + 1e-8) of every bucket; 0 where the shares are equal. */
export function logRatios(target: Float64Array, data: Float64Array): Float64Array {
  return target.map((p, b) => Math.log(p + floor) - Math.log(data[b] + floor))
}

/**
 * KL(target || set) in nats. To the set's counts one per bucket is added on average, in proportion
 * to the data: a small set cannot hold every word of the target, and without this its gaps and not
 * its likeness would decide. For large sets it makes no difference; for no texts it is KL(target || data).
 * @param target shares @param counts of the set @param data shares of all texts
 */
export function distanceTo(
  target: Float64Array,
  counts: ArrayLike<number>,
  data: Float64Array
): number {
  const total = sumOf(counts) + buckets
  let sum = 0
  target.forEach((p, b) => {
    if (p === 0) return
    const share = (counts[b] + buckets * data[b]) / total
    sum += p * (Math.log(p + floor) - Math.log(share + floor))
  })
  return sum
}
