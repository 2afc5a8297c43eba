// Operations for training once: the fast ones of the device, with a gradient of instance
// normalisation that reads each picture as few times as possible.
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../devices/device.ts'
import type { NetworkOps, Padding } from './network-ops.ts'

const epsilon = 1e-5

/** Operations whose results may be differentiated once. */
export function firstOrderOps(tf: TensorFlow): NetworkOps {
  return {
    order: 'once',
    convolve: (x, filter, padding) => convolve(tf, x, filter, padding),
    averagePool: (x, size) => tf.avgPool(x, size, size, 'valid'),
    instanceNorm: (x, scale, shift) => instanceNorm(tf, x, scale, shift),
    exp: (x) => tf.exp(x),
    sigmoid: (x) => tf.sigmoid(x),
    logSoftmax: (logits) => logSoftmax(tf, logits)
  }
}

function convolve(tf: TensorFlow, x: Tensor4D, filter: Tensor4D, padding: Padding): Tensor4D {
  const [height, width] = filter.shape
  if (typeof padding === 'string' || height === width) return tf.conv2d(x, filter, 1, padding)
  // With a number and a filter that is not square, tfjs-core gets the size of the result wrong.
  const sides: [number, number] = [padding, padding]
  return tf.conv2d(tf.pad(x, [[0, 0], sides, sides, [0, 0]]), filter, 1, 'valid')
}

/** tf.logSoftmax takes six operations where the device may have one. */
function logSoftmax<T extends Tensor>(tf: TensorFlow, logits: T): T {
  if (tf.getKernel(tf.LogSoftmax, tf.getBackend()) === undefined) return tf.logSoftmax(logits)
  return tf.engine().runKernel(tf.LogSoftmax, { logits }, { axis: logits.shape.length - 1 })
}

/**
 * Instance normalisation (Ulyanov et al. 2016) with its gradient written out. Per picture and
 * channel over m pixels, with d = x - mean(x) and r = 1 / sqrt(mean(d^2) + epsilon):
 * y = d r scale + shift, and
 * dx = r scale (dy - sum(dy) / m - d r^2 sum(dy d) / m).
 */
function instanceNorm(tf: TensorFlow, x: Tensor4D, scale: Tensor1D, shift: Tensor1D): Tensor4D {
  const pixels = x.shape[1] * x.shape[2]
  const operation = tf.customGrad((...given) => {
    // tf.customGrad hands over the tensors it was called with, then the function that keeps some.
    const [from, by, plus, save] = given as unknown as [
      Tensor4D,
      Tensor1D,
      Tensor1D,
      (tensors: Tensor[]) => void
    ]
    const d = tf.sub(from, tf.mean(from, [1, 2], true))
    const r = tf.rsqrt(tf.add(tf.mean(tf.square(d), [1, 2], true), epsilon))
    save([d, r, by])
    return {
      value: tf.add(tf.mul(d, tf.mul(r, by)), tf.reshape(plus, [1, 1, 1, -1])),
      gradFunc(dy: Tensor, saved: Tensor[]) {
        const [kept, rate, weights] = saved as [Tensor4D, Tensor4D, Tensor1D]
        const sums = tf.sum(dy, [1, 2], true)
        const products = tf.sum(tf.mul(dy, kept), [1, 2], true)
        const factor = tf.mul(rate, weights)
        const share = tf.div(factor, -pixels)
        const slope = tf.mul(tf.mul(share, tf.square(rate)), products)
        const rest = tf.add(tf.mul(kept, slope), tf.mul(share, sums))
        return [
          tf.add(tf.mul(dy, factor), rest),
          tf.sum(tf.mul(products, rate), [0, 1, 2]),
          tf.sum(sums, [0, 1, 2])
        ]
      }
    }
  })
  return operation(x, scale, shift) as Tensor4D
}
