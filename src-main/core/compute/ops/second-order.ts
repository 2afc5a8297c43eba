// The operations of a network whose training will itself be differentiated (gradient matching,
// trajectory matching, unrolled training): right at every order, on every device.
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../devices/device.ts'
import { averagePool } from './average-pool.ts'
import { convolution } from './convolution.ts'
import { elementwiseOps, type Elementwise } from './elementwise.ts'
import type { NetworkOps } from './network-ops.ts'

/** Keeps the variance away from zero (the value of Wu and He 2018, Group Normalization). */
const instanceNormEpsilon = 1e-5

/** The network's operations and those that losses on gradients need besides. */
export interface SecondOrderOps extends NetworkOps {
  readonly order: 'any'
  readonly tanh: Elementwise
  /** log(1 + exp(x)). */
  readonly softplus: Elementwise
  /** Over the last axis. */
  softmax<T extends Tensor>(logits: T): T
  /**
   * Euclidean norms over the last axis: N x D gives N. Where a row is all zeros the derivatives are
   * zero, not infinite: a filter that never fires has such a gradient.
   */
  norms(rows: Tensor2D): Tensor1D
  /** Absolute values with derivative 0 at 0; tfjs-core's own has -1 there. */
  absolute<T extends Tensor>(x: T): T
}

/** The operations for the device active in `tf`; `enableGradients` comes first. */
export function secondOrderOps(tf: TensorFlow): SecondOrderOps {
  const { exp, sigmoid, tanh, softplus } = elementwiseOps(tf)
  return {
    order: 'any',
    convolve: convolution(tf),
    averagePool: (x, size) => averagePool(tf, x, size),
    instanceNorm: (x, scale, shift) => instanceNorm(tf, x, scale, shift),
    exp,
    sigmoid,
    tanh,
    softplus,
    logSoftmax(logits) {
      const below = belowMaximum(tf, logits)
      return tf.sub(below, tf.log(tf.sum(exp(below), -1, true)))
    },
    softmax(logits) {
      const shares = exp(belowMaximum(tf, logits))
      return tf.div(shares, tf.sum(shares, -1, true))
    },
    norms: (rows) => norms(tf, rows),
    absolute: (x) => tf.mul(x, tf.sign(x))
  }
}

function instanceNorm(tf: TensorFlow, x: Tensor4D, scale: Tensor1D, shift: Tensor1D): Tensor4D {
  const centred = tf.sub(x, tf.mean(x, [1, 2], true))
  const variance = tf.mean(tf.square(centred), [1, 2], true)
  const factor = tf.mul(tf.rsqrt(tf.add(variance, instanceNormEpsilon)), scale)
  return tf.add(tf.mul(centred, factor), shift)
}

/**
 * x minus the largest number of its row, the latter taken as a constant: what is computed from the
 * result must not depend on it (it guards `exp` against overflow), so no derivative is lost.
 */
function belowMaximum<T extends Tensor>(tf: TensorFlow, x: T): T {
  return tf.customGrad<T>((...args) => {
    const [x] = args as [T] // customGrad also passes a function
    return {
      value: tf.sub<T>(x, tf.max(x, -1, true)),
      gradFunc: (dy) => tf.clone(dy)
    }
  })(x)
}

function norms(tf: TensorFlow, rows: Tensor2D): Tensor1D {
  const squares: Tensor1D = tf.sum(tf.square(rows), 1)
  const isAny = tf.step(squares)
  // Where all is zero, the root of 1 is taken and multiplied by 0.
  const safe = tf.add(squares, tf.sub(1, isAny))
  return tf.mul(tf.sqrt(safe), isAny)
}
