import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { goldenRecipes, makeGolden, type Golden } from './golden.test-support.ts'

// Written by `npm run golden -- gtp`; a change of numbers bumps the method's version.
const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, 'golden.json'), 'utf8')
) as Golden[]

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

describe('golden.json', () => {
  it('holds every recipe', () => {
    expect(golden.map(({ recipe }) => recipe)).toEqual(goldenRecipes)
  })

  it.each(golden)('$recipe.name gives the recorded numbers', async (recorded) => {
    const now = await makeGolden(device, recorded.recipe)
    expect({ ...now, error: 0, weights: [] }).toEqual({ ...recorded, error: 0, weights: [] })
    expect(Math.abs(now.error / recorded.error - 1)).toBeLessThan(1e-4)
    now.weights.forEach((weight, i) =>
      expect(Math.abs(weight - recorded.weights[i])).toBeLessThan(1e-4 * recorded.weights[i])
    )
  })
})
