import { describe, expect, it } from 'vitest'
import { rankCorrelation } from './rank-correlation.ts'

describe('rank correlation', () => {
  it('is 1 for the same order and -1 for the reverse', () => {
    expect(rankCorrelation([1, 2, 30], [5, 6, 7])).toBe(1)
    expect(rankCorrelation([1, 2, 30], [7, 6, 5])).toBe(-1)
  })

  it('is the textbook value, also with equal numbers', () => {
    // 1 - 6 * sum d^2 / (n (n^2 - 1)) with d = (0, 1, -1, 0): 1 - 12 / 60.
    expect(rankCorrelation([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12)
    // Ranks 1.5, 1.5, 3 against 1, 2, 3: 1.5 / sqrt(1.5 * 2).
    expect(rankCorrelation([4, 4, 9], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(3), 12)
  })

  it('does not exist where one list is all the same', () => {
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNaN()
    expect(rankCorrelation([1], [2])).toBeNaN()
    expect(() => rankCorrelation([1], [2, 3])).toThrow(RangeError)
  })
})
