// G10: Golden values of kernel ridge regression and its slopes against finite differences.
import { describe, expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { factorRidge, predictRidge, ridgeError, solveRidge, type Kernels } from './kernel-ridge.ts'

const classes = 3

/** Kernels of random rows: count items and others x items. */
function someKernels(count: number, others: number, seed = 1): Kernels {
  const random = createRandom(seed)
  const width = count + 4
  const rows = Float64Array.from({ length: (count + others) * width }, () => random.normal())
  const product = (a: number, b: number): number => {
    let sum = 0
    for (let j = 0; j < width; j++) sum += rows[a * width + j] * rows[b * width + j]
    return sum
  }
  return {
    count,
    others,
    own: Float64Array.from({ length: count * count }, (_, i) =>
      product(Math.floor(i / count), i % count)
    ),
    across: Float64Array.from({ length: others * count }, (_, i) =>
      product(count + Math.floor(i / count), i % count)
    )
  }
}

function normals(count: number, seed: number): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length: count }, () => random.normal())
}

describe('the answer', () => {
  test('for one item is k(t, s) y / (k(s, s) (1 + lambda))', () => {
    const factor = factorRidge(Float64Array.of(4), 1, 0.25)
    const z = solveRidge(factor, [10], 1)
    expect(z[0]).toBeCloseTo(2, 12)
    expect(predictRidge([3], z, 1, 1)[0]).toBeCloseTo(6, 12)
  })

  test('goes to 0 as lambda grows and through the labels as it shrinks', () => {
    const { count, own } = someKernels(6, 0)
    const y = normals(count * classes, 2)
    const at = (ridge: number): Float64Array =>
      predictRidge(own, solveRidge(factorRidge(own, count, ridge), y, classes), count, classes)
    expect(Math.max(...at(1e9).map(Math.abs))).toBeLessThan(1e-7)
    at(1e-12).forEach((value, i) => expect(value).toBeCloseTo(y[i], 7))
  })

  test('of a kernel that cannot be factored takes the first larger lambda that can', () => {
    const equal = new Float64Array(9).fill(1)
    equal[8] = 1 - 1e-6
    const { ridge } = factorRidge(equal, 3, 1e-9)
    expect(ridge).toBeGreaterThan(1e-9)
    expect(ridge).toBeLessThan(1e-4)
    expect(() => factorRidge(new Float64Array(4), 2, 1)).toThrow(RangeError)
    expect(() => factorRidge(new Float64Array(4).fill(NaN), 2, 1)).toThrow(RangeError)
  })
})

describe('the slopes', () => {
  const kernels = someKernels(5, 7)
  const y = normals(5 * classes, 3)
  const targets = normals(7 * classes, 4)
  const lossOf = (changed: Partial<Kernels>, labels = y): number =>
    ridgeError({ ...kernels, ...changed }, labels, targets, classes, 0.1).loss
  const error = ridgeError(kernels, y, targets, classes, 0.1)
  const step = 1e-5
  const moved = (values: Float64Array, places: readonly number[], by: number): Float64Array => {
    const out = values.slice()
    for (const place of new Set(places)) out[place] += by
    return out
  }

  test('by labels and by the kernel across are those of finite differences', () => {
    for (let i = 0; i < y.length; i++) {
      const rise = lossOf({}, moved(y, [i], step)) - lossOf({}, moved(y, [i], -step))
      expect(error.labels[i]).toBeCloseTo(rise / (2 * step), 7)
    }
    for (let i = 0; i < kernels.across.length; i++) {
      const up = lossOf({ across: moved(kernels.across, [i], step) })
      const down = lossOf({ across: moved(kernels.across, [i], -step) })
      expect(error.across[i]).toBeCloseTo((up - down) / (2 * step), 7)
    }
  })

  test('by the own kernel hold both halves and the trace that the ridge is a share of', () => {
    for (let i = 0; i < 5; i++)
      for (let j = 0; j <= i; j++) {
        const places = [i * 5 + j, j * 5 + i]
        const up = lossOf({ own: moved(kernels.own, places, step) })
        const down = lossOf({ own: moved(kernels.own, places, -step) })
        const slope = error.own[places[0]] + (i === j ? 0 : error.own[places[1]])
        expect(slope).toBeCloseTo((up - down) / (2 * step), 7)
      }
  })
})
