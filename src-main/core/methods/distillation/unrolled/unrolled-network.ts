// The unrolled training of a network with hard or soft targets.
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { crossEntropy } from '../../../compute/ops/losses.ts'
import type { NetworkOps } from '../../../compute/ops/network-ops.ts'
import type { NetworkCode } from '../../../networks/network.ts'
import { trainingOps } from '../../../networks/training-ops.ts'
import { unrollTraining, type UnrolledTraining } from './unrolled-training.ts'

/**
 * Training of `network` by cross-entropy, unrolled. Batches are pictures (`learned`) with their
 * targets (`given`: one tensor, count x classes); the outer loss takes [pictures, targets].
 */
export function unrollNetwork(
  tf: TensorFlow,
  network: NetworkCode,
  momentum: number
): UnrolledTraining {
  const lossOf = (
    ops: NetworkOps,
    parameters: readonly Tensor[],
    x: Tensor,
    targets: Tensor
  ): Scalar => {
    const { logits } = network.forward(tf, ops, parameters, x)
    return crossEntropy(tf, ops, logits, targets as Tensor2D) // count x classes
  }
  return unrollTraining(
    tf,
    {
      shapes: network.parameters.map(({ shape }) => shape),
      momentum,
      forwardOps: trainingOps(tf),
      loss: (ops, parameters, [x], [targets]) => lossOf(ops, parameters, x, targets)
    },
    (ops, parameters, [x, targets]) => lossOf(ops, parameters, x, targets)
  )
}
