// One class at a time: the gradient of a network's loss on real items, and how the made items have to
// move for theirs to be alike. The latter differentiates a gradient; both are compiled once.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { crossEntropy } from '../../../compute/ops/losses.ts'
import type { NetworkOps } from '../../../compute/ops/network-ops.ts'
import { secondOrderOps } from '../../../compute/ops/second-order.ts'
import { repeatedStep } from '../../../compute/repeated-step.ts'
import { batchShape } from '../../../networks/create-network.ts'
import { inputSize, type NetworkCode } from '../../../networks/network.ts'
import { trainingOps } from '../../../networks/training-ops.ts'
import type { SiameseChange } from '../matching/siamese-change.ts'
import { comparedParameters, gradientDistance, type DistanceRule } from './distance.ts'

/** What does not change from step to step. */
export interface GradientMatching {
  readonly tf: TensorFlow
  readonly network: NetworkCode
  readonly change: SiameseChange
  readonly distance: DistanceRule
  /** Made items of a class, after decoding. */
  readonly madePerClass: number
  /** Real items of a class at most. */
  readonly realPerClass: number
  readonly signal: AbortSignal
}

/** Tensors of one comparison; the caller disposes them. */
export interface ComparisonTensors {
  readonly parameters: readonly Tensor[]
  /** Of {@link SiameseChange.draw}. */
  readonly change: readonly Tensor[]
}

export interface GradientMatcher {
  /** The gradient of the mean loss on these real items of one class: all compared weights, flat. */
  realGradient(
    values: Float32Array,
    classIndex: number,
    tensors: ComparisonTensors
  ): Promise<Float32Array>
  /** The distance of the made items' gradient from it, and its slopes for these items. */
  match(
    decoded: Float32Array,
    classIndex: number,
    real: Float32Array,
    tensors: ComparisonTensors
  ): { readonly loss: number; readonly slopes: Float32Array }
  dispose(): void
}

/** Numbers of an item's first layer, times items, that one training step of the device takes. */
const partWork = 7_000_000

/** Prepares both steps; `requireSecondOrder` comes first. */
export function createGradientMatcher(matching: GradientMatching): GradientMatcher {
  const { network, realPerClass, madePerClass, signal } = matching
  const { width, kind } = network.spec
  const size = inputSize(network.input)
  const perItem = size * (kind === 'convnet' || kind === 'resnet' ? width : 1)
  const atOnce = Math.min(realPerClass, Math.max(16, Math.floor(partWork / perItem)))
  const real = realStep(matching)
  const made = madeStep(matching)
  return {
    async realGradient(values, classIndex, tensors) {
      const count = values.length / size
      let sum: Float32Array = new Float32Array(0)
      for (let from = 0; from < count; from += atOnce) {
        await letMessagesIn()
        signal.throwIfAborted()
        const rows = Math.min(atOnce, count - from)
        // What is missing in the last part is zeros with no target, which add nothing.
        const part = new Float32Array(atOnce * size)
        part.set(values.subarray(from * size, (from + rows) * size))
        const targets = targetsOf(matching, classIndex, atOnce, rows, atOnce / count)
        const gradient = real.run(part, targets, tensors)
        if (from === 0) sum = gradient
        else gradient.forEach((value, i) => (sum[i] += value))
      }
      return sum
    },
    match(decoded, classIndex, gradient, tensors) {
      const targets = targetsOf(matching, classIndex, madePerClass, madePerClass, 1)
      const result = made.run(decoded, targets, gradient, tensors)
      return { loss: result[0], slopes: result.subarray(1) }
    },
    dispose() {
      real.dispose()
      made.dispose()
    }
  }
}

/** N x classes: `weight` at the class for the first `rows` items, zeros for the rest. */
function targetsOf(
  { tf, network: { classes } }: GradientMatching,
  classIndex: number,
  count: number,
  rows: number,
  weight: number
): Tensor2D {
  const values = new Float32Array(count * classes)
  for (let i = 0; i < rows; i++) values[i * classes + classIndex] = weight
  return tf.tensor2d(values, [count, classes])
}

/** Gradients of the loss for the compared weights. */
function weightGradients(
  { tf, network, distance }: GradientMatching,
  ops: NetworkOps,
  seen: Tensor,
  targets: Tensor2D,
  parameters: readonly Tensor[]
): Tensor[] {
  const compared = comparedParameters(network.parameters, distance)
  const lossOf = (...weights: Tensor[]): Tensor => {
    const all = parameters.slice()
    compared.forEach((at, i) => (all[at] = weights[i]))
    return crossEntropy(tf, ops, network.forward(tf, ops, all, seen).logits, targets)
  }
  return tf.grads(lossOf)(compared.map((at) => parameters[at]))
}

function realStep(matching: GradientMatching) {
  const { tf, network, change } = matching
  const ops = trainingOps(tf)
  const count = network.parameters.length
  const step = repeatedStep(tf, ([x, targets, ...rest]) => {
    const seen = change.apply(x, rest.slice(count))
    const parameters = rest.slice(0, count)
    const gradients = weightGradients(matching, ops, seen, targets as Tensor2D, parameters)
    return tf.concat(gradients.map((gradient) => tf.reshape(gradient, [-1])))
  })
  return {
    run(values: Float32Array, targets: Tensor2D, tensors: ComparisonTensors): Float32Array {
      const x = tf.tensor(values, batchShape(network.input, targets.shape[0]))
      const gradient = step.run([x, targets, ...tensors.parameters, ...tensors.change])
      tf.dispose([x, targets])
      return gradient
    },
    dispose: () => step.dispose()
  }
}

function madeStep(matching: GradientMatching) {
  const { tf, network, change, distance, madePerClass } = matching
  const ops = secondOrderOps(tf)
  const count = network.parameters.length
  const shapes = comparedParameters(network.parameters, distance).map(
    (at) => network.parameters[at].shape
  )
  const step = repeatedStep(tf, ([x, targets, ...rest]) => {
    const wanted = rest.slice(0, shapes.length)
    const parameters = rest.slice(shapes.length, shapes.length + count)
    const changes = rest.slice(shapes.length + count)
    const lossOf = (given: Tensor): Tensor => {
      const seen = change.apply(given, changes)
      const gradients = weightGradients(matching, ops, seen, targets as Tensor2D, parameters)
      return gradientDistance(tf, ops, wanted, gradients, distance)
    }
    const { value, grad } = tf.valueAndGrad(lossOf)(x)
    return tf.concat([tf.reshape(value, [1]), tf.reshape(grad, [-1])])
  })
  return {
    run(
      decoded: Float32Array,
      targets: Tensor2D,
      gradient: Float32Array,
      tensors: ComparisonTensors
    ): Float32Array {
      const x = tf.tensor(decoded, batchShape(network.input, madePerClass))
      const wanted = split(tf, gradient, shapes)
      const inputs = [x, targets, ...wanted]
      const result = step.run([...inputs, ...tensors.parameters, ...tensors.change])
      tf.dispose(inputs)
      return result
    },
    dispose: () => step.dispose()
  }
}

function split(
  tf: TensorFlow,
  flat: Float32Array,
  shapes: readonly (readonly number[])[]
): Tensor[] {
  let at = 0
  return shapes.map((shape) => {
    const size = shape.reduce((product, side) => product * side, 1)
    at += size
    return tf.tensor(flat.slice(at - size, at), [...shape])
  })
}
