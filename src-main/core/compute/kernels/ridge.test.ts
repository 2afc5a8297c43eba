import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { fitRidge } from './ridge.ts'

describe('ridge regression', () => {
  it('finds the coefficients of an exact law', () => {
    const random = createRandom(2)
    const rows = Array.from({ length: 40 }, () => [random.normal(), random.normal(), 1])
    const targets = rows.map(([a, b]) => 2 * a - 3 * b + 0.5)
    const found = fitRidge(rows, targets, 1e-9)
    ;[2, -3, 0.5].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 6))
  })

  it('has no slope at its answer', () => {
    const random = createRandom(5)
    const rows = Array.from({ length: 7 }, () => [
      random.normal(),
      random.normal(),
      random.normal()
    ])
    const targets = rows.map(() => random.normal())
    const lambda = 0.3
    const found = fitRidge(rows, targets, lambda)
    for (let j = 0; j < 3; j++) {
      const slope = rows.reduce((sum, row, r) => {
        const error = row.reduce((total, value, i) => total + value * found[i], -targets[r])
        return sum + error * row[j]
      }, lambda * found[j])
      expect(slope).toBeCloseTo(0, 10)
    }
  })

  it('shares the weight between columns that are the same', () => {
    const found = fitRidge(
      [
        [1, 1],
        [2, 2]
      ],
      [2, 4],
      1e-6
    )
    expect(found[0]).toBeCloseTo(1, 5)
    expect(found[1]).toBeCloseTo(1, 5)
  })

  it('refuses what it cannot fit', () => {
    expect(() => fitRidge([], [], 1)).toThrow(RangeError)
    expect(() => fitRidge([[1]], [1], 0)).toThrow(RangeError)
    expect(() => fitRidge([[NaN]], [1], 1)).toThrow(RangeError)
  })
})
