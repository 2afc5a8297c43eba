// What golden.json records of this method.
import type { Device } from '../../../compute/devices/device.ts'
import {
  goldenShape,
  recordTarget,
  type TargetGolden,
  type TargetRecipe
} from '../../head-gradients/golden.test-support.ts'
import { lessSpec } from './method.ts'
import { lessParams } from './params.ts'

/** The recorded cases. */
export const goldenRecipes: readonly TargetRecipe[] = [
  { name: 'the defaults', seed: 31, shape: goldenShape, params: {} },
  {
    name: 'the plain list',
    seed: 32,
    shape: { ...goldenShape, parts: 2 },
    params: { balance: 'none', subTasks: 'none' }
  },
  { name: 'steps of Adam', seed: 33, shape: goldenShape, params: { steps: 'adam' } }
]

/** Runs one recipe and takes its numbers down. */
export const makeGolden = (device: Device, recipe: TargetRecipe): Promise<TargetGolden> =>
  recordTarget(device, recipe, lessSpec(lessParams.parse(recipe.params)))
