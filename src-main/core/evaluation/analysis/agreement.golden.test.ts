// Agreement: with itself 1, symmetric, and the value that independent errors give (G16).
import { expect, it } from 'vitest'
import { createRandom } from '../../compute/random.ts'
import {
  agreement,
  histogram,
  independentAgreement,
  matchedModels,
  modeOf,
  namesOf
} from './agreement.ts'

const classes = 10
const items = 200_000

/** Names that are right with this chance, and else evenly spread over the other classes. */
function names(labels: Int32Array, accuracy01: number, seed: number): Int32Array {
  const random = createRandom(seed)
  return labels.map((label) =>
    random.uniform() < accuracy01 ? label : (label + 1 + random.below(classes - 1)) % classes
  )
}

it('is 1 with itself and the same both ways', () => {
  const random = createRandom(1)
  const labels = Int32Array.from({ length: 1000 }, () => random.below(classes))
  const [u, v] = [names(labels, 0.6, 2), names(labels, 0.5, 3)]
  expect(agreement(u, u)).toBe(1)
  expect(agreement(u, v)).toBe(agreement(v, u))
  expect(agreement(u, v)).toBeLessThan(1)
  expect(() => agreement(u, v.subarray(1))).toThrow(RangeError)
})

it.each([0.3, 0.59, 0.9])('has the value of independent errors at accuracy %f', (accuracy01) => {
  const random = createRandom(4)
  const labels = Int32Array.from({ length: items }, () => random.below(classes))
  const found = agreement(names(labels, accuracy01, 5), names(labels, accuracy01, 6))
  expect(independentAgreement(accuracy01, classes)).toBeCloseTo(
    accuracy01 ** 2 + (1 - accuracy01) ** 2 / 9,
    12
  )
  // Five standard errors of a share of 200,000.
  expect(Math.abs(found - independentAgreement(accuracy01, classes))).toBeLessThan(0.006)
})

it('names the largest logit, the first of equal ones', () => {
  expect(Array.from(namesOf(Float32Array.of(0, 2, 2, -1, -3, -2), 3))).toEqual([1, 0])
})

it('compares only networks of the same accuracy', () => {
  const model = (accuracy01: number) => ({ accuracy01, agreement01: accuracy01, at: 1 })
  const pool = [0.5, 0.58, 0.595, 0.6, 0.605, 0.7].map(model)
  const matched = (accuracy01: number): number[] =>
    matchedModels(pool, accuracy01).map((found) => found.accuracy01)
  expect(matched(0.6)).toEqual([0.595, 0.6, 0.605])
  // None within a point: one from each side.
  expect(matched(0.54)).toEqual([0.5, 0.58])
  // Only from one side, or too far: no comparison.
  expect(matched(0.72)).toEqual([])
  expect(matched(0.3)).toEqual([])
})

it('counts every value in one bin and finds the fullest', () => {
  const counts = histogram([0, 0.019, 0.02, 0.61, 0.62, 0.63, 1], 0.02)
  expect(counts).toHaveLength(50)
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(7)
  expect(counts[0]).toBe(2)
  expect(counts[49]).toBe(1)
  expect(modeOf(counts, 0.02)).toBeCloseTo(0.01, 12)
  expect(modeOf(histogram([0.61, 0.625, 0.63, 0.1], 0.02), 0.02)).toBeCloseTo(0.63, 12)
  expect(modeOf(histogram([], 0.02), 0.02)).toBeUndefined()
})
