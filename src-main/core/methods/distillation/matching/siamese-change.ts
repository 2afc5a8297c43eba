// The same random change for real and made pictures (Zhao and Bilen 2021b, section 3), drawn for each
// iteration and handed to compiled steps as tensors.
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { Random } from '../../../compute/random.ts'
import type { InputShape } from '../../../networks/network.ts'
import {
  augmentationForm,
  augmentationTensors,
  augmentWith,
  drawAugmentation,
  photoAugmentation,
  signAugmentation,
  type Augmentation
} from '../../../networks/siamese-augmentation.ts'
import type { DistillationShape } from '../distillation-method.ts'

/** Which changes are made; "usual" is right for most data of the kind. */
export const changeRules = ['off', 'usual', 'with-mirror'] as const
export type ChangeRule = (typeof changeRules)[number]

/**
 * Changes for a rule. "usual" mirrors colour pictures only: grey ones are often letters and digits,
 * or shoes that all point one way. Rows of numbers are never changed.
 */
export function augmentationOf(
  rule: ChangeRule,
  { data, shape }: Pick<DistillationShape, 'data' | 'shape'>
): Augmentation | null {
  if (rule === 'off' || data === 'vectors') return null
  return rule === 'with-mirror' || shape.channels === 3 ? photoAugmentation : signAugmentation
}

/** Changes for one shape of pictures. */
export interface SiameseChange {
  /** The tensors of a change for any number of pictures; to be disposed. */
  draw(random: Random): Tensor[]
  /** The pictures, changed; differentiable any number of times. */
  apply(x: Tensor, tensors: readonly Tensor[]): Tensor
}

/** Without an augmentation nothing is drawn, and items stay as they are. */
export function siameseChange(
  tf: TensorFlow,
  shape: InputShape,
  augmentation: Augmentation | null
): SiameseChange {
  if (augmentation === null) return { draw: () => [], apply: (x) => x }
  const form = augmentationForm(augmentation, shape)
  return {
    draw: (random) => augmentationTensors(tf, drawAugmentation(random, augmentation, shape, 'one')),
    // Pictures, as rows of numbers have no augmentation.
    apply: (x, tensors) => augmentWith(tf, x as Tensor4D, form, tensors)
  }
}
