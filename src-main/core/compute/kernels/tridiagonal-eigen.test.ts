import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { eigenOfSymmetric, type SymmetricEigen } from './tridiagonal-eigen.ts'

function eigen(matrix: ArrayLike<number>, n: number): SymmetricEigen {
  const run = eigenOfSymmetric(matrix, n)
  for (;;) {
    const step = run.next()
    if (step.done === true) return step.value
  }
}

function symmetric(seed: number, n: number): Float64Array {
  const random = createRandom(seed)
  const a = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = random.normal()
  return a
}

function check(a: ArrayLike<number>, n: number, { values, vectors }: SymmetricEigen): void {
  for (let k = 0; k < n; k++) {
    const v = vectors.subarray(k * n, (k + 1) * n)
    if (k > 0) expect(values[k]).toBeGreaterThanOrEqual(values[k - 1])
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let j = 0; j < n; j++) sum += a[i * n + j] * v[j]
      expect(Math.abs(sum - values[k] * v[i])).toBeLessThan(1e-10 * n)
    }
    for (let other = 0; other <= k; other++) {
      let dot = 0
      for (let j = 0; j < n; j++) dot += v[j] * vectors[other * n + j]
      expect(Math.abs(dot - (other === k ? 1 : 0))).toBeLessThan(1e-11 * n)
    }
  }
}

describe('eigenOfSymmetric', () => {
  it.each([1, 2, 3, 17, 60])('solves a random matrix of %i rows', (n) => {
    const a = symmetric(n, n)
    check(a, n, eigen(a, n))
  })

  it('solves matrices with zeros, equal values and missing rank', () => {
    const zero = new Float64Array(25)
    check(zero, 5, eigen(zero, 5))
    const diagonal = Float64Array.from({ length: 36 }, (_, i) => (i % 7 === 0 ? 1 + (i % 2) : 0))
    check(diagonal, 6, eigen(diagonal, 6))
    const one = Float64Array.from({ length: 64 }, (_, i) => ((i >> 3) + 1) * ((i & 7) + 1))
    const found = eigen(one, 8)
    check(one, 8, found)
    expect(found.values[7]).toBeCloseTo(204, 9)
    expect(found.values.slice(0, 7).every((value) => Math.abs(value) < 1e-9)).toBe(true)
  })

  it('refuses numbers that are not finite', () => {
    expect(() => eigen([1, NaN, NaN, 1], 2)).toThrow(RangeError)
  })
})
