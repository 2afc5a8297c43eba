// Which operations a network is written in when only its input is differentiated, once.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { firstOrderOps } from '../../../compute/ops/first-order.ts'
import type { NetworkOps } from '../../../compute/ops/network-ops.ts'
import { secondOrderOps } from '../../../compute/ops/second-order.ts'

/** What the gradient for pixels needs; that for filters, which WebAssembly lacks, is not among it. */
const needed = ['Conv2DBackpropInput', 'AvgPoolGrad']

/** The fast operations where the device has them. */
export function pixelOps(tf: TensorFlow): NetworkOps {
  const hasAll = needed.every((name) => tf.getKernel(name, tf.getBackend()) !== undefined)
  return hasAll ? firstOrderOps(tf) : secondOrderOps(tf)
}
