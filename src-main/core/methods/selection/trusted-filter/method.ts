// Trusted-set filter (the idea of data filtering networks, arXiv 2309.17425): a cross-fitted logistic
// head tells trusted items from a random sample of the data, and its score orders all items.
import { AppError } from '../../../../api/errors.ts'
import type { LogitHead } from '../../../compute/head-logits.ts'
import { isReadable } from '../../../compute/kernels/readable-row.ts'
import { checkInputs } from '../../check-inputs.ts'
import { scoresFrom } from '../icons/result.ts'
import { tieOrder } from '../../../compute/kernels/ranking.ts'
import { hashString, tieKey } from '../../../compute/random.ts'
import {
  defineMethod,
  type MethodContext,
  type MethodProgress,
  type Selection,
  type SelectionInputs
} from '../../method.ts'
import { orderByDifficulty, tiedShare } from '../../difficulty/order.ts'
import { packRuns, unpackRuns } from '../../difficulty/train.ts'
import { filterCard } from './card.ts'
import { explainFilter, type FilterInfo } from './explain.ts'
import { judgeRows, outOfFoldAuc, trainJudge, type Side } from './judges.ts'
import { filterParams, type FilterParams } from './params.ts'

const leastSample = 200
const mostSample = 20_000

async function* runFilter(
  context: MethodContext,
  inputs: SelectionInputs,
  params: FilterParams
): AsyncGenerator<MethodProgress, Selection, void> {
  checkInputs(inputs)
  const { tf } = context.device
  const { features } = inputs
  const trusted = trustedSide(context, inputs, params.folds)
  // A single trusted item cannot be left out.
  const folds = Math.max(1, Math.min(params.folds, trusted.folds.length))
  // The fold of a row hangs on its id alone, so that it does not change with the other rows.
  const salt = hashString('trusted-filter', context.seed)
  const foldOf = Uint8Array.from(inputs.rowIds, (id) => tieKey(salt, id)[0] % folds)
  const others = await sampleSide(context, inputs, params, foldOf, trusted.folds.length)
  const heads: LogitHead[] =
    context.resume === undefined ? [] : unpackRuns(context.resume, 1, features.columns, 1)
  yield { phase: 'Learning from trusted items', done: heads.length, total: folds, unit: 'models' }
  for (let fold = heads.length; fold < folds; fold++) {
    heads.push(await trainJudge(tf, trusted, others, features.columns, fold, folds, context.signal))
    const checkpoint = packRuns({ runs: heads, kept: 1, trainingRows: others.folds.length })
    const phase = 'Learning from trusted items'
    yield { phase, done: heads.length, total: folds, unit: 'models', checkpoint }
  }
  const judges = { heads }
  const { columns } = features
  const auc =
    folds < 2 ? NaN : await outOfFoldAuc(tf, trusted, others, columns, judges, context.signal)
  const judging = judgeRows(tf, features, foldOf, judges, context.signal)
  let step = await judging.next()
  while (step.done !== true) {
    yield { phase: 'Judging items', done: step.value, total: features.rows, unit: 'items' }
    step = await judging.next()
  }
  const found = { trusted: trusted.folds.length, sample: others.folds.length, folds }
  return toSelection(context, inputs, params, step.value, {
    ...found,
    auc: Number.isNaN(auc) ? null : auc
  })
}

/** Rows whose numbers can be used. */
function readableRows(features: Float32Array, columns: number): number[] {
  const rows: number[] = []
  for (let row = 0; row * columns < features.length; row++)
    if (isReadable(features, row * columns, columns)) rows.push(row)
  return rows
}

/** All example items of all tasks, dealt to the folds by lot. Throws AppError when there is none. */
function trustedSide({ random }: MethodContext, inputs: SelectionInputs, folds: number): Side {
  const { columns } = inputs.features
  const parts = inputs.tasks
    .flatMap((task) => task.parts)
    .map(({ features }) => {
      const rows = readableRows(features, columns)
      return rows.map((row) => features.subarray(row * columns, (row + 1) * columns))
    })
  const rows = parts.flat()
  if (rows.length === 0)
    throw new AppError('method-not-possible', 'There are no trusted items to learn from.', {
      hint: 'Add example items that are as you want the data to be.'
    })
  const features = new Float32Array(rows.length * columns)
  rows.forEach((row, at) => features.set(row, at * columns))
  const dealt = random
    .fork('trusted-filter')
    .fork('folds')
    .shuffle(Uint32Array.from(rows, (_, i) => i))
  return { features, folds: Uint8Array.from(dealt, (place) => place % folds) }
}

