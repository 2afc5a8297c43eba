// How long until the first picture follows from what is left of the phases before it, and is not told
// where nobody can know.
import { expect, it } from 'vitest'
import type { Job } from '../../api/dto/jobs.ts'
import { distributionMatchingMethod } from '../methods/distillation/distribution-matching/method.ts'
import { realisticTilesMethod } from '../methods/distillation/realistic-tiles/method.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import type { DatasetRecord } from '../store/records.ts'
import { draftFor } from './distil.test-support.ts'
import { secondsToFirst, type FirstPicture } from './first-picture.ts'

const speed = {
  forward: 1e-4,
  trained: 4e-4,
  second: 0,
  perPicture: 1e-3,
  deviceId: 'native',
  device: 'processor',
  slowdown: 1
}
const facts: FirstPicture = {
  draft: draftFor('pictures', { kind: 'made', method: { id: 'distribution-matching' } }),
  // Callers parse parameters with the method's own schema, as the registry's cast says.
  method: distributionMatchingMethod as unknown as DistillationMethod,
  dataset: { id: 'pictures', kind: 'images', classNames: ['a', 'b'] } as unknown as DatasetRecord,
  classes: 2,
  items: { train: 1000, validation: 100, test: 100 },
  shape: { height: 16, width: 16, channels: 1 },
  threads: 2,
  device: 'auto',
  prober: { remembered: ({ shape }) => (shape.channels === 1 ? speed : undefined) }
}
const at = (name: string, done: number, total: number, state = 'running') =>
  ({ state, phase: { name, done, total } }) as unknown as Job // only these are read

it('shrinks from phase to phase and as a phase goes on', () => {
  const told = [
    at('Reading the items', 0, 1200),
    at('Reading the items', 900, 1200),
    at('Making the set', 0, 1000),
    at('Making the set', 10, 1000)
  ].map((job) => secondsToFirst(facts, job) ?? NaN)
  expect(told.every((seconds) => seconds >= 0)).toBe(true)
  for (let i = 1; i < told.length; i++) expect(told[i]).toBeLessThan(told[i - 1])
  // Decoding 1,200 pictures of a millisecond each comes first.
  expect(told[0] - told[2]).toBeCloseTo(1.2, 6)
})

it('is not told by a resting job, a network never measured, or a method that shows nothing early', () => {
  expect(secondsToFirst(facts, at('Making the set', 0, 10, 'paused'))).toBeUndefined()
  expect(secondsToFirst(facts, at('Testing the set', 0, 10))).toBeUndefined()
  const unknown = { ...facts, prober: { remembered: () => undefined } }
  expect(secondsToFirst(unknown, at('Making the set', 0, 10))).toBeUndefined()
  const tiles = {
    ...facts,
    method: realisticTilesMethod as unknown as DistillationMethod,
    draft: draftFor('pictures', { kind: 'mixed', method: { id: 'realistic-tiles' } })
  }
  expect(secondsToFirst(tiles, at('Making the set', 0, 10))).toBeUndefined()
})
