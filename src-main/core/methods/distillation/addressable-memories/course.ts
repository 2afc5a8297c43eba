// What both ways of improving a memory share: the run's fixed parts, changed pictures, lessons.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import type { Random } from '../../../compute/random.ts'
import { batchShape } from '../../../networks/create-network.ts'
import { cutArrays } from '../../../networks/flat-arrays.ts'
import { inputSize, type NetworkCode } from '../../../networks/network.ts'
import { oneHotShares } from '../../../networks/normalisation.ts'
import { gather } from '../../../networks/train-student.ts'
import type { DistillationInputs } from '../distillation-method.ts'
import type { NetworkFeatures } from '../feature-ridge/network-features.ts'
import { classLabels } from '../matching/made-set.ts'
import type { SiameseChange } from '../matching/siamese-change.ts'
import type { Batch, UnrolledTraining } from '../unrolled/unrolled-training.ts'
import type { Memory, MemoryCode } from './memory.ts'
import type { MemoryParams } from './params.ts'
import { newLearner, type Learner } from './pool.ts'

/** Everything that stays the same in a run. */
export interface MemoryCourse {
  readonly tf: TensorFlow
  readonly inputs: Pick<DistillationInputs, 'train' | 'shape'>
  readonly byClass: readonly Uint32Array[]
  readonly params: MemoryParams
  readonly code: MemoryCode
  readonly network: NetworkCode
  readonly change: SiameseChange
  readonly unrolled: UnrolledTraining
  /** Of the same network. */
  readonly features: NetworkFeatures
  readonly signal: AbortSignal
}

/** What a look at one network gives. */
export interface Improvement {
  /** On real items. */
  readonly loss: number
  /** Of that loss for the memory. */
  readonly slopes: Memory
  /** The network after its lessons. */
  readonly learner: Learner
}

/**
 * A new network for the pool, with weights from `random`. Each is replaced at an age of its own, so
 * that there are always young ones.
 */
export function beginner({ network, params }: MemoryCourse, random: Random): Learner {
  return newLearner(network, random.fork('network'), 1 + random.fork('until').below(params.length))
}

/** Puts the network in training where the learner is. */
export function resumeLearner({ network, unrolled }: MemoryCourse, learner: Learner): void {
  const sizes = parameterSizes(network)
  unrolled.begin(cutArrays(learner.parameters, sizes), cutArrays(learner.velocity, sizes))
}

/** The learner after `lessons` more steps, which the network in training has taken. */
export function grown({ unrolled }: MemoryCourse, learner: Learner, lessons: number): Learner {
  return {
    parameters: unrolled.snapshot(),
    velocity: unrolled.velocity(),
    age: learner.age + lessons,
    until: learner.until
  }
}

/** Numbers of each parameter. */
export function parameterSizes({ parameters }: Pick<NetworkCode, 'parameters'>): number[] {
  return parameters.map(({ shape }) => shape.reduce((product, side) => product * side, 1))
}

/** Items of each class in a lesson. */
export function perLesson({ params, code }: Pick<MemoryCourse, 'params' | 'code'>): number {
  return Math.min(params.slotsPerStep, code.plan.slots)
}

/** The targets of every lesson: the same number of each class, one class after the other. */
export function lessonTargets(course: MemoryCourse): Tensor {
  const { tf, code } = course
  return oneHotTensor(tf, classLabels(code.classes, perLesson(course)), code.classes)
}

/** One-hot rows. */
export function oneHotTensor(tf: TensorFlow, labels: Int32Array, classes: number): Tensor {
  return tf.tensor2d(oneHotShares(labels, classes), [labels.length, classes])
}

/** Works on the batch of some items, and frees it. */
export function withBatch<T>(
  { tf, code }: MemoryCourse,
  items: Float32Array,
  rows: Uint32Array,
  targets: Tensor,
  work: (batch: Batch) => T
): T {
  const x = tf.tensor(
    gather(items, rows, inputSize(code.shape)),
    batchShape(code.shape, rows.length)
  )
  try {
    return work({ learned: [x], given: [targets] })
  } finally {
    x.dispose()
  }
}

/** Adds rows of `values` to the rows of `sums` named. */
export function addRows(
  sums: Float32Array,
  rows: Uint32Array,
  values: Float32Array,
  size: number
): void {
  rows.forEach((row, i) => {
    for (let j = 0; j < size; j++) sums[row * size + j] += values[i * size + j]
  })
}

/** Items under a step's changes. */
export function changed(
  { tf, code, change }: MemoryCourse,
  items: Float32Array,
  changes: readonly Tensor[]
): Float32Array {
  if (changes.length === 0) return items
  return tf.tidy(() => {
    const x = tf.tensor(items, batchShape(code.shape, items.length / inputSize(code.shape)))
    return change.apply(x, changes).dataSync<'float32'>().slice()
  })
}

/** Slopes for items as they are from slopes for the changed ones. */
export function unchanged(
  { tf, code, change }: MemoryCourse,
  slopes: Float32Array,
  changes: readonly Tensor[]
): Float32Array {
  if (changes.length === 0) return slopes
  return tf.tidy(() => {
    const shape = batchShape(code.shape, slopes.length / inputSize(code.shape))
    const weights = tf.tensor(slopes, shape)
    // Changes are linear but for a constant, so any point will do.
    const back = tf.grad((x) => tf.sum(tf.mul(change.apply(x, changes), weights)))
    return back(tf.zeros(shape)).dataSync<'float32'>().slice()
  })
}

/** Lets messages in; throws the signal's reason. */
export async function breathe({ signal }: Pick<MemoryCourse, 'signal'>): Promise<void> {
  await letMessagesIn()
  signal.throwIfAborted()
}
