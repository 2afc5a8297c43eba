// Directed weight adjustment (DWA, Du et al. 2024): before a batch is recovered, the helper model is moved
// a little away from what it knows about the batch's real pictures, so that every batch is recovered from
// another model and pictures differ.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { crossEntropy } from '../../../compute/ops/losses.ts'
import { repeatedStep } from '../../../compute/repeated-step.ts'
import { concatArrays, cutArrays } from '../../../networks/flat-arrays.ts'
import type { NetworkCode } from '../../../networks/network.ts'
import { asBatchStatistics } from '../../../networks/running-statistics.ts'
import { trainingOps } from '../../../networks/training-ops.ts'

/** Steps of a push. */
const steps = 12

/** A trained network with the statistics it met. */
export interface Teacher {
  readonly parameters: readonly Float32Array[]
  /** Running mean and variance of each batch normalisation. */
  readonly statistics: readonly Float32Array[]
}

/**
 * The parameters after 12 steps uphill in cross-entropy, each of `length` / 12 along the gradient of all
 * parameters together.
 * @param x tensor of real pictures; y their one-hot labels
 */
export function pushWeights(
  tf: TensorFlow,
  network: NetworkCode,
  teacher: Teacher,
  x: Tensor,
  y: Tensor2D,
  length: number
): Float32Array[] {
  const ops = trainingOps(tf)
  const count = network.parameters.length
  const sizes = teacher.parameters.map((values) => values.length)
  const statistics = teacher.statistics.map((values) => tf.tensor1d(values))
  const slope = repeatedStep(tf, ([pictures, targets, ...given]) => {
    const running = asBatchStatistics(given.slice(count))
    const lossOf = (...parameters: Tensor[]): Tensor => {
      const { logits } = network.forward(tf, ops, parameters, pictures, { running })
      return crossEntropy(tf, ops, logits, targets as Tensor2D)
    }
    const slopes = tf.grads(lossOf)(given.slice(0, count))
    return tf.concat(slopes.map((values) => tf.reshape(values, [-1])))
  })
  const flat = concatArrays([...teacher.parameters])
  try {
    for (let step = 0; step < steps; step++) {
      const parts = cutArrays(flat, sizes)
      const weights = network.parameters.map(({ shape }, i) => tf.tensor(parts[i], [...shape]))
      const slopes = slope.run([x, y, ...weights, ...statistics])
      tf.dispose(weights)
      const size = Math.sqrt(slopes.reduce((sum, value) => sum + value * value, 0))
      if (!(size > 0 && Number.isFinite(size))) break
      const by = length / steps / size
      slopes.forEach((value, i) => (flat[i] += by * value))
    }
    return cutArrays(flat, sizes)
  } finally {
    slope.dispose()
    tf.dispose(statistics)
  }
}
