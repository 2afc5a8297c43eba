// The estimate of a test: it grows with what is trained, and leaves out what was not measured.
import { describe, expect, it } from 'vitest'
import { SelectDraft } from '../../api/dto/runs.ts'
import {
  checkBytes,
  checkDiskBytes,
  checkSeconds,
  checkTimes,
  type CheckCost
} from './check-estimate.ts'
import { draftFor } from './selection-fixture.ts'

const candidates = Uint32Array.from({ length: 1000 }, (_, i) => i)
const training = { perTraining: 10, perTestItem: 0.001, perPair: 0, perPicture: 0.01 }

function costOf(check: Record<string, unknown>, kind = 'images'): CheckCost {
  return {
    draft: SelectDraft.parse({ ...draftFor('pool'), check: { repeats: 5, ...check } }),
    scope: {
      asked: 100,
      candidates,
      testRows: candidates.slice(0, 200),
      // Only these two fields are read.
      dataset: { kind, classNames: ['a', 'b'] } as unknown as CheckCost['scope']['dataset']
    },
    speed: {
      columns: 10,
      flopsPerSecond: 1e6,
      check: {
        convnet: training,
        mlp: { ...training, perPicture: 0 },
        knn: { perTraining: 0, perTestItem: 0, perPair: 1e-6, perPicture: 0 }
      }
    },
    threads: 2
  }
}

describe('the time of the test', () => {
  it('counts every arm of every repeat of a network, shared among threads', () => {
    // 2 fixed arms + 2 draws in each of 5 repeats = 20 trainings of 10.2 s on two threads.
    expect(checkSeconds(costOf({ model: 'mlp' }))).toBeCloseTo((20 * 10.2) / 2, 6)
    // All 1,000 pictures and the 200 test pictures are decoded once.
    expect(checkSeconds(costOf({ model: 'convnet' }))).toBeCloseTo((20 * 10.2) / 2 + 12, 6)
  })
  it('counts the pairs of k-NN and the rows of the linear model', () => {
    // 100 + 1000 + 10 x 100 rows by 200 test items.
    expect(checkSeconds(costOf({ model: 'knn' }))).toBeCloseTo((2100 * 200 * 1e-6) / 2, 9)
    expect(checkSeconds(costOf({}))).toBeCloseTo((4 * 10 * 2 * 60 * 2100) / 1e6 / 2, 9)
  })
  it('adds other models and the curve', () => {
    const linear = checkSeconds(costOf({}))
    expect(checkSeconds(costOf({ alsoModels: ['mlp'] }))).toBeCloseTo(linear + 102, 6)
    // 25, 50, 200 and 400 items, one chosen and ten draws each.
    const curve = (4 * 10 * 2 * 60 * 11 * 675) / 1e6 / 2
    expect(checkSeconds(costOf({ curve: true }))).toBeCloseTo(linear + curve, 6)
  })
  it('is nothing when the test is off, and leaves pictures out where there are none', () => {
    expect(checkSeconds(costOf({ isOn: false, model: 'mlp' }))).toBe(0)
    expect(checkSeconds(costOf({ model: 'convnet' }, 'text'))).toBe(checkSeconds(costOf({})))
  })
  it('tells the times that are known', () => {
    const cost = costOf({})
    expect(checkTimes(cost).map(({ model }) => model)).toEqual(['linear', 'knn', 'mlp', 'convnet'])
    const fresh = { ...cost, speed: { ...cost.speed, check: {} } }
    expect(checkTimes(fresh).map(({ model }) => model)).toEqual(['linear'])
  })
})

describe('what the test takes beside', () => {
  it('counts memory per thread and pictures on the disk', () => {
    expect(checkBytes(costOf({}))).toBe(2 * 2 * 1000 * 40)
    expect(checkBytes(costOf({ model: 'convnet' }))).toBe(2 * (250e6 + 1200 * 3072))
    expect(checkDiskBytes(costOf({ model: 'convnet' }))).toBe(1200 * 3072)
    expect(checkDiskBytes(costOf({}))).toBe(0)
  })
})
