// What golden.json records of this method.
import type { Device } from '../../../compute/devices/device.ts'
import {
  goldenShape,
  recordTarget,
  type TargetGolden,
  type TargetRecipe
} from '../../head-gradients/golden.test-support.ts'
import { influenceSpec } from './method.ts'
import { influenceParams } from './params.ts'

/** The recorded cases. */
export const goldenRecipes: readonly TargetRecipe[] = [
  { name: 'the defaults', seed: 38, shape: goldenShape, params: {} },
  { name: 'the short form', seed: 39, shape: goldenShape, params: { form: 'ek-fac', join: 'max' } }
]

/** Runs one recipe and takes its numbers down. */
export const makeGolden = (device: Device, recipe: TargetRecipe): Promise<TargetGolden> =>
  recordTarget(device, recipe, influenceSpec(influenceParams.parse(recipe.params)))
