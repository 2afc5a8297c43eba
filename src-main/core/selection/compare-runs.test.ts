// Comparison arithmetic.
import { describe, expect, it } from 'vitest'
import { chanceJaccard } from './compare-runs.ts'

describe('chance overlap', () => {
  it('is expected shared over expected union', () => {
    // Two sets of 20 of 100: 4 shared, 36 in the union.
    expect(chanceJaccard(20, 20, 100)).toBeCloseTo(4 / 36, 12)
    expect(chanceJaccard(100, 100, 100)).toBe(1)
    expect(chanceJaccard(0, 0, 100)).toBe(0)
    expect(chanceJaccard(5, 5, 0)).toBe(0)
  })
})
