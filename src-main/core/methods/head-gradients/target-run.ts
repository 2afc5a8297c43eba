// The run that all methods aiming at example tasks through head gradients share: fit heads, turn the
// examples into directions, score the candidates in one pass, choose. A method says how the heads
// are fitted and how directions are made; a checkpoint follows each long step.
import { AppError } from '../../../api/errors.ts'
import { tieOrder } from '../../compute/kernels/ranking.ts'
import { checkInputs } from '../check-inputs.ts'
import type {
  MethodCheckpoint,
  MethodContext,
  MethodProgress,
  Selection,
  SelectionInputs
} from '../method.ts'
import { chooseByValue, taskWeights, type TargetChoice } from './choose.ts'
import { packHeads, unpackHeads, type HeadSet } from './head-set.ts'
import { listParts, type Part, type PartList } from './parts.ts'
import {
  rowFlags,
  scoreRows,
  usualBlockRows,
  type Directions,
  type ScoreRule,
  type TaskScores
} from './score-pass.ts'
import { targetNotes, type TargetInfo } from './target-explain.ts'
import type { TargetParams } from './target-params.ts'

/** Small numbers and words a step found out; they are stored and make the notes. */
export type Facts = Record<string, number | string>

/** What the steps of a method see. */
export interface TargetScene {
  readonly context: MethodContext
  readonly inputs: SelectionInputs
  readonly blockRows: number
}

/** What is particular about a method. */
export interface TargetSpec {
  readonly params: TargetParams
  readonly rule: ScoreRule
  /** Heads a set will have: tells how much memory directions take. */
  readonly heads: number
  fit(scene: TargetScene): AsyncGenerator<MethodProgress, HeadSet, void>
  /** Directions of all parts at all heads; may add facts. */
  aim(
    scene: TargetScene,
    set: HeadSet,
    parts: readonly Part[],
    facts: Facts
  ): AsyncGenerator<MethodProgress, Directions, void>
  /** In place of {@link scoreRows}; yields rows done. */
  readonly score?: (
    scene: TargetScene,
    set: HeadSet,
    directions: Directions,
    taskOf: readonly number[]
  ) => AsyncGenerator<number, TaskScores, void>
  /** Whether making directions takes long enough to keep them. */
  readonly keepsDirections: boolean
  notes(facts: Facts, set: HeadSet): readonly string[]
}

export async function* runTarget(
  context: MethodContext,
  inputs: SelectionInputs,
  spec: TargetSpec,
  blockRows: number = usualBlockRows
): AsyncGenerator<MethodProgress, Selection, void> {
  checkTargetInputs(inputs)
  const scene: TargetScene = { context, inputs, blockRows }
  const resume = context.resume
  const list = partsOf(inputs, spec)
  const facts: Facts = { skipped: list.skipped, isSplit: list.isSplit ? 1 : 0 }
  let set: HeadSet
  if (resume === undefined) {
    set = yield* spec.fit(scene)
    const checkpoint = { step: 'heads', ...packHeads(set) }
    yield { phase: 'Warm-up', done: 1, total: 1, unit: 'helper models', checkpoint }
  } else {
    set = unpackHeads(resume)
    Object.assign(facts, JSON.parse(String(resume.values['facts'] ?? '{}')))
  }
  const taskOf = list.parts.map(({ task }) => task)
  const scored =
    resume?.step === 'scores'
      ? {
          scores: resume.arrays['scores'] as Float32Array,
          flags: resume.arrays['flags'] as Uint8Array
        }
      : yield* scoreStep(scene, spec, set, list, facts)
  yield { phase: 'Choosing', done: 0, total: 1, unit: 'steps' }
  const how = { params: spec.params, isUnit: spec.rule.isUnit }
  const more = [...partNotes(facts), ...spec.notes(facts, set)]
  return finishTarget(context, inputs, how, scored, taskOf, facts, more)
}

/** Throws AppError for inputs no method of this kind can work with, RangeError for malformed ones. */
export function checkTargetInputs(inputs: SelectionInputs): void {
  checkInputs(inputs)
  const { labels, tasks } = inputs
  if (tasks.length > 255)
    throw new AppError('method-not-possible', 'At most 255 example tasks can be aimed at.')
  const first = labels.find((label) => label >= 0)
  if (first === undefined || labels.every((label) => label < 0 || label === first)) {
    throw new AppError(
      'method-not-possible',
      'This way of choosing needs items of at least two different labels.'
    )
  }
}

function partsOf(inputs: SelectionInputs, spec: TargetSpec): PartList {
  const { columns } = inputs.features
  const each = spec.heads * inputs.classNames.length * (columns + 1)
  return listParts(inputs.tasks, columns, spec.params.subTasks === 'labels', each)
}

async function* scoreStep(
  scene: TargetScene,
  spec: TargetSpec,
  set: HeadSet,
  list: PartList,
  facts: Facts
): AsyncGenerator<MethodProgress, TaskScores, void> {
  const { context, inputs, blockRows } = scene
  const taskOf = list.parts.map(({ task }) => task)
  const { rows } = inputs.features
  let directions: Directions
  if (context.resume?.step === 'directions')
    directions = unpackDirections(context.resume, set, taskOf)
  else {
    directions = yield* spec.aim(scene, set, list.parts, facts)
    if (spec.keepsDirections) {
      const checkpoint = packDirections(set, directions, facts)
      yield { phase: 'Examples', done: 1, total: 1, unit: 'steps', checkpoint }
    }
  }
  const run =
    spec.score?.(scene, set, directions, taskOf) ??
    scoreRows(
      context.device,
      inputs,
      set,
      directions,
      taskOf,
      inputs.tasks.length,
      spec.rule,
      context.signal,
      blockRows
    )
  let step = await run.next()
  while (step.done !== true) {
    yield { phase: 'Scoring', done: step.value, total: rows, unit: 'items' }
    step = await run.next()
  }
  const { scores, flags } = step.value
  const packed = packHeads(set)
  const checkpoint: MethodCheckpoint = {
    step: 'scores',
    arrays: { ...packed.arrays, scores, flags },
    values: { ...packed.values, facts: JSON.stringify(facts) }
  }
  yield { phase: 'Scoring', done: rows, total: rows, unit: 'items', checkpoint }
  return step.value
}

