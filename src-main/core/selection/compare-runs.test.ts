// Comparison arithmetic.
import { describe, expect, it } from 'vitest'
import { chanceJaccard, orderAgreement } from './compare-runs.ts'

describe('chance overlap', () => {
  it('is expected shared over expected union', () => {
    // Two sets of 20 of 100: 4 shared, 36 in the union.
    expect(chanceJaccard(20, 20, 100)).toBeCloseTo(4 / 36, 12)
    expect(chanceJaccard(100, 100, 100)).toBe(1)
    expect(chanceJaccard(0, 0, 100)).toBe(0)
    expect(chanceJaccard(5, 5, 0)).toBe(0)
  })
})

describe('agreement of two orders', () => {
  it('is Spearman\u2019s correlation over the items both orders have', () => {
    // Rows 0..5; row 5 is only in the first order, row 4 in none of them.
    const first = Uint32Array.from([1, 2, 3, 5, 0, 4])
    const same = Uint32Array.from([10, 20, 30, 40, 0, 0])
    const reverse = Uint32Array.from([40, 30, 20, 10, 0, 0])
    expect(orderAgreement(first, same)).toEqual({ shared: 4, correlation: 1 })
    expect(orderAgreement(first, reverse)).toEqual({ shared: 4, correlation: -1 })
    // Places 1 2 3 4 against 2 1 4 3: d^2 = 4, 1 - 6 * 4 / (4 * 15).
    expect(orderAgreement(first, Uint32Array.from([2, 1, 4, 3, 0, 0])).correlation).toBeCloseTo(
      0.6,
      12
    )
    expect(orderAgreement(first, Uint32Array.from([1, 2, 0, 0, 0, 0]))).toEqual({
      shared: 2,
      correlation: null
    })
  })
})
