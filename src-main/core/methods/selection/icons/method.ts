// ICONS: influence consensus (arXiv 2501.00654) on the factored gradients of a linear head. This
// file is the run: warm-up, directions, scores, votes, choice, with a checkpoint after the two
// long steps, from which a later run gives the same bits.
import { AppError } from '../../../../api/errors.ts'
import { facilityLocation } from '../../../compute/kernels/facility-location.ts'
import { tieOrder } from '../../../compute/kernels/ranking.ts'
import type { FeatureScaling } from '../../../compute/kernels/scaling.ts'
import { checkInputs } from '../../check-inputs.ts'
import {
  defineMethod,
  type MethodCheckpoint,
  type MethodContext,
  type MethodProgress,
  type Selection,
  type SelectionInputs,
  type TargetTask,
  type TaskPart
} from '../../method.ts'
import { iconsCard } from './card.ts'
import { choose } from './choose.ts'
import { estimateIcons } from './estimate.ts'
import { explainIcons, type IconsInfo } from './explain.ts'
import {
  defaultTuning,
  fitFactors,
  meanDirection,
  unitRows,
  type Factors,
  type Tuning
} from './factors.ts'
import { iconsParams, type IconsParams, type SubTaskRule } from './params.ts'
import { columnsOf, comparable, notesFor, readOut, scoresFrom } from './result.ts'
import { scoreBlockRows, scoreCandidates, type ScorePlan, type TaskScores } from './score.ts'
import { countVotes, groupRows, overlapOf, voteWeights } from './vote.ts'

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
  return finishRun(context, inputs, params, factors, plan, scored, warmUpRows)
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
  const isSplit = subTasks === 'labels' && factors.centroids.length === 0
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

async function finishRun(
  context: MethodContext,
  inputs: SelectionInputs,
  params: IconsParams,
  factors: Factors,
  plan: ScorePlan,
  scored: TaskScores,
  warmUpRows: number
): Promise<Selection> {
  const { features, budget, tasks } = inputs
  const { rows } = features
  const weights = voteWeights(tasks.map((task) => task.importance))
  const active = tasks.map((_, task) => plan.taskOf.includes(task))
  const ties = tieOrder(context.seed, inputs.rowIds)
  const keepTop = params.combine === 'round-robin' ? rows : 0
  const isBalanced =
    params.balance === 'labels' && params.combine === 'vote' && factors.centroids.length === 0
  const votePercent = voteShare(params, (100 * budget) / rows, isBalanced)
  const groups = groupRows(inputs.labels, isBalanced ? inputs.tasks.map(labelsOf) : undefined)
  const votes = countVotes(scored.scores, rows, active, weights, votePercent, ties, keepTop, groups)
  const able = comparable(scored.scores, rows, active)
  const choice = await choose(
    params.combine,
    params.tieRule,
    { rows, budget, weights, active, scores: scored.scores, votes, ties, able, groups },
    async (tied, need) => {
      const units = unitRows(await features.readRows(tied), features.columns, factors.scaling)
      const random = context.random.fork('icons').fork('variety')
      const options = { signal: context.signal, random }
      const picks = await facilityLocation(
        context.device.tf,
        units,
        features.columns + 1,
        need,
        options
      )
      return picks.map((at) => tied[at])
    }
  )
  const overlap = overlapOf(votes, rows)
  const info: IconsInfo = {
    votes: readOut(inputs, params, votes, choice, overlap, weights, active, isBalanced),
    combine: params.combine,
    tieRule: params.tieRule,
    weights,
    votePercent,
    balance: isBalanced ? 'labels' : 'none',
    cuts: choice.cuts,
    labelSource: factors.centroids.length > 0 ? 'groups' : 'labels',
    warmUpRows,
    notFinite: scored.notFinite,
    zero: scored.zero
  }
  return {
    order: choice.order,
    got: budget,
    score: scoresFrom(choice.order),
    summary: {
      value: overlap.mean,
      meaning: 'Share of their choices that two example tasks have in common, on average'
    },
    tieShare: choice.tieShare,
    columns: {
      ...columnsOf(inputs, votes, choice, scored.scores, able),
      ...(isBalanced ? { group: groups.of } : {})
    },
    info,
    notes: notesFor(inputs, info, active, factors, choice.order)
  }
}

/**
 * Share of the rows a task votes for. Within labels votes sort out what does not belong, so they
 * must leave room: 65 % was best or close to it on polluted pools (docs/methods/icons.md).
 */
function voteShare(params: IconsParams, budgetPercent: number, isBalanced: boolean): number {
  if (params.votePercent > 0) return params.votePercent
  return isBalanced ? Math.max(65, budgetPercent) : budgetPercent
}

function labelsOf(task: TargetTask): ReadonlySet<number> {
  return new Set(task.parts.flatMap((part) => [...part.labels]))
}

export default defineMethod({
  id: 'icons',
  family: 'selection',
  version: 1,
  card: iconsCard,
  params: iconsParams,
  inputs: { labels: false, tasks: true },
  estimate: estimateIcons,
  run: (context, inputs, params) => runIcons(context, inputs, params),
  explain: explainIcons
})
