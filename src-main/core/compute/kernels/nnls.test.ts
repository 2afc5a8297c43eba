import { describe, expect, it } from 'vitest'
import { nnls, solveNnls } from './nnls.ts'
import { denseProblem, gaussianProblem, kktViolation, residualLength } from './nnls.test-support.ts'

const positives = (weights: Float64Array): number => weights.filter((weight) => weight > 0).length

describe('non-negative least squares', () => {
  it('solves a problem small enough for paper', () => {
    // Columns (1,0), (0,1), (1,1); target (2,-1): only the first helps, with weight 2.
    const matrix = Float64Array.of(1, 0, 1, 0, 1, 1)
    const problem = denseProblem(matrix, 2, Float64Array.of(2, -1))
    const { weights, isExact } = nnls(problem)
    expect([...weights]).toEqual([2, 0, 0])
    expect(isExact).toBe(true)
  })

  it('G8: 64 x 2,000 Gaussian, target = mean of the columns: exactly 64 positive weights', () => {
    const whole = gaussianProblem(1, 64, 2000)
    const mean = Float64Array.from({ length: 64 }, (_, r) => {
      const row = whole.matrix.subarray(r * 2000, (r + 1) * 2000)
      return row.reduce((sum, value) => sum + value, 0) / 2000
    })
    const problem = denseProblem(whole.matrix, 64, mean)
    const result = nnls(problem)
    expect(positives(result.weights)).toBe(64)
    expect(result.isExact).toBe(true)
    expect(residualLength(problem, result.weights)).toBeLessThan(1e-10)
    const narrow = nnls({ ...problem, gram: Float32Array.from(problem.gram) })
    expect(positives(narrow.weights)).toBeLessThanOrEqual(64)
    expect(residualLength(problem, narrow.weights)).toBeLessThan(1e-4)
  })

  it('is the same from any start', () => {
    const problem = gaussianProblem(2, 60, 40)
    const cold = nnls(problem)
    const start = Float64Array.from({ length: 40 }, (_, i) => (i % 3) * 0.7)
    const warm = nnls(problem, { start })
    cold.weights.forEach((weight, i) => expect(warm.weights[i]).toBeCloseTo(weight, 9))
    expect([...start.subarray(0, 3)]).toEqual([0, 0.7, 1.4])
  })

  it('agrees with coordinate descent alone', () => {
    const problem = gaussianProblem(3, 80, 50)
    const exact = nnls(problem)
    const descent = nnls(problem, { exactUpTo: 0, tolerance: 1e-12, maxSweeps: 5000 })
    expect(descent.isExact).toBe(false)
    exact.weights.forEach((weight, i) => expect(descent.weights[i]).toBeCloseTo(weight, 8))
  })

  it('a ridge pulls weights towards each other and to zero', () => {
    const copies = denseProblem(Float64Array.of(1, 1, 0, 0), 2, Float64Array.of(1, 0), 0.5)
    const { weights } = nnls(copies)
    // (Q + 0.5) w = c with Q all ones: w = 1 / 2.5 each.
    expect(weights[0]).toBeCloseTo(0.4, 9)
    expect(weights[1]).toBeCloseTo(0.4, 9)
  })

  it('copies without a ridge: one of them carries all', () => {
    const { weights } = nnls(
      denseProblem(Float64Array.of(1, 1, 1, 2, 2, 2), 2, Float64Array.of(3, 6))
    )
    expect(positives(weights)).toBe(1)
    expect(Math.max(...weights)).toBeCloseTo(3, 9)
  })

  it('gives zeros for a zero target, for columns that point away, and for no columns', () => {
    const away = denseProblem(Float64Array.of(1, 2, 1, 1), 2, Float64Array.of(-1, -1))
    expect([...nnls(away).weights]).toEqual([0, 0])
    const nothing = denseProblem(Float64Array.of(1, 2, 1, 1), 2, Float64Array.of(0, 0))
    expect([...nnls(nothing, { start: Float64Array.of(1, 1) }).weights]).toEqual([0, 0])
    expect(
      nnls({ gram: new Float64Array(0), linear: new Float64Array(0), ridge: 0 }).weights.length
    ).toBe(0)
  })

  it('keeps a column of zeros at weight 0', () => {
    const { weights } = nnls(denseProblem(Float64Array.of(0, 1, 0, 1), 2, Float64Array.of(1, 1)))
    expect(weights[0]).toBe(0)
    expect(weights[1]).toBeCloseTo(1, 9)
  })

  it('can be stopped: it pauses by the amount of work', () => {
    const steps = solveNnls(gaussianProblem(4, 300, 300))
    let pauses = 0
    let step = steps.next()
    for (; step.done !== true; step = steps.next()) pauses++
    expect(pauses).toBeGreaterThan(0)
    expect(kktViolation(gaussianProblem(4, 300, 300), step.value)).toBeLessThan(1e-6)
  })
})
