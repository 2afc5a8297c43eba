// Intervals: their width, and how often they call a random set better than random.
import { describe, expect, it } from 'vitest'
import { createRandom } from '../compute/random.ts'
import { armInterval, differenceInterval } from './paired.ts'

describe('interval', () => {
  it('of a difference to a fixed set excludes zero where the range of random excludes the set', () => {
    const random = [0.7, 0.71, 0.69, 0.705, 0.695]
    const range = armInterval(random)
    for (const chosen of [range.high + 1e-9, range.high - 1e-9]) {
      const difference = differenceInterval(new Array<number>(5).fill(chosen), random)
      expect(difference.low > 0).toBe(chosen > range.high)
    }
    expect(armInterval([0.5])).toEqual({ mean: 0.5, low: 0, high: 1 })
  })
  it('calls a random set better in at most 2.5 % of cases where training holds luck', () => {
    const random = createRandom(12)
    const trials = 3000
    let helped = 0
    for (let trial = 0; trial < trials; trial++) {
      const draw = (): number => 0.7 + 0.01 * random.normal()
      const luck = (): number => 0.01 * random.normal()
      const set = draw()
      const chosen = Array.from({ length: 5 }, () => set + luck())
      const interval = differenceInterval(
        chosen,
        Array.from({ length: 5 }, () => draw() + luck())
      )
      if (interval.low > 0) helped++
    }
    // Below 2.5 %; five standard errors of room.
    expect(helped / trials).toBeLessThan(0.025 + 5 * 0.0029)
    expect(helped).toBeGreaterThan(0)
  })
  it('has the width of a single draw', () => {
    const interval = differenceInterval([0.8, 0.8, 0.8, 0.8, 0.8], [0.7, 0.71, 0.72, 0.73, 0.74])
    expect(interval.mean).toBeCloseTo(0.08, 12)
    // t(4) = 2.7764, sd = 0.0158114, sqrt(1 + 1/5) = 1.0954.
    expect(interval.high - interval.mean).toBeCloseTo(2.776445 * 0.0158114 * 1.0954451, 6)
  })
  it('is the whole range for one repeat', () => {
    expect(differenceInterval([0.8], [0.7])).toMatchObject({ low: -1, high: 1 })
  })
  it('calls a random set better than random in about 2.5 % of cases, not more', () => {
    const random = createRandom(11)
    const trials = 4000
    let helped = 0
    let worse = 0
    for (let trial = 0; trial < trials; trial++) {
      // A random set is one draw like the others.
      const chosen = new Array<number>(5).fill(0.7 + 0.01 * random.normal())
      const interval = differenceInterval(
        chosen,
        Array.from({ length: 5 }, () => 0.7 + 0.01 * random.normal())
      )
      if (interval.low > 0) helped++
      if (interval.high < 0) worse++
    }
    // 2.5 % each, five standard errors (0.25 % each) either way.
    expect(helped / trials).toBeGreaterThan(0.012)
    expect(helped / trials).toBeLessThan(0.038)
    expect(worse / trials).toBeGreaterThan(0.012)
    expect(worse / trials).toBeLessThan(0.038)
  })
})
