// What trained networks say about items: logits, features, and the share named rightly.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../compute/devices/device.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import { repeatedStep } from '../compute/repeated-step.ts'
import type { LabelledRows } from '../methods/distillation/distillation-method.ts'
import { batchShape } from './create-network.ts'
import { inputSize, type NetworkCode, type Outputs } from './network.ts'
import { asBatchStatistics } from './running-statistics.ts'
import { trainingOps } from './training-ops.ts'

/** Items without their labels. */
export type Rows = Pick<LabelledRows, 'count' | 'read'>

/** Items per forward pass. */
const mostAtOnce = 256

/**
 * Logits of all rows: count x classes. `statistics` are the running mean and variance of each batch
 * normalisation (mean then variance); a network with batch norm and without them normalises each
 * batch of 256 rows by itself. Throws the signal's reason within a batch.
 */
export function predictLogits(
  tf: TensorFlow,
  network: NetworkCode,
  parameters: readonly Float32Array[],
  rows: Rows,
  signal: AbortSignal,
  statistics: readonly Float32Array[] = []
): Promise<Float32Array> {
  return forAll(tf, network, { parameters, statistics }, rows, signal, ({ logits }) => logits)
}

/** What the last layer reads, of all rows: count x featureWidth. See {@link predictLogits}. */
export function featuresOf(
  tf: TensorFlow,
  network: NetworkCode,
  parameters: readonly Float32Array[],
  rows: Rows,
  signal: AbortSignal,
  statistics: readonly Float32Array[] = []
): Promise<Float32Array> {
  return forAll(tf, network, { parameters, statistics }, rows, signal, ({ features }) => features)
}

/**
 * Share of rows whose largest logit is their label, 0..1; the first of equal ones counts; 0 without
 * rows. See {@link predictLogits}.
 */
export async function accuracyOf(
  tf: TensorFlow,
  network: NetworkCode,
  parameters: readonly Float32Array[],
  rows: LabelledRows,
  signal: AbortSignal,
  statistics: readonly Float32Array[] = []
): Promise<number> {
  const logits = await predictLogits(tf, network, parameters, rows, signal, statistics)
  return shareRight(logits, rows.labels, network.classes)
}

/** Share of rows of count x classes logits whose largest one is the label; 0 without rows. */
export function shareRight(logits: Float32Array, labels: Int32Array, classes: number): number {
  let right = 0
  for (let row = 0; row < labels.length; row++) {
    let best = 0
    for (let c = 1; c < classes; c++)
      if (logits[row * classes + c] > logits[row * classes + best]) best = c
    if (best === labels[row]) right++
  }
  return labels.length === 0 ? 0 : right / labels.length
}

interface Trained {
  readonly parameters: readonly Float32Array[]
  readonly statistics: readonly Float32Array[]
}

async function forAll(
  tf: TensorFlow,
  network: NetworkCode,
  { parameters, statistics }: Trained,
  rows: Rows,
  signal: AbortSignal,
  pick: (outputs: Outputs) => Tensor
): Promise<Float32Array> {
  const ops = trainingOps(tf)
  const weights = network.parameters.map(({ shape }, at) => tf.tensor(parameters[at], [...shape]))
  const fixed = [...weights, ...statistics.map((values) => tf.tensor1d(values))]
  const pass = repeatedStep(tf, ([x, ...given]) => {
    const running = asBatchStatistics(given.slice(weights.length))
    const options = running.length > 0 ? { running } : {}
    return pick(network.forward(tf, ops, given.slice(0, weights.length), x, options))
  })
  try {
    const parts: Float32Array[] = []
    for (let from = 0; from < rows.count; from += mostAtOnce) {
      await letMessagesIn()
      signal.throwIfAborted()
      const count = Math.min(mostAtOnce, rows.count - from)
      const values = rows.read(Uint32Array.from({ length: count }, (_, i) => from + i))
      parts.push(runPart(tf, network, pass, values, rows.count > mostAtOnce, fixed))
    }
    return joined(parts)
  } finally {
    pass.dispose()
    tf.dispose(fixed)
  }
}

/**
 * One batch. The last one is filled up with zeros where that changes no other row, so that it need
 * not be compiled for its own size.
 */
function runPart(
  tf: TensorFlow,
  network: NetworkCode,
  pass: ReturnType<typeof repeatedStep>,
  values: Float32Array,
  isFilled: boolean,
  fixed: readonly Tensor[]
): Float32Array {
  const size = inputSize(network.input)
  const count = values.length / size
  const isApart = network.normalised.length === 0 || fixed.length > network.parameters.length
  const total = isFilled && isApart ? mostAtOnce : count
  let given = values
  if (total > count) {
    given = new Float32Array(total * size)
    given.set(values)
  }
  const x = tf.tensor(given, batchShape(network.input, total))
  const result = pass.run([x, ...fixed])
  x.dispose()
  return result.slice(0, (result.length / total) * count)
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
