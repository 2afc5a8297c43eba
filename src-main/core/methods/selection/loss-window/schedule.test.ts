import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../compute/random.ts'
import { groupBorders } from './groups.ts'
import {
  isInside,
  isLastPart,
  planPass,
  windowSize,
  windowStart,
  type ScheduleSettings
} from './schedule.ts'

const settings = (change: Partial<ScheduleSettings> = {}): ScheduleSettings => ({
  schedule: 'window',
  passes: 40,
  skip01: 0,
  groups: 10,
  window01: 0.5,
  ...change
})

const lossesOf = (count: number, seed: number): Float64Array => {
  const random = createRandom(seed)
  return Float64Array.from({ length: count }, () => Math.exp(random.normal()))
}

describe('the window', () => {
  it('starts where the published code starts it (G12)', () => {
    const size = windowSize(10, 0.5)
    expect(size).toBe(5)
    expect([1, 2, 3, 4, 5, 6, 7].map((pass) => windowStart(pass, 10, size))).toEqual([
      1, 2, 3, 4, 5, 0, 1
    ])
  })

  it('goes from easy to hard: the losses it visits rise until it starts again', () => {
    const losses = lossesOf(2000, 1)
    const means = [1, 2, 3, 4, 5, 6].map((pass) => {
      const { rows, rule } = planPass(settings(), pass, losses, createRandom(pass))
      expect(rule.window).toEqual({ start: pass % 6, groups: 5, of: 10 })
      return rows.reduce((sum, row) => sum + losses[row], 0) / rows.length
    })
    for (let i = 1; i < 5; i++) expect(means[i]).toBeGreaterThan(means[i - 1])
    expect(means[5]).toBeLessThan(means[0])
  })

  it('visits exactly the rows inside its borders', () => {
    const losses = lossesOf(500, 2)
    for (let pass = 1; pass < 12; pass++) {
      const { rows, rule } = planPass(settings(), pass, losses, createRandom(pass))
      const inside = [...losses.keys()].filter((row) => isInside(rule, losses[row]))
      expect([...rows]).toEqual(inside)
    }
  })

  it('keeps all with r = 0 and w = 1, and in the first pass', () => {
    const losses = lossesOf(300, 3)
    const all = [...losses.keys()]
    for (let pass = 0; pass < 40; pass++) {
      const plan = planPass(settings({ window01: 1 }), pass, losses, createRandom(pass))
      expect([...plan.rows]).toEqual(all)
      expect(plan.weights.every((weight) => weight === 1)).toBe(true)
    }
    expect(planPass(settings({ skip01: 0.9 }), 0, losses, createRandom(0)).rows).toHaveLength(300)
  })

  it('draws by lot alone in the last eighth', () => {
    const losses = lossesOf(200, 4)
    expect([...Array(40).keys()].filter((pass) => isLastPart(pass, 40))).toEqual([
      35, 36, 37, 38, 39
    ])
    for (const pass of [35, 39]) {
      const { rows, rule } = planPass(settings({ skip01: 0.3 }), pass, losses, createRandom(pass))
      expect(rows).toHaveLength(140)
      expect(rule).toEqual({ low: null, high: null, inside: 0.7, outside: 0.7, window: null })
    }
  })

  it('is never empty, whatever the losses', () => {
    const loss = fc.constantFrom(0, 0.1, 0.1, 1, 3, 600)
    fc.assert(
      fc.property(
        fc.array(loss, { minLength: 1, maxLength: 30 }),
        fc.nat(39),
        fc.integer({ min: 2, max: 50 }),
        fc.constantFrom(0.01, 0.5, 1),
        fc.constantFrom(0, 0.5, 0.9),
        fc.constantFrom('window' as const, 'below-mean' as const),
        (list, pass, groups, window01, skip01, schedule) => {
          const losses = Float64Array.from(list)
          const made = settings({ schedule, groups, window01, skip01 })
          const { rows, weights } = planPass(made, pass, losses, createRandom(pass))
          expect(rows.length).toBeGreaterThan(0)
          expect(weights).toHaveLength(rows.length)
          expect(new Set(rows).size).toBe(rows.length)
          expect(rows.every((row) => row < losses.length)).toBe(true)
        }
      )
    )
  })
})

describe('below the mean (InfoBatch)', () => {
  const made = settings({ schedule: 'below-mean', skip01: 0.5 })

  it('keeps all rows at or above the mean, and a part of the others that counts for all of them', () => {
    const losses = lossesOf(1000, 5)
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / 1000
    const below = losses.filter((loss) => loss < mean).length
    const { rows, weights } = planPass(made, 3, losses, createRandom(1))
    expect(rows).toHaveLength(1000 - below + Math.floor(below / 2))
    rows.forEach((row, i) => {
      if (losses[row] >= mean) expect(weights[i]).toBe(1)
      else expect(weights[i]).toBeCloseTo(2, 2)
    })
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1000, 2)
  })

  it('the weighted sum of the losses is right on average', () => {
    const losses = lossesOf(400, 6)
    const total = losses.reduce((sum, loss) => sum + loss, 0)
    const sums = Array.from({ length: 400 }, (_, seed) => {
      const { rows, weights } = planPass(made, 2, losses, createRandom(seed))
      return rows.reduce((sum, row, i) => sum + weights[i] * losses[row], 0)
    })
    const mean = sums.reduce((sum, value) => sum + value, 0) / sums.length
    const spread = Math.sqrt(sums.reduce((s, v) => s + (v - mean) ** 2, 0) / sums.length)
    expect(spread).toBeGreaterThan(0)
    expect(Math.abs(mean - total)).toBeLessThan((4 * spread) / Math.sqrt(sums.length))
  })

  it('keeps a tenth at least, and all in the last eighth', () => {
    const losses = lossesOf(1000, 7)
    const hard = { ...made, skip01: 0.99 }
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / 1000
    const below = losses.filter((loss) => loss < mean).length
    const { rows } = planPass(hard, 3, losses, createRandom(1))
    expect(rows).toHaveLength(1000 - below + Math.floor(0.1 * below))
    expect(planPass(hard, 39, losses, createRandom(1)).rows).toHaveLength(1000)
  })
})

describe('groups', () => {
  it('are found where they lie', () => {
    const random = createRandom(8)
    const values = [0, 5, 20].flatMap((centre) =>
      Array.from({ length: 50 }, () => centre + 0.3 * random.normal())
    )
    const borders = groupBorders(values, 3)
    expect(borders).toHaveLength(2)
    expect(borders[0]).toBeCloseTo(2.5, 0)
    expect(borders[1]).toBeCloseTo(12.5, 0)
  })

  it('are such that every value is nearest to the mean of its own group', () => {
    const value = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        (list, k) => {
          const borders = groupBorders(list, k)
          expect(borders.length).toBeLessThan(k)
          const groupOf = (v: number): number => borders.filter((border) => v > border).length
          const members = Array.from({ length: borders.length + 1 }, (_, g) =>
            list.filter((v) => groupOf(v) === g)
          )
          const means = members.map((own) => own.reduce((s, v) => s + v, 0) / own.length)
          expect(members.every((own) => own.length > 0)).toBe(true)
          for (const v of list) {
            const own = Math.abs(v - means[groupOf(v)])
            expect(own).toBeLessThanOrEqual(Math.min(...means.map((m) => Math.abs(v - m))) + 1e-6)
          }
        }
      )
    )
  })

  it('are one where all values are equal', () => {
    expect(groupBorders([3, 3, 3], 10)).toEqual([])
    expect(groupBorders([], 10)).toEqual([])
  })
})
