// Votes: every task votes for the rows whose score reaches its own percentile (ICONS section 3.3;
// numpy "linear", >=). Votes are on ranks, so a task's score scale and outliers do not matter.
import { percentileOf } from '../../../compute/kernels/percentile.ts'
import { rankDescending } from '../../../compute/kernels/ranking.ts'

/** Rows that are voted on and filled apart. */
export interface Groups {
  /** Group of every row. */
  readonly of: Uint32Array
  readonly sizes: readonly number[]
  /** Groups a task may vote in; absent = all. A task knows nothing of labels it has no example of. */
  readonly mayVote?: (task: number, group: number) => boolean
}

/**
 * All rows together (the paper's form), or one group per label (-1 = one more) that occurs.
 * @param taskLabels the labels each task has examples of; undefined = no grouping
 */
export function groupRows(
  labels: Int32Array,
  taskLabels: readonly ReadonlySet<number>[] | undefined
): Groups {
  const of = new Uint32Array(labels.length)
  if (taskLabels === undefined) return { of, sizes: [labels.length] }
  const present = [...new Set(labels)].sort((a, b) => a - b)
  const index = new Map(present.map((label, group) => [label, group]))
  const sizes = present.map(() => 0)
  labels.forEach((label, row) => {
    of[row] = index.get(label) ?? 0
    sizes[of[row]]++
  })
  return {
    of,
    sizes,
    // Rows without a label may be anyone's.
    mayVote: (task, group) => present[group] < 0 || taskLabels[task].has(present[group])
  }
}

/** One task's ballot. */
export interface Ballot {
  /** tau: the (100 - p)-th percentile of the task's scores, the lowest when groups vote apart. */
  readonly threshold: number
  readonly votedFor: number
  /** All scores that can be compared are equal (V8): everyone passes. */
  readonly isConstant: boolean
}

export interface Votes {
  /** Per task, in task order. */
  readonly ballots: readonly Ballot[]
  /** Weighted votes per row: the sum of the importance weights of the tasks that voted for it. */
  readonly points: Uint32Array
  /** Who voted: word w of row r is `masks[w][r]`, bit b = task 32 w + b. */
  readonly masks: readonly Uint32Array[]
  /** Task that ranks the row highest, and that rank (1-based). */
  readonly bestTask: Uint8Array
  readonly bestRank: Uint32Array
  /** Sum over voting tasks of the row's 0-based rank: low = liked by all. */
  readonly rankSum: Float64Array
  /** Row order of each task, best first, cut to `keepTop`. */
  readonly orders: readonly Uint32Array[]
}

/** Whole vote weights; normal alone gives the paper's plain count after {@link voteWeights}. */
const importanceWeight = { low: 1, normal: 2, high: 4 } as const

/** Weights of the tasks, divided by what they have in common: all equal -> 1 each. */
export function voteWeights(importances: readonly (keyof typeof importanceWeight)[]): number[] {
  const weights = importances.map((importance) => importanceWeight[importance])
  const smallest = Math.min(...weights)
  return weights.map((weight) => weight / smallest)
}

/**
 * Counts the votes.
 * @param scores K x N; -Infinity and NaN never vote and rank last
 * @param active tasks that take part (those with examples)
 * @param ties positions in tie order (ranking.ts)
 * @param keepTop how much of each task's order to keep
 * @param groups rows voted on apart; one group of all rows is the paper's form
 */
