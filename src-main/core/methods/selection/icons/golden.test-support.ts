// What golden.json records: a seeded case and the numbers ICONS gave for it when it was written.
import type { Device } from '../../../compute/devices/device.ts'
import { hashString } from '../../../compute/random.ts'
import { VoteResult } from '../../../../api/dto/runs.ts'
import { makeCase, runCase, type CaseShape } from './icons.test-support.ts'
import type { IconsParams } from './params.ts'

export interface GoldenRecipe {
  readonly name: string
  readonly seed: number
  readonly shape: CaseShape
  readonly params: Partial<IconsParams>
}

export interface Golden {
  readonly recipe: GoldenRecipe
  /** The first 20 chosen rows, exact. */
  readonly firstRows: readonly number[]
  /** Hash of the chosen rows in ascending order, exact. */
  readonly chosenHash: number
  readonly histogram: readonly number[]
  readonly tieShare: number
  /** Relative tolerance 1e-5 (float32 products): thresholds and 20 scores spread over the matrix. */
  readonly thresholds: readonly number[]
  readonly scores: readonly number[]
}

const shape: CaseShape = { rows: 500, columns: 24, classes: 5, tasks: 4, budget: 60 }

/** The recorded cases. */
export const goldenRecipes: readonly GoldenRecipe[] = [
  { name: 'vote, random ties', seed: 21, shape, params: { tieRule: 'random' } },
  { name: 'vote, variety, parts', seed: 22, shape: { ...shape, parts: 2 }, params: {} },
  { name: 'round-robin', seed: 23, shape, params: { combine: 'round-robin' } },
  { name: 'within labels', seed: 24, shape, params: { balance: 'labels', votePercent: 60 } },
  {
    name: 'the defaults: within labels, a part for each label, by lot',
    seed: 25,
    shape,
    params: { balance: 'labels', subTasks: 'labels', tieRule: 'random' }
  }
]

/** Runs one recipe and takes its numbers down. */
export async function makeGolden(device: Device, recipe: GoldenRecipe): Promise<Golden> {
  const { inputs } = makeCase(recipe.seed, recipe.shape)
  const { selection, checkpoints } = await runCase(device, inputs, recipe.params, {
    seed: recipe.seed
  })
  const chosen = selection.order.slice(0, selection.got)
  const votes = VoteResult.parse(selection.info['votes'])
  const scores = checkpoints[1].arrays['scores']
  return {
    recipe,
    firstRows: [...chosen.subarray(0, 20)],
    chosenHash: hashString([...chosen.slice().sort()].join(',')),
    histogram: votes.histogram,
    tieShare: selection.tieShare,
    thresholds: votes.tasks.map(({ threshold }) => threshold),
    scores: Array.from({ length: 20 }, (_, i) => scores[Math.floor((i * scores.length) / 20)])
  }
}
