// ICONS: influence consensus (arXiv 2501.00654) on the factored gradients of a linear head. This
// file is the run: warm-up, directions, scores, votes, choice, with a checkpoint after the two
// long steps, from which a later run gives the same bits.
import { AppError } from '../../../../api/errors.ts'
import type { VoteResult } from '../../../../api/dto/runs.ts'
import { facilityLocation } from '../../../compute/kernels/facility-location.ts'
import { tieOrder } from '../../../compute/kernels/ranking.ts'
import type { FeatureScaling } from '../../../compute/kernels/scaling.ts'
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
import { adviceFor } from './advice.ts'
import { iconsCard } from './card.ts'
import { choose, type Choice } from './choose.ts'
import { explainIcons, maskNames, type IconsInfo } from './explain.ts'
import { defaultTuning, fitFactors, meanDirection, needsGroups, unitRows, type Factors, type Tuning } from './factors.ts'
import { iconsParams, type IconsParams } from './params.ts'
import { scoreBlockRows, scoreCandidates, type ScorePlan, type TaskScores } from './score.ts'
import { countVotes, overlapOf, votersOf, voteWeights, type Overlap, type Votes } from './vote.ts'

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
  checkInputs(inputs)
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
    yield { phase: 'Warm-up', done: params.warmUpEpochs, total: params.warmUpEpochs, unit: 'passes', checkpoint }
  } else {
    factors = unpackFactors(resume)
    warmUpRows = Number(resume.values['warmUpRows'])
  }
  const plan = planFor(factors, inputs)
  let scored: TaskScores
  if (resume?.step === 'scores') {
    scored = {
      scores: resume.arrays['scores'] as Float32Array,
      notFinite: Number(resume.values['notFinite']),
      zero: Number(resume.values['zero'])
    }
  } else {
    const scoring = scoreCandidates(context.device, inputs, factors, plan, context.signal, knobs.blockRows)
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

function checkInputs(inputs: SelectionInputs): void {
  const { features, labels, rowIds, tasks, budget } = inputs
  if (labels.length !== features.rows || rowIds.length !== features.rows) {
    throw new RangeError('features, labels and row ids must have one entry per candidate')
  }
  if (!(Number.isInteger(budget) && budget >= 1 && budget <= features.rows)) {
    throw new AppError('budget-not-possible', `${budget} of ${features.rows} items cannot be kept.`)
  }
  if (tasks.length > 255) throw new AppError('method-not-possible', 'At most 255 example tasks can vote.')
  if (labels.some((label) => label >= inputs.classNames.length)) throw new RangeError('a label has no class name')
}

/** Mean directions of all parts. Throws AppError when no task has a usable example. */
function planFor(factors: Factors, inputs: SelectionInputs): ScorePlan {
  const directions: Float32Array[] = []
  const taskOf: number[] = []
  inputs.tasks.forEach((task, index) => {
    for (const part of task.parts) {
      const direction = meanDirection(factors, part, inputs.features.columns)
      if (direction === undefined) continue
      directions.push(direction)
      taskOf.push(index)
    }
  })
  if (directions.length === 0) {
    throw new AppError('method-not-possible', 'No example task has any example item. Add example items first.')
  }
  return { directions, taskOf, tasks: inputs.tasks.length }
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
  const votePercent = params.votePercent > 0 ? params.votePercent : (100 * budget) / rows
  const ties = tieOrder(context.seed, inputs.rowIds)
  const keepTop = params.combine === 'round-robin' ? rows : 0
  const votes = countVotes(scored.scores, rows, active, weights, votePercent, ties, keepTop)
  const able = comparable(scored.scores, rows, active)
  const choice = await choose(
    params.combine,
    params.tieRule,
    { rows, budget, weights, active, scores: scored.scores, votes, ties, able },
    async (tied, need) => {
      const units = unitRows(await features.readRows(tied), features.columns, factors.scaling)
      const random = context.random.fork('icons').fork('variety')
      const options = { signal: context.signal, random }
      const picks = await facilityLocation(context.device.tf, units, features.columns + 1, need, options)
      return picks.map((at) => tied[at])
    }
  )
  const overlap = overlapOf(votes, rows)
  const info: IconsInfo = {
    votes: readOut(inputs, params, votes, choice, overlap, weights, active),
    combine: params.combine,
    tieRule: params.tieRule,
    weights,
    votePercent,
    tied: choice.tied,
    places: choice.places,
    labelSource: factors.centroids.length > 0 ? 'groups' : 'labels',
    warmUpRows,
    notFinite: scored.notFinite,
    zero: scored.zero
  }
  return {
    order: choice.order,
    got: budget,
    score: scoresFrom(choice.order),
    summary: { value: overlap.mean, meaning: 'Share of their choices that two example tasks have in common, on average' },
    tieShare: choice.tieShare,
    columns: columnsOf(inputs, votes, choice, scored.scores, able),
    info,
    notes: notesFor(inputs, info, active, factors)
  }
}

/** 1 for rows that every taking-part task can score. */
function comparable(scores: Float32Array, rows: number, active: readonly boolean[]): Uint8Array {
  const able = new Uint8Array(rows).fill(1)
  active.forEach((isActive, task) => {
    if (!isActive) return
    for (let row = 0; row < rows; row++) if (!(scores[task * rows + row] > -Infinity)) able[row] = 0
  })
  return able
}

/** 1 for the first row, falling evenly to 1 / N for the last. */
function scoresFrom(order: Uint32Array): Float32Array {
  const score = new Float32Array(order.length)
  order.forEach((row, place) => {
    score[row] = (order.length - place) / order.length
  })
  return score
}

function readOut(
  inputs: SelectionInputs,
  params: IconsParams,
  votes: Votes,
  choice: Choice,
  overlap: Overlap,
  weights: readonly number[],
  active: readonly boolean[]
): VoteResult {
  const most = weights.reduce((sum, weight) => sum + weight, 0)
  const histogram = Array.from({ length: most + 1 }, () => 0)
  const chosenHistogram = histogram.slice()
  const chosenVotes = inputs.tasks.map(() => 0)
  choice.order.forEach((row, place) => {
    histogram[votes.points[row]]++
    if (place >= inputs.budget) return
    chosenHistogram[votes.points[row]]++
    for (const task of votersOf(votes.masks, row)) chosenVotes[task]++
  })
  return {
    tasks: inputs.tasks.map((task, index) => ({
      name: task.name,
      examples: task.parts.reduce((sum, part) => sum + part.labels.length, 0),
      votedFor: votes.ballots[index].votedFor,
      votedForAndChosen: chosenVotes[index],
      threshold: Number.isFinite(votes.ballots[index].threshold) ? votes.ballots[index].threshold : 0,
      isConstant: votes.ballots[index].isConstant
    })),
    histogram,
    chosenHistogram,
    cutLevel: choice.cutLevel,
    tieShare: choice.tieShare,
    tieRule: params.combine === 'vote' ? params.tieRule : 'none',
    overlap: overlap.matrix,
    meanOverlap: overlap.mean,
    chanceOverlap: overlap.chance,
    advice: params.combine === 'round-robin' ? null : adviceFor(overlap, active.filter(Boolean).length)
  }
}

function columnsOf(
  inputs: SelectionInputs,
  votes: Votes,
  choice: Choice,
  scores: Float32Array,
  able: Uint8Array
): Selection['columns'] {
  const rows = inputs.features.rows
  const isSmall = votes.points.every((points) => points < 256)
  const masks = Object.fromEntries(maskNames(inputs.tasks.length).map((name, w) => [name, votes.masks[w]]))
  const flags = new Uint8Array(rows)
  // NaN marks a row whose numbers are not finite; -Infinity one whose gradient is zero.
  for (let row = 0; row < rows; row++) if (able[row] === 0) flags[row] = isUnreadable(scores, rows, row) ? 1 : 2
  return {
    votes: isSmall ? Uint8Array.from(votes.points) : votes.points,
    ...masks,
    bestTask: votes.bestTask,
    bestRank: votes.bestRank,
    flags,
    ...(choice.turn === undefined ? {} : { turn: choice.turn })
  }
}

function isUnreadable(scores: Float32Array, rows: number, row: number): boolean {
  for (let cell = row; cell < scores.length; cell += rows) if (Number.isNaN(scores[cell])) return true
  return false
}

function notesFor(inputs: SelectionInputs, info: IconsInfo, active: readonly boolean[], factors: Factors): string[] {
  const notes: string[] = []
  const many = (count: number): string => `${count.toLocaleString('en-US')} ${count === 1 ? 'item' : 'items'}`
  if (info.notFinite > 0) notes.push(`${many(info.notFinite)} held numbers that could not be read and came last.`)
  if (info.zero > 0) notes.push(`${many(info.zero)} gave the helper model no direction to learn and came last.`)
  if (needsGroups(inputs)) {
    notes.push(
      `There are not two different labels, so ${factors.classes} groups of similar items stood in for labels. ` +
        'The scores explain those groups.'
    )
  } else {
    const missing = inputs.labels.reduce((count, label) => count + (label < 0 ? 1 : 0), 0)
    if (missing > 0) notes.push(`${many(missing)} had no label; the helper model's best guess stood in for it.`)
  }
  inputs.tasks.forEach((task, index) => {
    if (!active[index]) notes.push(`The example task "${task.name}" has no usable example, so it did not vote.`)
    else if (info.votes.tasks[index].isConstant) {
      notes.push(`The example task "${task.name}" scores all items the same, so it voted for all of them.`)
    }
  })
  if (info.weights.some((weight) => weight !== 1)) {
    const list = inputs.tasks.map((task, index) => `${task.name} ${info.weights[index]}`).join(', ')
    notes.push(`Votes were weighted by importance: ${list}.`)
  }
  return notes
}

/** Multiply-adds the wasm device does per second, and plain loops per second (measured, one thread). */
const productRate = 13e9
const loopRate = 0.6e9

function estimate(shape: MethodShape, params: IconsParams): MethodEstimate {
  const { candidates, tasks, budget } = shape
  const width = shape.columns + 1
  const classes = Math.max(2, shape.classes)
  const warmUp = (params.warmUpPercent / 100) * candidates * params.warmUpEpochs * width * classes * 2
  const products = candidates * width * classes * (tasks + 1)
  const loops = candidates * (width + classes * (tasks + 8) + 40 * tasks)
  const tied = params.combine === 'vote' && params.tieRule === 'variety' ? Math.min(candidates, 2 * budget) : 0
  const pairs = tied * Math.min(tied, 2000)
  const seconds = (warmUp * 3 + products + pairs * width) / productRate + (loops + pairs * 3) / loopRate
  const bytes =
    candidates * (tasks * 8 + 48) + 4 * tied * Math.min(tied, 8000) + 8 * tied * width + 4 * scoreBlockRows * (width + classes * (tasks + 1))
  return {
    seconds: 0.3 + seconds,
    megabytes: 60 + bytes / 1e6,
    why: `${candidates.toLocaleString('en-US')} items x ${tasks} tasks x ${classes} labels x ${shape.columns} numbers each`
  }
}

export default defineMethod({
  id: 'icons',
  family: 'selection',
  version: 1,
  card: iconsCard,
  params: iconsParams,
  inputs: { labels: false, tasks: true },
  estimate,
  run: (context, inputs, params) => runIcons(context, inputs, params),
  explain: explainIcons
})
