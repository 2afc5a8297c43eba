// Percentiles with linear interpolation between neighbours (numpy's "linear", specs B4).

/**
 * The q-th percentile of N values read through `at(i)`, which gives the i-th smallest.
 * Infinite neighbours are never blended: the nearer finite answer would be NaN.
 */
export function percentileOf(count: number, at: (index: number) => number, q: number): number {
  if (count === 0) return NaN
  const position = (q / 100) * (count - 1)
  const lower = Math.floor(position)
  const fraction = position - lower
  const low = at(lower)
  if (fraction === 0 || lower + 1 >= count) return low
  const high = at(lower + 1)
  if (low === high || !Number.isFinite(low)) return high
  return low + (high - low) * fraction
}

/** The q-th percentile (0..100) of values in any order. NaN for no values. */
export function percentile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort()
  return percentileOf(sorted.length, (i) => sorted[i], q)
}
