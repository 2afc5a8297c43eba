// How many items each group of alike items keeps: more where the group is wide and far from others
// (density-based pruning, Abbas et al. 2024, arXiv 2401.04578).
import { boundedShares, roundShares } from '../../../compute/kernels/bounded-shares.ts'

/** The softmax of complexity / temperature; a complexity that is no number counts as the mean. */
export function complexityShares(complexity: readonly number[], temperature: number): number[] {
  const finite = complexity.filter((value) => Number.isFinite(value))
  const mean = finite.reduce((sum, value) => sum + value, 0) / Math.max(1, finite.length)
  const scaled = complexity.map((value) => (Number.isFinite(value) ? value : mean) / temperature)
  const top = Math.max(...scaled)
  const powers = scaled.map((value) => Math.exp(value - top))
  const total = powers.reduce((sum, value) => sum + value, 0)
  return powers.map((value) => value / total)
}

/**
 * Places of every cell, not rounded: as near as possible to share x total, at most the cell's rows, and
 * at least half of an even share (but one less than the cell's rows). `least` overrides that bound.
 */
export function cellPlaces(
  shares: readonly number[],
  sizes: readonly number[],
  total: number,
  least = Math.floor((total / sizes.length) * 0.5)
): number[] {
  const low = sizes.map((size) => Math.max(0, Math.min(least, size - 1)))
  const wishes = shares.map((share) => share * total)
  return boundedShares(wishes, low, sizes, total)
}

/** {@link cellPlaces} in whole numbers. */
export function wholePlaces(
  shares: readonly number[],
  sizes: readonly number[],
  total: number
): number[] {
  return roundShares(cellPlaces(shares, sizes, total), sizes)
}

/** Other centres that a cell's distance to its surroundings is averaged over. */
const nearestCentres = 20

/**
 * Complexity of every cell: mean distance of its rows from the centre x mean distance of the centre
 * from the nearest 20 others, both as 1 - cosine.
 * @param inner the first factor @param centroids cells x columns, unit rows
 */
export function complexities(
  inner: readonly number[],
  centroids: Float32Array,
  columns: number
): number[] {
  return inner.map((own, a) => {
    const distances = new Float64Array(inner.length - 1)
    for (let b = 0, at = 0; b < inner.length; b++) {
      if (b === a) continue
      let dot = 0
      for (let j = 0; j < columns; j++)
        dot += centroids[a * columns + j] * centroids[b * columns + j]
      distances[at++] = 1 - dot
    }
    const nearest = distances.sort().subarray(0, nearestCentres)
    // A cell without others has nothing to be compared with: all shares are its own.
    return nearest.length === 0 ? own : (own * nearest.reduce((s, v) => s + v, 0)) / nearest.length
  })
}
