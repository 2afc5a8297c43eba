// One group's picks for several aims at once: lazy greedy on weight x coverage + what each row adds to
// the other aims. Monotone and submodular, so greedy reaches 1 - 1/e of the best set.
import { placesOf, rankDescending, sortStable } from '../../../compute/kernels/ranking.ts'
import type { Picked, PickStep, PickTask } from '../../coverage/coverage-run.ts'
import { denseLimit, pickFacilityLocation } from '../facility-location/pick.ts'
import {
  examplesFor,
  likeScores,
  prepareExamples,
  typicalScores,
  type PreparedExamples
} from './likeness.ts'
import type { Lot } from './lot.ts'
import { aims, type Aim } from './params.ts'
import { reachOfVariety, spanOf, unitsOf, type Reach } from './scale.ts'
import type { TargetTask } from '../../method.ts'

/** Weights of the aims that can be followed, 0..1; 0 = not followed. */
export type Weights = Readonly<Record<Aim, number>>

/** Column "aim" of rows that were not picked for one aim above all. */
export const noAim: number = aims.length

/** What all groups share. */
export interface CombinedPlan {
  readonly weights: Weights
  readonly tasks: readonly TargetTask[]
  /** N difficulties; NaN = not judged. Undefined where the aim is not followed. */
  readonly hard: Float32Array | undefined
  /** Percent of a group's rows at the hard end that get nothing for it. */
  readonly dropHardest: number
  readonly pairMemory: number
  /** All rows in tie order. */
  readonly ties: Uint32Array
  readonly lot: Lot
  /** True where groups are labels: likeness is then to the examples of the same label. */
  readonly isByLabel: boolean
}

/** Makes the picker of a run. */
export function createPicker(
  plan: CombinedPlan
): (task: PickTask) => AsyncGenerator<PickStep, Picked, void> {
  const tieAt = placesOf(plan.ties)
  // Groups share no rows, so one array serves all.
  const bonus = new Float32Array(plan.ties.length)
  let examples: PreparedExamples[] | undefined
  return async function* (task) {
    const { rows, quota } = task.group
    if (quota === 0) return { order: rows }
    const { random } = task.context
    const drawing = random.fork('examples')
    examples ??= prepareExamples(plan.tasks, task.prepared, (size, count) =>
      drawing.sample(size, count).sort()
    )
    const { index } = task.group
    const own = plan.isByLabel ? examplesFor(examples, index) : examples
    yield* fillBonus(task, plan, own, bonus)
    if (plan.weights.variety === 0) return byBonus(task, bonus, tieAt)
    const reach = yield* reachOfVariety(task, plan.lot)
    const weight = plan.weights.variety / (spanOf(reach) * rows.length)
    const isAlone = aims.every((aim) => aim === 'variety' || plan.weights[aim] === 0)
    const blend = isAlone ? undefined : { weight, bonus }
    const picked = yield* pickFacilityLocation(task, denseLimit(plan.pairMemory), blend)
    nameAims(task, plan.weights, picked.order.subarray(0, quota), bonus, isAlone)
    return { ...picked, measure: reachedBy(picked.measure ?? -1, reach) }
  }
}

/** Part of what variety could gain over a choice by lot, 0..1, from the mean cosine of coverage. */
function reachedBy(meanCosine: number, { byLot, best }: Reach): number {
  const coverage = 0.5 + 0.5 * meanCosine
  if (best - byLot < 1e-6) return 1
  return Math.max(0, Math.min(1, (coverage - byLot) / (best - byLot)))
}

