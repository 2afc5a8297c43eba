// Shares as near as possible to what is wished for, between bounds and with a given sum: the closed
// form of a small quadratic programme (specs 5.5; density-based pruning, arXiv 2401.04578).

/**
 * Minimises sum (x_j - wish_j)^2 with sum x = total and low_j <= x_j <= high_j: x_j is wish_j + nu
 * cut to its bounds, with one nu for all, found by bisection. Throws a RangeError when no x fits.
 */
export function boundedShares(
  wishes: readonly number[],
  low: readonly number[],
  high: readonly number[],
  total: number
): number[] {
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
  if (sum(low) > total + 1e-9 || sum(high) < total - 1e-9 || low.some((l, j) => l > high[j]))
    throw new RangeError(`no shares between their bounds add up to ${total}`)
  const at = (nu: number): number[] =>
    wishes.map((wish, j) => Math.min(high[j], Math.max(low[j], wish + nu)))
  // Below the first all shares are at their lower bounds, above the second at their upper ones.
  let from = Math.min(...wishes.map((wish, j) => low[j] - wish))
  let to = Math.max(...wishes.map((wish, j) => high[j] - wish))
  for (let i = 0; i < 200 && to - from > 1e-13 * (1 + Math.abs(from) + Math.abs(to)); i++) {
    const middle = (from + to) / 2
    if (sum(at(middle)) < total) from = middle
    else to = middle
  }
  return at((from + to) / 2)
}

/**
 * Whole numbers with the same sum, each the share rounded down or up (largest remainder; equal ones
 * go to the lower index), never above `high`. The shares must add up to a whole number.
 */
export function roundShares(shares: readonly number[], high: readonly number[]): number[] {
  const total = Math.round(shares.reduce((a, b) => a + b, 0))
  // A share a hair below a whole number is that number.
  const whole = shares.map((share, j) => Math.min(high[j], Math.floor(share + 1e-7)))
  let left = total - whole.reduce((a, b) => a + b, 0)
  const byRemainder = shares
    .map((share, j) => ({ j, remainder: share - whole[j] }))
    .sort((a, b) => b.remainder - a.remainder || a.j - b.j)
  while (left > 0) {
    const before = left
    for (const { j } of byRemainder) {
      if (left === 0 || whole[j] >= high[j]) continue
      whole[j]++
      left--
    }
    if (left === before) throw new RangeError(`${total} do not fit below the bounds`)
  }
  return whole
}
