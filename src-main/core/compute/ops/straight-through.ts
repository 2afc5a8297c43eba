// A calculation that gradients pass by.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../devices/device.ts'

/**
 * compute(start), with the gradient of `start` itself: what is computed from it teaches `start` as if
 * nothing lay between ("straight through", Bengio et al. 2013), and nothing inside is recorded. Other
 * tensors that `compute` reads get no gradient.
 * @param compute gives a tensor of the shape of `start`
 */
export function straightThrough<T extends Tensor>(
  tf: TensorFlow,
  start: T,
  compute: (start: T) => T
): T {
  return tf.customGrad<T>((...given) => ({
    value: compute(given[0] as T), // customGrad also passes a function
    gradFunc: (dy: Tensor) => dy
  }))(start)
}
