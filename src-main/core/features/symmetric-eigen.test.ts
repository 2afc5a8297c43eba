// Eigenvectors of symmetric matrices against known results and against what they have to satisfy.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { symmetricEigen, type Eigen } from './symmetric-eigen.ts'

const vector = ({ vectors }: Eigen, k: number, n: number): number[] =>
  Array.from(vectors.subarray(k * n, (k + 1) * n))

describe('symmetric eigen', () => {
  it('of [[2, 1], [1, 2]] is 3 and 1', () => {
    const eigen = symmetricEigen([2, 1, 1, 2], 2)
    expect(eigen.values[0]).toBeCloseTo(3, 12)
    expect(eigen.values[1]).toBeCloseTo(1, 12)
    vector(eigen, 0, 2).forEach((value) => expect(value).toBeCloseTo(Math.SQRT1_2, 12))
  })

  it('of a diagonal matrix are its entries, largest first', () => {
    const eigen = symmetricEigen([1, 0, 0, 0, -5, 0, 0, 0, 3], 3)
    expect(Array.from(eigen.values)).toEqual([3, 1, -5])
    expect([0, 1, 2].map((k) => vector(eigen, k, 3))).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0]
    ])
  })

  it('of the second-difference matrix are 2 - 2 cos(k pi / (n + 1))', () => {
    const n = 40
    const matrix = Float64Array.from({ length: n * n }, (_, i) => {
      const distance = Math.abs(Math.floor(i / n) - (i % n))
      return distance === 0 ? 2 : distance === 1 ? -1 : 0
    })
    const expected = Array.from(
      { length: n },
      (_, k) => 2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1))
    )
    Array.from(symmetricEigen(matrix, n).values).forEach((value, k) =>
      expect(value).toBeCloseTo(expected[k], 10)
    )
  })

  it('of zeros, of one number and of nothing', () => {
    expect(Array.from(symmetricEigen([0, 0, 0, 0], 2).values)).toEqual([0, 0])
    expect(Array.from(symmetricEigen([-7], 1).values)).toEqual([-7])
    expect(symmetricEigen([], 0).values).toHaveLength(0)
  })

  it('always make the matrix again from orthonormal vectors, and leave it as it was', () => {
    const matrix = fc.integer({ min: 1, max: 8 }).chain((n) =>
      fc
        .array(fc.double({ min: -100, max: 100, noNaN: true }), {
          minLength: n * n,
          maxLength: n * n
        })
        .map((values) => ({
          n,
          a: values.map((_, i) => values[Math.min(i, (i % n) * n + Math.floor(i / n))])
        }))
    )
    fc.assert(
      fc.property(matrix, ({ n, a }) => {
        const before = [...a]
        const eigen = symmetricEigen(a, n)
        expect(a).toEqual(before)
        const size = Math.max(1, ...a.map(Math.abs))
        for (let i = 0; i < n; i++) {
          if (i > 0) expect(eigen.values[i]).toBeLessThanOrEqual(eigen.values[i - 1])
          for (let j = 0; j < n; j++) {
            let product = 0
            let made = 0
            for (let k = 0; k < n; k++) {
              product += eigen.vectors[i * n + k] * eigen.vectors[j * n + k]
              made += eigen.vectors[k * n + i] * eigen.values[k] * eigen.vectors[k * n + j]
            }
            expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-9)
            expect(Math.abs(made - a[i * n + j])).toBeLessThan(1e-8 * size * n)
          }
        }
      }),
      { numRuns: 60 }
    )
  })

  it('settle the signs: the largest entry of a vector is positive', () => {
    const eigen = symmetricEigen([-4, 1, 0.5, 1, 2, -3, 0.5, -3, 1], 3)
    for (let k = 0; k < 3; k++) {
      const largest = vector(eigen, k, 3).reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a))
      expect(largest).toBeGreaterThan(0)
    }
  })
})
