// Batch normalisation (Ioffe and Szegedy 2015) in operations that are right at every order.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../compute/devices/device.ts'
import type { BatchStatistics } from './network.ts'

const epsilon = 1e-5

/**
 * Every channel (last axis) to mean 0 and variance 1, then scale and shift. Without `running` the
 * batch's own mean and (biased) variance are used; either way the batch's own ones come back.
 */
export function batchNorm(
  tf: TensorFlow,
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  running?: BatchStatistics
): { readonly value: Tensor; readonly statistics: BatchStatistics } {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis)
  const mean = tf.mean(x, axes)
  const variance = tf.mean(tf.square(tf.sub(x, mean)), axes)
  const used = running ?? { mean, variance }
  const normal = tf.mul(tf.sub(x, used.mean), tf.rsqrt(tf.add(used.variance, epsilon)))
  const numbers = x.size / x.shape[x.rank - 1]
  return { value: tf.add(tf.mul(normal, scale), shift), statistics: { mean, variance, numbers } }
}
