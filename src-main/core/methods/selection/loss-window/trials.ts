// The repeats of the loss window: each sets a fifth of the sample aside, trains by the plan, with all
// rows, and by lot with as few steps, and measures the three on what was set aside. So the claim
// "fewer steps, same accuracy" is tested on the analyst's own data.
import { AppError } from '../../../../api/errors.ts'
import { shareOut } from '../../../compute/kernels/largest-remainder.ts'
import { isReadable } from '../../../compute/kernels/readable-row.ts'
import { fitScaling, scaleRowInto, type FeatureScaling } from '../../../compute/kernels/scaling.ts'
import type { Random } from '../../../compute/random.ts'
import type { MethodContext, SelectionInputs } from '../../method.ts'
import { planPass, type PassPlan, type PassRule, type ScheduleSettings } from './schedule.ts'
import { shareRight, trainByPlan, type TrainingRows } from './train.ts'

/** Rows the helper models learn from and are tested on, at most. */
export const mostSampleRows = 20_000
const sampleBytes = 128 << 20
/** Share of the sample that is set aside for testing. */
const testPart = 0.2

/** Labelled, readable rows, scaled, with a trailing 1. */
export interface Sample extends Omit<TrainingRows, 'rows'> {
  readonly scaling: FeatureScaling
}

/** Draws rows, every label with its share, and scales them. Throws AppError when none is usable. */
export async function drawSample(
  { random }: MethodContext,
  { features, labels, classNames }: SelectionInputs
): Promise<Sample> {
  const members: number[][] = classNames.map(() => [])
  labels.forEach((label, row) => {
    if (label >= 0) members[label].push(row)
  })
  const counts = members.map((rows) => rows.length)
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0)
    throw new AppError('method-not-possible', 'No item has a label, so nothing can be learned.', {
      hint: 'Choose a label column first, or use a method that needs no labels.'
    })
  const { columns } = features
  const fitting = Math.max(1000, Math.floor(sampleBytes / (4 * Math.max(1, columns))))
  const shares = shareOut(Math.min(total, mostSampleRows, fitting), counts, counts)
  const drawing = random.fork('loss-window sample')
  const drawn = members.flatMap((rows, label) =>
    Array.from(drawing.sample(rows.length, shares[label]), (at) => rows[at])
  )
  const wanted = Uint32Array.from(drawn).sort()
  const values = await features.readRows(wanted)
  const fine = Uint32Array.from(wanted.keys()).filter((at) =>
    isReadable(values, at * columns, columns)
  )
  if (fine.length === 0)
    throw new AppError('method-not-possible', 'The numbers of the items could not be read.')
  const scaling = fitScaling(values, columns, fine, 'centre')
  const width = columns + 1
  const h = new Float32Array(fine.length * width)
  fine.forEach((at, i) => scaleRowInto(values, at * columns, scaling, h, i * width))
  return {
    h,
    width,
    labels: Int32Array.from(fine, (at) => labels[wanted[at]]),
    classes: classNames.length,
    meanSquaredNorm: scaling.meanSquaredNorm,
    scaling
  }
}

/** What one repeat found. Accuracies are shares, NaN where nothing could be set aside. */
export interface Trial {
  /** passes x classes x width: the planned head after every pass. */
  readonly heads: Float32Array
  readonly rules: readonly PassRule[]
  /** Rows visited in each pass, and their mean loss. */
  readonly visited: readonly number[]
  readonly losses: readonly number[]
  readonly trainingRows: number
  readonly testRows: number
  readonly planned: number
  readonly all: number
  readonly byLot: number
}

/** Trains and tests once. Throws the signal's reason when aborted. */
export async function runTrial(
  { device, signal }: MethodContext,
  sample: Sample,
  settings: ScheduleSettings,
  random: Random
): Promise<Trial> {
  const { tf } = device
  const { train, test } = split(sample, random.fork('split'))
  const data: TrainingRows = { ...sample, rows: train }
  const { passes } = settings
  const size = sample.classes * sample.width
  const lastOf = (heads: Float32Array): Float32Array => heads.slice((passes - 1) * size)
  const trainWith = (
    name: string,
    plan: (pass: number, losses: Float64Array) => PassPlan
  ): ReturnType<typeof trainByPlan> =>
    trainByPlan(tf, data, passes, plan, random.fork(name), signal)
  const lot = random.fork('plan')
  const planned = await trainWith('planned', (pass, losses) =>
    planPass(settings, pass, losses, lot.fork(`pass ${pass}`))
  )
  const visited = planned.plans.map(({ rows }) => rows.length)
  const all = await trainWith('all', () => drawPlan(random, train.length, train.length))
  const drawing = random.fork('by lot plan')
  const byLot = await trainWith('by lot', (pass) => drawPlan(drawing, train.length, visited[pass]))
  return {
    heads: planned.heads,
    rules: planned.plans.map(({ rule }) => rule),
    visited,
    losses: planned.losses,
    trainingRows: train.length,
    testRows: test.length,
    planned: await shareRight(tf, data, lastOf(planned.heads), test),
    all: await shareRight(tf, data, lastOf(all.heads), test),
    byLot: await shareRight(tf, data, lastOf(byLot.heads), test)
  }
}

/** `count` of `total` rows by lot, each counting once. */
function drawPlan(random: Random, total: number, count: number): PassPlan {
  const rows =
    count === total
      ? Uint32Array.from({ length: total }, (_, i) => i)
      : random.sample(total, count).sort()
  const share = count / total
  const rule: PassRule = { low: null, high: null, inside: share, outside: share, window: null }
  return { rule, rows, weights: new Float32Array(count).fill(1) }
}

/** A fifth of every label for testing, the rest for training; labels with few rows only train. */
function split(
  { labels, classes }: Sample,
  random: Random
): { readonly train: Uint32Array; readonly test: Uint32Array } {
  const left = Array.from({ length: classes }, (_, label) =>
    Math.floor(testPart * labels.reduce((count, own) => count + (own === label ? 1 : 0), 0))
  )
  const isTest = new Uint8Array(labels.length)
  for (const row of random.shuffle(Uint32Array.from(labels.keys())))
    if (left[labels[row]]-- > 0) isTest[row] = 1
  const rows = Uint32Array.from(labels.keys())
  return {
    train: rows.filter((row) => isTest[row] === 0),
    test: rows.filter((row) => isTest[row] === 1)
  }
}
