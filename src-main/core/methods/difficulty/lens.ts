// A difficulty lens: a method made from a card, a way to measure difficulty and defaults. Training,
// reading, ordering, reasons and estimates are the same for all of them.
import type { z } from 'zod'
import { checkInputs } from '../check-inputs.ts'
import { tieOrder } from '../../compute/kernels/ranking.ts'
import {
  defineMethod,
  type MethodCard,
  type MethodContext,
  type MethodProgress,
  type Selection,
  type SelectionInputs,
  type SelectionMethod
} from '../method.ts'
import { estimateLens } from './estimate.ts'
import { explainLens, type LensInfo, type LensWords } from './explain.ts'
import { sharesOf, type Measure } from './measures.ts'
import { orderByDifficulty, suspicious, tiedShare } from './order.ts'
import type { BalanceRule, KeepRule } from './params.ts'
import { readOut, type ReadOut } from './read-out.ts'
import { trainRuns, type HeadRuns } from './train.ts'
import { scoresFrom } from '../selection/icons/result.ts'

/** What every lens' parameters hold. */
export interface LensParams {
  readonly keep: KeepRule | 'unsuspicious'
  readonly dropFirst: number
  readonly balance: BalanceRule
  readonly runs: number
  readonly passes: number
}

type LensSchema = z.ZodObject<Record<string, z.ZodType>> & z.ZodType<LensParams>

/** What makes one lens different from the others. */
export interface LensDeclaration<S extends LensSchema> {
  readonly id: string
  readonly version: number
  readonly card: MethodCard
  readonly params: S
  readonly words: LensWords
  readonly keeps: 'last' | 'every'
  /** @param classShares share of the labelled rows that each class has */
  measure(params: z.output<S>, classShares: Float64Array): Measure
  /** Given for early-learning regularisation. */
  earlyLearning?(params: z.output<S>): { readonly beta: number; readonly lambda: number }
}

/** Makes the method of a lens. */
export function defineLens<S extends LensSchema>(lens: LensDeclaration<S>): SelectionMethod<S> {
  return defineMethod<S>({
    id: lens.id,
    family: 'selection',
    version: lens.version,
    card: lens.card,
    params: lens.params,
    inputs: { labels: true, tasks: false },
    estimate: (shape, params) => estimateLens(shape, params, lens.keeps),
    run: (context, inputs, params) => runLens(lens, context, inputs, params),
    explain: (inputs) => explainLens(lens.words, inputs)
  })
}

async function* runLens<S extends LensSchema>(
  lens: LensDeclaration<S>,
  context: MethodContext,
  inputs: SelectionInputs,
  params: z.output<S>
): AsyncGenerator<MethodProgress, Selection, void> {
  checkInputs(inputs)
  const { rows } = inputs.features
  const { runs, passes } = params
  const earlyLearning = lens.earlyLearning?.(params)
  const recipe = { runs, passes, keeps: lens.keeps, ...(earlyLearning && { earlyLearning }) }
  yield { phase: 'Training helper models', done: 0, total: runs, unit: 'models' }
  const training = trainRuns(context, inputs, recipe)
  let trained = await training.next()
  while (trained.done !== true) {
    const { done, loss, checkpoint } = trained.value
    const live = { series: 'Training loss', x: done, y: loss }
    yield { phase: 'Training helper models', done, total: runs, unit: 'models', live, checkpoint }
    trained = await training.next()
  }
  const heads = trained.value
  const classes = inputs.classNames.length
  const reading = readOut(
    context,
    inputs,
    heads,
    classes,
    lens.measure(params, sharesOf(inputs.labels, classes))
  )
  let read = await reading.next()
  while (read.done !== true) {
    yield { phase: 'Asking helper models', done: read.value, total: rows, unit: 'items' }
    read = await reading.next()
  }
  return toSelection(context, inputs, params, heads, read.value)
}

function toSelection(
  { seed }: MethodContext,
  inputs: SelectionInputs,
  params: LensParams,
  heads: HeadRuns,
  read: ReadOut
): Selection {
  const { budget, rowIds, labels, classNames } = inputs
  const { keep, dropFirst, balance } = params
  const ties = tieOrder(seed, rowIds)
  const given = { difficulty: read.difficulty, labels, classes: classNames.length, ties }
  const made = orderByDifficulty({ ...given, keep, dropFirst, balance })
  const { order, place, isExtreme } = made
  const info = infoOf(inputs, params, heads, read, made.groupSizes)
  const judged = labels.length - info.notFinite - info.noLabel
  return {
    order,
    got: budget,
    score: scoresFrom(order),
    summary: {
      value: judged === 0 ? 0 : info.doubted / judged,
      meaning: 'Share of the items whose label most helper models do not give'
    },
    // There the lot is the rule, not a tie.
    tieShare: keep === 'unsuspicious' ? 0 : tiedShare(given, made, budget),
    columns: {
      // Stored numbers are always finite; `flags` says which rows were not judged.
      difficulty: read.difficulty.map((value) => (Number.isNaN(value) ? 0 : value)),
      right: read.right,
      guess: read.guess,
      place,
      flags: read.flags.map((flag, row) => (flag === 0 && isExtreme[row] === 1 ? 3 : flag))
    },
    info,
    notes: notesFor(inputs, info)
  }
}

function infoOf(
  { labels, classNames }: SelectionInputs,
  { keep, dropFirst, balance, runs, passes }: LensParams,
  { trainingRows }: HeadRuns,
  { flags, right, difficulty }: ReadOut,
  groupSizes: readonly number[]
): LensInfo {
  const count = (is: (row: number) => boolean): number =>
    labels.reduce((sum, _, row) => sum + (is(row) ? 1 : 0), 0)
  return {
    keep,
    dropFirst,
    balance,
    runs,
    passes,
    trainingRows,
    classNames: [...classNames],
    groupSizes,
    notFinite: count((row) => flags[row] === 1),
    noLabel: count((row) => flags[row] === 2),
    doubted: count((row) => flags[row] === 0 && 2 * right[row] < runs),
    suspicious: count((row) => difficulty[row] > suspicious)
  }
}

function notesFor(inputs: SelectionInputs, info: LensInfo): string[] {
  const notes: string[] = []
  const many = (count: number): string =>
    `${count.toLocaleString('en-US')} ${count === 1 ? 'item' : 'items'}`
  const isSmall = inputs.budget / inputs.features.rows < 0.3
  if (isSmall && (info.keep === 'hardest' || (info.keep === 'easiest' && info.balance === 'none')))
    notes.push(
      `Keeping less than 30 % from the ${info.keep} end was far worse than a choice by lot in our ` +
        'measurements. Use it to look at the data, and check the result against Random.'
    )
  if (info.groupSizes.filter((size) => size > 0).length < 2 && info.balance === 'labels')
    notes.push('There is only one label, so no item is harder than another; the order is by lot.')
  if (info.noLabel > 0) notes.push(`${many(info.noLabel)} had no label and came last.`)
  if (info.notFinite > 0)
    notes.push(`${many(info.notFinite)} held numbers that could not be read and came last.`)
  return notes
}
