// Matching of class averages: what a frozen network makes of a class's real items, averaged, beside
// the same for its made items (DM, Zhao and Bilen 2023; DataDAM, Sajedi et al. 2023). Real averages and
// the gradient for the made items are one compiled step each, run in parts of a fixed size.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import { crossEntropy } from '../../../compute/ops/losses.ts'
import type { NetworkOps } from '../../../compute/ops/network-ops.ts'
import { repeatedStep } from '../../../compute/repeated-step.ts'
import { batchShape } from '../../../networks/create-network.ts'
import { inputSize, type NetworkCode, type Outputs } from '../../../networks/network.ts'
import type { LabelledRows } from '../distillation-method.ts'
import type { ClassBatch } from './class-rows.ts'
import type { SiameseChange } from './siamese-change.ts'

/** Turns what a network makes of N items into the N x D numbers whose class averages are matched. */
export type Describe = (tf: TensorFlow, outputs: Outputs, seen: Tensor) => Tensor2D

/** What does not change from iteration to iteration. */
export interface MeanMatching {
  readonly tf: TensorFlow
  readonly ops: NetworkOps
  readonly network: NetworkCode
  readonly describe: Describe
  readonly change: SiameseChange
  /** Made items of each class, after decoding. */
  readonly madePerClass: number
  /** Weight of the cross-entropy of the made items in a trained network; 0 leaves it out. */
  readonly classWeight: number
  readonly signal: AbortSignal
  /** Items in one call of the device; by the size of the network where absent. */
  readonly rowsAtOnce?: number
}

/** Tensors of one iteration; the caller disposes them. */
export interface IterationTensors {
  /** Parameters of the network whose averages are matched. */
  readonly parameters: readonly Tensor[]
  /** Parameters of the network that names the made items; empty where `classWeight` is 0. */
  readonly judge: readonly Tensor[]
  /** Of {@link SiameseChange.draw}. */
  readonly change: readonly Tensor[]
}

/** What one iteration gave. */
export interface Match {
  readonly loss: number
  /** Of every decoded item, in their order. */
  readonly slopes: Float32Array
}

/** The compiled steps. */
export interface MeanMatcher {
  /** Averages of the rows of each class: classes x D. */
  realMeans(data: LabelledRows, batch: ClassBatch, tensors: IterationTensors): Promise<Float32Array>
  /** The loss of decoded items (classes x madePerClass) against real averages, and its gradient. */
  match(decoded: Float32Array, means: Float32Array, tensors: IterationTensors): Promise<Match>
  dispose(): void
}

/** Numbers of an item's first layer, times items, that one call of the device takes. */
const partWork = 14_000_000

/** Prepares the steps for one network and number of items. */
export function createMeanMatcher(matching: MeanMatching): MeanMatcher {
  const { network, madePerClass, signal } = matching
  const { width, kind } = network.spec
  const perItem = inputSize(network.input) * (kind === 'convnet' || kind === 'resnet' ? width : 1)
  const rowsAtOnce = matching.rowsAtOnce ?? Math.max(16, Math.floor(partWork / perItem))
  const classesAtOnce = Math.min(
    network.classes,
    Math.max(1, Math.floor(rowsAtOnce / (2 * madePerClass)))
  )
  const real = realStep(matching)
  const made = madeStep(matching, classesAtOnce)
  const pause = async (): Promise<void> => {
    await letMessagesIn()
    signal.throwIfAborted()
  }
  return {
    async realMeans(data, batch, tensors) {
      const atOnce = Math.min(rowsAtOnce, batch.rows.length)
      let sums: Float32Array = new Float32Array(0)
      for (let from = 0; from < batch.rows.length; from += atOnce) {
        await pause()
        const part = real.run(data, batch, from, atOnce, tensors)
        if (from === 0) sums = part
        else part.forEach((value, i) => (sums[i] += value))
      }
      return sums
    },
    async match(decoded, means, tensors) {
      const slopes = new Float32Array(decoded.length)
      let loss = 0
      for (let from = 0; from < network.classes; from += classesAtOnce) {
        await pause()
        loss += made.run(decoded, means, from, tensors, slopes)
      }
      return { loss, slopes }
    },
    dispose() {
      real.dispose()
      made.dispose()
    }
  }
}

