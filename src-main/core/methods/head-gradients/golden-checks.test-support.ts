// The checks of a golden.json of a method that aims at examples, the same for each of them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import type { TargetGolden, TargetRecipe } from './golden.test-support.ts'

/** Declares the tests: recipes as recorded, and the recorded numbers again. */
export function checkGolden(
  folder: string,
  recipes: readonly TargetRecipe[],
  makeGolden: (device: Device, recipe: TargetRecipe) => Promise<TargetGolden>
): void {
  const path = join(folder, 'golden.json')
  const golden = JSON.parse(readFileSync(path, 'utf8')) as TargetGolden[]
  let device: Device
  beforeAll(async () => {
    device = await openTestDevice()
  })

  describe('golden.json', () => {
    it('holds every recipe', () => {
      expect(golden.map(({ recipe }) => recipe)).toEqual(recipes)
    })

    it.each(golden)('$recipe.name gives the recorded numbers', async (recorded) => {
      const now = await makeGolden(device, recorded.recipe)
      expect({ ...now, scores: [] }).toEqual({ ...recorded, scores: [] })
      const size = Math.max(...recorded.scores.map(Math.abs))
      now.scores.forEach((score, i) =>
        expect(Math.abs(score - recorded.scores[i])).toBeLessThan(1e-4 * size)
      )
    })
  })
}
