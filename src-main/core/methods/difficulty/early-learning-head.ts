// A head that resists wrong labels: softmax regression with early-learning regularisation (ELR, Liu
// et al. 2020). Beside the labels it follows a running average of its own guesses, so that what it
// learned first is not unlearned for the sake of a few labels that do not fit.
import type { TensorFlow } from '../../compute/devices/device.ts'
import { scaleRowInto, type FeatureScaling } from '../../compute/kernels/scaling.ts'
import { softmaxInPlace } from '../../compute/kernels/softmax.ts'
import { createRandom } from '../../compute/random.ts'
import type { HeadCheckpoint } from '../../compute/softmax-head.ts'
import { moveTarget } from './measures.ts'

export interface EarlyLearningRecipe {
  readonly seed: number
  readonly epochs: number
  readonly batchRows: number
  /** Peak step in units of 1 / mean squared row norm; falls to 0 along half a cosine. */
  readonly learningRate: number
  /** Share of the old target that stays at each visit, 0..1. */
  readonly beta: number
  /** Weight of the term log(1 - p . t); 0 = plain cross-entropy. */
  readonly lambda: number
}

/** Training rows: every entry of `rows` is visited once per pass. */
export interface EarlyLearningData {
  readonly features: Float32Array
  readonly columns: number
  readonly labels: Int32Array
  readonly classes: number
  readonly rows: Uint32Array
}

/**
 * Loss of one row, cross-entropy + lambda log(1 - p . t), and its gradient in the logits (specs 6.3):
 * p_c - y_c + lambda p_c (p . t - t_c) / (1 - p . t), written over `p`.
 * @param target the row's running target, classes numbers from `at`
 */
export function earlyLearningLoss(
  p: Float64Array,
  label: number,
  target: ArrayLike<number>,
  at: number,
  lambda: number
): number {
  let agreement = 0
  for (let c = 0; c < p.length; c++) agreement += p[c] * target[at + c]
  // Below 1 by construction: targets are averages of clamped probabilities.
  const rest = Math.max(1e-6, 1 - agreement)
  const loss = -Math.log(Math.max(1e-300, p[label])) + lambda * Math.log(rest)
  for (let c = 0; c < p.length; c++) {
    const pull = (lambda * p[c] * (agreement - target[at + c])) / rest
    p[c] = p[c] - (c === label ? 1 : 0) + pull
  }
  return loss
}

/** Seeded mini-batch gradient descent from zero; one checkpoint per pass. Throws the signal's reason. */
export async function trainEarlyLearning(
  tf: TensorFlow,
  data: EarlyLearningData,
  scaling: FeatureScaling,
  recipe: EarlyLearningRecipe,
  signal: AbortSignal
): Promise<HeadCheckpoint[]> {
  const { classes, columns } = data
  const width = columns + 1
  const random = createRandom(recipe.seed).fork('early-learning head')
  const weights = new Float32Array(classes * width)
  // One running target per visited entry, from zero.
  const targets = new Float32Array(data.rows.length * classes)
  const order = Uint32Array.from(data.rows, (_, i) => i)
  const batches = Math.ceil(order.length / recipe.batchRows)
  const steps = batches * recipe.epochs
  const unit = recipe.learningRate / scaling.meanSquaredNorm
  const checkpoints: HeadCheckpoint[] = []
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    random.shuffle(order)
    let loss = 0
    let rates = 0
    for (let batch = 0; batch < batches; batch++) {
      signal.throwIfAborted()
      const step = epoch * batches + batch
      // Lets a waiting cancel message in: products alone never leave this turn of the event loop.
      if (step % 64 === 63) await new Promise((resume) => setImmediate(resume))
      const rate = unit * 0.5 * (1 + Math.cos((Math.PI * step) / steps))
      rates += rate
      const entries = order.subarray(batch * recipe.batchRows, (batch + 1) * recipe.batchRows)
      loss += await visit(tf, data, scaling, recipe, weights, targets, entries, rate)
    }
    checkpoints.push({
      epoch: epoch + 1,
      weights: weights.slice(),
      meanLearningRate: rates / batches,
      loss: loss / order.length
    })
  }
  return checkpoints
}

/** One batch: guesses, targets, step. Returns the summed loss. */
async function visit(
  tf: TensorFlow,
  data: EarlyLearningData,
  scaling: FeatureScaling,
  recipe: EarlyLearningRecipe,
  weights: Float32Array,
  targets: Float32Array,
  entries: Uint32Array,
  rate: number
): Promise<number> {
  const { classes, columns } = data
  const width = columns + 1
  const size = entries.length
  const h = new Float32Array(size * width)
  entries.forEach((entry, i) =>
    scaleRowInto(data.features, data.rows[entry] * columns, scaling, h, i * width)
  )
  const rows = tf.tensor2d(h, [size, width])
  const heads = tf.tensor2d(weights, [classes, width])
  const product = tf.matMul(rows, heads, false, true)
  const logits = (await product.data()) as Float32Array
  const p = new Float64Array(classes)
  const errorsT = new Float32Array(classes * size)
  let loss = 0
  entries.forEach((entry, i) => {
    for (let c = 0; c < classes; c++) p[c] = logits[i * classes + c]
    softmaxInPlace(p)
    moveTarget(targets, entry * classes, p, 0, classes, recipe.beta)
    loss += earlyLearningLoss(
      p,
      data.labels[data.rows[entry]],
      targets,
      entry * classes,
      recipe.lambda
    )
    for (let c = 0; c < classes; c++) errorsT[c * size + i] = p[c]
  })
  const errors = tf.tensor2d(errorsT, [classes, size])
  const part = tf.matMul(errors, rows)
  const gradient = (await part.data()) as Float32Array
  for (let i = 0; i < weights.length; i++) weights[i] -= (rate / size) * gradient[i]
  tf.dispose([rows, heads, product, errors, part])
  return loss
}
