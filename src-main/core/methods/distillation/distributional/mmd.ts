// Maximum mean discrepancy between two samples (Gretton et al. 2012), unbiased, with a mixture of
// Gaussian kernels as D3 uses it.
import type { Tensor1D, Tensor3D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'

/** Widths of the mixture's kernels. */
export const kernelWidths: readonly number[] = [1, 2, 4, 8, 16]

/**
 * MMD^2 of each of G pairs of samples: mean over i != j of k(x_i, x_j), plus the same for y, less
 * twice the mean of k(x_i, y_j), where k(a, b) = sum over s of exp(-|a - b|^2 / (2 s^2)). Negative
 * values are possible. A sample of one has no pairs and counts 0 for itself.
 * @param x G x n x D
 * @param y G x m x D
 */
export function squaredMmd(
  tf: TensorFlow,
  x: Tensor3D,
  y: Tensor3D,
  widths: readonly number[] = kernelWidths
): Tensor1D {
  const within = (a: Tensor3D): Tensor1D => {
    const count = a.shape[1]
    if (count < 2) return tf.zeros([a.shape[0]])
    // Zeros on the diagonal: an item is no partner of its own.
    const others = Float32Array.from({ length: count * count }, (_, at) =>
      at % (count + 1) === 0 ? 0 : 1 / (count * (count - 1))
    )
    const weights = tf.tensor3d(others, [1, count, count])
    return tf.sum(tf.mul(mixture(tf, a, a, widths), weights), [1, 2])
  }
  const between: Tensor1D = tf.mean(mixture(tf, x, y, widths), [1, 2])
  return tf.sub(tf.add(within(x), within(y)), tf.mul(between, 2))
}

/** G x n x m kernel values. */
function mixture(tf: TensorFlow, a: Tensor3D, b: Tensor3D, widths: readonly number[]): Tensor3D {
  const squares = (of: Tensor3D): Tensor3D => tf.sum(tf.square(of), 2, true)
  const lengths = tf.add(squares(a), tf.transpose(squares(b), [0, 2, 1]))
  // Rounding must not make a distance negative.
  const distances = tf.relu(tf.sub(lengths, tf.mul(tf.matMul(a, b, false, true), 2)))
  const values = widths.map((width) => tf.exp(tf.mul(distances, -1 / (2 * width * width))))
  return values.length === 1 ? (values[0] as Tensor3D) : (tf.addN(values) as Tensor3D)
}

/** Typical distance of two standardised items: the middle of the kernels. */
const typicalWidth = 4

/**
 * Features in the units that the kernels are made for: every column less the mean and divided by the
 * spread of the real sample, and all scaled so that two unrelated items are about one middle kernel
 * apart. Without it, features of many columns are so far apart that every kernel is 0.
 * @param x G x n x D made items
 * @param y G x m x D real items, which the units are taken from
 */
export function inKernelUnits(
  tf: TensorFlow,
  x: Tensor3D,
  y: Tensor3D
): readonly [x: Tensor3D, y: Tensor3D] {
  const mean = tf.mean(y, [0, 1], true)
  const variance = tf.mean(tf.square(tf.sub(y, mean)), [0, 1], true)
  // A column that hardly varies says little: it is not blown up to the size of the others.
  const floor = tf.add(tf.mul(tf.mean(variance), 0.01), 1e-8)
  const factor = tf.mul(tf.rsqrt(tf.add(variance, floor)), typicalWidth / Math.sqrt(y.shape[2]))
  return [tf.mul(tf.sub(x, mean), factor), tf.mul(tf.sub(y, mean), factor)]
}
