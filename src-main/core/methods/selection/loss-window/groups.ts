// Groups of alike losses: k-means in one dimension, on sorted numbers, so that a pass over thousands
// of losses costs next to nothing.

const mostRounds = 100

/** Number of `sorted` values up to and including `limit`. */
function countUpTo(sorted: Float64Array, limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Borders between at most `groups` groups of values, ascending: a value is in group g when it is above
 * border g - 1 and not above border g. Lloyd's rounds from the quantiles; a group that loses all its
 * values is dropped, so there are fewer borders where values are equal. Values must be finite.
 */
export function groupBorders(values: ArrayLike<number>, groups: number): number[] {
  const sorted = Float64Array.from(values).sort()
  const count = sorted.length
  if (count === 0) return []
  const sums = new Float64Array(count + 1)
  for (let i = 0; i < count; i++) sums[i + 1] = sums[i] + sorted[i]
  const quantiles = Array.from(
    { length: groups },
    (_, g) => sorted[Math.floor(((g + 0.5) / groups) * count)]
  )
  let centres = [...new Set(quantiles)]
  for (let round = 0; round < mostRounds; round++) {
    const ends = [...midpoints(centres).map((border) => countUpTo(sorted, border)), count]
    const next = ends.flatMap((end, g) => {
      const start = g === 0 ? 0 : ends[g - 1]
      return end === start ? [] : (sums[end] - sums[start]) / (end - start)
    })
    const isDone = next.length === centres.length && next.every((value, g) => value === centres[g])
    centres = next
    if (isDone) break
  }
  return midpoints(centres)
}

function midpoints(centres: readonly number[]): number[] {
  return centres.slice(1).map((centre, g) => (centre + centres[g]) / 2)
}
