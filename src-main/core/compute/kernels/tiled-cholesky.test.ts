import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { factorCholesky, solveCholesky } from './cholesky.ts'
import { factorCholeskyTiled } from './tiled-cholesky.ts'

function positive(seed: number, n: number): Float64Array {
  const random = createRandom(seed)
  const rows = Float64Array.from({ length: n * (n + 5) }, () => random.normal())
  const a = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < n + 5; k++) a[i * n + j] += rows[i * (n + 5) + k] * rows[j * (n + 5) + k]
  return a
}

function factor(a: Float64Array, n: number): { isDefinite: boolean; steps: number[] } {
  const run = factorCholeskyTiled(a, n)
  const steps: number[] = []
  for (;;) {
    const step = run.next()
    if (step.done === true) return { isDefinite: step.value, steps }
    steps.push(step.value)
  }
}

describe('factorCholeskyTiled', () => {
  it.each([1, 2, 31, 32, 33, 67, 100])('equals the plain factor for %i rows', (n) => {
    const [plain, tiled] = [positive(n, n), positive(n, n)]
    expect(factorCholesky(plain, n)).toBe(true)
    const { isDefinite, steps } = factor(tiled, n)
    expect(isDefinite).toBe(true)
    expect(steps.at(-1)).toBe(n)
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++)
        expect(Math.abs(tiled[i * n + j] - plain[i * n + j])).toBeLessThan(1e-9 * (1 + n))
    const b = new Float64Array(n).fill(1)
    solveCholesky(tiled, n, b, 0)
    const a = positive(n, n)
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let j = 0; j < n; j++) sum += a[i * n + j] * b[j]
      expect(sum).toBeCloseTo(1, 6)
    }
  })

  it('says when a matrix is not positive definite', () => {
    const a = positive(4, 40)
    a[38 * 40 + 38] = -1
    expect(factor(a, 40).isDefinite).toBe(false)
    expect(factor(new Float64Array(9), 3).isDefinite).toBe(false)
    expect(factor(Float64Array.of(NaN), 1).isDefinite).toBe(false)
  })
})
