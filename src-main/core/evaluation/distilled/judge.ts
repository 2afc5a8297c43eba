// One student: trained on a set by its recipe, then asked about items it has not seen. The share it
// gets right after the last step is what counts; nothing is looked at on the way.
import type { Device } from '../../compute/devices/device.ts'
import { enableGradients } from '../../compute/devices/gradients.ts'
import { createRandom } from '../../compute/random.ts'
import type { LabelledRows } from '../../methods/distillation/distillation-method.ts'
import { kernelAccuracy, type KernelFacts } from '../../networks/kernel-model.ts'
import type { NetworkCode } from '../../networks/network.ts'
import { accuracyOf } from '../../networks/predict.ts'
import { signAugmentation } from '../../networks/siamese-augmentation.ts'
import type { StudentRecipe } from '../../networks/student-recipe.ts'
import { trainStudent, type StudentItems } from '../../networks/train-student.ts'

/** Items, recipe, network and who asks. */
export interface JudgeInputs {
  readonly items: StudentItems
  readonly recipe: StudentRecipe
  readonly network: NetworkCode
  readonly seed: number
  /** Items to be named. */
  readonly rows: LabelledRows
  /** Set for the model of kernel sets: it needs no network, no recipe and no seed. */
  readonly kernel?: KernelFacts | undefined
  /** Set for measures other than accuracy. */
  readonly scorer?: Scorer | undefined
}

/**
 * Trains and scores one student in its own way: a share 0..1 of how right it is about `rows`, where
 * more is better. Same inputs, same share. Throws the signal's reason.
 */
export type Scorer = (device: Device, inputs: JudgeInputs, signal: AbortSignal) => Promise<number>

/**
 * Trains one student and returns its share: of `rows` it names rightly, or by the scorer's measure.
 * Throws the signal's reason.
 */
export async function judge(
  device: Device,
  inputs: JudgeInputs,
  signal: AbortSignal
): Promise<number> {
  const { items, recipe, network, seed, rows, kernel, scorer } = inputs
  const { tf } = device
  if (scorer !== undefined) return scorer(device, inputs, signal)
  if (kernel !== undefined) return kernelAccuracy(tf, items, kernel, rows, signal)
  await enableGradients()
  const random = createRandom(seed).fork('student')
  const student = await trainStudent(tf, network, items, recipe, random, signal)
  return accuracyOf(tf, network, student.parameters, rows, signal, student.statistics)
}

/** The recipe for plain labels: cross-entropy, whatever the set's own labels ask for. */
export function plainRecipe(recipe: StudentRecipe): StudentRecipe {
  return { ...recipe, loss: 'cross-entropy', temperature: 1 }
}

/**
 * The recipe without augmentation where it has one, and with one where it has none: all changes but
 * mirroring, which turns letters and signs into others.
 */
export function oppositeAugmentation(recipe: StudentRecipe): StudentRecipe {
  return { ...recipe, augment: recipe.augment === null ? signAugmentation : null }
}

/** Steps of a training that is only to show where a set stands. */
const probeSteps = 120

/** The recipe cut to a fixed number of steps. */
export function shortRecipe(recipe: StudentRecipe, count: number): StudentRecipe {
  const perEpoch = Math.max(1, Math.ceil(count / recipe.batch))
  return {
    ...recipe,
    epochs: Math.min(recipe.epochs, Math.max(1, Math.ceil(probeSteps / perEpoch)))
  }
}

/** How all data is learned: as many steps at most, whatever the number of items. */
export function allDataRecipe(recipe: StudentRecipe, count: number): StudentRecipe {
  const batch = Math.min(64, Math.max(1, count))
  const perEpoch = Math.max(1, Math.ceil(count / batch))
  return {
    ...plainRecipe(recipe),
    optimizer: 'sgd',
    rate: 0.01,
    momentum: 0.9,
    decay: 5e-4,
    batch,
    epochs: Math.max(1, Math.min(20, Math.floor(2000 / perEpoch))),
    schedule: 'cosine'
  }
}

/** A reader of some rows of another one. */
export function someRows(rows: LabelledRows, wanted: Uint32Array): LabelledRows {
  return {
    count: wanted.length,
    labels: Int32Array.from(wanted, (row) => rows.labels[row]),
    read: (positions) => rows.read(positions.map((position) => wanted[position]))
  }
}
