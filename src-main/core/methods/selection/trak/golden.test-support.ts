// What golden.json records of this method.
import type { Device } from '../../../compute/devices/device.ts'
import {
  goldenShape,
  recordTarget,
  type TargetGolden,
  type TargetRecipe
} from '../../head-gradients/golden.test-support.ts'
import { trakSpec } from './method.ts'
import { trakParams } from './params.ts'

/** The recorded cases. */
export const goldenRecipes: readonly TargetRecipe[] = [
  { name: 'the defaults', seed: 36, shape: goldenShape, params: {} },
  {
    name: 'two models, no damping',
    seed: 37,
    shape: goldenShape,
    params: { members: 2, warmUpPercent: 50, damping: 0 }
  }
]

/** Runs one recipe and takes its numbers down. */
export const makeGolden = (device: Device, recipe: TargetRecipe): Promise<TargetGolden> =>
  recordTarget(device, recipe, trakSpec(trakParams.parse(recipe.params)))
