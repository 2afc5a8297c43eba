// G21: the same draft with the same seed makes the same set, number by number, on the same device; on
// another device it is the same but for rounding.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDevice } from '../compute/devices/registry.ts'
import { openTestDevice } from '../compute/wasm.test-support.ts'
import { DistilResult } from '../../api/dto/distil.ts'
import { distributionMatchingMethod } from '../methods/distillation/distribution-matching/method.ts'
import { distributionMatchingParams } from '../methods/distillation/distribution-matching/params.ts'
import {
  contextOn,
  runToEnd,
  smallInputs
} from '../methods/distillation/matching/matching.test-support.ts'
import {
  addPictures,
  createDistilFixture,
  draftFor,
  runDistilJob,
  type DistilFixture
} from './distil.test-support.ts'

let fixture: DistilFixture
beforeEach(async () => {
  fixture = await createDistilFixture()
})
afterEach(() => fixture.dispose())

describe('G21: two runs', () => {
  it.each([
    ['kernel-ridge', 'made', { iterations: 5, batch: 20 }],
    ['real-items', 'real', { choice: 'k-means', studentEpochs: 10, rates: 1 }],
    [
      'soft-labels',
      'real',
      { expertEpochs: 1, moments: 1, studentEpochs: 10, rates: 1, finalists: 1 }
    ]
  ])(
    'of %s have the same hash, and another seed another',
    async (method, kind, params) => {
      await addPictures(fixture, 100)
      const hashOf = async (id: string, seed: number, ownExperts = id): Promise<unknown> => {
        const draft = draftFor('pictures', {
          kind,
          method: { id: method, params },
          perClass: 1,
          seed,
          check: { isOn: false }
        })
        // Helper models are trained anew: finding them on disk would prove nothing.
        const { error } = await runDistilJob(fixture, draft, { id, expertsFolder: ownExperts })
        expect(error).toBeUndefined()
        return DistilResult.parse(fixture.store.runs.get(id)?.result).provenance['setHash']
      }
      const first = await hashOf('one', 3)
      expect(first).toMatch(/^[0-9a-f]{64}$/)
      expect(await hashOf('two', 3)).toBe(first)
      expect(await hashOf('other', 4)).not.toBe(first)
    },
    60_000
  )
})

it('G21: another device makes the same items to within 1e-3', async () => {
  const params = distributionMatchingParams.parse({ iterations: 3, realPerClass: 8 })
  const made: Float32Array[] = []
  for (const open of [openTestDevice, async () => (await openDevice('native')).device]) {
    const device = await open()
    const steps = distributionMatchingMethod.run(contextOn(device), smallInputs(1), params)
    made.push((await runToEnd(steps)).set.values)
  }
  const apart = made[0].reduce(
    (most, value, at) => Math.max(most, Math.abs(value - made[1][at])),
    0
  )
  expect(made[0].length).toBeGreaterThan(100)
  // Bytes of pixels: a value that rounds the other way is one step of a byte away.
  const steps = made[0].filter((value, at) => Math.abs(value - made[1][at]) > 1e-3).length
  expect(steps / made[0].length).toBeLessThan(0.01)
  expect(apart).toBeLessThan(0.05)
})
