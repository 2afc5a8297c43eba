// A linear softmax head over frozen features with a trailing bias. Two recipes: "warm-up" (a few
// passes of plain gradient descent from zero, for gradient directions) and "check" (trained close
// to its optimum, for judging a set of items). Same inputs, seed and device give the same bits.
import type { TensorFlow } from './devices/device.ts'
import { createRandom } from './random.ts'
import { errorsFromLogits, softmaxInPlace } from './kernels/softmax.ts'
import { fitScaling, scaleRowInto, type FeatureScaling, type ScalingKind } from './kernels/scaling.ts'
import { factorCholesky, solveCholesky } from './kernels/cholesky.ts'
import { minimiseLbfgs } from './kernels/lbfgs.ts'

/** Training rows: n x columns features, row-major, with one class index per row. */
export interface HeadData {
  readonly features: Float32Array
  readonly columns: number
  /** n class indices; rows with -1 are left out of the training. */
  readonly labels: Int32Array
  readonly classes: number
  /** Train on these rows of `features` only (a row named twice counts twice); absent = all. */
  readonly rows?: Uint32Array
}

/** A few passes of mini-batch gradient descent from zero (specs B1). */
export interface WarmUpRecipe {
  readonly kind: 'warm-up'
  readonly seed: number
  readonly epochs: number
  readonly batchRows: number
  /** Peak step in units of 1 / mean squared row norm; falls to 0 along half a cosine. */
  readonly learningRate: number
  /** Weight of 0.5 * ||W||^2 (the bias is free). */
  readonly l2: number
  readonly scaling: ScalingKind
  /** Keep the weights after every epoch with the mean learning rate of that epoch. */
  readonly keepCheckpoints: boolean
}

/** Softmax regression to near its optimum (L-BFGS on all rows). */
export interface CheckRecipe {
  readonly kind: 'check'
  /**
   * Not used by the optimiser: the problem is convex and solved from zero, so there is nothing to
   * draw. Kept in the record so that every recipe carries the seed of its repeat.
   */
  readonly seed: number
  /**
   * Objective = mean cross-entropy + 0.5 * l2 * ||W||^2 on scaled features (the bias is free).
   * "auto" = 0.25 / sqrt(rows): sets of the same size are held back equally.
   */
  readonly l2: number | 'auto'
  readonly maxIterations: number
  /** Stops when the largest gradient entry falls below this. */
  readonly tolerance: number
  readonly scaling: ScalingKind
}

export type HeadRecipe = WarmUpRecipe | CheckRecipe

/** Weights after one epoch of a warm-up. */
export interface HeadCheckpoint {
  readonly epoch: number
  /** classes x (columns + 1), row-major, bias last. */
  readonly weights: Float32Array
  readonly meanLearningRate: number
  /** Mean cross-entropy over the epoch's batches. */
  readonly loss: number
}

/** A trained head. Weights act on scaled features: ((x - center) * inverseScale, 1). */
export interface Head {
  readonly classes: number
  readonly columns: number
  readonly scaling: FeatureScaling
  /** classes x (columns + 1), row-major, bias last. */
  readonly weights: Float32Array
  /** Warm-up with `keepCheckpoints`: one per epoch; otherwise empty. */
  readonly checkpoints: readonly HeadCheckpoint[]
  /** Final training objective. */
  readonly loss: number
  /** Passes over the training rows. */
  readonly passes: number
}

/** The product's warm-up: 4 epochs from zero (specs B1). */
export function warmUpRecipe(seed: number, changes: Partial<WarmUpRecipe> = {}): WarmUpRecipe {
  return {
    kind: 'warm-up',
    seed,
    epochs: 4,
    batchRows: 32,
    learningRate: 1,
    l2: 0,
    scaling: 'centre',
    keepCheckpoints: true,
    ...changes
  }
}

/** The product's check of a set of items: softmax regression on standardised features. */
export function checkRecipe(seed: number, changes: Partial<CheckRecipe> = {}): CheckRecipe {
  return {
    kind: 'check',
    seed,
    l2: 'auto',
    maxIterations: 100,
    tolerance: 1e-3,
    scaling: 'centre',
    ...changes
  }
}

const blockRows = 2048

/**
 * Trains a head. Throws a RangeError when no row has a label or an array has the wrong length,
 * and the signal's reason when aborted (checked at every block or batch).
 */
export async function trainHead(
  tf: TensorFlow,
  data: HeadData,
  recipe: HeadRecipe,
  signal: AbortSignal
): Promise<Head> {
  const rows = labelledRows(data)
  const scaling = fitScaling(data.features, data.columns, rows, recipe.scaling)
  return recipe.kind === 'warm-up'
    ? warmUp(tf, data, rows, scaling, recipe, signal)
    : solve(tf, data, rows, scaling, recipe, signal)
}

