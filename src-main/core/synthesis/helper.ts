// The helper that names made pictures, and the same network for measuring: a small ConvNet trained on
// real labelled pictures.
import type { TensorFlow } from '../compute/devices/device.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import type { Random } from '../compute/random.ts'
import type { LabelledRows } from '../methods/distillation/distillation-method.ts'
import { createNetwork } from '../networks/create-network.ts'
import {
  inputSize,
  type InputShape,
  type NetworkCode,
  type NetworkSpec
} from '../networks/network.ts'
import type { Augmentation } from '../networks/siamese-augmentation.ts'
import { startStudent, type Student } from '../networks/train-student.ts'
import type { StudentRecipe } from '../networks/student-recipe.ts'

const spec: NetworkSpec = { kind: 'convnet', width: 16, depth: 2, norm: 'instance' }
const batch = 32

/** Flips and small shifts, the plain way to make more of few pictures. */
export const movedPictures: Augmentation = { groups: ['flip', 'crop'], mode: 'all' }

/** Labelled pictures in -1..1. */
export interface LabelledPictures {
  readonly values: Float32Array
  readonly labels: Int32Array
}

/** The helper's network for pictures of one shape. */
export function helperNetwork(input: InputShape, classes: number): NetworkCode {
  return createNetwork(spec, input, classes)
}

/** How a helper is trained. */
export interface HelperTraining {
  readonly steps: number
  readonly augment: Augmentation | null
  readonly random: Random
  readonly signal: AbortSignal
}

/**
 * Trains a helper for so many steps, whatever the number of pictures; `enableGradients` comes first.
 * Throws the signal's reason between steps.
 */
export async function trainHelper(
  tf: TensorFlow,
  network: NetworkCode,
  pictures: LabelledPictures,
  { steps, augment, random, signal }: HelperTraining
): Promise<Student> {
  const count = pictures.labels.length
  const perPass = Math.ceil(count / Math.min(batch, count))
  const targets = new Float32Array(count * network.classes)
  pictures.labels.forEach((label, row) => (targets[row * network.classes + label] = 1))
  const recipe: StudentRecipe = {
    optimizer: 'adamw',
    rate: 2e-3,
    momentum: 0,
    decay: 1e-2,
    epochs: Math.ceil(steps / perPass),
    batch,
    schedule: 'cosine',
    augment,
    loss: 'cross-entropy',
    temperature: 1
  }
  const items = { values: pictures.values, count, targets }
  const training = startStudent(tf, network, items, recipe, random)
  try {
    while (training.done < steps) {
      await letMessagesIn()
      signal.throwIfAborted()
      training.step()
    }
    return { parameters: training.parameters(), statistics: training.statistics() }
  } finally {
    training.dispose()
  }
}

/** Pictures as predictions take them. */
export function asRows({ values, labels }: LabelledPictures, input: InputShape): LabelledRows {
  const size = inputSize(input)
  return {
    count: labels.length,
    labels,
    read(rows) {
      const out = new Float32Array(rows.length * size)
      rows.forEach((row, at) => out.set(values.subarray(row * size, (row + 1) * size), at * size))
      return out
    }
  }
}

/** Chance of one label each, of count x classes logits. */
export function sharesOf(logits: Float32Array, labels: Int32Array, classes: number): Float32Array {
  return Float32Array.from(labels, (label, row) => {
    const own = logits.subarray(row * classes, (row + 1) * classes)
    const most = Math.max(...own)
    const all = own.reduce((sum, value) => sum + Math.exp(value - most), 0)
    return Math.exp(own[label] - most) / all
  })
}
