// How learned numbers follow their slopes, and what a checkpoint keeps of it.
import { describe, expect, test } from 'vitest'
import {
  clipFactor,
  descendParts,
  descentFrom,
  keepDescent,
  startDescent,
  type DescentRule
} from './outer-descent.ts'

const adam: DescentRule = {
  kind: 'adam',
  rates: [0.1, 0.2],
  momentum: 0.9,
  squares: 0.99,
  isRelative: false,
  clip: undefined
}
const sgd: DescentRule = { ...adam, kind: 'sgd', momentum: 0.5 }

const parts = () => [Float32Array.of(1, -2), Float32Array.of(3)]

test('SGD with momentum: v = m v + g, each part at its own rate', () => {
  const values = parts()
  const state = startDescent(values)
  descendParts(values, [Float32Array.of(1, 0), Float32Array.of(2)], state, sgd)
  descendParts(values, [Float32Array.of(1, 1), Float32Array.of(0)], state, sgd)
  expect(values[0][0]).toBeCloseTo(1 - 0.1 * (1 + 1.5), 6)
  expect(values[0][1]).toBeCloseTo(-2 - 0.1, 6)
  expect(values[1][0]).toBeCloseTo(3 - 0.2 * (2 + 1), 6)
})

test("Adam's first step has the length of the rate, whatever the slope", () => {
  const values = parts()
  descendParts(values, [Float32Array.of(5, -1e-3), Float32Array.of(70)], startDescent(values), adam)
  expect(values[0][0]).toBeCloseTo(0.9, 5)
  expect(values[0][1]).toBeCloseTo(-1.9, 5)
  expect(values[1][0]).toBeCloseTo(2.8, 5)
})

test('relative rates are shares of the root mean square of a part', () => {
  const values = [Float32Array.of(30, -40), Float32Array.of(0.01)]
  const slopes = [Float32Array.of(1, 1), Float32Array.of(1)]
  descendParts(values, slopes, startDescent(values), { ...adam, isRelative: true })
  expect(values[0][0]).toBeCloseTo(30 - 0.1 * Math.sqrt(1250), 3)
  expect(values[1][0]).toBeCloseTo(0.01 - 0.2 * 0.01, 6)
})

describe('slopes that are too long', () => {
  test('are shortened to a fixed length', () => {
    const values = parts()
    const slopes = [Float32Array.of(6, 0), Float32Array.of(8)]
    const length = descendParts(values, slopes, startDescent(values), {
      ...sgd,
      clip: { longest: 2 }
    })
    expect(length).toBe(10)
    expect(values[0][0]).toBeCloseTo(1 - 0.1 * 1.2, 6)
    expect(values[1][0]).toBeCloseTo(3 - 0.2 * 1.6, 6)
  })

  test('are shortened to twice their usual length', () => {
    const state = startDescent(parts())
    const of = (length: number) => clipFactor([Float32Array.of(length)], state, 'usual').factor
    expect(of(1)).toBe(1)
    expect(of(1.5)).toBe(1)
    const factor = of(100)
    expect(factor).toBeGreaterThan(0.02)
    expect(factor).toBeLessThan(0.025)
    // One of them hardly changes what is usual.
    expect(state.usual).toBeLessThan(1.3)
  })

  test('or not finite move nothing', () => {
    const values = parts()
    const state = startDescent(values)
    descendParts(values, [Float32Array.of(NaN, 1), Float32Array.of(1)], state, adam)
    expect(values).toEqual(parts())
    expect(state.steps).toBe(0)
  })
})

test('goes on from a checkpoint to the same bits', () => {
  const slopes = [Float32Array.of(0.3, -0.7), Float32Array.of(0.1)]
  const rule = { ...adam, clip: 'usual' } as const
  const values = parts()
  const state = startDescent(values)
  descendParts(values, slopes, state, rule)
  const kept = keepDescent(state)
  const copy = values.map((part) => part.slice())
  const again = descentFrom(kept, copy)
  for (let i = 0; i < 3; i++) {
    descendParts(values, slopes, state, rule)
    descendParts(copy, slopes, again, rule)
  }
  expect(copy).toEqual(values)
  expect(() => descentFrom(kept, [new Float32Array(5), new Float32Array(1)])).toThrow('mean 0')
})
