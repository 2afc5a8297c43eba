// What makes four aims comparable: each is measured in units of what its own best set of that size
// gains over a choice by lot. So equal weights mean equal parts of what can be gained, whatever the
// numbers of an aim look like.
import { exactSteps } from '../../../compute/kernels/facility-location.ts'
import { nearestCentroids } from '../../../compute/kernels/spherical-k-means.ts'
import type { PickStep, PickTask } from '../../coverage/coverage-run.ts'
import type { Lot } from './lot.ts'

/** Below this there is nothing to gain over a choice by lot. */
const nothing = 1e-6

/** What an aim is worth for a set of `quota` rows: by lot, and at best. */
export interface Reach {
  readonly byLot: number
  readonly best: number
}

/** Gain of the best set over one by lot; the best itself where there is next to none. */
export function spanOf({ byLot, best }: Reach): number {
  const span = best - byLot
  if (span > nothing * Math.max(1, Math.abs(best))) return span
  return best > 0 ? best : 1
}

/** Reach of an aim that is a sum over rows: the `quota` largest, and their number times the mean. */
export function reachOfSum(scores: Float32Array, quota: number): Reach {
  const sorted = Float64Array.from(scores).sort()
  let best = 0
  for (let i = 0; i < quota; i++) best += sorted[sorted.length - 1 - i]
  const mean = sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length)
  return { byLot: quota * mean, best }
}

/**
 * A score as what each row adds: from 0 for the lowest, in units of the span. Taking the lowest off
 * changes no comparison between sets of one size, and keeps what is added at 0 or more.
 */
export function unitsOf(scores: Float32Array, quota: number): Float32Array {
  const lowest = scores.reduce((low, value) => Math.min(low, value), Infinity)
  const lifted = scores.map((value) => value - lowest)
  const span = spanOf(reachOfSum(lifted, quota))
  return lifted.map((value) => value / span)
}

const mostSampleRows = 2000
const draws = 4

/**
 * Reach of variety: mean coverage (0 to 1) by the greedy picks and by rows drawn by lot, on up to 2,000
 * rows of the group with as large a share of them picked.
 */
export async function* reachOfVariety(
  { prepared, group, context }: PickTask,
  lot: Lot
): AsyncGenerator<PickStep, Reach, void> {
  const { rows, quota } = group
  const { tf } = context.device
  const { columns } = prepared
  const sample = lot(rows, mostSampleRows, 'variety')
  const count = sample.length
  const need = Math.max(1, Math.min(count, Math.round((quota * count) / rows.length)))
  const values = await prepared.read(sample)
  const run = exactSteps(tf, values, columns, need, context.signal)
  let step = await run.next()
  while (step.done !== true) {
    yield { done: 0 }
    step = await run.next()
  }
  const best = step.value.covered.reduce((sum, value) => sum + value, 0) / count
  let byLot = 0
  for (let draw = 0; draw < draws; draw++) {
    const centres = await prepared.read(lot(sample, need, `variety ${draw}`))
    const found = await nearestCentroids(tf, values, centres, columns, context.signal)
    const cosines = found.cosine.reduce((sum, value) => sum + value, 0)
    byLot += (0.5 + (0.5 * cosines) / count) / draws
    yield { done: 0 }
  }
  return { byLot, best }
}