function realStep({ tf, ops, network, describe, change }: MeanMatching) {
  const size = inputSize(network.input)
  const count = network.parameters.length
  const step = repeatedStep(tf, ([x, weights, ...rest]) => {
    const seen = change.apply(x, rest.slice(count))
    const described = describe(tf, network.forward(tf, ops, rest.slice(0, count), seen), seen)
    return tf.matMul(weights as Tensor2D, described)
  })
  return {
    /** Sums of the part's rows, each divided by the rows of its class: classes x D. */
    run(
      data: LabelledRows,
      batch: ClassBatch,
      from: number,
      atOnce: number,
      { parameters, change: changes }: IterationTensors
    ): Float32Array {
      const to = Math.min(batch.rows.length, from + atOnce)
      // What is missing in the last part is zeros that count for no class.
      const values = new Float32Array(atOnce * size)
      values.set(data.read(batch.rows.slice(from, to)))
      const weights = new Float32Array(network.classes * atOnce)
      for (let at = from; at < to; at++) {
        const c = batch.classes[at]
        weights[c * atOnce + at - from] = 1 / batch.counts[c]
      }
      const x = tf.tensor(values, batchShape(network.input, atOnce))
      const w = tf.tensor2d(weights, [network.classes, atOnce])
      const sums = step.run([x, w, ...parameters, ...changes])
      tf.dispose([x, w])
      return sums
    },
    dispose: () => step.dispose()
  }
}

/** Loss and gradient of some classes at once; the last part is filled with classes of weight 0. */
function madeStep(matching: MeanMatching, classesAtOnce: number) {
  const { tf, ops, network, describe, change, madePerClass, classWeight } = matching
  const size = inputSize(network.input)
  const count = network.parameters.length
  const items = classesAtOnce * madePerClass
  const judges = classWeight > 0 ? count : 0
  const step = repeatedStep(tf, ([x, means, weights, targets, ...rest]) => {
    const [parameters, judge] = [rest.slice(0, count), rest.slice(count, count + judges)]
    const changes = rest.slice(count + judges)
    const lossOf = (given: Tensor): Tensor => {
      const seen = change.apply(given, changes)
      const described = describe(tf, network.forward(tf, ops, parameters, seen), seen)
      const grouped = tf.reshape(described, [classesAtOnce, madePerClass, -1])
      const distances = tf.sum(tf.square(tf.sub(tf.mean(grouped, 1), means)), 1)
      const loss = tf.sum(tf.mul(distances, weights))
      if (judges === 0) return loss
      const { logits } = network.forward(tf, ops, judge, seen)
      return tf.add(loss, crossEntropy(tf, ops, logits, targets as Tensor2D))
    }
    const { value, grad } = tf.valueAndGrad(lossOf)(x)
    return tf.concat([tf.reshape(value, [1]), tf.reshape(grad, [-1])])
  })
  return {
    /** Writes the slopes of the part's items; returns its loss. */
    run(
      decoded: Float32Array,
      means: Float32Array,
      firstClass: number,
      { parameters, judge, change: changes }: IterationTensors,
      slopes: Float32Array
    ): number {
      const classes = Math.min(classesAtOnce, network.classes - firstClass)
      const width = means.length / network.classes
      const from = firstClass * madePerClass * size
      const real = classes * madePerClass * size
      const values = filled(decoded.subarray(from, from + real), items * size)
      const wanted = means.subarray(firstClass * width, (firstClass + classes) * width)
      const weights = new Float32Array(classesAtOnce).fill(1, 0, classes)
      const inputs = [
        tf.tensor(values, batchShape(network.input, items)),
        tf.tensor2d(filled(wanted, classesAtOnce * width), [classesAtOnce, width]),
        tf.tensor1d(weights),
        targetTensor(matching, firstClass, classes, items)
      ]
      const result = step.run([...inputs, ...parameters, ...judge, ...changes])
      tf.dispose(inputs)
      slopes.set(result.subarray(1, 1 + real), from)
      return result[0]
    },
    dispose: () => step.dispose()
  }
}

/**
 * Targets times the weight of the cross-entropy, so that its mean over the part's items adds up to
 * the weighted mean over all made items.
 */
function targetTensor(
  { tf, network, madePerClass, classWeight }: MeanMatching,
  firstClass: number,
  classes: number,
  items: number
): Tensor2D {
  const values = new Float32Array(items * network.classes)
  const weight = (classWeight * items) / (network.classes * madePerClass)
  for (let i = 0; i < classes * madePerClass; i++)
    values[i * network.classes + firstClass + Math.floor(i / madePerClass)] = weight
  return tf.tensor2d(values, [items, network.classes])
}

function filled(values: Float32Array, length: number): Float32Array {
  if (values.length === length) return values
  const whole = new Float32Array(length)
  whole.set(values)
  return whole
}
