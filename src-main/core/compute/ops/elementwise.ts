// Functions of single numbers that may be differentiated any number of times. tfjs-core's own
// gradients of them reuse the saved result, and the way from it back to the input is lost when the
// gradient itself is differentiated; these compute the function again from the input.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../devices/device.ts'

/** Applies a function to every number of a tensor. */
export type Elementwise = <T extends Tensor>(x: T) => T

/** See the file's comment; each is right at every order on the device active in `tf`. */
export interface ElementwiseOps {
  readonly exp: Elementwise
  readonly sigmoid: Elementwise
  readonly tanh: Elementwise
  /** log(1 + exp(x)), a smooth relu. */
  readonly softplus: Elementwise
}

/** The four functions for the device active in `tf`. */
export function elementwiseOps(tf: TensorFlow): ElementwiseOps {
  const exp = recomputed(
    tf,
    (x) => tf.exp(x),
    (x) => exp(x)
  )
  // 1 - sigmoid(x) is sigmoid(-x), without losing the digits where sigmoid(x) is nearly 1.
  const sigmoid = recomputed(
    tf,
    (x) => tf.sigmoid(x),
    (x) => tf.mul(sigmoid(x), sigmoid(tf.neg(x)))
  )
  const tanh = recomputed(
    tf,
    (x) => tf.tanh(x),
    (x) => tf.sub(1, tf.square(tanh(x)))
  )
  const softplus = recomputed(
    tf,
    (x) => tf.softplus(x),
    (x) => sigmoid(x)
  )
  return { exp, sigmoid, tanh, softplus }
}

/** A function with its derivative given as operations on the input, which may include itself. */
function recomputed(
  tf: TensorFlow,
  value: (x: Tensor) => Tensor,
  derivative: (x: Tensor) => Tensor
): Elementwise {
  return <T extends Tensor>(x: T): T =>
    tf.customGrad<T>((...args) => {
      // customGrad hands over the tensor and a function under one type.
      const [x, save] = args as [T, (tensors: Tensor[]) => void]
      save([x])
      return {
        value: value(x) as T, // of the same shape
        gradFunc: (dy, saved) => tf.tidy(() => tf.mul(dy, derivative(saved[0])))
      }
    })(x)
}
