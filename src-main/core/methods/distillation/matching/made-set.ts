// From made items to the tiny training set: as they are stored, and as students then see them.
import type { Augmentation } from '../../../networks/siamese-augmentation.ts'
import { plainStudent, type StudentRecipe } from '../../../networks/student-recipe.ts'
import { inputSize } from '../../../networks/network.ts'
import { toPixels } from '../../../networks/normalisation.ts'
import type {
  DistillationInputs,
  DistilledSet,
  Normalisation,
  StoredArray
} from '../distillation-method.ts'
import { createDecoder } from './decoder.ts'
import type { ValueRange } from './made-items.ts'

/** "bytes": one byte for each number, as real pictures have; "numbers": four, and any value. */
export const storageRules = ['bytes', 'numbers'] as const
export type StorageRule = (typeof storageRules)[number]

/** What a set is made of besides its items. */
export interface MadeSetParts {
  readonly storage: StorageRule
  readonly factor: number
  readonly augment: Augmentation | null
  readonly info: Readonly<Record<string, unknown>>
  readonly notes: readonly string[]
}

/** Black and white in normalised units; undefined for rows of numbers, which have no such ends. */
export function pictureRange({
  data,
  normalisation
}: Pick<DistillationInputs, 'data' | 'normalisation'>): ValueRange | undefined {
  if (data === 'vectors') return undefined
  const { mean, sd } = normalisation
  return {
    low: mean.map((value, c) => -value / sd[c]),
    high: mean.map((value, c) => (1 - value) / sd[c])
  }
}

/** Brightnesses back to normalised numbers. */
export function fromPixels(bytes: Uint8Array, { mean, sd }: Normalisation): Float32Array {
  const channels = mean.length
  return Float32Array.from(bytes, (byte, i) => (byte / 255 - mean[i % channels]) / sd[i % channels])
}

/**
 * The set as students get it: read back from what is stored, tiles enlarged. `values` are the
 * items, classes x perClass of them, one class after the other.
 */
export function madeSet(
  inputs: DistillationInputs,
  values: Float32Array,
  parts: MadeSetParts
): DistilledSet {
  const { shape, normalisation, perClass, classNames } = inputs
  const isBytes = parts.storage === 'bytes' && inputs.data === 'pictures'
  const kept = isBytes ? toPixels(values, shape.channels, normalisation) : values.slice()
  const seen = kept instanceof Uint8Array ? fromPixels(kept, normalisation) : kept
  const { copies, decode } = createDecoder(shape, { factor: parts.factor, isMirrored: false })
  const stored = values.length / inputSize(shape)
  const labels = classLabels(classNames.length, perClass * copies)
  const items: StoredArray = {
    name: 'items',
    part: 'items',
    shape: [stored, shape.height, shape.width, shape.channels],
    values: kept,
    bytesEach: isBytes ? 1 : 4
  }
  return {
    form: parts.factor > 1 ? 'tiles' : 'pixels',
    count: stored * copies,
    values: decode(seen),
    labels,
    targets: { kind: 'hard' },
    stored: [items, storedLabels(classLabels(classNames.length, perClass))],
    student: matchedStudent(parts.augment),
    consumer: 'network',
    info: { ...parts.info, storage: isBytes ? 'bytes' : 'numbers', tiles: parts.factor },
    notes: parts.notes
  }
}

/** The DC family's evaluation (Zhao and Bilen 2021b): longer with augmentation than without. */
export function matchedStudent(augment: Augmentation | null): StudentRecipe {
  return augment === null ? plainStudent : { ...plainStudent, epochs: 1000, augment }
}

/** The same number of each class, one class after the other. */
export function classLabels(classes: number, each: number): Int32Array {
  return Int32Array.from({ length: classes * each }, (_, i) => Math.floor(i / each))
}

function storedLabels(labels: Int32Array): StoredArray {
  const isSmall = labels.every((label) => label < 256)
  return {
    name: 'labels',
    part: 'labels',
    shape: [labels.length],
    values: isSmall ? Uint8Array.from(labels) : labels,
    bytesEach: isSmall ? 1 : 4
  }
}
