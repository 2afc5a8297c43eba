// Losses written in the operations of a network, so that they are right to the order those are.
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../devices/device.ts'
import type { NetworkOps } from './network-ops.ts'

/**
 * Mean cross-entropy of N x C logits against N x C target shares (one-hot or soft), in nats. May be
 * differentiated for the logits and for the targets.
 */
export function crossEntropy(
  tf: TensorFlow,
  ops: NetworkOps,
  logits: Tensor2D,
  targets: Tensor2D
): Scalar {
  if (ops.order === 'once') return crossEntropyOnce(tf, ops, logits, targets)
  const total: Scalar = tf.sum(tf.mul(targets, ops.logSoftmax(logits)))
  return tf.neg(tf.div(total, logits.shape[0]))
}

/** With the gradient written out: (softmax sum(targets) - targets) / N for the logits. */
function crossEntropyOnce(
  tf: TensorFlow,
  ops: NetworkOps,
  logits: Tensor2D,
  targets: Tensor2D
): Scalar {
  const share = -1 / logits.shape[0]
  const operation = tf.customGrad((...given) => {
    // tf.customGrad hands over the tensors it was called with, then the function that keeps some.
    const [from, wanted, save] = given as unknown as [
      Tensor2D,
      Tensor2D,
      (tensors: Tensor[]) => void
    ]
    const logShares = ops.logSoftmax(from)
    save([logShares, wanted])
    return {
      value: tf.mul(tf.sum(tf.mul(wanted, logShares)), share),
      gradFunc(dy: Tensor, saved: Tensor[]) {
        const [kept, target] = saved as [Tensor2D, Tensor2D]
        const slope = tf.mul(dy, share)
        const sums = tf.sum(target, 1, true)
        return [tf.mul(tf.sub(target, tf.mul(tf.exp(kept), sums)), slope), tf.mul(kept, slope)]
      }
    }
  })
  return operation(logits, targets) as Scalar
}
