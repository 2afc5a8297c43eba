// Made items with free labels that follow slopes together by Adam: what the ridge methods learn.
import { centredOneHot } from '../../../networks/kernel-labels.ts'
import { inputSize } from '../../../networks/network.ts'
import { toPixels } from '../../../networks/normalisation.ts'
import type { MethodCheckpoint } from '../../method.ts'
import type {
  DistillationContext,
  DistillationInputs,
  StoredArray
} from '../distillation-method.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { keepWithin } from '../matching/made-items.ts'
import { classLabels, fromPixels, pictureRange, type StorageRule } from '../matching/made-set.ts'
import { startValues, type StartRule } from '../matching/start-items.ts'
import { storedItems } from '../real-items/real-rows.ts'
import {
  descendParts,
  descentFrom,
  keepDescent,
  startDescent,
  type Descent
} from '../unrolled/outer-descent.ts'

/** How items are learned. */
export interface LearningRules {
  /** Adam's, for pixels and labels. */
  readonly rate: number
  readonly learnLabels: boolean
  readonly start: StartRule
  readonly storage: StorageRule
}

/** Items, labels and where their descent stands. */
export interface LearnedItems {
  /** count x size, one class after the other. Changed in place. */
  readonly values: Float32Array
  /** count x classes. Changed in place. */
  readonly targets: Float32Array
  readonly descent: Descent
  done: number
  /** Error before the last step. */
  loss: number
}

/** What is learned from: centred one-hot labels times a factor. */
export function wantedLabels(
  labels: ArrayLike<number>,
  classes: number,
  factor: number
): Float32Array {
  const wanted = centredOneHot(labels, classes)
  return factor === 1 ? wanted : wanted.map((value) => factor * value)
}

/** Items before the first step. Throws AppError "method-not-possible" for a class without items. */
export async function startLearned(
  { device, random, signal }: DistillationContext,
  { train, shape, perClass, classNames }: DistillationInputs,
  { start, learnLabels }: LearningRules,
  factor: number
): Promise<LearnedItems> {
  const byClass = rowsByClass(train, classNames)
  const values = await startValues(
    {
      tf: device.tf,
      train,
      byClass,
      shape,
      perClass,
      factor: 1,
      random: random.fork('start'),
      signal
    },
    start
  )
  const labels = classLabels(classNames.length, perClass)
  const targets = wantedLabels(labels, classNames.length, factor)
  const descent = startDescent(learnLabels ? [values, targets] : [values])
  return { values, targets, descent, done: 0, loss: NaN }
}

/** Items of a checkpoint of {@link keepLearned}; throws an Error when it holds others. */
export function learnedFrom(
  checkpoint: MethodCheckpoint,
  { shape, perClass, classNames }: DistillationInputs,
  { learnLabels }: LearningRules
): LearnedItems {
  const count = classNames.length * perClass
  const read = (name: string, length: number): Float32Array => {
    const found = checkpoint.arrays[name]
    if (!(found instanceof Float32Array) || found.length !== length)
      throw new Error(`the checkpoint does not hold "${name}"`)
    return found.slice()
  }
  const values = read('values', count * inputSize(shape))
  const targets = read('targets', count * classNames.length)
  const descent = descentFrom(checkpoint, learnLabels ? [values, targets] : [values])
  const { done, loss } = checkpoint.values
  return { values, targets, descent, done: Number(done), loss: Number(loss) }
}

/** What a checkpoint keeps; copies. */
export function keepLearned({
  values,
  targets,
  descent,
  done,
  loss
}: LearnedItems): Pick<MethodCheckpoint, 'arrays' | 'values'> {
  const kept = keepDescent(descent)
  return {
    arrays: { ...kept.arrays, values: values.slice(), targets: targets.slice() },
    values: { ...kept.values, done, loss }
  }
}

/** One step of Adam by slopes for the items and for their labels; pixels stay within their range. */
export function moveLearned(
  { values, targets, descent }: LearnedItems,
  slopes: { readonly values: Float32Array; readonly labels: Float64Array },
  inputs: DistillationInputs,
  { rate, learnLabels, storage }: LearningRules
): void {
  const parts = learnLabels ? [values, targets] : [values]
  const by = learnLabels ? [slopes.values, Float32Array.from(slopes.labels)] : [slopes.values]
  descendParts(parts, by, descent, {
    kind: 'adam',
    rates: [rate, rate],
    momentum: 0.9,
    squares: 0.999,
    isRelative: false,
    clip: undefined
  })
  const range = storage === 'bytes' ? pictureRange(inputs) : undefined
  if (range !== undefined) keepWithin(values, range)
}

/** Items as models see them, read back from how they are stored, and that. */
export function asStored(
  inputs: DistillationInputs,
  values: Float32Array,
  storage: StorageRule
): { readonly values: Float32Array; readonly stored: StoredArray } {
  const { data, shape, normalisation } = inputs
  const { height, width, channels } = shape
  if (storage === 'bytes' && data === 'pictures') {
    const seen = fromPixels(toPixels(values, channels, normalisation), normalisation)
    return { values: seen, stored: storedItems(inputs, seen) }
  }
  const kept = values.slice()
  const shapeOfAll = [kept.length / inputSize(shape), height, width, channels]
  return {
    values: kept,
    stored: { name: 'items', part: 'items', shape: shapeOfAll, values: kept, bytesEach: 4 }
  }
}

/** Free labels as they are stored. */
export function storedTargets(targets: Float32Array, classes: number): StoredArray {
  const shape = [targets.length / classes, classes]
  return { name: 'labels', part: 'labels', shape, values: targets, bytesEach: 4 }
}
