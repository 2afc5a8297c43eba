// Principal axes against data whose axes are known, against the exact solution of the covariance,
// and where there is less to find than was asked for.
import { beforeAll, describe, expect, it } from 'vitest'
import type { TensorFlow } from '../compute/devices/device.ts'
import { openDevice } from '../compute/devices/registry.ts'
import { createRandom } from '../compute/random.ts'
import { principalAxes, type PrincipalAxes } from './principal-axes.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

const never = new AbortController().signal
let tf: TensorFlow
beforeAll(async () => {
  tf = (await openDevice('wasm')).device.tf
})

const axis = ({ axes, columns }: PrincipalAxes, k: number): number[] =>
  Array.from({ length: axes.length / columns }, (_, i) => axes[i * columns + k])

/** Normal rows with the given spread per column, turned by 45 degrees between columns 0 and 1. */
function cloud(count: number, spreads: readonly number[], seed = 1): Float32Array {
  const random = createRandom(seed)
  const width = spreads.length
  const rows = new Float32Array(count * width)
  for (let i = 0; i < count; i++) {
    const own = spreads.map((spread) => spread * random.normal())
    const turned = [
      (own[0] - own[1]) * Math.SQRT1_2,
      (own[0] + own[1]) * Math.SQRT1_2,
      ...own.slice(2)
    ]
    turned.forEach((value, j) => (rows[i * width + j] = value + j))
  }
  return rows
}

describe('principal axes', () => {
  it('find the axes and spreads a cloud was made with', async () => {
    const rows = cloud(4000, [10, 5, 2, 1])
    const found = await principalAxes(tf, rows, 4, 2, 0, never)
    expect(found.columns).toBe(2)
    const [first, second] = [axis(found, 0), axis(found, 1)]
    expect(Math.abs(first[0] + first[1]) * Math.SQRT1_2).toBeGreaterThan(0.999)
    expect(Math.abs(second[1] - second[0]) * Math.SQRT1_2).toBeGreaterThan(0.999)
    expect(Math.sqrt(found.variances[0])).toBeCloseTo(10, 0)
    expect(Math.sqrt(found.variances[1])).toBeCloseTo(5, 0)
    Array.from(found.mean).forEach((value, j) => expect(Math.abs(value - j)).toBeLessThan(0.6))
  })

  it('agree with the exact eigenvectors of the covariance', async () => {
    const width = 30
    const count = 500
    const spreads = Array.from({ length: width }, (_, j) => 0.85 ** j)
    const rows = cloud(count, spreads, 7)
    const exact = symmetricEigen(covariance(Float64Array.from(rows), width), width)
    const found = await principalAxes(tf, rows, width, 6, 0, never)
    for (let k = 0; k < 6; k++) {
      const cosine = axis(found, k).reduce(
        (sum, value, j) => sum + value * exact.vectors[k * width + j],
        0
      )
      expect(Math.abs(cosine)).toBeGreaterThan(0.9999)
      expect(Math.abs(found.variances[k] / exact.values[k] - 1)).toBeLessThan(1e-3)
    }
  })

  it('are unit vectors at right angles', async () => {
    const found = await principalAxes(tf, cloud(300, Array(40).fill(1)), 40, 12, 3, never)
    for (let a = 0; a < 12; a++) {
      for (let b = 0; b <= a; b++) {
        const dot = axis(found, a).reduce((sum, value, j) => sum + value * axis(found, b)[j], 0)
        expect(Math.abs(dot - (a === b ? 1 : 0))).toBeLessThan(1e-4)
      }
    }
  })

  it('are the same bits each time, and centre the rows in place', async () => {
    const a = cloud(200, [3, 2, 1])
    const b = a.slice()
    const first = await principalAxes(tf, a, 3, 2, 5, never)
    expect(await principalAxes(tf, b, 3, 2, 5, never)).toEqual(first)
    for (let j = 0; j < 3; j++) {
      let sum = 0
      for (let at = j; at < a.length; at += 3) sum += a[at]
      expect(Math.abs(sum / 200)).toBeLessThan(1e-5)
    }
  })

  it('are fewer where the rows span less', async () => {
    const line = Float32Array.from({ length: 60 * 5 }, (_, i) => Math.floor(i / 5) * ((i % 5) + 1))
    expect((await principalAxes(tf, line, 5, 4, 0, never)).columns).toBe(1)
    expect((await principalAxes(tf, cloud(3, [3, 2, 1, 1]), 4, 4, 0, never)).columns).toBe(2)
  })

  it('of equal rows and of a single row are one axis without spread', async () => {
    for (const count of [1, 9]) {
      const found = await principalAxes(tf, new Float32Array(count * 4).fill(2.5), 4, 3, 0, never)
      expect(found.columns).toBe(1)
      expect(Math.abs(found.variances[0])).toBeLessThan(1e-12)
      expect(Array.from(found.mean)).toEqual([2.5, 2.5, 2.5, 2.5])
      expect(found.axes.every(Number.isFinite)).toBe(true)
    }
  })

  it('stop when they are told to, and leave no tensor behind', async () => {
    const tensors = tf.memory().numTensors
    await principalAxes(tf, cloud(100, [2, 1]), 2, 1, 0, never)
    expect(tf.memory().numTensors).toBe(tensors)
    await expect(
      principalAxes(tf, cloud(100, [2, 1]), 2, 1, 0, AbortSignal.abort())
    ).rejects.toThrow()
    expect(tf.memory().numTensors).toBe(tensors)
  })
})

function covariance(rows: Float64Array, width: number): Float64Array {
  const count = rows.length / width
  const mean = new Float64Array(width)
  rows.forEach((value, i) => (mean[i % width] += value / count))
  const out = new Float64Array(width * width)
  for (let r = 0; r < count; r++) {
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) {
        out[i * width + j] +=
          ((rows[r * width + i] - mean[i]) * (rows[r * width + j] - mean[j])) / count
      }
    }
  }
  return out
}
