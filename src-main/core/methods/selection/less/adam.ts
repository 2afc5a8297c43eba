// The Adam form of LESS: the warm-up is trained with Adam, and a candidate's direction is the step
// Adam would take with its gradient from the moments kept at each checkpoint (LESS, section 3.1;
// the published code leaves bias correction out and puts epsilon inside the root, as here). Such a
// step is no outer product, so it is written out block by block.
import type { MethodContext, SelectionInputs } from '../../method.ts'
import {
  makeSet,
  readTraining,
  warmUpRows,
  type AdamMoments,
  type HeadSet,
  type TrainingRows
} from '../../head-gradients/head-set.ts'
import { rowVector } from '../../head-gradients/row-factors.ts'
import {
  rowFlags,
  sideBySide,
  streamProducts,
  takeBest,
  type Directions,
  type TaskScores
} from '../../head-gradients/score-pass.ts'
import type { TargetScene } from '../../head-gradients/target-run.ts'

/** Decay of the two moments and the number inside the root. */
const beta = { mean: 0.9, square: 0.999 } as const
const epsilon = 1e-8
const batchRows = 32

/** Gamma of one gradient entry: m' / sqrt(v' + 1e-8), m' = 0.9 m + 0.1 g, v' = 0.999 v + 0.001 g^2. */
export function adamDirection(g: number, mean: number, square: number): number {
  const m = beta.mean * mean + (1 - beta.mean) * g
  const v = beta.square * square + (1 - beta.square) * g * g
  return m / Math.sqrt(v + epsilon)
}

interface Training {
  readonly weights: Float64Array
  readonly mean: Float64Array
  readonly square: Float64Array
}

/**
 * A warm-up with Adam on a seeded sample; yields the passes done. The peak rate is 1 / (columns + 1)
 * so that one step moves a logit by about 1; it falls to 0 along half a cosine.
 */
export async function* fitAdamHeads(
  context: MethodContext,
  inputs: SelectionInputs,
  percent: number,
  epochs: number
): AsyncGenerator<number, HeadSet, void> {
  const picked = warmUpRows(context, inputs, percent, 0)
  const { rows, scaling } = await readTraining(inputs, picked)
  const able = Uint32Array.from(rows.labels.keys()).filter((row) => rows.labels[row] >= 0)
  const random = context.random.fork('adam')
  const classes = inputs.classNames.length
  const { columns } = inputs.features
  const size = classes * (columns + 1)
  const state: Training = {
    weights: new Float64Array(size),
    mean: new Float64Array(size),
    square: new Float64Array(size)
  }
  const batches = Math.ceil(able.length / batchRows)
  const weights: Float32Array[] = []
  const moments: AdamMoments[] = []
  const rates: number[] = []
  const losses: number[] = []
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    random.shuffle(able)
    let rateSum = 0
    let loss = 0
    for (let batch = 0; batch < batches; batch++) {
      context.signal.throwIfAborted()
      const part = able.subarray(batch * batchRows, (batch + 1) * batchRows)
      const rate = (0.5 * (1 + Math.cos((Math.PI * step) / (batches * epochs)))) / (columns + 1)
      rateSum += rate
      step++
      loss += adamStep(state, rows, part, columns, rate, step)
    }
    weights.push(Float32Array.from(state.weights))
    moments.push({ mean: Float32Array.from(state.mean), square: Float32Array.from(state.square) })
    rates.push(rateSum / batches)
    losses.push(loss / able.length)
    yield epoch + 1
  }
  return makeSet(inputs, {
    scaling,
    weights,
    rates,
    moments,
    fittedRows: picked.length,
    l2: 0,
    losses
  })
}

/** One step of Adam with bias correction (Kingma and Ba 2015); returns the batch's summed loss. */
function adamStep(
  { weights, mean, square }: Training,
  rows: TrainingRows,
  batch: Uint32Array,
  columns: number,
  rate: number,
  step: number
): number {
  const width = columns + 1
  const classes = weights.length / width
  const gradient = new Float64Array(weights.length)
  const logits = new Float64Array(classes)
  const e = new Float64Array(classes)
  let loss = 0
  for (const row of batch) {
    const from = row * columns
    for (let c = 0; c < classes; c++) {
      let sum = weights[c * width + columns]
      for (let j = 0; j < columns; j++) sum += weights[c * width + j] * rows.features[from + j]
      logits[c] = sum
    }
    const doubt = rowVector('error', logits, 0, rows.labels[row], e)
    // Of the summed loss only the chart sees anything: a hopeless row may count as 1e-12.
    loss -= Math.log(Math.max(1e-12, 1 - doubt))
    for (let c = 0; c < classes; c++) {
      const share = e[c] / batch.length
      for (let j = 0; j < columns; j++) gradient[c * width + j] += share * rows.features[from + j]
      gradient[c * width + columns] += share
    }
  }
  const meanScale = 1 / (1 - beta.mean ** step)
  const squareScale = 1 / (1 - beta.square ** step)
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i]
    mean[i] = beta.mean * mean[i] + (1 - beta.mean) * g
    square[i] = beta.square * square[i] + (1 - beta.square) * g * g
    weights[i] -= (rate * mean[i] * meanScale) / (Math.sqrt(square[i] * squareScale) + epsilon)
  }
  return loss
}

