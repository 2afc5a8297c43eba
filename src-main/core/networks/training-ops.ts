// Which operations a network trains with when its training is not itself differentiated.
import type { TensorFlow } from '../compute/devices/device.ts'
import { firstOrderOps } from '../compute/ops/first-order.ts'
import type { NetworkOps } from '../compute/ops/network-ops.ts'
import { secondOrderOps } from '../compute/ops/second-order.ts'

/** The fast operations where the device can train with them; else those that need no special kernel. */
export function trainingOps(tf: TensorFlow): NetworkOps {
  const hasFilterGradient = tf.getKernel('Conv2DBackpropFilter', tf.getBackend()) !== undefined
  return hasFilterGradient ? firstOrderOps(tf) : secondOrderOps(tf)
}
