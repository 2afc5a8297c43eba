// From the tasks' scores to one order: tasks joined by their importance, and the budget shared out
// over the labels so that a list of the best does not collapse onto a few of them.
import { shareOut } from '../../compute/kernels/largest-remainder.ts'
import { rankDescending, sortStable } from '../../compute/kernels/ranking.ts'
import type { SelectionInputs, TargetTask } from '../method.ts'
import { rowFlags, type TaskScores } from './score-pass.ts'
import type { BalanceRule, JoinRule } from './target-params.ts'

/** Rows that compete with each other: a label, or all. */
export interface Field {
  /** Class index; -1 = all labels together, -2 = rows without a label. */
  readonly label: number
  /** Rows that can be compared. */
  readonly size: number
  /** Places for them. */
  readonly room: number
  /** False for a label that no task has an example of. */
  readonly isAsked: boolean
}

export interface TargetChoice {
  /** All rows, best first. */
  readonly order: Uint32Array
  readonly tieShare: number
  /** One joined number per row; -Infinity where it cannot be compared. */
  readonly value: Float32Array
  /** Task with the largest share in the value. */
  readonly bestTask: Uint8Array
  /** 1-based place inside the row's field; 0 where it cannot be compared. */
  readonly place: Uint32Array
  /** Index into `fields` per row. */
  readonly field: Uint32Array
  readonly fields: readonly Field[]
}

const importanceWeight = { low: 1, normal: 2, high: 4 } as const

/** Weight of every task: 1 for the least important of those given. */
export function taskWeights(tasks: readonly TargetTask[]): number[] {
  const weights = tasks.map(({ importance }) => importanceWeight[importance])
  const least = Math.min(...weights)
  return weights.map((weight) => weight / least)
}

/** A task's score with its importance: what helps counts more, what harms counts less. */
const weigh = (score: number, weight: number): number =>
  score > 0 ? score * weight : score / weight

/** Joins the tasks' scores of every row. */
function joinTasks(
  scored: TaskScores,
  rows: number,
  active: readonly boolean[],
  weights: readonly number[],
  join: JoinRule
): { value: Float32Array; bestTask: Uint8Array } {
  const value = new Float32Array(rows).fill(-Infinity)
  const bestTask = new Uint8Array(rows)
  const total = weights.reduce((sum, weight, task) => sum + (active[task] ? weight : 0), 0)
  for (let row = 0; row < rows; row++) {
    if (scored.flags[row] !== rowFlags.compared) continue
    let best = -Infinity
    let sum = 0
    for (let task = 0; task < weights.length; task++) {
      if (!active[task]) continue
      const score = scored.scores[task * rows + row]
      const own = weigh(score, weights[task])
      sum += (weights[task] * score) / total
      if (own <= best) continue
      best = own
      bestTask[row] = task
    }
    value[row] = join === 'max' ? best : sum
  }
  return { value, bestTask }
}

export interface ChooseOptions {
  readonly join: JoinRule
  readonly balance: BalanceRule
  /** Positions in tie order. */
  readonly ties: Uint32Array
  readonly weights: readonly number[]
  /** Tasks with a usable example. */
  readonly active: readonly boolean[]
}

/** The order of all candidates; rows that cannot be compared come last. */
export function chooseByValue(
  inputs: Pick<SelectionInputs, 'labels' | 'tasks' | 'budget'>,
  scored: TaskScores,
  options: ChooseOptions
): TargetChoice {
  const rows = inputs.labels.length
  const { value, bestTask } = joinTasks(scored, rows, options.active, options.weights, options.join)
  const ranked = rankDescending(value, options.ties)
  const able = ranked.filter((row) => scored.flags[row] === rowFlags.compared)
  const { field, fields } = shareFields(inputs, scored.flags, able.length, options.balance)
  const place = new Uint32Array(rows)
  const last = fields.map(() => -Infinity)
  const seen = fields.map(() => 0)
  // Where a row stands among the chosen: fields are interleaved, so that every beginning of the
  // order has about the same mix.
  const standing = new Float32Array(rows).fill(-Infinity)
  for (const row of able) {
    const own = field[row]
    place[row] = ++seen[own]
    if (place[row] > fields[own].room) continue
    last[own] = value[row]
    // Labels nobody asked for follow all others.
    const late = fields[own].isAsked ? 0 : 1
    standing[row] = -late - (place[row] - 0.5) / fields[own].room
  }
  const chosen = rankDescending(standing, ranked).filter((row) => standing[row] > -Infinity)
  const isLate = Uint32Array.from(standing, (at) => (at > -Infinity ? 0 : 1))
  const order = sortStable(ranked, isLate)
  order.set(chosen, 0)
  const tied = fields.map(() => ({ all: 0, inside: 0 }))
  for (const row of able) {
    const own = field[row]
    if (value[row] !== last[own]) continue
    tied[own].all++
    if (place[row] <= fields[own].room) tied[own].inside++
  }
  // Where all tied rows fit, nothing was decided by lot.
  let decided = tied.reduce((sum, { all, inside }) => sum + (all > inside ? inside : 0), 0)
  // Rows that cannot be compared fill the rest in tie order.
  if (inputs.budget < rows) decided += Math.max(0, inputs.budget - able.length)
  return { order, tieShare: decided / inputs.budget, value, bestTask, place, field, fields }
}

/** Which rows compete with which, and for how many places. */
function shareFields(
  inputs: Pick<SelectionInputs, 'labels' | 'tasks' | 'budget'>,
  flags: Uint8Array,
  able: number,
  balance: BalanceRule
): { field: Uint32Array; fields: Field[] } {
  const { labels, tasks, budget } = inputs
  const places = Math.min(budget, able)
  if (balance === 'none') {
    const fields = [{ label: -1, size: able, room: places, isAsked: true }]
    return { field: new Uint32Array(labels.length), fields }
  }
  const asked = new Set(tasks.flatMap(({ parts }) => parts.flatMap((part) => [...part.labels])))
  // Rows without a label are compared only with gradients that were made elsewhere.
  const hasUnlabelled = labels.some((label, row) => label < 0 && flags[row] === rowFlags.compared)
  const present = [...new Set(labels)]
    .filter((label) => label >= 0 || hasUnlabelled)
    .sort((a, b) => a - b)
  const index = new Map(present.map((label, at) => [label, at]))
  const field = Uint32Array.from(labels, (label) => index.get(label) ?? 0)
  const sizes = present.map(() => 0)
  labels.forEach((_, row) => {
    if (flags[row] === rowFlags.compared) sizes[field[row]]++
  })
  // Labels nobody gave examples of get places only when all others are full.
  const shares = sizes.map((size, at) => (asked.has(present[at]) ? size : 0))
  const rooms = shareOut(places, shares, sizes)
  const fields = present.map((label, at) => ({
    label: label < 0 ? -2 : label,
    size: sizes[at],
    room: rooms[at],
    isAsked: asked.has(label)
  }))
  return { field, fields }
}
