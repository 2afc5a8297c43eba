// Training a linear head by a schedule: before each pass the plan is made from the losses at the last
// visits; rows may count more than once. Plain mini-batch gradient descent from zero, as the warm-up.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { softmaxInPlace } from '../../../compute/kernels/softmax.ts'
import type { Random } from '../../../compute/random.ts'
import type { PassPlan } from './schedule.ts'

/** Scaled rows with their trailing 1 (n x width) and a label each. */
export interface TrainingRows {
  readonly h: Float32Array
  readonly width: number
  readonly labels: Int32Array
  readonly classes: number
  /** Places in `h` of the rows that are trained on. */
  readonly rows: Uint32Array
  /** Mean squared length of a row, for the size of a step. */
  readonly meanSquaredNorm: number
}

export interface TrainingRun {
  /** passes x classes x width: the head after every pass. */
  readonly heads: Float32Array
  readonly plans: readonly PassPlan[]
  /** Mean loss of the rows visited in each pass. */
  readonly losses: readonly number[]
}

/** Loss of rows that no pass has visited yet, as in the published code. */
const lossBefore = 3
const batchRows = 32
/** Peak step in units of 1 / mean squared row norm; falls to 0 along half a cosine. */
const learningRate = 1

/**
 * Trains for `passes` passes; `plan` is asked before each with the losses so far (one per entry of
 * `data.rows`). Throws the signal's reason when aborted.
 */
export async function trainByPlan(
  tf: TensorFlow,
  data: TrainingRows,
  passes: number,
  plan: (pass: number, losses: Float64Array) => PassPlan,
  random: Random,
  signal: AbortSignal
): Promise<TrainingRun> {
  const { classes, width } = data
  const size = classes * width
  const weights = new Float32Array(size)
  const heads = new Float32Array(passes * size)
  const losses = new Float64Array(data.rows.length).fill(lossBefore)
  const plans: PassPlan[] = []
  const means: number[] = []
  for (let pass = 0; pass < passes; pass++) {
    const made = plan(pass, losses)
    plans.push(made)
    const order = random.shuffle(Uint32Array.from(made.rows.keys()))
    const batches = Math.ceil(order.length / batchRows)
    let sum = 0
    for (let batch = 0; batch < batches; batch++) {
      signal.throwIfAborted()
      // Lets a waiting cancel message in: products alone never leave this turn of the event loop.
      if (batch % 64 === 63) await new Promise((resume) => setImmediate(resume))
      const done = (pass + batch / batches) / passes
      const step = (learningRate / data.meanSquaredNorm) * 0.5 * (1 + Math.cos(Math.PI * done))
      const entries = order.subarray(batch * batchRows, (batch + 1) * batchRows)
      sum += await visit(tf, data, made, entries, weights, losses, step)
    }
    means.push(sum / Math.max(1, order.length))
    heads.set(weights, pass * size)
  }
  return { heads, plans, losses: means }
}

/** One batch: losses of its rows, and a step. Returns the summed loss. */
async function visit(
  tf: TensorFlow,
  { h, width, labels, classes, rows }: TrainingRows,
  plan: PassPlan,
  entries: Uint32Array,
  weights: Float32Array,
  losses: Float64Array,
  step: number
): Promise<number> {
  const count = entries.length
  const block = new Float32Array(count * width)
  entries.forEach((entry, i) => {
    const at = rows[plan.rows[entry]] * width
    block.set(h.subarray(at, at + width), i * width)
  })
  const left = tf.tensor2d(block, [count, width])
  const head = tf.tensor2d(weights, [classes, width])
  const product = tf.matMul(left, head, false, true)
  // float32 tensors give Float32Arrays.
  const logits = (await product.data()) as Float32Array
  const p = new Float64Array(classes)
  const errorsT = new Float32Array(classes * count)
  let sum = 0
  entries.forEach((entry, i) => {
    const place = plan.rows[entry]
    const label = labels[rows[place]]
    for (let c = 0; c < classes; c++) p[c] = logits[i * classes + c]
    softmaxInPlace(p)
    losses[place] = -Math.log(Math.max(1e-300, p[label]))
    sum += losses[place]
    const weight = plan.weights[entry]
    for (let c = 0; c < classes; c++)
      errorsT[c * count + i] = weight * (p[c] - (c === label ? 1 : 0))
  })
  const errors = tf.tensor2d(errorsT, [classes, count])
  const part = tf.matMul(errors, left)
  const gradient = (await part.data()) as Float32Array
  for (let i = 0; i < weights.length; i++) weights[i] -= (step / count) * gradient[i]
  tf.dispose([left, head, product, errors, part])
  return sum
}

/** Share of `rows` (places in data.h) whose most likely class is their label; NaN for no rows. */
export async function shareRight(
  tf: TensorFlow,
  { h, width, labels, classes }: TrainingRows,
  weights: Float32Array,
  rows: Uint32Array
): Promise<number> {
  if (rows.length === 0) return NaN
  const block = new Float32Array(rows.length * width)
  rows.forEach((row, i) => block.set(h.subarray(row * width, (row + 1) * width), i * width))
  const left = tf.tensor2d(block, [rows.length, width])
  const head = tf.tensor2d(weights, [classes, width])
  const product = tf.matMul(left, head, false, true)
  const logits = (await product.data()) as Float32Array
  tf.dispose([left, head, product])
  let right = 0
  rows.forEach((row, i) => {
    let best = 0
    for (let c = 1; c < classes; c++)
      if (logits[i * classes + c] > logits[i * classes + best]) best = c
    if (best === labels[row]) right++
  })
  return right / rows.length
}
