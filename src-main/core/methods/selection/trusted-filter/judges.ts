// The filter's judges: one logistic head per fold, trained to tell trusted items from a random sample
// of the data. An item is judged only by the head of its fold, which has not seen it.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { headLogits, type LogitHead, type LogitRows } from '../../../compute/head-logits.ts'
import { rankAuc } from '../../../compute/kernels/rank-auc.ts'
import { checkRecipe, trainHead } from '../../../compute/softmax-head.ts'

/** Items of one side, with the fold each one belongs to. */
export interface Side {
  /** n x columns, row-major, finite. */
  readonly features: Float32Array
  readonly folds: Uint8Array
}

/** One head per fold; a positive logit means "like the trusted items". */
export interface Judges {
  readonly heads: readonly LogitHead[]
}

/**
 * Trains the head of one fold on all items outside it (all items when there is one fold only). Both
 * sides are treated alike: exchanging them only turns the sign of every logit.
 */
export async function trainJudge(
  tf: TensorFlow,
  trusted: Side,
  others: Side,
  columns: number,
  fold: number,
  folds: number,
  signal: AbortSignal
): Promise<LogitHead> {
  const count = trusted.folds.length + others.folds.length
  const features = new Float32Array(count * columns)
  features.set(trusted.features)
  features.set(others.features, trusted.features.length)
  const foldOf = [...trusted.folds, ...others.folds]
  const labels = Int32Array.from(foldOf, (own, i) =>
    folds > 1 && own === fold ? -1 : i < trusted.folds.length ? 1 : 0
  )
  const data = { features, columns, classes: 2, labels }
  const head = await trainHead(tf, data, checkRecipe(0), signal)
  const width = columns + 1
  const weights = Float32Array.from(
    { length: width },
    (_, j) => head.weights[width + j] - head.weights[j]
  )
  // As if both sides were equally many: 0 then means "as likely trusted as not".
  const many = (label: number): number => labels.reduce((n, own) => n + (own === label ? 1 : 0), 0)
  weights[width - 1] -= Math.log(Math.max(1, many(1)) / Math.max(1, many(0)))
  return { scaling: head.scaling, weights, outputs: 1 }
}

/** Yields rows done; returns each row's logit by the head of its fold, NaN for bad numbers. */
export async function* judgeRows(
  tf: TensorFlow,
  source: LogitRows,
  folds: Uint8Array,
  { heads }: Judges,
  signal: AbortSignal
): AsyncGenerator<number, Float32Array, void> {
  const out = new Float32Array(source.rows)
  for await (const { first, count, logits, lengths } of headLogits(tf, source, heads, signal)) {
    for (let i = 0; i < count; i++) {
      const fold = folds[first + i]
      const logit = Number.isNaN(lengths[fold][i]) ? NaN : logits[fold][i]
      out[first + i] = Number.isFinite(logit) ? logit : NaN
    }
    yield first + count
  }
  return out
}

/** Judges one side in memory. */
export async function judgeSide(
  tf: TensorFlow,
  side: Side,
  columns: number,
  judges: Judges,
  signal: AbortSignal
): Promise<Float32Array> {
  const { features, folds } = side
  const readBlock = (start: number, count: number): Promise<Float32Array> =>
    Promise.resolve(features.slice(start * columns, (start + count) * columns))
  const source = { rows: folds.length, columns, readBlock }
  const run = judgeRows(tf, source, folds, judges, signal)
  let step = await run.next()
  while (step.done !== true) step = await run.next()
  return step.value
}

/** How well the judges tell both sides apart on items they have not seen: 0.5 = not at all. */
export async function outOfFoldAuc(
  tf: TensorFlow,
  trusted: Side,
  others: Side,
  columns: number,
  judges: Judges,
  signal: AbortSignal
): Promise<number> {
  return rankAuc(
    await judgeSide(tf, trusted, columns, judges, signal),
    await judgeSide(tf, others, columns, judges, signal)
  )
}
