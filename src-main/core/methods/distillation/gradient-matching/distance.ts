// How far two gradients of a network are apart, as something that can be differentiated.
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { SecondOrderOps } from '../../../compute/ops/second-order.ts'
import type { ParameterShape } from '../../../networks/network.ts'

/**
 * "cosine": 1 - cosine of each output's weights, summed (Zhao et al. 2021, equation 9); "whole-cosine":
 * one cosine over all weights; "squares" and "absolute": sums over all differences (Kim et al. 2022).
 */
export const distanceRules = ['cosine', 'whole-cosine', 'squares', 'absolute'] as const
export type DistanceRule = (typeof distanceRules)[number]

/** Keeps the division by lengths from 0, as in the published code. */
const epsilon = 1e-6

/**
 * Places of the parameters whose gradients are compared: weights of any layer, no biases and no
 * scales; for plain differences convolutions only where there are any, as in IDC's code.
 */
export function comparedParameters(
  parameters: readonly ParameterShape[],
  rule: DistanceRule
): readonly number[] {
  const weights = parameters.flatMap(({ role }, at) => (role === 'weight' ? [at] : []))
  if (rule === 'cosine' || rule === 'whole-cosine') return weights
  const filters = weights.filter((at) => parameters[at].shape.length > 2)
  return filters.length > 0 ? filters : weights
}

/** The distance of gradients for the same weights, tfjs's order of axes (outputs last). */
export function gradientDistance(
  tf: TensorFlow,
  ops: SecondOrderOps,
  real: readonly Tensor[],
  made: readonly Tensor[],
  rule: DistanceRule
): Scalar {
  if (rule === 'whole-cosine') {
    const whole = (parts: readonly Tensor[]): Tensor2D =>
      tf.reshape(tf.concat(parts.map((part) => tf.reshape(part, [-1]))), [1, -1])
    return cosineDistance(tf, ops, whole(real), whole(made))
  }
  const parts = real.map((gradient, at): Scalar => {
    if (rule === 'cosine')
      return cosineDistance(tf, ops, perOutput(tf, gradient), perOutput(tf, made[at]))
    const difference = tf.sub(made[at], gradient)
    return tf.sum(rule === 'squares' ? tf.square(difference) : ops.absolute(difference))
  })
  return parts.reduce((sum, part) => tf.add(sum, part))
}

/** Outputs x everything else. */
function perOutput(tf: TensorFlow, gradient: Tensor): Tensor2D {
  const outputs = gradient.shape[gradient.shape.length - 1]
  const columns: Tensor2D = tf.reshape(gradient, [gradient.size / outputs, outputs])
  return tf.transpose(columns)
}

/** The sum over rows of 1 - <a, b> / (|a| |b| + epsilon). */
function cosineDistance(tf: TensorFlow, ops: SecondOrderOps, a: Tensor2D, b: Tensor2D): Scalar {
  const lengths = tf.add(tf.mul(ops.norms(a), ops.norms(b)), epsilon)
  const cosines = tf.div(tf.sum(tf.mul(a, b), 1), lengths)
  return tf.sum(tf.sub(1, cosines))
}
