// Whole runs: learned pairs come closer to their goal, the same bits after a stop, and items
// that are no pairs are refused.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import type { MethodCheckpoint } from '../../method.ts'
import { contextOn, runToEnd } from '../matching/matching.test-support.ts'
import { pairMatchingMethod } from './method.ts'
import { smallPairs } from './pair-matching.test-support.ts'
import { pairMatchingParams, type PairMatchingParams } from './params.ts'
import { realPairsMethod } from '../real-pairs/method.ts'

let device: Device
beforeAll(async () => {
  device = (await openDevice('native')).device
  await enableGradients()
})

const short = {
  space: 4,
  temperature: 0.2,
  steps: 6,
  lessons: 2,
  helpers: 2,
  helperEpochs: 2,
  rank: 2
} as const

function made(params: Partial<PairMatchingParams> = {}, resume?: MethodCheckpoint, count = 8) {
  const parsed = pairMatchingParams.parse({ ...short, ...params })
  return runToEnd(pairMatchingMethod.run(contextOn(device, resume), smallPairs(count), parsed))
}

describe.each([
  ['plain', {}],
  ['blends and learned similarity', { mix: 1, similarity: 'learned' }],
  ['exact, from herding', { memory: 'exact', start: 'herding', average: 0 }]
] as const)('learned pairs: %s', (_name, params) => {
  test('go on from any checkpoint to the same bits, and keep nothing', async () => {
    const before = device.tf.memory().numTensors
    const { progress, set } = await made(params)
    expect(device.tf.memory().numTensors).toBe(before)
    expect(set.count).toBe(8)
    expect(set.consumer).toBe('pairs')
    expect(set.values.every(Number.isFinite)).toBe(true)
    const kept = progress.flatMap(({ checkpoint }) => checkpoint ?? [])
    expect(kept.length).toBeGreaterThan(2)
    const again = await made(params, kept[2])
    expect(again.set.values).toEqual(set.values)
    expect(again.set.targets).toEqual(set.targets)
    expect(again.set.info).toEqual(set.info)
  }, 60_000)
})

test('what is stored is what is needed: rows, and the parts of a learned similarity', async () => {
  const { set } = await made({ similarity: 'learned', steps: 2 })
  expect(set.stored.map(({ name, shape, part }) => [name, shape, part])).toEqual([
    ['pairs', [8, 11], 'items'],
    ['own similarity', [8], 'labels'],
    ['similarity left', [8, 2], 'labels'],
    ['similarity right', [8, 2], 'labels']
  ])
  expect(set.targets).toMatchObject({ kind: 'values' })
  expect(set.targets.kind === 'values' && set.targets.values.length).toBe(64)
})

test('pairs come closer to where helpers go', async () => {
  const { progress } = await made({ steps: 30, lessonRate: 1, helperEpochs: 3 }, undefined, 6)
  const far = progress.flatMap(({ live }) => (live === undefined ? [] : live.y))
  const mean = (list: readonly number[]): number =>
    list.reduce((sum, value) => sum + value / list.length, 0)
  expect(far).toHaveLength(30)
  expect(mean(far.slice(-10))).toBeLessThan(0.8 * mean(far.slice(0, 5)))
}, 60_000)

describe('real pairs', () => {
  test.each(['random', 'k-center', 'herding'] as const)('%s: different rows', async (choice) => {
    const params = realPairsMethod.params.parse({ choice, space: 4 })
    const inputs = smallPairs(10)
    const { set } = await runToEnd(realPairsMethod.run(contextOn(device), inputs, params))
    expect(new Set(set.sourceRows).size).toBe(10)
    expect(set.form).toBe('rows')
    expect(set.values).toEqual(inputs.train.read(set.sourceRows ?? new Uint32Array(0)))
    expect(set.info['tables']).toHaveLength(2)
  })

  test('all of them where fewer are there', async () => {
    const params = realPairsMethod.params.parse({ space: 4 })
    const { set } = await runToEnd(realPairsMethod.run(contextOn(device), smallPairs(1000), params))
    expect(set.count).toBe(150)
  })
})

test('items that are no pairs are refused', async () => {
  const inputs = { ...smallPairs(4) }
  Reflect.deleteProperty(inputs, 'pairs')
  const params = realPairsMethod.params.parse({})
  await expect(runToEnd(realPairsMethod.run(contextOn(device), inputs, params))).rejects.toThrow(
    'pairs of a picture and a text'
  )
})
