import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { nnls } from './nnls.ts'
import { denseProblem, gaussianProblem, kktViolation, residualLength } from './nnls.test-support.ts'

const shape = fc.record({
  seed: fc.nat(100_000),
  rows: fc.integer({ min: 1, max: 12 }),
  columns: fc.integer({ min: 1, max: 30 }),
  ridge: fc.constantFrom(0, 0.1, 3)
})

describe('non-negative least squares on any problem', () => {
  it('meets the KKT conditions and the rank bound', () => {
    fc.assert(
      fc.property(shape, ({ seed, rows, columns, ridge }) => {
        const problem = gaussianProblem(seed, rows, columns, ridge)
        const result = nnls(problem)
        expect(result.weights.every((weight) => weight >= 0 && Number.isFinite(weight))).toBe(true)
        expect(kktViolation(problem, result)).toBeLessThan(1e-5)
        expect(Math.abs(result.violation - kktViolation(problem, result))).toBeLessThan(1e-9)
        const positive = result.weights.filter((weight) => weight > 0).length
        if (ridge === 0 && result.isExact) expect(positive).toBeLessThanOrEqual(rows)
        if (ridge === 0) expect(result.isExact).toBe(true)
      }),
      { numRuns: 300 }
    )
  })

  it('no small change of a weight makes it better', () => {
    const change = fc.record({
      at: fc.nat(29),
      by: fc.double({ min: -0.1, max: 0.1, noNaN: true })
    })
    fc.assert(
      fc.property(shape, change, ({ seed, rows, columns }, { at, by }) => {
        const problem = gaussianProblem(seed, rows, columns)
        const { weights } = nnls(problem)
        const moved = weights.slice()
        moved[at % columns] = Math.max(0, moved[at % columns] + by)
        const before = residualLength(problem, weights)
        expect(residualLength(problem, moved)).toBeGreaterThanOrEqual(before - 1e-6)
      }),
      { numRuns: 200 }
    )
  })

  it('doubling the target doubles the weights', () => {
    fc.assert(
      fc.property(shape, ({ seed, rows, columns, ridge }) => {
        const problem = gaussianProblem(seed, rows, columns, ridge)
        const doubled = denseProblem(
          problem.matrix,
          rows,
          problem.target.map((value) => 2 * value),
          ridge
        )
        const once = nnls(problem).weights
        nnls(doubled).weights.forEach((weight, i) => expect(weight).toBe(2 * once[i]))
      }),
      { numRuns: 100 }
    )
  })
})
