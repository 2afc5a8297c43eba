// Loss window: SeTa's and InfoBatch's training schedules on a linear head. This file is the run:
// repeats, read-out, order, with a checkpoint after every repeat that gives the same bits later.
import { checkInputs } from '../../check-inputs.ts'
import {
  defineMethod,
  type MethodCheckpoint,
  type MethodContext,
  type MethodEstimate,
  type MethodProgress,
  type MethodShape,
  type Selection,
  type SelectionInputs
} from '../../method.ts'
import { lossWindowCard } from './card.ts'
import { explainLossWindow } from './explain.ts'
import { lossWindowParams, type LossWindowParams } from './params.ts'
import { readLosses } from './read-out.ts'
import { toSelection, type TrialRecord } from './result.ts'
import type { ScheduleSettings } from './schedule.ts'
import { drawSample, mostSampleRows, runTrial } from './trials.ts'

/** Heads that are kept for reading all rows, in bytes; the repeats after that only test the plan. */
const headBytes = 64 << 20

/** What is known after some repeats. */
interface Progress {
  readonly records: TrialRecord[]
  /** Heads of the first repeats, those that fit. */
  readonly heads: Float32Array[]
}

async function* runLossWindow(
  context: MethodContext,
  inputs: SelectionInputs,
  params: LossWindowParams
): AsyncGenerator<MethodProgress, Selection, void> {
  checkInputs(inputs)
  const { rows, columns } = inputs.features
  const { runs } = params
  const classes = inputs.classNames.length
  const settings = settingsOf(params)
  const perTrial = params.passes * classes * (columns + 1)
  const { records, heads } = unpack(context.resume, perTrial)
  const phase = 'Training by the plan'
  yield { phase, done: records.length, total: runs, unit: 'repeats' }
  const sample = await drawSample(context, inputs)
  for (let run = records.length; run < runs; run++) {
    const random = context.random.fork('loss-window').fork(`repeat ${run}`)
    const { heads: own, ...record } = await runTrial(context, sample, settings, random)
    records.push(record)
    if (heads.length === 0 || 4 * perTrial * (heads.length + 1) <= headBytes) heads.push(own)
    const checkpoint = pack({ records, heads }, perTrial)
    const done = records.length
    const live = { series: 'Share of steps saved', x: done, y: savedBy(record, params.passes) }
    yield { phase, done, total: runs, unit: 'repeats', live, checkpoint }
  }
  const planned = heads.map((own, run) => ({ heads: own, rules: records[run].rules }))
  const reading = readLosses(context, inputs, planned, classes, sample.scaling)
  let step = await reading.next()
  while (step.done !== true) {
    yield { phase: 'Asking helper models', done: step.value, total: rows, unit: 'items' }
    step = await reading.next()
  }
  return toSelection(context.seed, inputs, params, records, step.value)
}

function settingsOf(params: LossWindowParams): ScheduleSettings {
  const { schedule, passes, groups } = params
  const skip01 = params.skipPercent / 100
  return { schedule, passes, groups, skip01, window01: params.windowPercent / 100 }
}

function savedBy({ visited, trainingRows }: TrialRecord, passes: number): number {
  return 1 - visited.reduce((sum, count) => sum + count, 0) / (trainingRows * passes)
}

function pack({ records, heads }: Progress, perTrial: number): MethodCheckpoint {
  const joined = new Float32Array(heads.length * perTrial)
  heads.forEach((own, run) => joined.set(own, run * perTrial))
  return {
    step: 'repeats',
    arrays: { heads: joined },
    // NaN is no JSON; accuracies without test rows come back as null.
    values: { records: JSON.stringify(records) }
  }
}

function unpack(resume: MethodCheckpoint | undefined, perTrial: number): Progress {
  if (resume === undefined) return { records: [], heads: [] }
  const joined = resume.arrays['heads'] as Float32Array
  // Written by `pack`; the reviver undoes what JSON cannot hold.
  const records = JSON.parse(String(resume.values['records'])) as TrialRecord[]
  const orNaN = (value: number | null): number => value ?? NaN
  return {
    records: records.map((record) => ({
      ...record,
      planned: orNaN(record.planned),
      all: orNaN(record.all),
      byLot: orNaN(record.byLot)
    })),
    heads: Array.from({ length: joined.length / perTrial }, (_, run) =>
      joined.slice(run * perTrial, (run + 1) * perTrial)
    )
  }
}

/** Multiply-adds per second in products, plain loops per second, and seconds per training batch. */
const productRate = 13e9
const loopRate = 0.6e9
const batchSeconds = 3e-4

function estimateLossWindow(
  { candidates, columns, classes }: MethodShape,
  { runs, passes }: LossWindowParams
): MethodEstimate {
  const width = columns + 1
  const labels = Math.max(2, classes)
  const trainingRows = 0.8 * Math.min(candidates, mostSampleRows)
  // By the plan and by lot half the rows are visited, with all rows all of them.
  const visits = 2 * runs * passes * trainingRows
  const training =
    (visits / 32) * batchSeconds +
    (visits * width * 2 * labels) / productRate +
    (visits * width) / loopRate
  const outputs = labels * passes
  const reading =
    (candidates * width * outputs * runs) / productRate +
    (candidates * runs * (width + 20 * outputs)) / loopRate
  return {
    seconds: 0.2 + training + reading,
    megabytes:
      140 + (candidates * 40 + 8 * trainingRows * width + 4 * runs * outputs * width) / 1e6,
    why: `${runs} repeats x 3 helper models x ${passes} passes over ${Math.round(trainingRows).toLocaleString('en-US')} items, then ${candidates.toLocaleString('en-US')} items are read once`
  }
}

export default defineMethod({
  id: 'loss-window',
  family: 'selection',
  version: 1,
  card: lossWindowCard,
  params: lossWindowParams,
  inputs: { labels: true, tasks: false },
  estimate: estimateLossWindow,
  run: runLossWindow,
  explain: explainLossWindow
})