/** Rows that take part in the training. Throws a RangeError on malformed data. */
function labelledRows(data: HeadData): Uint32Array {
  const total = data.labels.length
  if (data.features.length !== total * data.columns) {
    throw new RangeError(`features hold ${data.features.length} numbers, not ${total} x ${data.columns}`)
  }
  const wanted = data.rows ?? Uint32Array.from({ length: total }, (_, i) => i)
  const rows = wanted.filter((row) => (data.labels[row] as number) >= 0)
  if (rows.length === 0) throw new RangeError('a head needs at least one labelled row')
  for (const row of rows) {
    if (row >= total || (data.labels[row] as number) >= data.classes) {
      throw new RangeError(`row ${row} or its label is outside the data`)
    }
  }
  return rows
}

/** Gathers scaled rows with a trailing 1 into a (count x columns+1) array. */
function gather(data: HeadData, rows: Uint32Array, from: number, to: number, scaling: FeatureScaling): Float32Array {
  const width = data.columns + 1
  const out = new Float32Array((to - from) * width)
  for (let i = from; i < to; i++) {
    scaleRowInto(data.features, (rows[i] as number) * data.columns, scaling, out, (i - from) * width)
  }
  return out
}

/** W (classes x width) as the (width x classes) right-hand side of H W^T. */
function transposed(weights: ArrayLike<number>, classes: number, width: number): Float32Array {
  const out = new Float32Array(classes * width)
  for (let c = 0; c < classes; c++) {
    for (let j = 0; j < width; j++) out[j * classes + c] = weights[c * width + j] as number
  }
  return out
}

async function warmUp(
  tf: TensorFlow,
  data: HeadData,
  rows: Uint32Array,
  scaling: FeatureScaling,
  recipe: WarmUpRecipe,
  signal: AbortSignal
): Promise<Head> {
  const { classes, columns } = data
  const width = columns + 1
  const random = createRandom(recipe.seed).fork('warm-up head')
  const weights = new Float32Array(classes * width)
  const order = rows.slice()
  const batches = Math.ceil(rows.length / recipe.batchRows)
  const steps = batches * recipe.epochs
  const unit = recipe.learningRate / scaling.meanSquaredNorm
  const checkpoints: HeadCheckpoint[] = []
  let loss = 0
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    random.shuffle(order)
    let epochLoss = 0
    let rateSum = 0
    for (let batch = 0; batch < batches; batch++) {
      signal.throwIfAborted()
      const from = batch * recipe.batchRows
      const to = Math.min(rows.length, from + recipe.batchRows)
      const step = epoch * batches + batch
      const rate = unit * 0.5 * (1 + Math.cos((Math.PI * step) / steps))
      rateSum += rate
      const h = gather(data, order, from, to, scaling)
      const labels = Int32Array.from(order.subarray(from, to), (row) => data.labels[row] as number)
      const result = await batchGradient(tf, h, labels, transposed(weights, classes, width), classes, width)
      epochLoss += result.loss
      const share = rate / (to - from)
      for (let c = 0; c < classes; c++) {
        for (let j = 0; j < width; j++) {
          const at = c * width + j
          const decay = j < columns ? recipe.l2 * weights[at] : 0
          weights[at] -= share * result.gradient[at] + rate * decay
        }
      }
    }
    loss = epochLoss / rows.length
    if (recipe.keepCheckpoints) {
      checkpoints.push({ epoch: epoch + 1, weights: weights.slice(), meanLearningRate: rateSum / batches, loss })
    }
  }
  return { classes, columns, scaling, weights, checkpoints, loss, passes: recipe.epochs }
}

/** Summed cross-entropy and its gradient E^T H (classes x width) of one batch. */
async function batchGradient(
  tf: TensorFlow,
  h: Float32Array,
  labels: Int32Array,
  weightsT: Float32Array,
  classes: number,
  width: number
): Promise<{ loss: number; gradient: Float32Array }> {
  const count = labels.length
  const left = tf.tensor2d(h, [count, width])
  const right = tf.tensor2d(weightsT, [width, classes])
  const product = tf.matMul(left, right)
  const logits = (await product.data()) as Float32Array
  const errorsT = new Float32Array(classes * count)
  const loss = errorsFromLogits(logits, labels, classes, errorsT)
  const errors = tf.tensor2d(errorsT, [classes, count])
  const gradientTensor = tf.matMul(errors, left)
  const gradient = (await gradientTensor.data()) as Float32Array
  tf.dispose([left, right, product, errors, gradientTensor])
  return { loss, gradient }
}