/** Scores all candidates by the cosine of Adam's step with the parts' mean unit gradients. */
export async function* scoreAdam(
  { context, inputs, blockRows }: TargetScene,
  set: HeadSet,
  directions: Directions,
  taskOf: readonly number[]
): AsyncGenerator<number, TaskScores, void> {
  const { rows } = inputs.features
  const { classes, columns } = set
  const width = columns + 1
  const tasks = inputs.tasks.length
  const out: TaskScores = {
    scores: new Float32Array(tasks * rows).fill(-Infinity),
    flags: new Uint8Array(rows)
  }
  const { tf } = context.device
  const right = sideBySide(set.weights, width)
  // Directions as the (classes x width) x parts right factor of written-out steps, one per head.
  const factors = directions.map((own) => {
    const turned = sideBySide(own, classes * width)
    return tf.tensor2d(turned, [classes * width, own.length])
  })
  try {
    // Written-out steps of a block stay below 32 MB.
    const step = Math.max(1, Math.min(blockRows, Math.floor(8e6 / (classes * width))))
    const run = streamProducts(
      context.device,
      inputs.features,
      set.scaling,
      right,
      step,
      context.signal
    )
    for await (const block of run) {
      const { start, size } = block
      const sums = new Float64Array(size * taskOf.length)
      for (let head = 0; head < factors.length; head++) {
        const { steps, lengths } = writeSteps(block, inputs.labels, set, head, out.flags)
        const left = tf.tensor2d(steps, [size, classes * width])
        const product = tf.matMul(left, factors[head])
        const values = (await product.data()) as Float32Array
        tf.dispose([left, product])
        for (let i = 0; i < size; i++) {
          if (!(lengths[i] > 0)) continue
          const share = set.shares[head] / lengths[i]
          for (let part = 0; part < taskOf.length; part++)
            sums[i * taskOf.length + part] += share * values[i * taskOf.length + part]
        }
      }
      for (let i = 0; i < size; i++) {
        if (out.flags[start + i] !== rowFlags.compared) continue
        const own = sums.subarray(i * taskOf.length, (i + 1) * taskOf.length)
        takeBest(out.scores, own, taskOf, rows, start + i)
      }
      yield start + size
    }
  } finally {
    tf.dispose(factors)
  }
  return out
}

/** Adam's step of every row of a block at one head, size x (classes x width), and its length. */
function writeSteps(
  {
    start,
    size,
    h,
    squares,
    products
  }: {
    readonly start: number
    readonly size: number
    readonly h: Float32Array
    readonly squares: Float64Array
    readonly products: Float32Array
  },
  labels: Int32Array,
  set: HeadSet,
  head: number,
  flags: Uint8Array
): { steps: Float32Array; lengths: Float64Array } {
  const { classes, columns, moments, weights } = set
  const width = columns + 1
  const outputs = weights.length * classes
  const { mean, square } = moments[head]
  const steps = new Float32Array(size * classes * width)
  const lengths = new Float64Array(size)
  const e = new Float64Array(classes)
  for (let i = 0; i < size; i++) {
    const label = labels[start + i]
    if (Number.isNaN(squares[i])) flags[start + i] = rowFlags.notFinite
    else if (label < 0) flags[start + i] = rowFlags.noLabel
    if (flags[start + i] !== rowFlags.compared) continue
    rowVector('error', products, i * outputs + head * classes, label, e)
    let sum = 0
    let at = i * classes * width
    for (let c = 0; c < classes; c++)
      for (let j = 0; j < width; j++) {
        const entry = c * width + j
        const value = adamDirection(e[c] * h[i * width + j], mean[entry], square[entry])
        steps[at++] = value
        sum += value * value
      }
    lengths[i] = Math.sqrt(sum)
  }
  return { steps, lengths }
}
