// The two ways a softmax head is trained; called by softmax-head.ts. Products run on the device,
// everything else in plain loops.
import { letMessagesIn } from './let-messages-in.ts'
import type { TensorFlow } from './devices/device.ts'
import type { CheckRecipe, Head, HeadCheckpoint, HeadData, WarmUpRecipe } from './head-recipe.ts'
import { factorCholesky, solveCholesky } from './kernels/cholesky.ts'
import { minimiseLbfgs } from './kernels/lbfgs.ts'
import { scaleRowInto, type FeatureScaling } from './kernels/scaling.ts'
import { errorsFromLogits } from './kernels/softmax.ts'
import { createRandom } from './random.ts'

/** Rows per product: large enough for speed, small enough to cancel within a moment. */
const blockRows = 2048

type Tensor2D = ReturnType<TensorFlow['tensor2d']>

/** Gathers scaled rows with a trailing 1 into a (count x columns+1) array. */
function gather(
  data: HeadData,
  rows: Uint32Array,
  from: number,
  to: number,
  scaling: FeatureScaling
): Float32Array {
  const width = data.columns + 1
  const out = new Float32Array((to - from) * width)
  for (let i = from; i < to; i++) {
    scaleRowInto(
      data.features,
      (rows[i] as number) * data.columns,
      scaling,
      out,
      (i - from) * width
    )
  }
  return out
}

/** W (classes x width) as the (width x classes) right-hand side of H W^T. */
export function transposed(
  weights: ArrayLike<number>,
  classes: number,
  width: number
): Float32Array {
  const out = new Float32Array(classes * width)
  for (let c = 0; c < classes; c++) {
    for (let j = 0; j < width; j++) out[j * classes + c] = weights[c * width + j] as number
  }
  return out
}

/** The warm-up: seeded mini-batch gradient descent from zero. */
export async function warmUp(
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
      if (step % 64 === 63) await letMessagesIn()
      const rate = unit * 0.5 * (1 + Math.cos((Math.PI * step) / steps))
      rateSum += rate
      const h = gather(data, order, from, to, scaling)
      const labels = Int32Array.from(order.subarray(from, to), (row) => data.labels[row] as number)
      const result = await batchGradient(
        tf,
        h,
        labels,
        transposed(weights, classes, width),
        classes,
        width
      )
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
      checkpoints.push({
        epoch: epoch + 1,
        weights: weights.slice(),
        meanLearningRate: rateSum / batches,
        loss
      })
    }
  }
  return { classes, columns, scaling, weights, checkpoints, loss, passes: recipe.epochs }
}

/** Summed cross-entropy and its gradient E^T H (classes x width) of one batch. */
export async function batchGradient(
  tf: TensorFlow,
  h: Float32Array,
  labels: Int32Array,
  weightsT: Float32Array,
  classes: number,
  width: number
): Promise<{ loss: number; gradient: Float64Array }> {
  const tensor = tf.tensor2d(h, [labels.length, width])
  const right = tf.tensor2d(weightsT, [width, classes])
  const gradient = new Float64Array(classes * width)
  const loss = await addBlock(tf, { tensor, labels }, right, classes, gradient)
  tf.dispose([tensor, right])
  return { loss, gradient }
}

/** The check: L-BFGS on all rows, from zero. */
export async function solve(
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
  const blocks: Block[] = []
  try {
    for (let from = 0; from < rows.length; from += blockRows) {
      const to = Math.min(rows.length, from + blockRows)
      const tensor = tf.tensor2d(gather(data, rows, from, to, scaling), [to - from, width])
      blocks.push({
        tensor,
        labels: Int32Array.from(rows.subarray(from, to), (row) => data.labels[row] as number)
      })
    }
    const objective = async (point: Float64Array, gradient: Float64Array): Promise<number> => {
      gradient.fill(0)
      let loss = 0
      const right = tf.tensor2d(transposed(point, classes, width), [width, classes])
      try {
        for (const block of blocks) {
          signal.throwIfAborted()
          loss += await addBlock(tf, block, right, classes, gradient)
        }
      } finally {
        right.dispose()
      }
      return regularise(point, gradient, loss, rows.length, l2, width)
    }
    const start = new Float64Array(classes * width)
    const precondition = await curvature(tf, data, rows, scaling, l2)
    const { maxIterations, tolerance } = recipe
    const result = await minimiseLbfgs(objective, start, { maxIterations, tolerance, precondition })
    const weights = Float32Array.from(result.point)
    return {
      classes,
      columns,
      scaling,
      weights,
      checkpoints: [],
      loss: result.value,
      passes: result.evaluations
    }
  } finally {
    for (const block of blocks) block.tensor.dispose()
  }
}

/** Scaled rows on the device (rows x width) with their labels. */
interface Block {
  readonly tensor: Tensor2D
  readonly labels: Int32Array
}

/** Adds one block's E^T H to `gradient`; returns its summed cross-entropy. */
async function addBlock(
  tf: TensorFlow,
  block: Block,
  right: Tensor2D,
  classes: number,
  gradient: Float64Array
): Promise<number> {
  const product = tf.matMul(block.tensor, right)
  const logits = (await product.data()) as Float32Array
  const errorsT = new Float32Array(classes * block.labels.length)
  const loss = errorsFromLogits(logits, block.labels, classes, errorsT)
  const errors = tf.tensor2d(errorsT, [classes, block.labels.length])
  const part = tf.matMul(errors, block.tensor)
  const values = (await part.data()) as Float32Array
  for (let i = 0; i < gradient.length; i++) gradient[i] += values[i]
  tf.dispose([product, errors, part])
  return loss
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
  const picked = Uint32Array.from(
    { length: count },
    (_, i) => rows[Math.floor((i * rows.length) / count)]
  )
  const h = gather(data, picked, 0, count, scaling)
  const left = tf.tensor2d(transposed(h, count, width), [width, count])
  const right = tf.tensor2d(h, [count, width])
  const gram = tf.matMul(left, right)
  const factor = Float64Array.from(
    (await gram.data()) as Float32Array,
    (value) => (0.5 * value) / count
  )
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
