import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { fillSigns } from './rademacher.ts'

const signs = (seed: number, block: number, rows: number, columns: number): Float32Array => {
  const out = new Float32Array(rows * columns)
  fillSigns(seed, block, rows, columns, out)
  return out
}

describe('fillSigns', () => {
  it('makes the same block again, and others for another seed or number', () => {
    const first = signs(3, 5, 20, 70)
    expect(signs(3, 5, 20, 70)).toEqual(first)
    expect(signs(4, 5, 20, 70)).not.toEqual(first)
    expect(signs(3, 6, 20, 70)).not.toEqual(first)
    expect(first.every((value) => value === 1 || value === -1)).toBe(true)
  })

  it('gives a row the same beginning whatever the number of rows', () => {
    expect(signs(1, 0, 9, 64).slice(0, 5 * 64)).toEqual(signs(1, 0, 5, 64))
  })

  it('is balanced, and its rows and columns are unrelated', () => {
    const n = 256
    const matrix = signs(11, 2, n, n)
    const sum = matrix.reduce((a, b) => a + b, 0)
    expect(Math.abs(sum)).toBeLessThan(4 * n)
    let most = 0
    for (let a = 0; a < n; a++)
      for (let b = a + 1; b < n; b++) {
        let rows = 0
        let columns = 0
        for (let j = 0; j < n; j++) {
          rows += matrix[a * n + j] * matrix[b * n + j]
          columns += matrix[j * n + a] * matrix[j * n + b]
        }
        most = Math.max(most, Math.abs(rows), Math.abs(columns))
      }
    // 65,280 sums with sd 16: the largest of so many normal ones lies near 4.4 sd.
    expect(most).toBeLessThan(6 * 16)
  })

  it('keeps dot products up to the error of its width', () => {
    const random = createRandom(1)
    const [width, m] = [40, 4096]
    const matrix = signs(5, 0, width, m)
    const a = Float64Array.from({ length: width }, () => random.normal())
    const b = Float64Array.from({ length: width }, (_, j) => a[j] + 0.5 * random.normal())
    const project = (x: Float64Array): Float64Array =>
      Float64Array.from({ length: m }, (_, k) =>
        x.reduce((sum, value, j) => sum + value * matrix[j * m + k], 0)
      )
    const dot = (x: Float64Array, y: Float64Array): number =>
      x.reduce((sum, value, j) => sum + value * y[j], 0)
    const scale = Math.sqrt(dot(a, a) * dot(b, b))
    const error = (dot(project(a), project(b)) / m - dot(a, b)) / scale
    // sd about sqrt((1 + rho^2) / m) = 0.02 (B3).
    expect(Math.abs(error)).toBeLessThan(0.08)
  })
})
