// Layer normalisation (Ba et al. 2016) over the last axis, with a gradient that reads its input as
// few times as possible.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../devices/device.ts'

const epsilon = 1e-5

/**
 * (x - mean) / sqrt(variance + 1e-5) * scale + shift over the last axis. May be differentiated once,
 * for x, scale and shift.
 * @param x any shape; rows are what its last axis holds
 * @param scale and shift: shapes that broadcast against x with the same last axis
 */
export function layerNorm<T extends Tensor>(tf: TensorFlow, x: T, scale: Tensor, shift: Tensor): T {
  const axis = x.rank - 1
  const width = x.shape[axis] as number
  // Only the normalisation has a gradient written out; scale and shift are plain operations.
  const operation = tf.customGrad<T>((...given) => {
    // tf.customGrad hands over the tensor and then the function that keeps some.
    const [from, save] = given as unknown as [T, (tensors: Tensor[]) => void]
    const centred = tf.sub(from, tf.mean(from, axis, true))
    const rate = tf.rsqrt(tf.add(tf.mean(tf.square(centred), axis, true), epsilon))
    const value = tf.mul(centred, rate)
    save([value, rate])
    return {
      value: value as T, // of the shape of its input
      // dx = rate (dy - mean(dy) - y mean(dy y)) with y the normalised row.
      gradFunc(dy: Tensor, saved: Tensor[]) {
        const [y, by] = saved as [Tensor, Tensor]
        const sums = tf.div(tf.sum(dy, axis, true), width)
        const products = tf.div(tf.sum(tf.mul(dy, y), axis, true), width)
        return tf.mul(by, tf.sub(tf.sub(dy, sums), tf.mul(y, products)))
      }
    }
  })
  return tf.add(tf.mul(operation(x), scale), shift)
}
