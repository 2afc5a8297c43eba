// Small linear heads that learn from a mixture of sources, and their loss on what is measured.
// Two forms: trained from zero on one mixture, or carried on step by step while the mixture changes.
import { shareOut } from '../../compute/kernels/largest-remainder.ts'
import { batchGradient, transposed } from '../../compute/head-training.ts'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { createRandom, type Random } from '../../compute/random.ts'
import { trainHead, warmUpRecipe } from '../../compute/softmax-head.ts'
import { AppError } from '../../../api/errors.ts'
import type { ProbeData } from './probe-data.ts'

/** Items per step. */
export const batchRows = 32

/** Weights of a head: classes x (columns + 1), row-major, bias last. */
export type HeadWeights = Float32Array

/**
 * Rows of a mixture, in random order: places by largest remainder, each source's own by lot. A source
 * that has fewer gives all of them several times.
 */
export function drawMix(
  { pools }: Pick<ProbeData, 'pools'>,
  shares: readonly number[],
  count: number,
  random: Random
): Uint32Array {
  const places = shareOut(
    count,
    shares,
    shares.map(() => count)
  )
  // A stream per source: two mixtures on the same lot share as many items as they can.
  const lot = createRandom(random.uint32())
  const rows: number[] = []
  places.forEach((wanted, source) => {
    const own = lot.fork(String(source))
    for (let left = wanted; left > 0;) {
      const taken = Math.min(left, pools[source].length)
      for (const at of own.sample(pools[source].length, taken)) rows.push(pools[source][at])
      left -= taken
    }
  })
  return lot.shuffle(Uint32Array.from(rows))
}

/** Trains a head from zero on the rows of one mixture. Throws the signal's reason. */
export async function trainOnMix(
  tf: TensorFlow,
  { features, labels, columns, classes }: ProbeData,
  rows: Uint32Array,
  passes: number,
  signal: AbortSignal
): Promise<HeadWeights> {
  const recipe = warmUpRecipe(0, { epochs: passes, scaling: 'none', keepCheckpoints: false })
  const head = await trainHead(tf, { features, labels, columns, classes, rows }, recipe, signal)
  return head.weights
}

/** A head that has learned nothing. */
export function emptyHead({ columns, classes }: ProbeData): HeadWeights {
  return new Float32Array(classes * (columns + 1))
}

/**
 * Carries a head on with these rows, one step per batch at a constant rate; returns new weights.
 * @param rate step in units of 1 / mean squared row length
 */
export async function carryOn(
  tf: TensorFlow,
  data: ProbeData,
  start: HeadWeights,
  rows: Uint32Array,
  rate: number,
  signal: AbortSignal
): Promise<HeadWeights> {
  const { columns, classes } = data
  const width = columns + 1
  const weights = start.slice()
  const step = rate / data.meanSquaredNorm
  for (let from = 0, batch = 0; from < rows.length; from += batchRows, batch++) {
    signal.throwIfAborted()
    // Lets a waiting cancel message in: products alone never leave this turn of the event loop.
    if (batch % 64 === 63) await new Promise((resume) => setImmediate(resume))
    const own = rows.subarray(from, from + batchRows)
    const h = new Float32Array(own.length * width).fill(1)
    own.forEach((row, i) =>
      h.set(data.features.subarray(row * columns, (row + 1) * columns), i * width)
    )
    const right = transposed(weights, classes, width)
    const labels = Int32Array.from(own, (row) => data.labels[row])
    const { gradient } = await batchGradient(tf, h, labels, right, classes, width)
    for (let i = 0; i < weights.length; i++) weights[i] -= (step / own.length) * gradient[i]
  }
  return weights
}

/** Measures losses of heads; keeps the measured rows on the device until it is closed. */
export interface LossMeter {
  /** Mean cross-entropy per measure. Throws AppError where a head went astray. */
  losses(weights: HeadWeights): Promise<number[]>
  close(): void
}

/** Opens a {@link LossMeter} over the measured rows. */
export function openMeter(tf: TensorFlow, data: ProbeData): LossMeter {
  const { classes, heldLabels, measures } = data
  const width = data.columns + 1
  const rows = tf.tensor2d(data.held, [heldLabels.length, width])
  return {
    async losses(weights) {
      const heads = tf.tensor2d(weights, [classes, width])
      const product = tf.matMul(rows, heads, false, true)
      // float32 tensors give Float32Arrays.
      const logits = (await product.data()) as Float32Array
      tf.dispose([heads, product])
      return measures.map(({ from, to }) => {
        let sum = 0
        for (let i = from; i < to; i++) sum += rowLoss(logits, i * classes, classes, heldLabels[i])
        const loss = sum / (to - from)
        if (!Number.isFinite(loss)) throw astray()
        return loss
      })
    },
    close: () => rows.dispose()
  }
}

function rowLoss(logits: Float32Array, at: number, classes: number, label: number): number {
  let top = -Infinity
  for (let c = 0; c < classes; c++) top = Math.max(top, logits[at + c])
  let sum = 0
  for (let c = 0; c < classes; c++) sum += Math.exp(logits[at + c] - top)
  return Math.log(sum) - (logits[at + label] - top)
}

function astray(): AppError {
  return new AppError(
    'method-not-possible',
    'The helper models could not learn from these numbers.',
    {
      hint: 'Look for items whose numbers are far larger than all others, and leave them out.'
    }
  )
}

/** The loss that counts: measures by their weights. */
export function joined({ measures }: ProbeData, losses: readonly number[]): number {
  return measures.reduce((sum, { weight }, i) => sum + weight * losses[i], 0)
}