async function solve(
  tf: TensorFlow,
  data: HeadData,
  rows: Uint32Array,
  scaling: FeatureScaling,
  recipe: CheckRecipe,
  signal: AbortSignal
): Promise<Head> {
  const { classes, columns } = data
  const width = columns + 1
  const l2 = recipe.l2 === 'auto' ? 0.25 / Math.sqrt(rows.length) : recipe.l2
  // Blocks stay on the device between passes: one upload, and the products' packed copies are kept.
  const blocks: { tensor: ReturnType<TensorFlow['tensor2d']>; labels: Int32Array }[] = []
  try {
    for (let from = 0; from < rows.length; from += blockRows) {
      const to = Math.min(rows.length, from + blockRows)
      const tensor = tf.tensor2d(gather(data, rows, from, to, scaling), [to - from, width])
      blocks.push({ tensor, labels: Int32Array.from(rows.subarray(from, to), (row) => data.labels[row] as number) })
    }
    const objective = async (point: Float64Array, gradient: Float64Array): Promise<number> => {
      gradient.fill(0)
      let loss = 0
      const right = tf.tensor2d(transposed(point, classes, width), [width, classes])
      for (const block of blocks) {
        signal.throwIfAborted()
        const product = tf.matMul(block.tensor, right)
        const logits = (await product.data()) as Float32Array
        const errorsT = new Float32Array(classes * block.labels.length)
        loss += errorsFromLogits(logits, block.labels, classes, errorsT)
        const errors = tf.tensor2d(errorsT, [classes, block.labels.length])
        const part = tf.matMul(errors, block.tensor)
        const values = (await part.data()) as Float32Array
        for (let i = 0; i < gradient.length; i++) gradient[i] += values[i] as number
        tf.dispose([product, errors, part])
      }
      right.dispose()
      return regularise(point, gradient, loss, rows.length, l2, width)
    }
    const start = new Float64Array(classes * width)
    const precondition = await curvature(tf, data, rows, scaling, l2)
    const { maxIterations, tolerance } = recipe
    const result = await minimiseLbfgs(objective, start, { maxIterations, tolerance, precondition })
    const weights = Float32Array.from(result.point)
    return { classes, columns, scaling, weights, checkpoints: [], loss: result.value, passes: result.evaluations }
  } finally {
    for (const block of blocks) block.tensor.dispose()
  }
}

/** Rows the curvature is estimated from, and the widest matrix worth factoring. */
const curvatureRows = 4096
const widestCurvature = 1025

/**
 * Inverse of 0.5 * H^T H / n + l2 * I, the classic upper bound of the softmax Hessian for every
 * class (Boehning 1992). Cuts the passes by about three where columns have very unequal spreads.
 */
async function curvature(
  tf: TensorFlow,
  data: HeadData,
  rows: Uint32Array,
  scaling: FeatureScaling,
  l2: number
): Promise<((vector: Float64Array) => void) | undefined> {
  const width = data.columns + 1
  if (width > widestCurvature) return undefined
  const count = Math.min(rows.length, curvatureRows)
  const picked = Uint32Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)])
  const h = gather(data, picked, 0, count, scaling)
  const left = tf.tensor2d(transposed(h, count, width), [width, count])
  const right = tf.tensor2d(h, [count, width])
  const gram = tf.matMul(left, right)
  const factor = Float64Array.from((await gram.data()) as Float32Array, (value) => (0.5 * value) / count)
  tf.dispose([left, right, gram])
  for (let j = 0; j < width; j++) factor[j * width + j] += l2 + 1e-6
  if (!factorCholesky(factor, width)) return undefined
  return (vector) => {
    for (let at = 0; at < vector.length; at += width) solveCholesky(factor, width, vector, at)
  }
}

/** Turns sums into means and adds the L2 term; returns the objective. */
function regularise(
  point: Float64Array,
  gradient: Float64Array,
  loss: number,
  rows: number,
  l2: number,
  width: number
): number {
  let squares = 0
  for (let i = 0; i < point.length; i++) {
    gradient[i] /= rows
    if (i % width === width - 1) continue
    squares += point[i] * point[i]
    gradient[i] += l2 * point[i]
  }
  return loss / rows + 0.5 * l2 * squares
}

/**
 * Class probabilities of rows (n x columns, raw features): n x classes, row-major.
 * Plain loops: the test sets of a check are small, and the result is the same on every device.
 */
export function predictHead(head: Head, features: Float32Array): Float32Array {
  const { classes, columns } = head
  const width = columns + 1
  const count = features.length / columns
  const out = new Float32Array(count * classes)
  const scaled = new Float32Array(width)
  const logits = new Float64Array(classes)
  for (let i = 0; i < count; i++) {
    scaleRowInto(features, i * columns, head.scaling, scaled, 0)
    for (let c = 0; c < classes; c++) {
      let sum = 0
      const at = c * width
      for (let j = 0; j < width; j++) sum += head.weights[at + j] * scaled[j]
      logits[c] = sum
    }
    softmaxInPlace(logits)
    for (let c = 0; c < classes; c++) out[i * classes + c] = logits[c] as number
  }
  return out
}

/** Share of rows (0..1) whose most likely class is their label; rows with label -1 do not count. */
export function accuracy(head: Head, features: Float32Array, labels: Int32Array): number {
  const probabilities = predictHead(head, features)
  let right = 0
  let counted = 0
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] < 0) continue
    counted++
    let best = 0
    for (let c = 1; c < head.classes; c++) {
      if (probabilities[i * head.classes + c] > probabilities[i * head.classes + best]) best = c
    }
    if (best === labels[i]) right++
  }
  return counted === 0 ? 0 : right / counted
}
