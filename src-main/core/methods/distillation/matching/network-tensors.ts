// Parameters of a network as tensors that go into compiled steps.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { NetworkCode } from '../../../networks/network.ts'

/** One tensor for each parameter, in the network's order; to be disposed. */
export function parameterTensors(
  tf: TensorFlow,
  network: Pick<NetworkCode, 'parameters'>,
  values: readonly Float32Array[]
): Tensor[] {
  return network.parameters.map(({ shape }, i) => tf.tensor(values[i], [...shape]))
}
