// What a tokenizer is trained for: to agree with a slower copy of itself on two views of a picture
// (self-distillation without labels; Caron et al. 2021, "DINO"), or to tell labels.
import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { crossEntropy } from '../../compute/ops/losses.ts'
import type { NetworkOps } from '../../compute/ops/network-ops.ts'
import { linear, parameterReader } from '../convnet.ts'
import type { ParameterShape } from '../network.ts'
import { gelu } from './grouping-layer.ts'

/** Sizes and temperatures of self-distillation. Plain data. */
export interface DinoRules {
  /** Units of the head's two hidden layers. */
  readonly hidden: number
  /** Numbers of a picture before the prototypes. */
  readonly bottleneck: number
  /** Prototypes: how many outputs teacher and student compare. */
  readonly outputs: number
  readonly studentTemperature: number
  readonly teacherTemperature: number
  /** Share of the old centre that is kept in a step. */
  readonly centreMomentum: number
}

/** The published values, with the fewer outputs that small data wants. */
export const usualDino: DinoRules = {
  hidden: 256,
  bottleneck: 64,
  outputs: 256,
  studentTemperature: 0.1,
  teacherTemperature: 0.04,
  centreMomentum: 0.9
}

/** The head's parameters; the prototypes come last. */
export function dinoParameters(
  { hidden, bottleneck, outputs }: DinoRules,
  width: number
): ParameterShape[] {
  const layer = (name: string, from: number, to: number): ParameterShape[] => [
    { name, shape: [from, to], role: 'weight' },
    { name: `${name}Bias`, shape: [to], role: 'bias' }
  ]
  return [
    ...layer('head.first', width, hidden),
    ...layer('head.second', hidden, hidden),
    ...layer('head.third', hidden, bottleneck),
    { name: 'head.prototypes', shape: [bottleneck, outputs], role: 'weight' }
  ]
}

/** The parameters of a linear layer that tells labels. */
export function labelParameters(width: number, classes: number): ParameterShape[] {
  return [
    { name: 'head.labels', shape: [width, classes], role: 'weight' },
    { name: 'head.labelsBias', shape: [classes], role: 'bias' }
  ]
}

/** Keeps a row of zeros from dividing by zero. */
const tiny = 1e-12

/** Rows of length 1. */
function unitRows(tf: TensorFlow, x: Tensor2D, axis: 0 | 1): Tensor2D {
  const lengths: Tensor2D = tf.sum(tf.square(x), axis, true)
  const unit: Tensor2D = tf.mul(x, tf.rsqrt(tf.add(lengths, tiny)))
  return unit
}

/** B x width to B x outputs: cosines of three layers' outcome with the prototypes. */
export function dinoHead(tf: TensorFlow, parameters: readonly Tensor[], x: Tensor2D): Tensor2D {
  const take = parameterReader(parameters)
  const first = gelu(tf, linear(tf, x, take(), take()))
  const second = gelu(tf, linear(tf, first, take(), take()))
  const third = unitRows(tf, linear(tf, second, take(), take()), 1)
  return tf.matMul(third, unitRows(tf, take<Tensor2D>(), 0))
}

/** What the teacher wants of the student: 2B x outputs shares, the views of a picture exchanged. */
export function dinoTargets(
  tf: TensorFlow,
  { teacherTemperature }: DinoRules,
  said: Tensor2D,
  centre: Tensor1D
): { readonly shares: Tensor2D; readonly exchanged: Tensor2D } {
  const shares: Tensor2D = tf.softmax(tf.div(tf.sub(said, centre), teacherTemperature))
  const [first, second] = tf.split(shares, 2)
  const exchanged: Tensor2D = tf.concat2d([second as Tensor2D, first as Tensor2D], 0)
  return { shares, exchanged }
}

/** Mean cross-entropy of the student's shares against what the teacher said of the other view. */
export function dinoLoss(
  tf: TensorFlow,
  ops: NetworkOps,
  { studentTemperature }: DinoRules,
  student: Tensor2D,
  exchanged: Tensor2D
): Scalar {
  return crossEntropy(tf, ops, tf.div(student, studentTemperature), exchanged)
}

/**
 * How varied the teacher is, in nats: the entropy of its mean answer, and the mean entropy of its
 * answers. Both fall to 0 where everything gets one answer; they meet where every picture gets the
 * same shares. Either is a collapse.
 */
export function spreadOf(tf: TensorFlow, shares: Tensor2D): { all: Scalar; each: Scalar } {
  const entropy = (x: Tensor): Tensor =>
    tf.neg(tf.sum(tf.mul(x, tf.log(tf.add(x, tiny))), x.rank - 1))
  return {
    all: entropy(tf.mean(shares, 0)) as Scalar, // a row's entropy is one number
    each: tf.mean(entropy(shares))
  }
}
