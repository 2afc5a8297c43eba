// From votes and scores to one order over all rows. The tie rule decides a lot (specs 2.6: up to
// 99 % of a small budget), so it is a parameter, and its share of the budget is always reported.
import { placesOf, rankDescending, sortStable } from '../../../compute/kernels/ranking.ts'
import type { CombineRule, TieRule } from './params.ts'
import { shareOut } from '../../../compute/kernels/largest-remainder.ts'
import { votersOf, type Groups, type Votes } from './vote.ts'

export interface ChoiceInputs {
  readonly rows: number
  readonly budget: number
  readonly weights: readonly number[]
  readonly active: readonly boolean[]
  /** K x N. */
  readonly scores: Float32Array
  readonly votes: Votes
  /** Positions in tie order. */
  readonly ties: Uint32Array
  /** Rows that can be compared: 1, else 0. */
  readonly able: Uint8Array
  readonly groups: Groups
}

/** The cut inside one group: its vote points, how many rows are tied there, and for how many places. */
export interface Cut {
  readonly level: number
  readonly tied: number
  readonly places: number
}

export interface Choice {
  /** All rows, best first. */
  readonly order: Uint32Array
  readonly tieShare: number
  /** One per group; a single one where rows are not grouped. */
  readonly cuts: readonly Cut[]
  /** Round-robin: the task whose turn took the row, 255 = none. Otherwise undefined. */
  readonly turn: Uint8Array | undefined
}

/** Picks `need` of the tied rows (given in tie order) for variety, best first. */
export type PickVariety = (tied: Uint32Array, need: number) => Promise<Uint32Array>

export async function choose(
  combine: CombineRule,
  tieRule: TieRule,
  inputs: ChoiceInputs,
  pickVariety: PickVariety
): Promise<Choice> {
  if (combine === 'vote') return byVotes(tieRule, inputs, pickVariety)
  const fallback = voteOrder(inputs)
  if (combine === 'round-robin') return byTurns(inputs, fallback)
  const joined = joinScores(combine, inputs)
  const order = rankDescending(joined, inputs.ties)
  const cut = joined[order[inputs.budget - 1]]
  let tied = 0
  let places = 0
  for (let place = 0; place < order.length; place++) {
    if (joined[order[place]] !== cut) continue
    tied++
    if (place < inputs.budget) places++
  }
  return finish(inputs, order, [{ level: 0, tied, places }], undefined)
}

function finish(
  inputs: ChoiceInputs,
  order: Uint32Array,
  cuts: readonly Cut[],
  turn: Uint8Array | undefined
): Choice {
  // Where all tied rows fit, nothing was decided by the rule.
  const decided = cuts.reduce((sum, { tied, places }) => sum + (tied > places ? places : 0), 0)
  return { order, tieShare: decided / inputs.budget, cuts, turn }
}

/** All rows by (can be compared, points, mean rank, tie key). */
function voteOrder(inputs: ChoiceInputs): Uint32Array {
  const { rankSum } = inputs.votes
  const byMean = new Float32Array(inputs.rows)
  for (let row = 0; row < inputs.rows; row++) byMean[row] = -rankSum[row]
  const byRank = rankDescending(byMean, inputs.ties)
  // Rows that cannot be compared come after those with no votes.
  const keys = inputs.votes.points.map((points, row) =>
    inputs.able[row] === 1 ? 0xfffffffe - points : 0xffffffff
  )
  return sortStable(byRank, keys)
}

