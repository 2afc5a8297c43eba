// What pictures are recovered by: they are named rightly by a trained network, and their statistics before
// each batch normalisation are those that it met in training (SRe2L, Yin et al. 2023, section 3).
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { crossEntropy } from '../../../compute/ops/losses.ts'
import type { NetworkOps } from '../../../compute/ops/network-ops.ts'
import type { BatchStatistics, NetworkCode } from '../../../networks/network.ts'

/** Weights within the term of batch statistics. */
export interface StatisticsWeights {
  /** Of the first normalisation beside the others: 10 in SRe2L. */
  readonly first: number
  /** Of variances beside means: 11 with pushed weights (DWA), else 1. */
  readonly variance: number
}

/**
 * Sum over normalisations of |mean - running mean| + variance weight x |variance - running variance|,
 * Euclidean lengths over channels: 0 when a batch has the stored statistics.
 */
export function statisticsTerm(
  tf: TensorFlow,
  statistics: readonly BatchStatistics[],
  running: readonly BatchStatistics[],
  weights: StatisticsWeights
): Scalar {
  const terms = statistics.map(({ mean, variance }, at) => {
    const apart = tf.add(
      lengthOf(tf, tf.sub(mean, running[at].mean)),
      tf.mul(lengthOf(tf, tf.sub(variance, running[at].variance)), weights.variance)
    )
    return tf.mul(apart, at === 0 ? weights.first : 1)
  })
  return terms.length === 0 ? tf.scalar(0) : (tf.addN(terms) as Scalar)
}

/** Added under the root, so that the slope stays finite at zero. */
const nearZero = 1e-12

/** Euclidean length, exactly 0 at zero. */
function lengthOf(tf: TensorFlow, difference: Tensor): Scalar {
  return tf.sub(tf.sqrt(tf.add(tf.sum(tf.square(difference)), nearZero)), Math.sqrt(nearZero))
}

/**
 * Mean cross-entropy plus the weighted statistics of one trained network.
 * @param y N x classes, one-hot
 */
export function recoveryLoss(
  tf: TensorFlow,
  ops: NetworkOps,
  network: NetworkCode,
  parameters: readonly Tensor[],
  running: readonly BatchStatistics[],
  x: Tensor,
  y: Tensor2D,
  weight: number,
  weights: StatisticsWeights
): Scalar {
  // Named as in evaluation; the statistics that come back are the batch's own.
  const { logits, statistics } = network.forward(tf, ops, parameters, x, { running })
  const named = crossEntropy(tf, ops, logits, y)
  if (weight === 0) return named
  return tf.add(named, tf.mul(statisticsTerm(tf, statistics, running, weights), weight))
}
