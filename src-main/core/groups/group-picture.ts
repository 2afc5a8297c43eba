// Groups of one picture over several starts: groups are drawn by chance, so that one start can be luck.
// Starts are brought into one order, and how far they agree is told beside who owns what.
import { bestPairs } from './assignment.ts'

/** Groups of one head, over all starts. */
export interface AlignedGroups {
  /** Group that has most of each square, on average over starts. */
  readonly owners: Uint32Array
  /** 1 - entropy / log groups of a square's shares, on average over starts. */
  readonly confidence: Float32Array
  /** Share of the starts in which the owner has most of the square. */
  readonly agreement: Float32Array
  /** Mean shares: squares x groups. */
  readonly shares: Float32Array
}

/** How often starts are matched with their mean; the order is that of the first start. */
const passes = 2

/**
 * @param starts shares of each start: squares x groups, rows summing to 1
 */
export function alignStarts(
  starts: readonly Float32Array[],
  squares: number,
  groups: number
): AlignedGroups {
  let mean = starts[0]
  let ordered: readonly Float32Array[] = starts
  for (let pass = 0; pass < passes; pass++) {
    const reference = mean
    ordered = starts.map((start, at) =>
      at === 0 ? start : inOrderOf(start, reference, squares, groups)
    )
    mean = meanOf(ordered)
  }
  const owners = Uint32Array.from({ length: squares }, (_, at) => ownerOf(mean, at, groups))
  const agreement = Float32Array.from({ length: squares }, (_, at) => {
    const same = ordered.filter((start) => ownerOf(start, at, groups) === owners[at])
    return same.length / ordered.length
  })
  const confidence = Float32Array.from(
    { length: squares },
    (_, at) =>
      starts.reduce((sum, start) => sum + confidenceOf(start, at, groups), 0) / starts.length
  )
  return { owners, confidence, agreement, shares: mean }
}

/** A start with its groups in the order in which they overlap the reference's most. */
function inOrderOf(
  start: Float32Array,
  reference: Float32Array,
  squares: number,
  groups: number
): Float32Array {
  const overlap = new Float64Array(groups * groups)
  for (let square = 0; square < squares; square++)
    for (let a = 0; a < groups; a++)
      for (let b = 0; b < groups; b++)
        overlap[a * groups + b] += reference[square * groups + a] * start[square * groups + b]
  const pairs = bestPairs(overlap, groups)
  const out = new Float32Array(start.length)
  for (let square = 0; square < squares; square++)
    for (let a = 0; a < groups; a++) out[square * groups + a] = start[square * groups + pairs[a]]
  return out
}

function meanOf(starts: readonly Float32Array[]): Float32Array {
  const sums = new Float64Array(starts[0].length)
  for (const start of starts) start.forEach((value, at) => (sums[at] += value))
  return Float32Array.from(sums, (sum) => sum / starts.length)
}

/** The group with most of a square; the first of equal ones. */
export function ownerOf(shares: Float32Array, square: number, groups: number): number {
  let best = 0
  for (let group = 1; group < groups; group++)
    if (shares[square * groups + group] > shares[square * groups + best]) best = group
  return best
}

/** 1 - entropy / log groups of a square's shares; 1 where there is one group alone. */
export function confidenceOf(shares: Float32Array, square: number, groups: number): number {
  if (groups === 1) return 1
  let entropy = 0
  for (let group = 0; group < groups; group++) {
    const share = shares[square * groups + group]
    if (share > 0) entropy -= share * Math.log(share)
  }
  return Math.min(1, Math.max(0, 1 - entropy / Math.log(groups)))
}

/**
 * How well owners fit known masks: F1 over pairs of squares that lie in a mask each, a pair being right
 * where both are in one mask exactly if one group owns both.
 * @param masks number of the mask of each square; below 0 in none
 */
export function pairF1(owners: ArrayLike<number>, masks: ArrayLike<number>): number {
  let [both, said, wanted] = [0, 0, 0]
  for (let a = 0; a < masks.length; a++)
    for (let b = a + 1; b < masks.length; b++) {
      if (masks[a] < 0 || masks[b] < 0) continue
      const isSaid = owners[a] === owners[b]
      const isWanted = masks[a] === masks[b]
      if (isSaid) said++
      if (isWanted) wanted++
      if (isSaid && isWanted) both++
    }
  return said + wanted === 0 ? 1 : (2 * both) / (said + wanted)
}
