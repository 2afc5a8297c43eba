// How well scores tell two groups apart: the area under the ROC curve by ranks (Mann-Whitney).

/**
 * Probability that a random positive scores above a random negative, ties counted half: 0.5 = no
 * difference, 1 = every positive is above. NaN when either group is empty or a score is NaN.
 */
export function rankAuc(positives: ArrayLike<number>, negatives: ArrayLike<number>): number {
  const up = Float64Array.from(positives).sort()
  const down = Float64Array.from(negatives).sort()
  if (up.length === 0 || down.length === 0) return NaN
  // NaN sorts last in typed arrays.
  if (Number.isNaN(up[up.length - 1]) || Number.isNaN(down[down.length - 1])) return NaN
  let below = 0
  let upTo = 0
  let wins = 0
  for (const value of up) {
    while (below < down.length && down[below] < value) below++
    while (upTo < down.length && down[upTo] <= value) upTo++
    wins += 0.5 * (below + upTo)
  }
  return wins / (up.length * down.length)
}
