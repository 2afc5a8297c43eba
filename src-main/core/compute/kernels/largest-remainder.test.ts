import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { shareOut } from './largest-remainder.ts'

describe('shareOut', () => {
  it('rounds by the largest remainders, the lower index first', () => {
    expect(shareOut(10, [50, 30, 20], [99, 99, 99])).toEqual([5, 3, 2])
    expect(shareOut(7, [1, 1, 1], [99, 99, 99])).toEqual([3, 2, 2])
    expect(shareOut(10, [61, 30, 9], [99, 99, 99])).toEqual([6, 3, 1])
  })

  it('hands on what does not fit', () => {
    expect(shareOut(10, [8, 1, 1], [2, 9, 9])).toEqual([2, 4, 4])
    expect(shareOut(5, [0, 0], [3, 9])).toEqual([3, 2])
    expect(shareOut(100, [1, 1], [3, 4])).toEqual([3, 4])
  })

  it('always gives out exactly what there is, within the limits', () => {
    const group = fc.record({ weight: fc.nat(1000), limit: fc.nat(1000) })
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 1, maxLength: 12 }),
        fc.nat(5000),
        (groups, total) => {
          const limits = groups.map(({ limit }) => limit)
          const shares = shareOut(
            total,
            groups.map(({ weight }) => weight),
            limits
          )
          const room = limits.reduce((sum, limit) => sum + limit, 0)
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(Math.min(total, room))
          shares.forEach((share, i) => expect(share).toBeLessThanOrEqual(limits[i]))
        }
      )
    )
  })

  it('stays within one of the exact share where no limit binds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 9 }),
        fc.nat(500),
        (weights, total) => {
          const sum = weights.reduce((a, b) => a + b, 0)
          const shares = shareOut(
            total,
            weights,
            weights.map(() => 10_000)
          )
          shares.forEach((share, i) =>
            expect(Math.abs(share - (total * weights[i]) / sum)).toBeLessThan(1)
          )
        }
      )
    )
  })

  it('refuses negative input', () => {
    expect(() => shareOut(-1, [1], [1])).toThrow(RangeError)
    expect(() => shareOut(1, [-1], [1])).toThrow(RangeError)
  })
})