async function byVotes(
  tieRule: TieRule,
  inputs: ChoiceInputs,
  pickVariety: PickVariety
): Promise<Choice> {
  const { groups, rows, budget } = inputs
  const order = voteOrder(inputs)
  // Labels nobody gave examples of are not asked for: they get places only when all others are full.
  const isAsked = (group: number): boolean =>
    inputs.active.some((isActive, task) => isActive && groups.mayVote?.(task, group) !== false)
  const shares = groups.sizes.map((size, group) => (isAsked(group) ? size : 0))
  const quota = shareOut(budget, shares, groups.sizes)
  const isChosen = new Uint8Array(rows)
  // Where a row stands among the chosen: groups are interleaved, so that every beginning of the
  // order has about the same mix.
  const place = new Float32Array(rows)
  const cuts: Cut[] = []
  for (let group = 0; group < quota.length; group++) {
    const own = quota.length === 1 ? order : order.filter((row) => groups.of[row] === group)
    const { picks, cut } = await cutGroup(tieRule, own, quota[group], inputs, pickVariety)
    cuts.push(cut)
    picks.forEach((row, at) => {
      isChosen[row] = 1
      place[row] = -(at + 0.5) / quota[group]
    })
  }
  const chosen = rankDescending(place, order).filter((row) => isChosen[row] === 1)
  const rest = order.filter((row) => isChosen[row] === 0)
  order.set(chosen, 0)
  order.set(rest, chosen.length)
  return finish(inputs, order, cuts, undefined)
}

/** Takes the best `quota` rows of one group, given by votes; the tie rule fills the cut-off level. */
async function cutGroup(
  tieRule: TieRule,
  own: Uint32Array,
  quota: number,
  inputs: ChoiceInputs,
  pickVariety: PickVariety
): Promise<{ picks: Uint32Array; cut: Cut }> {
  const { votes, able } = inputs
  if (quota === 0)
    return {
      picks: new Uint32Array(0),
      cut: { level: votes.points[own[0]] + 1, tied: 0, places: 0 }
    }
  const last = own[quota - 1]
  const isLevel = (row: number): boolean =>
    able[row] === able[last] && votes.points[row] === votes.points[last]
  let first = quota - 1
  while (first > 0 && isLevel(own[first - 1])) first--
  let end = quota
  while (end < own.length && isLevel(own[end])) end++
  const need = quota - first
  const level = own.subarray(first, end)
  const inLevel = new Uint8Array(inputs.rows)
  for (const row of level) inLevel[row] = 1
  const tied = inputs.ties.filter((row) => inLevel[row] === 1)
  // Rows that cannot be compared have no features to differ in: their order is the tie key's.
  const isCompared = able[last] === 1
  // All of them fit: nothing to decide, the order by mean rank stands.
  const rule = !isCompared ? 'random' : need === tied.length ? 'mean-rank' : tieRule
  const sure = own.slice(0, first)
  const tiedPicks = await pickTied(rule, tied, need, level, inputs, sure, pickVariety)
  const picks = new Uint32Array(quota)
  picks.set(sure, 0)
  picks.set(tiedPicks, first)
  return { picks, cut: { level: votes.points[last], tied: tied.length, places: need } }
}

async function pickTied(
  rule: TieRule,
  tied: Uint32Array,
  need: number,
  level: Uint32Array,
  inputs: ChoiceInputs,
  sure: Uint32Array,
  pickVariety: PickVariety
): Promise<Uint32Array> {
  if (rule === 'random') return tied.slice(0, need)
  // The level is already sorted by mean rank.
  if (rule === 'mean-rank') return level.slice(0, need)
  if (rule === 'variety') return pickVariety(tied, need)
  return leastCovered(tied, need, sure, inputs)
}

/** Again and again the best free row of the task that has the fewest votes among the chosen. */
function leastCovered(
  tied: Uint32Array,
  need: number,
  sure: Uint32Array,
  inputs: ChoiceInputs
): Uint32Array {
  const { votes, scores, rows, ties, weights, active } = inputs
  const tasks = active.flatMap((isActive, task) => (isActive ? [task] : []))
  const covered = active.map(() => 0)
  const addVotes = (row: number): void => {
    for (const task of votersOf(votes.masks, row)) covered[task] += 1 / weights[task]
  }
  sure.forEach(addVotes)
  const isFree = new Uint8Array(rows)
  for (const row of tied) isFree[row] = 1
  const hasVotes = votes.points[tied[0]] > 0
  const queues = new Map(
    tasks.map((task) => {
      const all = rankDescending(scores.subarray(task * rows, (task + 1) * rows), ties)
      const isWanted = (row: number): boolean =>
        isFree[row] === 1 && (!hasVotes || votersOf(votes.masks, row).includes(task))
      return [task, { rows: all.filter(isWanted), next: 0 }]
    })
  )
  const picks = new Uint32Array(need)
  for (let picked = 0; picked < need; picked++) {
    let best = -1
    for (const [task, queue] of queues) {
      while (queue.next < queue.rows.length && isFree[queue.rows[queue.next]] === 0) queue.next++
      if (queue.next < queue.rows.length && (best < 0 || covered[task] < covered[best])) best = task
    }
    const queue = queues.get(best)
    if (queue === undefined) throw new Error('a tied row belongs to no task')
    const row = queue.rows[queue.next]
    isFree[row] = 0
    picks[picked] = row
    addVotes(row)
    // Without votes nobody is covered by the row itself: the task whose turn it was counts it.
    if (!hasVotes) covered[best] += 1 / weights[best]
  }
  return picks
}

