// What a golden.json of a method that aims at examples records: a seeded case and its numbers.
import type { Device } from '../../compute/devices/device.ts'
import { hashString } from '../../compute/random.ts'
import { makeCase, type CaseShape } from '../selection/icons/icons.test-support.ts'
import type { TargetSpec } from './target-run.ts'
import { runSpec, scoresOf } from './target.test-support.ts'

export interface TargetRecipe {
  readonly name: string
  readonly seed: number
  readonly shape: CaseShape
  readonly params: Readonly<Record<string, unknown>>
}

export interface TargetGolden {
  readonly recipe: TargetRecipe
  /** The first 20 chosen rows, exact. */
  readonly firstRows: readonly number[]
  /** Hash of the chosen rows in ascending order, exact. */
  readonly chosenHash: number
  /** 20 scores spread over tasks and rows; compared relative to the largest. */
  readonly scores: readonly number[]
}

/** The case every method is recorded on. */
export const goldenShape: CaseShape = { rows: 400, columns: 12, classes: 4, tasks: 3, budget: 50 }

/** Runs one recipe and takes its numbers down. */
export async function recordTarget(
  device: Device,
  recipe: TargetRecipe,
  spec: TargetSpec
): Promise<TargetGolden> {
  const { inputs } = makeCase(recipe.seed, recipe.shape)
  const record = await runSpec(device, inputs, spec, { seed: recipe.seed })
  const chosen = record.selection.order.slice(0, record.selection.got)
  const scores = scoresOf(record)
  return {
    recipe,
    firstRows: [...chosen.subarray(0, 20)],
    chosenHash: hashString([...chosen.slice().sort()].join(',')),
    scores: Array.from({ length: 20 }, (_, i) => scores[Math.floor((i * scores.length) / 20)])
  }
}
