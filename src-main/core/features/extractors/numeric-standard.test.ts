// Standardised numbers: mean and spread against plain formulas, missing values, columns that do
// not vary, and the same fit however the rows are cut into blocks.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNumericFitter, standardise } from './numeric-standard.ts'

const all = (): boolean => true

function fitOf(
  rows: readonly (readonly number[])[],
  columns: number
): ReturnType<ReturnType<typeof createNumericFitter>['finish']> {
  const fitter = createNumericFitter(columns)
  fitter.add(Float64Array.from(rows.flat()), all)
  return fitter.finish()
}

describe('numbers', () => {
  it('of 1, 2, 3 and 10, 10, 40 have mean 0 and spread 1', () => {
    const rows = [
      [1, 10],
      [2, 10],
      [3, 40]
    ]
    const fit = fitOf(rows, 2)
    expect(Array.from(fit.center)).toEqual([2, 20])
    expect(fit.inverseSpread[0]).toBeCloseTo(Math.sqrt(3 / 2), 12)
    const { values, missing, empty } = standardise(Float64Array.from(rows.flat()), fit)
    for (const column of [0, 1]) {
      const own = [0, 1, 2].map((row) => values[row * 2 + column])
      expect(own.reduce((a, b) => a + b)).toBeCloseTo(0, 6)
      expect(own.reduce((a, b) => a + b * b, 0) / 3).toBeCloseTo(1, 6)
    }
    expect([missing, empty]).toEqual([0, 0])
  })

  it('that are missing become the mean and are counted; rows without any are counted apart', () => {
    const none = Number.NaN
    const fit = fitOf(
      [
        [1, 5],
        [3, 7]
      ],
      2
    )
    const made = standardise(Float64Array.from([none, 5, none, none, 3, Infinity]), fit)
    expect(Array.from(made.values)).toEqual([0, -1, 0, 0, 1, 0])
    expect([made.missing, made.empty]).toEqual([4, 1])
  })

  it('that do not vary become 0, also around a large constant and where all are missing', () => {
    const fit = fitOf(
      Array.from({ length: 50 }, () => [7, 1e12 + 1e-5, Number.NaN]),
      3
    )
    expect(Array.from(fit.inverseSpread)).toEqual([0, 0, 0])
    const { values } = standardise(Float64Array.from([9, 5, 5]), fit)
    expect(values.map(Math.abs)).toEqual(new Float32Array(3))
  })

  it('too large for float32 stay finite', () => {
    const { values } = standardise(Float64Array.from([1e300, -1e300]), {
      center: Float64Array.of(0),
      inverseSpread: Float64Array.of(1),
      rows: 1
    })
    expect(values.every(Number.isFinite)).toBe(true)
  })

  it('of rows that are not used do not count', () => {
    const fitter = createNumericFitter(1)
    fitter.add(Float64Array.of(1, 100, 3), (row) => row !== 1)
    const fit = fitter.finish()
    expect([fit.center[0], fit.rows]).toEqual([2, 2])
  })

  it('give the fit of the plain formulas, the same bits for any blocks', () => {
    const value = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(Number.NaN))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        (rows, sizes) => {
          const whole = fitOf(rows, 2)
          const fitter = createNumericFitter(2)
          for (let at = 0, turn = 0; at < rows.length; turn++) {
            const size = sizes[turn % sizes.length]
            fitter.add(Float64Array.from(rows.slice(at, at + size).flat()), all)
            at += size
          }
          expect(fitter.finish()).toEqual(whole)
          for (const column of [0, 1]) {
            const own = rows.map((row) => row[column]).filter((number) => !Number.isNaN(number))
            const mean = own.length === 0 ? 0 : own.reduce((a, b) => a + b, 0) / own.length
            const spread = Math.sqrt(
              own.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, own.length)
            )
            expect(Math.abs(whole.center[column] - mean)).toBeLessThan(1e-6)
            if (spread > 1e-3)
              expect(Math.abs(whole.inverseSpread[column] * spread - 1)).toBeLessThan(1e-6)
          }
        }
      )
    )
  })
})
