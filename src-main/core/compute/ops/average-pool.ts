// Average pooling that may be differentiated any number of times: it is linear, so its gradient is
// its transpose (shares spread over the squares), whose gradient is pooling again.
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../devices/device.ts'

type PictureShape = Tensor4D['shape']

/**
 * N x H x W x C to N x H/size x W/size x C, a rest at the right or bottom dropped. Throws a
 * RangeError when the picture is smaller than one square.
 */
export function averagePool(tf: TensorFlow, x: Tensor4D, size: number): Tensor4D {
  if (Math.min(x.shape[1], x.shape[2]) < size)
    throw new RangeError(`squares of ${size} x ${size} are larger than the picture`)
  if (size === 1) return tf.clone(x)
  const { shape } = x
  return tf.customGrad<Tensor4D>((...args) => {
    const [x] = args as [Tensor4D] // customGrad also passes a function
    return {
      value: tf.avgPool(x, size, size, 'valid'),
      gradFunc: (dy) => spreadShares(tf, dy, size, shape)
    }
  })(x)
}

/** The transpose of pooling pictures of the given shape. */
function spreadShares(tf: TensorFlow, y: Tensor4D, size: number, shape: PictureShape): Tensor4D {
  return tf.customGrad<Tensor4D>((...args) => {
    const [y] = args as [Tensor4D]
    return {
      value: tf.tidy(() => plainSpread(tf, y, size, shape)),
      gradFunc: (dx) => averagePool(tf, dx, size)
    }
  })(y)
}

function plainSpread(tf: TensorFlow, y: Tensor4D, size: number, shape: PictureShape): Tensor4D {
  const [count, rows, columns, channels] = y.shape
  const shares = tf.fill([1, size, 1, size, 1], 1 / (size * size))
  const spread = tf.mul(tf.reshape(y, [count * rows, 1, columns, 1, channels]), shares)
  const whole: Tensor4D = tf.reshape(spread, [count, rows * size, columns * size, channels])
  const [bottom, right] = [shape[1] - rows * size, shape[2] - columns * size]
  if (bottom === 0 && right === 0) return whole
  return tf.pad(whole, [
    [0, 0],
    [0, bottom],
    [0, right],
    [0, 0]
  ])
}
