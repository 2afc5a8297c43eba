// Main directions of rows: the exact ones of a stretched cloud.
import { expect, it } from 'vitest'
import { createRandom } from '../../compute/random.ts'
import { placeOnMainAxes } from './principal-axes.ts'

it('finds the directions of largest spread and their shares', () => {
  const random = createRandom(1)
  const rows = 400
  // Spread 3 along (1, 1, 0) / sqrt 2, 1 along (1, -1, 0) / sqrt 2, .1 along the third axis.
  const along = Array.from({ length: rows }, () => [
    random.normal(),
    random.normal(),
    random.normal()
  ])
  const values = Float32Array.from(
    along.flatMap(([a, b, c]) => [
      5 + (3 * a + b) / Math.SQRT2,
      (3 * a - b) / Math.SQRT2 - 2,
      0.1 * c
    ])
  )
  const { places, explained01 } = placeOnMainAxes(values, 3)
  expect(explained01[0]).toBeCloseTo(0.9, 1)
  expect(explained01[0] + explained01[1]).toBeGreaterThan(0.998)
  const mean = along.reduce((sum, [a]) => sum + a, 0) / rows
  const worst = along.reduce(
    (most, [a], row) =>
      Math.max(most, Math.abs(Math.abs(places[2 * row]) - Math.abs(3 * (a - mean)))),
    0
  )
  expect(worst).toBeLessThan(0.4)
})

it('places equal rows at one point', () => {
  const { places, explained01 } = placeOnMainAxes(new Float32Array(12).fill(2), 4)
  expect(places.every((place) => place === 0)).toBe(true)
  expect(explained01).toEqual([0, 0])
})