/** Computes the followed aims' scores, keeps their units in columns and their weighted sum in `bonus`. */
async function* fillBonus(
  task: PickTask,
  { weights, hard, dropHardest, lot }: CombinedPlan,
  examples: readonly PreparedExamples[],
  bonus: Float32Array
): AsyncGenerator<PickStep, void, void> {
  const { rows, quota } = task.group
  for (const row of rows) bonus[row] = 0
  const add = (aim: Aim, scores: Float32Array): void => {
    const units = unitsOf(scores, quota)
    rows.forEach((row, at) => {
      task.columns[aim][row] = units[at]
      bonus[row] += weights[aim] * units[at]
    })
  }
  if (weights.typical > 0) add('typical', yield* typicalScores(task, lot))
  if (weights.hard > 0 && hard !== undefined) add('hard', hardScores(hard, rows, dropHardest))
  if (weights.like > 0 && examples.length > 0) add('like', yield* likeScores(task, examples))
}

/** Difficulties of a group's rows; the hardest ones and those not judged get the lowest. */
export function hardScores(
  hard: Float32Array,
  rows: Uint32Array,
  dropHardest: number
): Float32Array {
  const own = Float32Array.from(rows, (row) => hard[row])
  const known = own.filter((value) => !Number.isNaN(value)).sort()
  const lowest = known.length === 0 ? 0 : known[0]
  const kept = known.length - Math.floor((dropHardest / 100) * known.length)
  const limit = kept > 0 ? known[kept - 1] : lowest
  return own.map((value) => (Number.isNaN(value) || value > limit ? lowest : value))
}

/** The order where variety does not count: the sum of the other aims alone. */
function byBonus({ group, columns }: PickTask, bonus: Float32Array, tieAt: Uint32Array): Picked {
  const { rows, quota } = group
  const own = Float32Array.from(rows, (row) => bonus[row])
  const ties = sortStable(
    Uint32Array.from({ length: rows.length }, (_, at) => at),
    Uint32Array.from(rows, (row) => tieAt[row])
  )
  const ranked = rankDescending(own, ties)
  const order = ranked.map((at) => rows[at])
  const cut = own[ranked[quota - 1]]
  const isTied = quota < rows.length && own[ranked[quota]] === cut
  const tied = isTied ? ranked.subarray(0, quota).filter((at) => own[at] === cut).length : 0
  const means = meansOf(rows, columns)
  for (const row of order.subarray(0, quota)) columns['aim'][row] = leadingAim(row, columns, means)
  return { order, tied }
}

/** Mean of every aim's column over a group's rows. */
function meansOf(rows: Uint32Array, columns: PickTask['columns']): Record<Aim, number> {
  const mean = (aim: Aim): number =>
    aim === 'variety' ? 0 : rows.reduce((sum, row) => sum + columns[aim][row], 0) / rows.length
  return {
    variety: 0,
    typical: mean('typical'),
    hard: mean('hard'),
    like: mean('like')
  }
}

/** The aim that a row is furthest ahead of the others in; `noAim` where it is ahead in none. */
function leadingAim(
  row: number,
  columns: PickTask['columns'],
  means: Readonly<Record<Aim, number>>,
  ahead: Partial<Record<Aim, number>> = {},
  weights: Weights = { variety: 0, typical: 1, hard: 1, like: 1 }
): number {
  let best = 0
  let leading = noAim
  aims.forEach((aim, index) => {
    const lead =
      ahead[aim] ?? (aim === 'variety' ? 0 : weights[aim] * (columns[aim][row] - means[aim]))
    if (lead <= best) return
    best = lead
    leading = index
  })
  return leading
}

/**
 * Writes which aim each pick is furthest ahead in: over the mean row for aims that are sums, over the
 * last pick for variety, whose gains shrink as places fill.
 */
function nameAims(
  { group, columns }: PickTask,
  weights: Weights,
  picks: Uint32Array,
  bonus: Float32Array,
  isAlone: boolean
): void {
  const variety = Float32Array.from(picks, (row) => columns['added'][row] - bonus[row])
  const last = variety[picks.length - 1]
  const means = meansOf(group.rows, columns)
  picks.forEach((row, at) => {
    columns['aim'][row] = isAlone
      ? aims.indexOf('variety')
      : leadingAim(row, columns, means, { variety: variety[at] - last }, weights)
  })
}
