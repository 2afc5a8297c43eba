// What heads learn from a batch of pairs: InfoNCE (van den Oord et al. 2018, both ways as in CLIP), or
// weighted binary cross-entropy against a matrix of how much every picture belongs to every text
// (Xu et al. 2024, LoRS).
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { elementwiseOps } from '../../compute/ops/elementwise.ts'
import { crossEntropy } from '../../compute/ops/losses.ts'
import type { NetworkOps } from '../../compute/ops/network-ops.ts'

/** Directions of a batch, rows x space each, row by row of one pair. */
export interface Directions {
  readonly pictures: Tensor2D
  readonly texts: Tensor2D
}

/**
 * Mean of both cross-entropies, in nats: which text belongs to a picture, and which picture to a text.
 * @param own rows x rows: 1 on the diagonal
 */
export function infoNce(
  tf: TensorFlow,
  ops: NetworkOps,
  { pictures, texts }: Directions,
  own: Tensor2D,
  temperature: number
): Scalar {
  const cosines: Tensor2D = tf.matMul(pictures, texts, false, true)
  const logits = tf.div<Tensor2D>(cosines, temperature)
  const there = crossEntropy(tf, ops, logits, own)
  const back = crossEntropy(tf, ops, tf.transpose(logits), own)
  return tf.mul(tf.add(there, back), 0.5)
}

/**
 * The cosine at which a picture and a text belong together as likely as not. At 0, which the papers
 * have, heads do best by keeping all pictures upright to all texts where the space is small.
 */
export const evenCosine = 0.5

/**
 * Binary cross-entropy of every picture with every text, weighted.
 * @param belongs rows x rows: how much, 1 on the diagonal for plain pairs; may be differentiated for
 * @param weights rows x rows that sum to 1: see {@link balancedWeights}
 */
export function weightedBinary(
  tf: TensorFlow,
  { pictures, texts }: Directions,
  belongs: Tensor2D,
  weights: Tensor2D,
  temperature: number
): Scalar {
  const { softplus } = elementwiseOps(tf)
  const cosines: Tensor2D = tf.matMul(pictures, texts, false, true)
  const logits: Tensor2D = tf.div(tf.sub(cosines, evenCosine), temperature)
  // -(s log p + (1 - s) log(1 - p)) with p = sigmoid(logit).
  const losses = tf.sub(softplus(logits), tf.mul(belongs, logits))
  return tf.sum(tf.mul(losses, weights))
}

/** Half the weight on the pairs themselves, half on all others: the latter are far more. */
export function balancedWeights(rows: number): Float32Array {
  const others = rows * (rows - 1)
  return Float32Array.from({ length: rows * rows }, (_, i) => {
    if (others === 0) return 1
    return i % (rows + 1) === 0 ? 0.5 / rows : 0.5 / others
  })
}

/** rows x rows: 1 on the diagonal. */
export function ownTexts(rows: number): Float32Array {
  return Float32Array.from({ length: rows * rows }, (_, i) => (i % (rows + 1) === 0 ? 1 : 0))
}
