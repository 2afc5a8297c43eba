// Proof that a device trains correctly on this machine: one step of a softmax head and the filter
// gradient of a convolution, compared with plain loops. A few milliseconds; needs tfjs-core's
// gradient functions (gradients.ts).
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { createRandom } from '../random.ts'
import type { TensorFlow } from './device.ts'
import { differs, selfTestTolerance } from './self-test.ts'

const rows = 6
const columns = 5
const classes = 3
const rate = 0.5

/**
 * Trains on the backend active in `tf`. Returns what came out wrong, or undefined. A device that
 * has no filter gradient at all is not wrong: that part is left out. Synchronous, like the
 * self-test.
 */
export function trainingTest(
  tf: TensorFlow,
  tolerance: number = selfTestTolerance
): string | undefined {
  return tf.tidy(() => {
    if (headIsWrong(tf, tolerance)) return 'training'
    const canConvolve = tf.getKernel('Conv2DBackpropFilter', tf.getBackend()) !== undefined
    return canConvolve && filterIsWrong(tf, tolerance) ? 'training of convolutions' : undefined
  })
}

function headIsWrong(tf: TensorFlow, tolerance: number): boolean {
  const random = createRandom(21)
  const x = Float32Array.from({ length: rows * columns }, () => random.normal())
  const w = Float32Array.from({ length: columns * classes }, () => random.normal())
  const label = Array.from({ length: rows }, (_, row) => row % classes)
  const input = tf.tensor2d(x, [rows, columns])
  const target = tf.oneHot(tf.tensor1d(label, 'int32'), classes)
  const loss = (weights: Tensor): Tensor => {
    const logits = tf.matMul(input, weights as Tensor2D) // called with the 2-D weights below
    return tf.neg(tf.div(tf.sum(tf.mul(target, tf.logSoftmax(logits))), rows))
  }
  const weights = tf.tensor2d(w, [columns, classes])
  const stepped = tf.sub(weights, tf.mul(tf.grad(loss)(weights), rate))
  return differs(stepped.dataSync(), plainStep(x, w, label), tolerance)
}

/** w - rate * x^T (softmax(x w) - onehot) / rows. */
function plainStep(x: Float32Array, w: Float32Array, label: readonly number[]): Float64Array {
  const out = Float64Array.from(w)
  for (let row = 0; row < rows; row++) {
    const exps = new Float64Array(classes)
    let sum = 0
    for (let k = 0; k < classes; k++) {
      let logit = 0
      for (let c = 0; c < columns; c++) logit += x[row * columns + c] * w[c * classes + k]
      exps[k] = Math.exp(logit)
      sum += exps[k]
    }
    for (let k = 0; k < classes; k++) {
      const error = exps[k] / sum - (label[row] === k ? 1 : 0)
      for (let c = 0; c < columns; c++)
        out[c * classes + k] -= (rate * x[row * columns + c] * error) / rows
    }
  }
  return out
}

/** Gradient of sum(conv(picture, filter) * weight): 5 x 5 x 2, 3 x 3 x 2 x 4, no padding. */
function filterIsWrong(tf: TensorFlow, tolerance: number): boolean {
  const random = createRandom(22)
  const picture = Float32Array.from({ length: 5 * 5 * 2 }, () => random.normal())
  const weight = Float32Array.from({ length: 3 * 3 * 4 }, () => random.normal())
  const input = tf.tensor4d(picture, [1, 5, 5, 2])
  const weights = tf.tensor4d(weight, [1, 3, 3, 4])
  const total = (filter: Tensor): Tensor => {
    const response = tf.conv2d(input, filter as Tensor4D, 1, 'valid') // called with 4-D zeros below
    return tf.sum(tf.mul(response, weights))
  }
  const got = tf
    .grad(total)(tf.zeros([3, 3, 2, 4]))
    .dataSync()
  return differs(got, plainFilterGradient(picture, weight), tolerance)
}

function plainFilterGradient(picture: Float32Array, weight: Float32Array): Float64Array {
  const out = new Float64Array(3 * 3 * 2 * 4)
  for (let at = 0; at < out.length; at++) {
    const o = at % 4
    const c = Math.floor(at / 4) % 2
    const dx = Math.floor(at / 8) % 3
    const dy = Math.floor(at / 24)
    for (let y = 0; y < 3; y++) {
      for (let x = 0; x < 3; x++)
        out[at] += picture[((y + dy) * 5 + x + dx) * 2 + c] * weight[(y * 3 + x) * 4 + o]
    }
  }
  return out
}
