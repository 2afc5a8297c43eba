// What golden.json records: a seeded case and the numbers GTP gave for it when it was written.
import type { Device } from '../../../compute/devices/device.ts'
import { hashString } from '../../../compute/random.ts'
import { makeCase, type CaseShape } from '../icons/icons.test-support.ts'
import type { GtpInfo } from './explain.ts'
import { chosenRows, runGtpCase } from './gtp.test-support.ts'
import type { GtpParams } from './params.ts'

export interface GoldenRecipe {
  readonly name: string
  readonly seed: number
  readonly shape: CaseShape
  readonly params: Partial<GtpParams>
}

export interface Golden {
  readonly recipe: GoldenRecipe
  /** The first 20 chosen rows, exact. */
  readonly firstRows: readonly number[]
  /** Hash of the chosen rows in ascending order, exact. */
  readonly chosenHash: number
  readonly pursued: number
  /** Relative tolerance 1e-4 (float32 products): the error and the weights of the first 20. */
  readonly error: number
  readonly weights: readonly number[]
}

const shape: CaseShape = { rows: 400, columns: 16, classes: 5, tasks: 0, budget: 40 }

/** The recorded cases. */
export const goldenRecipes: readonly GoldenRecipe[] = [
  { name: 'label by label', seed: 31, shape, params: {} },
  { name: 'together', seed: 32, shape, params: { split: 'together' } },
  { name: 'examples', seed: 33, shape: { ...shape, tasks: 3, parts: 2 }, params: {} },
  { name: 'parts that propose', seed: 34, shape, params: { split: 'together', parts: 3 } },
  { name: 'equal lengths, spread', seed: 35, shape, params: { lengths: 'equal', spread: 0.1 } }
]

/** Runs one recipe and takes its numbers down. */
export async function makeGolden(device: Device, recipe: GoldenRecipe): Promise<Golden> {
  const { inputs } = makeCase(recipe.seed, recipe.shape)
  const { selection } = await runGtpCase(device, inputs, recipe.params, { seed: recipe.seed })
  const info = selection.info as GtpInfo
  const firstRows = [...selection.order.subarray(0, 20)]
  return {
    recipe,
    firstRows,
    chosenHash: hashString(chosenRows(selection).join(',')),
    pursued: info.pursued,
    error: info.error,
    weights: firstRows.map((row) => selection.columns['weight'][row])
  }
}
