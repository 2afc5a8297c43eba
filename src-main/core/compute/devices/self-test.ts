// Proof that a device computes correctly on this machine: three operations that carry the whole
// product, compared with plain loops. Takes a few milliseconds.
import { createRandom } from '../random.ts'
import type { TensorFlow } from './device.ts'

/** Largest allowed distance from the plain loops; values are of order 1 to 10. */
export const selfTestTolerance = 1e-4

/**
 * Runs the operations on the backend active in `tf`. Returns the name of the first that gives
 * wrong numbers, or undefined when all agree. Everything is synchronous, so no other work of the
 * thread can meet a switched backend.
 */
export function selfTest(
  tf: TensorFlow,
  tolerance: number = selfTestTolerance
): string | undefined {
  const random = createRandom(20)
  const values = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => random.normal())
  return tf.tidy(() => {
    const a = values(17 * 23)
    const b = values(23 * 19)
    const product = tf.matMul(tf.tensor2d(a, [17, 23]), tf.tensor2d(b, [23, 19])).dataSync()
    if (differs(product, plainMatMul(a, b, 17, 23, 19), tolerance)) return 'matrix product'

    const picture = values(7 * 8 * 3)
    const filters = values(3 * 3 * 3 * 5)
    const input = tf.tensor4d(picture, [1, 7, 8, 3])
    const kernel = tf.tensor4d(filters, [3, 3, 3, 5])
    const response = tf.conv2d(input, kernel, 1, 'valid').dataSync()
    if (differs(response, plainConvolution(picture, filters), tolerance)) return 'convolution'

    const logits = values(7 * 11)
    const shares = tf.softmax(tf.tensor2d(logits, [7, 11])).dataSync()
    if (differs(shares, plainSoftmax(logits, 11), tolerance)) return 'softmax'
    return undefined
  })
}

/** True when a number is further than `tolerance` from the expected one, or is not a number. */
export function differs(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number
): boolean {
  if (got.length !== expected.length) return true
  for (let i = 0; i < expected.length; i++) {
    // Written so that NaN counts as different.
    if (!(Math.abs(got[i] - expected[i]) <= tolerance)) return true
  }
  return false
}

function plainMatMul(
  a: Float32Array,
  b: Float32Array,
  n: number,
  inner: number,
  m: number
): Float64Array {
  const out = new Float64Array(n * m)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < inner; k++) {
      for (let j = 0; j < m; j++) out[i * m + j] += a[i * inner + k] * b[k * m + j]
    }
  }
  return out
}

/** 7 x 8 x 3 picture with 3 x 3 x 3 x 5 filters, stride 1, no padding: 5 x 6 x 5. */
function plainConvolution(picture: Float32Array, filters: Float32Array): Float64Array {
  const out = new Float64Array(5 * 6 * 5)
  for (let at = 0; at < out.length; at++) {
    const f = at % 5
    const x = Math.floor(at / 5) % 6
    const y = Math.floor(at / 30)
    for (let tap = 0; tap < 27; tap++) {
      const c = tap % 3
      const dx = Math.floor(tap / 3) % 3
      const dy = Math.floor(tap / 9)
      out[at] += picture[((y + dy) * 8 + x + dx) * 3 + c] * filters[tap * 5 + f]
    }
  }
  return out
}

function plainSoftmax(logits: Float32Array, width: number): Float64Array {
  const out = new Float64Array(logits.length)
  for (let at = 0; at < logits.length; at += width) {
    let sum = 0
    for (let j = 0; j < width; j++) sum += Math.exp(logits[at + j])
    for (let j = 0; j < width; j++) out[at + j] = Math.exp(logits[at + j]) / sum
  }
  return out
}
