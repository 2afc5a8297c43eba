// Sharing whole items out in proportion (largest remainder, Hamilton's method).

/**
 * Splits `total` over groups in proportion to `weights`, never above `limits`. The sum is exactly
 * min(total, sum of limits); equal remainders go to the lower index. Throws a RangeError on
 * negative input.
 */
export function shareOut(
  total: number,
  weights: readonly number[],
  limits: readonly number[]
): number[] {
  if (total < 0 || weights.some((weight) => !(weight >= 0)))
    throw new RangeError('shares cannot be negative')
  const shares = weights.map(() => 0)
  let left = Math.min(
    total,
    limits.reduce((sum, limit) => sum + limit, 0)
  )
  // Each round fills groups that hit their limit and shares the rest out again.
  while (left > 0) {
    let open = shares.flatMap((share, i) => (share < limits[i] && weights[i] > 0 ? [i] : []))
    if (open.length === 0) open = shares.flatMap((share, i) => (share < limits[i] ? [i] : []))
    const sum = open.reduce((s, i) => s + weights[i], 0)
    const exact = open.map((i) => (sum > 0 ? (left * weights[i]) / sum : left / open.length))
    let given = 0
    open.forEach((i, at) => {
      const whole = Math.min(limits[i] - shares[i], Math.floor(exact[at]))
      shares[i] += whole
      given += whole
    })
    const isCapped = open.some(
      (i, at) => shares[i] === limits[i] && exact[at] > Math.floor(exact[at])
    )
    left -= given
    if (given > 0 && isCapped && left >= open.length) continue
    const byRemainder = open
      .map((i, at) => ({ i, remainder: exact[at] - Math.floor(exact[at]) }))
      .filter(({ i }) => shares[i] < limits[i])
      .sort((a, b) => b.remainder - a.remainder || a.i - b.i)
    for (const { i } of byRemainder) {
      if (left === 0) break
      shares[i]++
      left--
    }
  }
  return shares
}
