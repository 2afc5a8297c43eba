import { beforeAll, describe, expect, it } from 'vitest'
import type { TensorFlow } from '../devices/device.ts'
import { createRandom } from '../random.ts'
import { openTestDevice } from '../wasm.test-support.ts'
import { normaliseRows } from './row-normalise.ts'
import { nearestCentroids, sphericalKMeans } from './spherical-k-means.ts'

let tf: TensorFlow
beforeAll(async () => {
  tf = (await openTestDevice()).tf
})
const signal = new AbortController().signal

/** Rows around the axes of a width-dimensional space; row i belongs to axis i % width. */
function axes(count: number, width: number, spread: number): Float32Array {
  const random = createRandom(4)
  const rows = Float32Array.from({ length: count * width }, (_, at) => {
    const row = Math.floor(at / width)
    return (at % width === row % width ? 1 : 0) + spread * random.normal()
  })
  normaliseRows(rows, width)
  return rows
}

describe('spherical k-means', () => {
  it('finds well separated groups, whatever the seed', async () => {
    const rows = axes(200, 5, 0.03)
    for (const seed of [0, 1, 2]) {
      const centroids = await sphericalKMeans(tf, rows, 5, 5, createRandom(seed), signal)
      const { cluster } = await nearestCentroids(tf, rows, centroids, 5, signal)
      const groups = new Map<number, number>()
      cluster.forEach((c, row) => groups.set(row % 5, groups.get(row % 5) ?? c))
      expect(new Set(groups.values()).size).toBe(5)
      cluster.forEach((c, row) => expect(c).toBe(groups.get(row % 5)))
    }
  })

  it('gives unit centroids and the same bits for the same seed', async () => {
    const rows = axes(60, 3, 0.5)
    const first = await sphericalKMeans(tf, rows, 3, 4, createRandom(9), signal)
    expect([...(await sphericalKMeans(tf, rows, 3, 4, createRandom(9), signal))]).toEqual([
      ...first
    ])
    for (let c = 0; c < 4; c++)
      expect(Math.hypot(...first.subarray(c * 3, c * 3 + 3))).toBeCloseTo(1, 5)
  })

  it('survives more groups than different rows', async () => {
    const rows = new Float32Array(20).fill(Math.SQRT1_2)
    const centroids = await sphericalKMeans(tf, rows, 2, 4, createRandom(0), signal)
    expect(centroids.every((value) => Number.isFinite(value))).toBe(true)
    await expect(sphericalKMeans(tf, rows, 2, 11, createRandom(0), signal)).rejects.toThrow(
      RangeError
    )
  })
})
