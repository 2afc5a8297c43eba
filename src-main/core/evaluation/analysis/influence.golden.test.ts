// Leave-one-out influence: equal for exact copies, nothing for nothing removed (G17).
import { beforeAll, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { createRandom } from '../../compute/random.ts'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import { labelledValues, oneHotShares } from '../../networks/normalisation.ts'
import {
  analysisSizes,
  createKit,
  floatsOf,
  type AnalysisKit,
  type UnitResult
} from './analysis.ts'
import { influenceByLabel, influenceResult, influenceUnits, lossesOf } from './influence-panel.ts'

const classes = 2
const columns = 3
const signal = new AbortController().signal
let device: Device
let kit: AnalysisKit
const results = new Map<string, UnitResult>()
const read = (key: string): UnitResult => {
  const found = results.get(key)
  if (found === undefined) throw new RangeError(key)
  return found
}

/** Two clouds; items 1 and 4 of the set are the same. */
beforeAll(async () => {
  device = await openTestDevice()
  const random = createRandom(2)
  const cloud = (count: number) => {
    const labels = Int32Array.from({ length: count }, (_, i) => i % classes)
    const values = Float32Array.from({ length: count * columns }, (_, at) => {
      const label = labels[Math.floor(at / columns)]
      return random.normal() + (at % columns === 0 ? (label === 0 ? -1 : 1) : 0)
    })
    return { labels, values }
  }
  const set = cloud(6)
  set.values.set(set.values.slice(3, 6), 12)
  set.labels[4] = set.labels[1]
  const [train, test] = [cloud(20), cloud(30)]
  const input = {
    shape: { height: 1, width: 1, channels: columns },
    normalisation: { mean: [0, 0, 0], sd: [1, 1, 1] },
    classes,
    network: { kind: 'linear', width: 0, depth: 0, norm: 'none' },
    otherNetworks: [],
    set: { ...set, count: 6, shares: oneHotShares(set.labels, classes) },
    train: labelledValues(train.values, train.labels),
    test: labelledValues(test.values, test.labels),
    seed: 3
  } as const
  const sizes = { ...analysisSizes('quick'), influenceSteps: 40, influenceItems: 6, testItems: 30 }
  kit = createKit(device, input, sizes, signal)
  for (const unit of influenceUnits(input, sizes))
    results.set(unit.key, { step: unit.key, ...(await unit.run(kit)) })
})

it('is the same for exact copies', () => {
  const [one, copy, other] = [1, 4, 2].map((item) => floatsOf(read(`influence/${item}`), 'losses'))
  one.forEach((loss, i) => expect(loss).toBeCloseTo(copy[i], 5))
  expect(one.some((loss, i) => Math.abs(loss - other[i]) > 1e-3)).toBe(true)
})

it('is 0 when nothing is removed', async () => {
  const [unit] = influenceUnits(kit.inputs, kit.sizes)
  const again = await unit.run(kit)
  expect(again.arrays['losses']).toEqual(read('influence/all').arrays['losses'])
})

it('names the test items that each item helps most, best first', () => {
  const result = influenceResult(kit, read, (position) => position + 100)
  expect(result.items.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5])
  for (const { helps } of result.items) {
    expect(helps.length).toBeLessThanOrEqual(9)
    helps.forEach(({ row, influence }, i) => {
      expect(row).toBeGreaterThanOrEqual(100)
      expect(influence).toBeGreaterThan(0)
      if (i > 0) expect(influence).toBeLessThanOrEqual(helps[i - 1].influence)
    })
  }
  // Two clouds apart: an item helps its own label on the whole.
  expect(result.byLabel[0][0] + result.byLabel[1][1]).toBeGreaterThan(
    result.byLabel[0][1] + result.byLabel[1][0]
  )
  expect(result.reading).toContain('%')
})

it('takes means by label', () => {
  const table = influenceByLabel(
    [Float32Array.of(1, 2, 3), Float32Array.of(5, 6, 7)],
    [0, 0],
    Int32Array.of(0, 1, 1),
    2
  )
  expect(table).toEqual([
    [3, 4.5],
    [0, 0]
  ])
})

it('takes the loss of each row', () => {
  const [even, sure] = lossesOf(Float32Array.of(2, 2, 1000, 0), Int32Array.of(1, 0), 2)
  expect(even).toBeCloseTo(Math.log(2), 6)
  expect(sure).toBe(0)
})