/** A random sample of the data, each item in its own fold. */
async function sampleSide(
  { random }: MethodContext,
  { features }: SelectionInputs,
  { samplePerTrusted }: FilterParams,
  foldOf: Uint8Array,
  trusted: number
): Promise<Side> {
  const wanted = Math.max(leastSample, Math.round(samplePerTrusted * trusted))
  const size = Math.min(features.rows, mostSample, wanted)
  const rows = random.fork('trusted-filter').fork('sample').sample(features.rows, size).sort()
  const values = await features.readRows(rows)
  const { columns } = features
  const fine = readableRows(values, columns)
  const kept = new Float32Array(fine.length * columns)
  fine.forEach((row, at) =>
    kept.set(values.subarray(row * columns, (row + 1) * columns), at * columns)
  )
  return { features: kept, folds: Uint8Array.from(fine, (at) => foldOf[rows[at]]) }
}

function toSelection(
  { seed }: MethodContext,
  inputs: SelectionInputs,
  { leastScore, balance }: FilterParams,
  logits: Float32Array,
  found: Pick<FilterInfo, 'trusted' | 'sample' | 'folds' | 'auc'>
): Selection {
  const { budget, labels, classNames, rowIds } = inputs
  // Logits order; scores would be equal where they round to 1.
  const difficulty = logits.map((logit) => -logit)
  const likeness = logits.map((logit) => (Number.isNaN(logit) ? 0 : 1 / (1 + Math.exp(-logit))))
  const ties = tieOrder(seed, rowIds)
  const given = { difficulty, labels, classes: classNames.length, ties }
  const made = orderByDifficulty({ ...given, keep: 'easiest', dropFirst: 0, balance })
  const isEnough = (row: number): boolean => likeness[row] >= leastScore
  const order = Uint32Array.from([
    ...made.order.filter(isEnough),
    ...made.order.filter((row) => !isEnough(row))
  ])
  const enough = likeness.reduce((count, _, row) => count + (isEnough(row) ? 1 : 0), 0)
  const got = Math.min(budget, enough)
  if (got === 0) throw tooStrict(leastScore, likeness)
  const cut = order.subarray(0, got).reduce((least, row) => Math.min(least, likeness[row]), 1)
  const notFinite = logits.reduce((count, logit) => count + (Number.isNaN(logit) ? 1 : 0), 0)
  const info: FilterInfo = { ...found, cut, leastScore, balance, notFinite }
  return {
    order,
    got,
    score: scoresFrom(order),
    summary: {
      value: found.auc ?? 0.5,
      meaning: 'How well trusted items can be told from the rest (0.5 = not at all, 1 = always)'
    },
    tieShare: tiedShare(given, { ...made, order }, got),
    columns: { likeness, flags: Uint8Array.from(logits, (logit) => (Number.isNaN(logit) ? 1 : 0)) },
    info,
    notes: notesFor(info, budget, got)
  }
}

function tooStrict(leastScore: number, likeness: Float32Array): AppError {
  const best = likeness.reduce((top, value) => Math.max(top, value), 0)
  return new AppError(
    'method-not-possible',
    `No item reaches the least score of ${leastScore}; the best has ${best.toFixed(2)}.`,
    { hint: 'Lower the least score.' }
  )
}

function notesFor(info: FilterInfo, budget: number, got: number): string[] {
  const many = (count: number): string =>
    `${count.toLocaleString('en-US')} ${count === 1 ? 'item' : 'items'}`
  const notes: string[] = []
  if (got < budget)
    notes.push(
      `Only ${many(got)} reach the least score of ${info.leastScore}; ${many(budget)} were asked for.`
    )
  if (info.auc === null)
    notes.push(
      'With a single trusted item the scores could not be tested on items not seen before.'
    )
  else if (info.auc < 0.6)
    notes.push(
      'Trusted items can hardly be told from the rest, so the order is close to a choice by lot.'
    )
  if (info.trusted < 20)
    notes.push(
      `There are only ${many(info.trusted)} to learn from; some dozens make a steadier filter.`
    )
  if (info.notFinite > 0)
    notes.push(`${many(info.notFinite)} held numbers that could not be read and came last.`)
  return notes
}

export default defineMethod({
  id: 'trusted-filter',
  family: 'selection',
  version: 1,
  card: filterCard,
  params: filterParams,
  inputs: { labels: false, tasks: true },
  estimate: ({ candidates, columns, examples }, { folds, samplePerTrusted }) => {
    const width = columns + 1
    const sample = Math.min(
      candidates,
      mostSample,
      Math.max(leastSample, samplePerTrusted * examples)
    )
    const training = folds * 40 * (examples + sample) * width * 8
    return {
      seconds: 0.2 + training / 13e9 + (candidates * width * folds) / 0.4e9,
      megabytes: 120 + (candidates * 40 + 16 * (examples + sample) * width) / 1e6,
      why: `${folds} helper models, ${candidates.toLocaleString('en-US')} items x ${columns} numbers each`
    }
  },
  run: runFilter,
  explain: explainFilter
})
