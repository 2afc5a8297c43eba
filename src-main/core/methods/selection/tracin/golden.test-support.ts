// What golden.json records of this method.
import type { Device } from '../../../compute/devices/device.ts'
import {
  goldenShape,
  recordTarget,
  type TargetGolden,
  type TargetRecipe
} from '../../head-gradients/golden.test-support.ts'
import { tracinSpec } from './method.ts'
import { tracinParams } from './params.ts'

/** The recorded cases. */
export const goldenRecipes: readonly TargetRecipe[] = [
  { name: 'the defaults', seed: 34, shape: goldenShape, params: {} },
  {
    name: 'the best task, a part for each label',
    seed: 35,
    shape: goldenShape,
    params: { join: 'max', subTasks: 'labels' }
  }
]

/** Runs one recipe and takes its numbers down. */
export const makeGolden = (device: Device, recipe: TargetRecipe): Promise<TargetGolden> =>
  recordTarget(device, recipe, tracinSpec(tracinParams.parse(recipe.params)))
