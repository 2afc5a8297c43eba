// Published arithmetic (Li et al. 2023, tables 4 to 13), reproduced from the printed figures per task.
import { describe, expect, it } from 'vitest'
import { erfc, mcNemar, mcNemarOf, mean, shareInterval } from './statistics.ts'

const oneScreenOneStep = {
  T1: [100, 100, 100, 100, 100, 100, 100, 100, 100, 64],
  T3: [100, 100, 100, 100, 100, 100, 100, 100, 100, 96]
}
const oneScreenManySteps = [92, 68, 56, 68, 96, ...Array.from({ length: 15 }, () => 100)]
const manyScreens = {
  T1: [88, 36, 96, 44, 32, 96, 76, 100, 100, 96, 20, 84, 72],
  T3: [88, 72, 96, 60, 56, 100, 92, 100, 100, 96, 64, 84, 96],
  T5: [88, 76, 96, 68, 64, 100, 92, 100, 100, 96, 72, 84, 96]
}

describe('means', () => {
  it.each([
    ['one screen, one step, 1 attempt', oneScreenOneStep.T1, 96.4],
    ['one screen, one step, 3 attempts', oneScreenOneStep.T3, 99.6],
    ['one screen, many steps, 1 attempt', oneScreenManySteps, 94.0],
    ['many screens, 1 attempt', manyScreens.T1, 72.3],
    ['many screens, 3 attempts', manyScreens.T3, 84.9],
    ['many screens, 5 attempts', manyScreens.T5, 87.1]
  ])('%s', (_, values, published) => {
    expect(Math.round(mean(values) * 10) / 10).toBe(published)
  })

  it('all 43 tasks at one attempt: 88.0', () => {
    const all = [...oneScreenOneStep.T1, ...oneScreenManySteps, ...manyScreens.T1]
    expect(all).toHaveLength(43)
    expect(Math.round(mean(all) * 10) / 10).toBe(88)
  })
})

describe('the one-tailed McNemar test', () => {
  it.each([
    [11, 17, 0.00715],
    [8, 16, 0.00234],
    [24, 25, 0.159],
    [18, 24, 0.00715]
  ])('%i to %i of 25, none lost', (before, after, p) => {
    expect(mcNemar(0, after - before).p).toBeCloseTo(p, p > 0.1 ? 3 : 5)
  })

  it('counts pairs that differ, and says nothing where none does', () => {
    const pairs = [
      [true, false],
      [false, true],
      [false, true],
      [true, true]
    ] as const
    expect(mcNemarOf(pairs)).toMatchObject({ lost: 1, won: 2 })
    expect(mcNemarOf([[true, true]])).toEqual({ lost: 0, won: 0, z: 0, p: 1 })
  })

  it('more lost than won is no sign of gain', () => {
    expect(mcNemar(6, 0).p).toBeGreaterThan(0.99)
  })
})

it('erfc: known values', () => {
  expect(erfc(0)).toBeCloseTo(1, 6)
  expect(erfc(1)).toBeCloseTo(0.157299207, 6)
  expect(erfc(-1)).toBeCloseTo(1.842700793, 6)
})

it('shares have Wilson intervals', () => {
  const [low, high] = shareInterval(8, 25)
  expect(low).toBeCloseTo(0.1721, 3)
  expect(high).toBeCloseTo(0.5159, 3)
  expect(shareInterval(0, 0)).toEqual([0, 1])
  expect(shareInterval(25, 25)[1]).toBe(1)
})