export function countVotes(
  scores: Float32Array,
  rows: number,
  active: readonly boolean[],
  weights: readonly number[],
  votePercent: number,
  ties: Uint32Array,
  keepTop: number,
  groups: Groups
): Votes {
  const tasks = active.length
  const points = new Uint32Array(rows)
  const masks = Array.from(
    { length: Math.max(1, Math.ceil(tasks / 32)) },
    () => new Uint32Array(rows)
  )
  const bestTask = new Uint8Array(rows)
  const bestRank = new Uint32Array(rows).fill(rows + 1)
  const rankSum = new Float64Array(rows)
  const orders: Uint32Array[] = []
  const ballots = active.map((isActive, task): Ballot => {
    if (!isActive) {
      orders.push(new Uint32Array(0))
      return { threshold: NaN, votedFor: 0, isConstant: false }
    }
    const own = scores.subarray(task * rows, (task + 1) * rows)
    const order = rankDescending(own, ties)
    const thresholds = thresholdsOf(own, order, votePercent, groups).map((threshold, group) =>
      groups.mayVote?.(task, group) === false ? Infinity : threshold
    )
    const bit = (1 << (task & 31)) >>> 0
    const mask = masks[task >>> 5]
    let votedFor = 0
    for (let place = 0; place < rows; place++) {
      const row = order[place]
      if (own[row] >= thresholds[groups.of[row]] && own[row] > -Infinity) {
        votedFor++
        points[row] += weights[task]
        mask[row] |= bit
      }
      rankSum[row] += place
      if (place + 1 < bestRank[row]) {
        bestTask[row] = task
        bestRank[row] = place + 1
      }
    }
    orders.push(order.slice(0, keepTop))
    return { threshold: Math.min(...thresholds), votedFor, isConstant: isConstant(own, order) }
  })
  return { ballots, points, masks, bestTask, bestRank, rankSum, orders }
}

/** One threshold per group: the (100 - p)-th percentile of the task's scores inside it. */
function thresholdsOf(
  scores: Float32Array,
  order: Uint32Array,
  votePercent: number,
  groups: Groups
): Float64Array {
  const members = Array.from(groups.sizes, (size) => new Float64Array(size))
  const filled = groups.sizes.map(() => 0)
  for (let at = order.length - 1; at >= 0; at--) {
    const row = order[at]
    const group = groups.of[row]
    members[group][filled[group]++] = Number.isNaN(scores[row]) ? -Infinity : scores[row]
  }
  return Float64Array.from(members, (values) =>
    values.length === 0
      ? Infinity
      : percentileOf(values.length, (i) => values[i], 100 - votePercent)
  )
}

function isConstant(scores: Float32Array, order: Uint32Array): boolean {
  let compared = order.length
  while (compared > 0 && !(scores[order[compared - 1]] > -Infinity)) compared--
  return compared > 1 && scores[order[0]] === scores[order[compared - 1]]
}

/** Tasks that voted for a row, ascending. */
export function votersOf(masks: readonly Uint32Array[], row: number): number[] {
  return masks.flatMap((mask, word) => {
    const bits = mask[row]
    const voters: number[] = []
    for (let b = 0; b < 32; b++) if ((bits & (1 << b)) !== 0) voters.push(word * 32 + b)
    return voters
  })
}

export interface Overlap {
  /** K x K: share of task a's choice that task b also chose; 0 for a task that chose nothing. */
  readonly matrix: number[][]
  /** Mean over pairs of different tasks that voted; 1 when there is no such pair. */
  readonly mean: number
  /** What independent tasks would share on average: the mean voted share. */
  readonly chance: number
}

/** How far the tasks want the same rows. */
export function overlapOf(votes: Votes, rows: number): Overlap {
  const tasks = votes.ballots.length
  const both = new Float64Array(tasks * tasks)
  for (let row = 0; row < rows; row++) {
    if (votes.points[row] === 0) continue
    const voters = votersOf(votes.masks, row)
    for (const a of voters) for (const b of voters) both[a * tasks + b]++
  }
  const counts = votes.ballots.map((ballot) => ballot.votedFor)
  const matrix = counts.map((count, a) =>
    counts.map((_, b) => (count === 0 ? 0 : both[a * tasks + b] / count))
  )
  const voting = counts.flatMap((count, task) => (count > 0 ? [task] : []))
  let sum = 0
  let chanceSum = 0
  let pairs = 0
  for (const a of voting) {
    for (const b of voting) {
      if (a === b) continue
      sum += matrix[a][b]
      chanceSum += counts[b] / rows
      pairs++
    }
  }
  if (pairs === 0)
    return { matrix, mean: 1, chance: voting.length === 1 ? counts[voting[0]] / rows : 0 }
  return { matrix, mean: sum / pairs, chance: chanceSum / pairs }
}
