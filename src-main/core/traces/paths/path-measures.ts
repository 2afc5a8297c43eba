// How close a walk stayed to a reference: DTW, nDTW and sDTW (Ilharco et al. 2019), CLS (Jain et al.
// 2019), and how well it ended: success and SPL (Anderson et al. 2018). Walks are lists of places.
import { walkLength, type Distance } from './path-graph.ts'

/** Metres within which a walk has reached its goal, in room-to-room data. */
export const usualThreshold = 3

/**
 * Dynamic time warping: the least sum of distances over all ways to run through both walks in order.
 * Infinity when one of them is empty.
 */
export function dtw(
  walk: readonly number[],
  reference: readonly number[],
  distance: Distance
): number {
  if (walk.length === 0 || reference.length === 0) return Infinity
  // Cost of the best alignment that ends at the walk's current place and reference place k - 1.
  let row = new Float64Array(reference.length + 1).fill(Infinity)
  row[0] = 0
  for (const place of walk) {
    const next = new Float64Array(row.length).fill(Infinity)
    for (let k = 1; k < row.length; k++)
      next[k] = distance(place, reference[k - 1]) + Math.min(row[k], next[k - 1], row[k - 1])
    row = next
  }
  return row[reference.length]
}

/** exp(-DTW / (threshold x places of the reference)): 1 for the reference itself, towards 0. */
export function ndtw(
  walk: readonly number[],
  reference: readonly number[],
  distance: Distance,
  threshold = usualThreshold
): number {
  return Math.exp(-dtw(walk, reference, distance) / (threshold * reference.length))
}

/** {@link ndtw} of a walk that reached the end of the reference; else 0. */
export function sdtw(
  walk: readonly number[],
  reference: readonly number[],
  distance: Distance,
  threshold = usualThreshold
): number {
  return isSuccess(walk, reference.at(-1), distance, threshold)
    ? ndtw(walk, reference, distance, threshold)
    : 0
}

/**
 * Coverage weighted by length: how much of the reference the walk came near, times how well its
 * length fits that. A walk that stays at one place has coverage but scores 0 unless it should.
 */
export function cls(
  walk: readonly number[],
  reference: readonly number[],
  distance: Distance,
  threshold = usualThreshold
): number {
  if (walk.length === 0 || reference.length === 0) return 0
  let covered = 0
  for (const place of reference) {
    const nearest = walk.reduce((least, at) => Math.min(least, distance(at, place)), Infinity)
    covered += Math.exp(-nearest / threshold)
  }
  const coverage = covered / reference.length
  const expected = coverage * walkLength(reference, distance)
  const off = Math.abs(expected - walkLength(walk, distance))
  // Both walks stay where they are: lengths agree.
  return expected + off === 0 ? coverage : (coverage * expected) / (expected + off)
}

/** True when the walk ends within the threshold of the goal. */
export function isSuccess(
  walk: readonly number[],
  goal: number | undefined,
  distance: Distance,
  threshold = usualThreshold
): boolean {
  const end = walk.at(-1)
  return end !== undefined && goal !== undefined && distance(end, goal) <= threshold
}

/** One walk and where it should have ended; `distance` is that of its graph. */
export interface JudgedWalk {
  readonly walk: readonly number[]
  readonly goal: number
  readonly distance: Distance
}

/** Share of walks that end within the threshold of their goal; NaN of none. */
export function successRate(walks: readonly JudgedWalk[], threshold = usualThreshold): number {
  const reached = walks.filter(({ walk, goal, distance }) =>
    isSuccess(walk, goal, distance, threshold)
  )
  return reached.length / walks.length
}

/** Success weighted by path length of one walk: shortest / max(shortest, walked), 0 without success. */
export function spl({ walk, goal, distance }: JudgedWalk, threshold = usualThreshold): number {
  if (!isSuccess(walk, goal, distance, threshold)) return 0
  const shortest = distance(walk[0], goal)
  const longer = Math.max(shortest, walkLength(walk, distance))
  // A walk that begins at its goal and stays has done all there was to do.
  return longer === 0 ? 1 : shortest / longer
}
