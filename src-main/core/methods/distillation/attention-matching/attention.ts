// Attention of a network (Sajedi et al. 2023, section 3.2): where its layers are active, whatever the
// strength.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { Describe } from '../matching/mean-matching.ts'

/** Keeps the length away from 0, where its derivative is infinite. */
const epsilon = 1e-8
/** The factor on all parts of the loss in the authors' code. */
const lossFactor = 100

/**
 * Attention of activations N x H x W x C: the sum over channels of |a|^p, as N rows of length 1. For
 * activations after a ReLU the absolute value changes nothing and is left out.
 */
export function attention(tf: TensorFlow, activations: Tensor, exponent: number): Tensor2D {
  const [count] = activations.shape
  const powered = exponent === 1 ? activations : power(tf, activations, exponent)
  const rows: Tensor2D = tf.reshape(tf.sum(powered, -1), [count, -1])
  const length = tf.sqrt(tf.add(tf.sum(tf.square(rows), 1, true), epsilon))
  return tf.div(rows, length)
}

/** Squares where it can: a power's own derivative is not a number at 0 on some devices. */
function power(tf: TensorFlow, x: Tensor, exponent: number): Tensor {
  if (exponent === 2) return tf.square(x)
  if (exponent === 4) return tf.square(tf.square(x))
  return tf.pow(tf.add(x, epsilon), exponent)
}

/**
 * What is matched: the attention of every block but the last, and the features that the last linear
 * layer reads, each weighted by the root of its factor so that squared distances add up to
 * 100 |attention|^2 + 100 weight |features|^2.
 */
export function attentionDescription(exponent: number, outputWeight: number): Describe {
  return (tf, { activations, features }) => {
    const parts = activations
      .slice(0, -1)
      .map((layer) => tf.mul(attention(tf, layer, exponent), Math.sqrt(lossFactor)))
    const last = tf.mul(features, Math.sqrt(lossFactor * outputWeight))
    return tf.concat([...parts, last], 1) as Tensor2D // all parts are N rows
  }
}
