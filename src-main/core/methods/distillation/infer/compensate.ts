// One change of pictures that makes a real item of every class a clearer example of it (INFER, Zhang
// et al. 2025): Adam on cross-entropy, plus the distance of batch statistics where there are any.
import type { Scalar, Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import { crossEntropy } from '../../../compute/ops/losses.ts'
import { repeatedStep } from '../../../compute/repeated-step.ts'
import { batchShape } from '../../../networks/create-network.ts'
import { inputSize, type BatchStatistics, type NetworkCode } from '../../../networks/network.ts'
import { asBatchStatistics } from '../../../networks/running-statistics.ts'
import { trainingOps } from '../../../networks/training-ops.ts'

/** A trained network that judges. */
export interface Judge {
  readonly network: NetworkCode
  readonly parameters: readonly Float32Array[]
  /** Running mean and variance of each batch normalisation; empty without. */
  readonly statistics: readonly Float32Array[]
}

export interface ChangeRules {
  readonly iterations: number
  readonly rate: number
  /** Weight of the batch statistics' distance. */
  readonly statisticsWeight: number
}

/** One real item of every class. */
export interface ChangedItems {
  /** Classes x size, normalised. */
  readonly values: Float32Array
  readonly labels: Int32Array
}

const momentum = 0.9
const squares = 0.999
const epsilon = 1e-8

/**
 * Cross-entropy of the changed items, plus weight x the sum over batch normalisations of the
 * lengths of the differences of means and of variances from the running ones (SRe2L's statistics
 * term): the term is 0 when the items have the stored statistics.
 */
export function changeLoss(
  tf: TensorFlow,
  network: NetworkCode,
  weights: readonly Tensor[],
  running: readonly BatchStatistics[],
  x: Tensor,
  y: Tensor2D,
  weight: number
): Scalar {
  const ops = trainingOps(tf)
  // The judge names items as in evaluation; the statistics that come back are the items' own.
  const options = running.length > 0 ? { running } : {}
  const { logits, statistics } = network.forward(tf, ops, weights, x, options)
  const entropy = crossEntropy(tf, ops, logits, y)
  const apart = statistics.flatMap(({ mean, variance }, at) => [
    lengthOf(tf, tf.sub(mean, running[at].mean)),
    lengthOf(tf, tf.sub(variance, running[at].variance))
  ])
  if (apart.length === 0) return entropy
  return tf.add(entropy, tf.mul(tf.addN(apart), weight))
}

/** Euclidean length, with a slope that stays finite at zero. */
function lengthOf(tf: TensorFlow, difference: Tensor): Scalar {
  return tf.sqrt(tf.add(tf.sum(tf.square(difference)), 1e-12))
}

/**
 * The change (size numbers) for one row of items and one judge. Yields iterations done about every
 * 80 ms.
 */
export async function* makeChange(
  tf: TensorFlow,
  { network, parameters, statistics }: Judge,
  items: ChangedItems,
  { iterations, rate, statisticsWeight }: ChangeRules,
  signal: AbortSignal
): AsyncGenerator<number, { readonly change: Float32Array; readonly losses: number[] }, void> {
  const size = inputSize(network.input)
  const shape = batchShape(network.input, 1)
  const zeros = tf.zeros(shape)
  const [change, mean, square] = [0, 1, 2].map(() => tf.variable(zeros))
  zeros.dispose()
  const targets = new Float32Array(items.labels.length * network.classes)
  items.labels.forEach((label, i) => (targets[i * network.classes + label] = 1))
  const fixed = [
    tf.tensor(items.values, batchShape(network.input, items.labels.length)),
    tf.tensor2d(targets, [items.labels.length, network.classes]),
    ...network.parameters.map((parameter, at) => tf.tensor(parameters[at], [...parameter.shape])),
    ...statistics.map((values) => tf.tensor1d(values))
  ]
  const step = repeatedStep(tf, ([x, y, ...given]) => {
    const weights = given.slice(0, parameters.length)
    const running = asBatchStatistics(given.slice(parameters.length, -1))
    const lossOf = (u: Tensor): Scalar =>
      changeLoss(tf, network, weights, running, tf.add(x, u), y as Tensor2D, statisticsWeight)
    const { value, grad } = tf.valueAndGrad(lossOf)(change)
    const m = tf.add(tf.mul(mean, momentum), tf.mul(grad, 1 - momentum))
    const s = tf.add(tf.mul(square, squares), tf.mul(tf.square(grad), 1 - squares))
    const move = tf.mul(tf.div(m, tf.add(tf.sqrt(s), epsilon)), given[given.length - 1])
    change.assign(tf.sub(change, move as Tensor4D))
    mean.assign(m)
    square.assign(s)
    return value
  })
  const losses: number[] = []
  try {
    let paused = performance.now()
    for (let index = 0; index < iterations; index++) {
      const falling = rate * 0.5 * (1 + Math.cos((Math.PI * index) / iterations))
      const correction = Math.sqrt(1 - squares ** (index + 1)) / (1 - momentum ** (index + 1))
      const now = tf.scalar(falling * correction)
      losses.push(step.run([...fixed, now])[0])
      now.dispose()
      if (performance.now() - paused < 80) continue
      await letMessagesIn()
      signal.throwIfAborted()
      yield index + 1
      paused = performance.now()
    }
    return { change: Float32Array.from(change.dataSync<'float32'>().subarray(0, size)), losses }
  } finally {
    step.dispose()
    tf.dispose([change, mean, square, ...fixed])
  }
}

/**
 * How many rows of real items fit: a row stores one item of every class and one change per helper
 * model, n0 = floor(perClass / (M / C + 1)), at least one.
 */
export function rowsThatFit(perClass: number, helpers: number, classes: number): number {
  return Math.max(1, Math.floor(perClass / (helpers / classes + 1) + 1e-9))
}
