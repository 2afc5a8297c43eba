import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { percentile, percentileOf } from './percentile.ts'

describe('percentile', () => {
  it('meets golden vector G3', () => {
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 80)).toBeCloseTo(8.2, 12)
    expect(percentile([5, 3, 1, 4, 2], 80)).toBeCloseTo(4.2, 12)
  })

  it('lets N - ceil((100-p)/100 (N-1)) distinct values pass (B4)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 99 }), (n, p) => {
        const values = Array.from({ length: n }, (_, i) => (i * 7919) % 10007)
        const cut = percentile(values, 100 - p)
        const passing = values.filter((value) => value >= cut).length
        const exact = ((100 - p) * (n - 1)) / 100
        // A position that is a whole number in exact arithmetic may miss it by one rounding.
        if (Number.isInteger(exact)) return
        expect(passing).toBe(n - Math.ceil(exact))
      })
    )
  })

  it('has no NaN where values are infinite', () => {
    const sorted = [-Infinity, -Infinity, 1, 2]
    expect(percentileOf(4, (i) => sorted[i], 50)).toBe(1)
    expect(percentileOf(4, (i) => sorted[i], 10)).toBe(-Infinity)
    expect(percentileOf(0, () => 0, 50)).toBeNaN()
    expect(percentileOf(1, () => 3, 50)).toBe(3)
  })
})
