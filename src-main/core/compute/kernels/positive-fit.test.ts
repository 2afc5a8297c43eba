import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { nnls } from './nnls.ts'
import { gaussianProblem, kktViolation, residualLength } from './nnls.test-support.ts'
import { fitPositive, type PositiveFitOptions, type PositiveFitProblem } from './positive-fit.ts'

function fit(problem: PositiveFitProblem, options: PositiveFitOptions): Float64Array {
  const steps = fitPositive(problem, options)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Places 0..n-1 dealt out in turn. */
function dealtOut(n: number, groups: number): Uint32Array[] {
  return Array.from({ length: Math.min(n, groups) }, (_, g) =>
    Uint32Array.from({ length: n }, (_place, i) => i).filter((i) => i % groups === g)
  )
}

describe('the fit of a choice with positive weights', () => {
  it('meets the equations of the columns that are left, and none is negative', () => {
    const shape = fc.record({
      seed: fc.nat(10_000),
      n: fc.integer({ min: 1, max: 40 }),
      groups: fc.integer({ min: 1, max: 6 }),
      ridge: fc.constantFrom(0, 0.3)
    })
    fc.assert(
      fc.property(shape, ({ seed, n, groups, ridge }) => {
        const problem = gaussianProblem(seed, n + 20, n, ridge)
        const start = new Float64Array(n).fill(0.1)
        const weights = fit({ ...problem, groups: dealtOut(n, groups) }, { start, cut: 1e-9 })
        for (let i = 0; i < n; i++) {
          expect(weights[i] >= 0).toBe(true)
          if (weights[i] === 0) continue
          let slope = problem.linear[i] - ridge * weights[i]
          for (let j = 0; j < n; j++) slope -= problem.gram[i * n + j] * weights[j]
          expect(Math.abs(slope)).toBeLessThan(1e-8)
        }
        // No better than the best non-negative weights, and no worse than none at all.
        const best = nnls(problem)
        expect(kktViolation(problem, best)).toBeLessThan(1e-5)
        const none = residualLength(problem, new Float64Array(n))
        expect(residualLength(problem, weights)).toBeLessThan(
          none * (1 + 1e-9) + 0.4 * none * ridge
        )
        if (ridge === 0)
          expect(residualLength(problem, weights)).toBeGreaterThan(
            residualLength(problem, best.weights) - 1e-6
          )
      }),
      { numRuns: 100 }
    )
  })

  it('is the least squares solution where all of it is positive', () => {
    const problem = gaussianProblem(7, 60, 30)
    // A target made of positive weights.
    const wanted = Float64Array.from({ length: 30 }, (_, i) => 1 + (i % 5))
    const linear = wanted.map((_, i) =>
      wanted.reduce((sum, weight, j) => sum + problem.gram[i * 30 + j] * weight, 0)
    )
    for (const groups of [1, 4, 30]) {
      const options = { start: new Float64Array(30), cut: 1e-9 }
      const found = fit({ ...problem, linear, groups: dealtOut(30, groups) }, options)
      found.forEach((weight, i) => expect(weight).toBeCloseTo(wanted[i], 7))
    }
  })

  it('leaves its input as it was, pauses in long work, and ends on a singular matrix', () => {
    const problem = gaussianProblem(8, 20, 300)
    const start = new Float64Array(300).fill(1)
    const steps = fitPositive({ ...problem, groups: dealtOut(300, 5) }, { start, cut: 1e-6 })
    let pauses = 0
    let step = steps.next()
    for (; step.done !== true; step = steps.next()) pauses++
    expect(pauses).toBeGreaterThan(4)
    expect(start.every((value) => value === 1)).toBe(true)
    expect(step.value.every((weight) => weight >= 0 && Number.isFinite(weight))).toBe(true)
    const none = new Float64Array(300)
    expect(residualLength(problem, step.value)).toBeLessThan(residualLength(problem, none))
  })
})
