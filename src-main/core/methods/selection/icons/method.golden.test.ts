import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { goldenRecipes, makeGolden, type Golden } from './golden.test-support.ts'

// Written by `npm run golden -- icons`; a change of numbers bumps the method's version.
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
    expect({ ...now, thresholds: [], scores: [] }).toEqual({
      ...recorded,
      thresholds: [],
      scores: []
    })
    for (const key of ['thresholds', 'scores'] as const) {
      now[key].forEach((value, i) => {
        const expected = recorded[key][i]
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(
          1e-5 * Math.max(0.1, Math.abs(expected))
        )
      })
    }
  })
})