function packDirections(set: HeadSet, directions: Directions, facts: Facts): MethodCheckpoint {
  const packed = packHeads(set)
  const all = directions.flat()
  const joined = new Float32Array(all.reduce((sum, matrix) => sum + matrix.length, 0))
  let at = 0
  for (const matrix of all) {
    joined.set(matrix, at)
    at += matrix.length
  }
  return {
    step: 'directions',
    arrays: { ...packed.arrays, directions: joined },
    values: { ...packed.values, facts: JSON.stringify(facts) }
  }
}

function unpackDirections(
  { arrays }: MethodCheckpoint,
  set: HeadSet,
  taskOf: readonly number[]
): Directions {
  const joined = arrays['directions'] as Float32Array
  const size = set.classes * (set.columns + 1)
  return set.weights.map((_, head) =>
    taskOf.map((_part, part) => {
      const from = (head * taskOf.length + part) * size
      return joined.slice(from, from + size)
    })
  )
}

/** How values came about, as the end of a run needs to know it. */
export interface TargetHow {
  readonly params: TargetParams
  /** Values are cosines: at most 1. */
  readonly isUnit: boolean
  /** Names of the checkpoints where gradients made elsewhere were compared. */
  readonly checkpoints?: readonly string[]
}

/** The end of a run, once every row has its scores: joins the tasks and chooses. */
export function finishTarget(
  context: Pick<MethodContext, 'seed'>,
  inputs: SelectionInputs,
  how: TargetHow,
  scored: TaskScores,
  taskOf: readonly number[],
  facts: Facts,
  moreNotes: readonly string[]
): Selection {
  const { budget, tasks, rowIds } = inputs
  const weights = taskWeights(tasks)
  const active = tasks.map((_, task) => taskOf.includes(task))
  const { join, balance } = how.params
  const ties = tieOrder(context.seed, rowIds)
  const choice = chooseByValue(inputs, scored, { join, balance, ties, weights, active })
  const info = infoOf(inputs, how, scored, choice, weights, facts)
  const score = new Float32Array(choice.order.length)
  choice.order.forEach((row, place) => {
    score[row] = (choice.order.length - place) / choice.order.length
  })
  let helping = 0
  for (const row of choice.order.subarray(0, budget)) if (choice.value[row] > 0) helping++
  const { value, bestTask, place, field } = choice
  return {
    order: choice.order,
    got: budget,
    score,
    summary: {
      value: helping / budget,
      meaning: 'Share of the chosen items that help an example task to be learned'
    },
    tieShare: choice.tieShare,
    columns: { value, bestTask, place, field, flags: scored.flags },
    info,
    notes: [...targetNotes(inputs, info, choice, active), ...moreNotes]
  }
}

function infoOf(
  inputs: SelectionInputs,
  { params, isUnit, checkpoints }: TargetHow,
  scored: TaskScores,
  choice: TargetChoice,
  weights: readonly number[],
  facts: Facts
): TargetInfo {
  const count = (flag: number): number =>
    scored.flags.reduce((sum, own) => sum + (own === flag ? 1 : 0), 0)
  let squares = 0
  let able = 0
  for (const value of choice.value) {
    if (!(value > -Infinity)) continue
    squares += value * value
    able++
  }
  return {
    tasks: inputs.tasks.map(({ name }) => name),
    weights,
    join: params.join,
    balance: params.balance,
    fields: choice.fields,
    typical: able === 0 ? 0 : Math.sqrt(squares / able),
    most: isUnit ? Math.max(...weights) : null,
    ...(checkpoints === undefined ? {} : { checkpoints }),
    notFinite: count(rowFlags.notFinite),
    zero: count(rowFlags.zero),
    noLabel: count(rowFlags.noLabel),
    facts
  }
}

function partNotes(facts: Facts): string[] {
  const notes: string[] = []
  const skipped = Number(facts['skipped'])
  if (skipped > 0)
    notes.push(
      `${skipped.toLocaleString('en-US')} example ${skipped === 1 ? 'item' : 'items'} without a label or with unreadable numbers did not count.`
    )
  if (facts['isSplit'] === 0)
    notes.push(
      'There are too many labels to keep a part for each: every task is the average of its examples.'
    )
  return notes
}

/** Progress of a step that yields what is done, handing on its result. */
export async function* withProgress<T>(
  phase: string,
  total: number,
  unit: string,
  steps: AsyncGenerator<number, T, void> | Generator<number, T, void>
): AsyncGenerator<MethodProgress, T, void> {
  let step = await steps.next()
  while (step.done !== true) {
    yield { phase, done: step.value, total, unit }
    step = await steps.next()
  }
  return step.value
}

/** The warm-up's loss per pass, for the chart. */
export function* lossPoints(set: HeadSet): Generator<MethodProgress, void, void> {
  const total = set.losses.length
  for (const [at, loss] of set.losses.entries()) {
    const live = { series: 'Warm-up loss', x: at + 1, y: loss }
    yield { phase: 'Warm-up', done: at + 1, total, unit: 'passes', live }
  }
}
