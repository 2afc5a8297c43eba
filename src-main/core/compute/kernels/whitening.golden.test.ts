import { expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { fitWhitening, type Whitening } from './whitening.ts'

function fit(mean: Float64Array, covariance: Float64Array, ridge: number): Whitening {
  const run = fitWhitening(mean, covariance, ridge)
  let step = run.next()
  while (step.done !== true) step = run.next()
  return step.value
}

function covarianceOf(rows: readonly (readonly number[])[]): {
  mean: Float64Array
  matrix: Float64Array
} {
  const n = rows[0].length
  const mean = new Float64Array(n)
  for (const row of rows) row.forEach((value, j) => (mean[j] += value / rows.length))
  const matrix = new Float64Array(n * n)
  for (const row of rows)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        matrix[i * n + j] += ((row[i] - mean[i]) * (row[j] - mean[j])) / rows.length
  return { mean, matrix }
}

it('G11: the covariance after whitening is the identity', () => {
  const random = createRandom(4)
  // Columns that follow each other, around different means: more than one panel of the factor.
  const mix = Array.from({ length: 70 * 70 }, () => random.normal())
  const rows = Array.from({ length: 400 }, () => {
    const z = Array.from({ length: 70 }, () => random.normal())
    return z.map((_, j) => 5 * j + z.reduce((sum, value, k) => sum + value * mix[j * 70 + k], 0))
  })
  const { mean, matrix } = covarianceOf(rows)
  const map = fit(mean, matrix, 1e-9)
  const white = rows.map((row) => {
    const out = new Array<number>(70).fill(0)
    row.forEach((value, j) => {
      for (let i = 0; i < 70; i++) out[i] += (value - mean[j]) * map.matrix[j * 70 + i]
    })
    return out
  })
  const after = covarianceOf(white).matrix
  after.forEach((value, at) => expect(Math.abs(value - (at % 71 === 0 ? 1 : 0))).toBeLessThan(1e-5))
})

it('stays finite where the data does not vary, and counts such columns less with more ridge', () => {
  const flat = fit(new Float64Array(3), new Float64Array(9), 0.01)
  expect(flat.matrix.every(Number.isFinite)).toBe(true)
  const of = (ridge: number): number => {
    const diagonal = Float64Array.from([1, 0, 0, 1e-4])
    return fit(new Float64Array(2), diagonal, ridge).matrix[3]
  }
  expect(of(1e-6)).toBeGreaterThan(of(0.1))
})
