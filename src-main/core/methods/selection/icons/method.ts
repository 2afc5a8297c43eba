// ICONS: influence consensus (arXiv 2501.00654) on the factored gradients of a linear head, or on
// gradients made elsewhere (matrices.ts). This file is the run: warm-up, directions, scores, votes,
// choice, with a checkpoint after the two long steps, from which a later run gives the same bits.
import { AppError } from '../../../../api/errors.ts'
import type { FeatureScaling } from '../../../compute/kernels/scaling.ts'
import { checkInputs } from '../../check-inputs.ts'
import { givenGradients } from '../../gradients/given-gradients.ts'
import {
  defineMethod,
  type MethodCheckpoint,
  type MethodContext,
  type MethodProgress,
  type Selection,
  type SelectionInputs,
  type TaskPart
} from '../../method.ts'
import { iconsCard } from './card.ts'
import { estimateIcons } from './estimate.ts'
import { explainIcons } from './explain.ts'
import { defaultTuning, fitFactors, meanDirection, type Factors, type Tuning } from './factors.ts'
import { finishIcons, type Origin } from './finish.ts'
import { runOnMatrices } from './matrices.ts'
import { iconsParams, type IconsParams, type SubTaskRule } from './params.ts'
import { scoreBlockRows, scoreCandidates, type ScorePlan, type TaskScores } from './score.ts'

/** Inner knobs, for tests and measurements; the product runs with the defaults. */
export interface IconsInternals {
  readonly tuning: Tuning
  readonly blockRows: number
}

const internals: IconsInternals = { tuning: defaultTuning, blockRows: scoreBlockRows }

/** The run with its inner knobs open; `default` below is the product's form. */
export async function* runIcons(
  context: MethodContext,
  inputs: SelectionInputs,
  params: IconsParams,
  knobs: IconsInternals = internals
): AsyncGenerator<MethodProgress, Selection, void> {
  checkRun(inputs)
  const gradients = givenGradients(inputs)
  if (gradients !== undefined) return yield* runOnMatrices(context, inputs, gradients, params)
  const rows = inputs.features.rows
  const resume = context.resume
  let factors: Factors
  let warmUpRows: number
  if (resume === undefined) {
    yield { phase: 'Warm-up', done: 0, total: 1, unit: 'passes' }
    const fitted = await fitFactors(context, inputs, {
      warmUpPercent: params.warmUpPercent,
      epochs: params.warmUpEpochs,
      tuning: knobs.tuning
    })
    for (const { epoch, loss } of fitted.checkpoints) {
      const live = { series: 'Warm-up loss', x: epoch, y: loss }
      yield { phase: 'Warm-up', done: epoch, total: params.warmUpEpochs, unit: 'passes', live }
    }
    factors = fitted
    warmUpRows = fitted.warmUpRows
    const checkpoint = packFactors('warm-up', fitted, warmUpRows)
    yield {
      phase: 'Warm-up',
      done: params.warmUpEpochs,
      total: params.warmUpEpochs,
      unit: 'passes',
      checkpoint
    }
  } else {
    factors = unpackFactors(resume)
    warmUpRows = Number(resume.values['warmUpRows'])
  }
  const plan = planFor(factors, inputs, params.subTasks)
  let scored: TaskScores
  if (resume?.step === 'scores') {
    scored = {
      scores: resume.arrays['scores'] as Float32Array,
      notFinite: Number(resume.values['notFinite']),
      zero: Number(resume.values['zero'])
    }
  } else {
    const scoring = scoreCandidates(
      context.device,
      inputs,
      factors,
      plan,
      context.signal,
      knobs.blockRows
    )
    let step = await scoring.next()
    while (step.done !== true) {
      yield { phase: 'Scoring', done: step.value, total: rows, unit: 'items' }
      step = await scoring.next()
    }
    scored = step.value
    const checkpoint = packScores(factors, warmUpRows, scored)
    yield { phase: 'Scoring', done: rows, total: rows, unit: 'items', checkpoint }
  }
  yield { phase: 'Choosing', done: 0, total: 1, unit: 'steps' }
  const origin: Origin = { kind: 'head', factors, warmUpRows }
  return finishIcons(context, inputs, params, { ...scored, taskOf: plan.taskOf }, origin)
}

function checkRun(inputs: SelectionInputs): void {
  checkInputs(inputs)
  if (inputs.tasks.length > 255)
    throw new AppError('method-not-possible', 'At most 255 example tasks can vote.')
}

/** Mean directions of all parts. Throws AppError when no task has a usable example. */
function planFor(factors: Factors, inputs: SelectionInputs, subTasks: SubTaskRule): ScorePlan {
  const directions: Float32Array[] = []
  const taskOf: number[] = []
  const { columns } = inputs.features
  // Groups found by k-means stand in for labels only where there are none to split by.
  const isSplit = subTasks !== 'none' && factors.centroids.length === 0
  inputs.tasks.forEach((task, index) => {
    for (const part of task.parts.flatMap((whole) => (isSplit ? byLabel(whole, columns) : whole))) {
      const direction = meanDirection(factors, part, columns)
      if (direction === undefined) continue
      directions.push(direction)
      taskOf.push(index)
    }
  })
  if (directions.length === 0) {
    throw new AppError(
      'method-not-possible',
      'No example task has any example item. Add example items first.'
    )
  }
  return { directions, taskOf, tasks: inputs.tasks.length }
}

/** One part per label, in the order of the labels. */
function byLabel(part: TaskPart, columns: number): TaskPart[] {
  const labels = [...new Set(part.labels)].sort((a, b) => a - b)
  return labels.map((label) => {
    const rows = [...part.labels.keys()].filter((row) => part.labels[row] === label)
    const features = new Float32Array(rows.length * columns)
    rows.forEach((row, at) =>
      features.set(part.features.subarray(row * columns, (row + 1) * columns), at * columns)
    )
    return { name: part.name, features, labels: Int32Array.from(rows, () => label) }
  })
}

function packFactors(step: string, factors: Factors, warmUpRows: number): MethodCheckpoint {
  const { center, inverseScale, meanSquaredNorm } = factors.scaling
  return {
    step,
    arrays: { weights: factors.weights, centroids: factors.centroids, center, inverseScale },
    values: { classes: factors.classes, meanSquaredNorm, warmUpRows }
  }
}

function packScores(factors: Factors, warmUpRows: number, scored: TaskScores): MethodCheckpoint {
  const { arrays, values } = packFactors('scores', factors, warmUpRows)
  const { scores, notFinite, zero } = scored
  return { step: 'scores', arrays: { ...arrays, scores }, values: { ...values, notFinite, zero } }
}

function unpackFactors({ arrays, values }: MethodCheckpoint): Factors {
  const scaling: FeatureScaling = {
    center: arrays['center'] as Float32Array,
    inverseScale: arrays['inverseScale'] as Float32Array,
    meanSquaredNorm: Number(values['meanSquaredNorm'])
  }
  return {
    classes: Number(values['classes']),
    scaling,
    weights: arrays['weights'] as Float32Array,
    centroids: arrays['centroids'] as Float32Array
  }
}

export default defineMethod({
  id: 'icons',
  family: 'selection',
  version: 1,
  card: iconsCard,
  params: iconsParams,
  // Without labels the head learns groups of similar items, so they are never asked for.
  inputs: { labels: false, tasks: true, gradients: true },
  estimate: estimateIcons,
  run: (context, inputs, params) => runIcons(context, inputs, params),
  explain: explainIcons
})
