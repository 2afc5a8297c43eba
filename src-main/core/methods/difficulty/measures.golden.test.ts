import { describe, expect, it } from 'vitest'
import {
  measureEarlyLearning,
  measureEl2n,
  measureForgetting,
  measureGrand,
  measureMargin,
  moveTarget,
  type Measure
} from './measures.ts'

/** Runs a measure on probabilities given pass by pass. */
function measured(
  measure: Measure,
  passes: readonly (readonly number[])[],
  label: number,
  length = 1
): { value: number; belief: number[] } {
  const classes = passes[0].length
  const belief = new Float64Array(classes)
  const probabilities = Float64Array.from(passes.flat())
  const value = measure({ probabilities, kept: passes.length, classes, label, length }, belief)
  return { value, belief: [...belief] }
}

describe('EL2N', () => {
  it('G9: is sqrt(1 - 1/C) where all classes are equally likely', () => {
    for (const classes of [2, 3, 10, 1000]) {
      const p = Array.from({ length: classes }, () => 1 / classes)
      expect(measured(measureEl2n, [p], 1).value).toBeCloseTo(Math.sqrt(1 - 1 / classes), 12)
    }
  })

  it('is 0 when sure and right, sqrt(2) when sure and wrong, sqrt(2) (1 - p) with two classes', () => {
    expect(measured(measureEl2n, [[0, 1, 0]], 1).value).toBe(0)
    expect(measured(measureEl2n, [[0, 1, 0]], 2).value).toBeCloseTo(Math.SQRT2, 15)
    for (const p of [0.1, 0.5, 0.93])
      expect(measured(measureEl2n, [[p, 1 - p]], 0).value).toBeCloseTo(Math.SQRT2 * (1 - p), 12)
  })

  it('reads the last pass only', () => {
    expect(
      measured(
        measureEl2n,
        [
          [1, 0],
          [0.5, 0.5]
        ],
        0
      ).value
    ).toBeCloseTo(Math.SQRT1_2, 12)
  })
})

it('GraNd of the golden gradient G1 is 2: |(-2/3, 1/3, 1/3)| times |(1, 2, 1)|', () => {
  expect(measured(measureGrand, [[1 / 3, 1 / 3, 1 / 3]], 0, Math.sqrt(6)).value).toBeCloseTo(2, 12)
})

it('margin is half where label and runner-up are equal, and grows as the label falls behind', () => {
  expect(measured(measureMargin, [[0.4, 0.4, 0.2]], 0).value).toBeCloseTo(0.5, 12)
  expect(measured(measureMargin, [[0.4, 0.5, 0.1]], 0).value).toBeCloseTo(0.55, 12)
  expect(measured(measureMargin, [[1, 0, 0]], 0).value).toBe(0)
  expect(measured(measureMargin, [[0, 1, 0]], 0).value).toBe(1)
})

describe('forgetting', () => {
  const right = [0.8, 0.2]
  const wrong = [0.2, 0.8]
  it.each([
    ['always right', [right, right, right, right], 0],
    ['learned late and kept', [wrong, wrong, right, right], 0],
    ['forgotten once', [right, wrong, right, right], 1],
    ['forgotten twice', [right, wrong, right, wrong], 2],
    ['forgotten at the end', [wrong, right, right, wrong], 1],
    ['never right, above all others', [wrong, wrong, wrong, wrong], 4]
  ] as const)('%s', (_, passes, events) => {
    expect(measured(measureForgetting, passes, 0).value).toBe(events)
  })
})

describe('early learning', () => {
  it('follows opinions with beta: two passes of (a, b) give (beta a + b) / (1 + beta)', () => {
    const { value, belief } = measured(
      measureEarlyLearning(0.7),
      [
        [0.9, 0.1],
        [0.2, 0.8]
      ],
      0
    )
    expect(belief[0]).toBeCloseTo((0.7 * 0.9 + 0.2) / 1.7, 12)
    expect(belief[0] + belief[1]).toBeCloseTo(1, 12)
    expect(value).toBeCloseTo(0.5 * (1 + belief[1] - belief[0]), 12)
  })

  it('is above one half exactly where the opinion names another label', () => {
    expect(measured(measureEarlyLearning(0.5), [[0.3, 0.6, 0.1]], 0).value).toBeGreaterThan(0.5)
    expect(measured(measureEarlyLearning(0.5), [[0.6, 0.3, 0.1]], 0).value).toBeLessThan(0.5)
  })

  it('judges as if all labels were as frequent where it is told how frequent they are', () => {
    // 0.3 and 0.6 with labels at 1 to 9: 3 and 0.67 of 3.67, so the rare label is ahead.
    const rare = measured(measureEarlyLearning(0.5, Float64Array.of(0.1, 0.9)), [[0.3, 0.6]], 0)
    expect(rare.belief[0]).toBeCloseTo(3 / (3 + 2 / 3), 12)
    expect(rare.value).toBeCloseTo(0.5 * (1 + (2 / 3 - 3) / (3 + 2 / 3)), 12)
    const even = measured(measureEarlyLearning(0.5, Float64Array.of(0.5, 0.5)), [[0.3, 0.7]], 0)
    expect(even.value).toBeCloseTo(0.7, 12)
  })

  it('keeps targets on the simplex, and off its corners', () => {
    const target = Float64Array.from([0.2, 0.3, 0.5])
    for (let i = 0; i < 50; i++) moveTarget(target, 0, Float64Array.from([1, 0, 0]), 0, 3, 0.7)
    expect(target[0] + target[1] + target[2]).toBeCloseTo(1, 12)
    expect(Math.min(...target)).toBeGreaterThan(5e-5)
  })
})
