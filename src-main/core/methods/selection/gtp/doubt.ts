// Which labels look wrong: a helper model that holds on to what it learns first (early-learning
// regularisation, as the method "Labels that fit" trains them) is asked about every item. Such items
// are neither part of the target nor candidates, because a pursuit copies what is wrong in both.
import { measureEarlyLearning, sharesOf } from '../../difficulty/measures.ts'
import { readOut } from '../../difficulty/read-out.ts'
import { trainRuns } from '../../difficulty/train.ts'
import { estimateLens } from '../../difficulty/estimate.ts'
import type { MethodContext, MethodEstimate, MethodShape, SelectionInputs } from '../../method.ts'
import type { GradientDictionary } from './gradients.ts'

/**
 * How far the remembered opinion must be against the label, 0..1: at 0.65 another label is ahead by
 * 30 points of 100. Chosen on the digits (docs/methods/gtp.md): at 0.6 unusual items of clean data
 * are lost, at 0.7 many wrong labels stay.
 */
const doubtful = 0.65
/** Settings of the helper model, as the authors' but for lambda; see the method "early-learning". */
const beta = 0.7
const recipe = { runs: 1, passes: 10, keeps: 'every', earlyLearning: { beta, lambda: 1 } } as const
/** When more than this share of the labels look wrong, it is the helper model that is. */
const mostDoubtful = 0.5

/**
 * Candidate positions whose label looks wrong, the least doubtful first; undefined where the helper
 * model cannot tell, as it follows too few of them. Yields rows judged; throws the signal's reason.
 */
export async function* findDoubtful(
  context: MethodContext,
  inputs: SelectionInputs
): AsyncGenerator<number, Uint32Array | undefined, void> {
  yield 0
  const training = trainRuns({ ...context, resume: undefined }, inputs, recipe)
  let trained = await training.next()
  for (; trained.done !== true; trained = await training.next()) yield 0
  const classes = inputs.classNames.length
  const measure = measureEarlyLearning(beta, sharesOf(inputs.labels, classes))
  const reading = readOut(context, inputs, trained.value, classes, measure)
  let read = await reading.next()
  for (; read.done !== true; read = await reading.next()) yield read.value
  return pickDoubtful(read.value.difficulty, inputs.rowIds)
}

/**
 * Positions that are clearly doubtful, the least first; undefined when they are more than half.
 * @param difficulty as {@link measureEarlyLearning}; NaN = not judged
 */
export function pickDoubtful(
  difficulty: Float32Array,
  rowIds: Uint32Array
): Uint32Array | undefined {
  const found = Uint32Array.from(difficulty.keys()).filter((row) => difficulty[row] > doubtful)
  const judged = difficulty.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0)
  if (found.length > mostDoubtful * judged) return undefined
  return found.sort((a, b) => difficulty[a] - difficulty[b] || rowIds[a] - rowIds[b])
}

/** The dictionary with some rows out of reach: they are never chosen and not part of the mean. */
export function withoutRows(
  whole: GradientDictionary,
  all: Uint32Array,
  rows: Uint32Array
): GradientDictionary {
  if (rows.length === 0) return whole
  const isOut = new Uint8Array(all.length)
  for (const row of rows) isOut[row] = 1
  return {
    ...whole,
    squares: whole.squares.map((square, column) => (isOut[all[column]] === 1 ? 0 : square)),
    isBad: whole.isBad.map((is, column) => (isOut[all[column]] === 1 ? 1 : is))
  }
}

/** What finding them takes. */
export const estimateDoubt = (shape: MethodShape): MethodEstimate =>
  estimateLens(shape, recipe, recipe.keeps)