/** Tasks take turns, each taking its best free row; important tasks have more turns. */
function byTurns(inputs: ChoiceInputs, fallback: Uint32Array): Choice {
  const { budget, rows, votes, weights, active, able } = inputs
  const turn = new Uint8Array(rows).fill(255)
  const taken = new Uint8Array(rows)
  const next = active.map(() => 0)
  const turns = active.map(() => 0)
  const order = new Uint32Array(rows)
  let filled = 0
  while (filled < budget) {
    let best = -1
    for (let task = 0; task < active.length; task++) {
      const own = votes.orders[task]
      while (
        next[task] < own.length &&
        (taken[own[next[task]]] === 1 || able[own[next[task]]] === 0)
      )
        next[task]++
      if (next[task] >= own.length) continue
      if (best < 0 || (turns[task] + 1) / weights[task] < (turns[best] + 1) / weights[best])
        best = task
    }
    if (best < 0) break
    const row = votes.orders[best][next[best]]
    taken[row] = 1
    turn[row] = best
    turns[best]++
    order[filled++] = row
  }
  for (const row of fallback) if (taken[row] === 0) order[filled++] = row
  return finish(inputs, order, [{ level: 0, tied: 0, places: 0 }], turn)
}

/**
 * One joined score per row. rank = minus the mean rank; norm = mean of z-scores. The paper's page
 * does not define these two; the reading is ours (specs 2.10).
 */
function joinScores(
  combine: Exclude<CombineRule, 'vote' | 'round-robin'>,
  inputs: ChoiceInputs
): Float32Array {
  const { rows, scores, weights, active, able, ties, votes } = inputs
  const out = new Float32Array(rows).fill(-Infinity)
  // Plain loops, each over one kind of sum: there may be millions of rows.
  if (combine === 'rank' && weights.every((weight, task) => weight === 1 || !active[task])) {
    for (let row = 0; row < rows; row++) if (able[row] === 1) out[row] = -votes.rankSum[row]
    return out
  }
  const joined = new Float64Array(rows).fill(combine === 'max' ? -Infinity : 0)
  active.forEach((isActive, task) => {
    if (!isActive) return
    const weight = weights[task]
    const own = scores.subarray(task * rows, (task + 1) * rows)
    if (combine === 'max') {
      for (let row = 0; row < rows; row++) if (own[row] > joined[row]) joined[row] = own[row]
    } else if (combine === 'rank') {
      const places = placesOf(rankDescending(own, ties))
      for (let row = 0; row < rows; row++) joined[row] -= weight * places[row]
    } else {
      const { mean, spread } = combine === 'norm' ? moments(own, able) : { mean: 0, spread: 1 }
      for (let row = 0; row < rows; row++) joined[row] += (weight * (own[row] - mean)) / spread
    }
  })
  // Rows that cannot be compared come last, whatever was summed up for them.
  for (let row = 0; row < rows; row++) if (able[row] === 1) out[row] = joined[row]
  return out
}

function moments(scores: Float32Array, able: Uint8Array): { mean: number; spread: number } {
  let sum = 0
  let squares = 0
  let count = 0
  for (let row = 0; row < scores.length; row++) {
    if (able[row] === 0) continue
    sum += scores[row]
    squares += scores[row] * scores[row]
    count++
  }
  const mean = count === 0 ? 0 : sum / count
  const variance = count === 0 ? 0 : Math.max(0, squares / count - mean * mean)
  return { mean, spread: Math.sqrt(variance) || 1 }
}
