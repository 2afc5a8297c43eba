import { beforeAll, describe, expect, it } from 'vitest'
import type { TensorFlow } from '../devices/device.ts'
import { createRandom } from '../random.ts'
import { openTestDevice } from '../wasm.test-support.ts'
import { facilityLocation } from './facility-location.ts'
import { normaliseRows } from './row-normalise.ts'

let tf: TensorFlow
beforeAll(async () => {
  tf = (await openTestDevice()).tf
})
const signal = new AbortController().signal

function unitCase(count: number, width: number, seed: number): Float32Array {
  const random = createRandom(seed)
  const rows = Float32Array.from({ length: count * width }, () => random.normal())
  normaliseRows(rows, width)
  return rows
}

function similarityOf(rows: Float32Array, width: number, i: number, j: number): number {
  let dot = 0
  for (let c = 0; c < width; c++) dot += rows[i * width + c] * rows[j * width + c]
  return Math.max(0, 0.5 + 0.5 * dot)
}

function objective(rows: Float32Array, width: number, picks: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < rows.length / width; i++) {
    sum += Math.max(0, ...picks.map((j) => similarityOf(rows, width, i, j)))
  }
  return sum
}

/** Greedy that looks at every row in every step. */
function naiveGreedy(rows: Float32Array, width: number, need: number): number[] {
  const picks: number[] = []
  while (picks.length < need) {
    let best = -1
    let bestValue = -Infinity
    for (let j = 0; j < rows.length / width; j++) {
      if (picks.includes(j)) continue
      const value = objective(rows, width, [...picks, j])
      if (value > bestValue + 1e-9) [best, bestValue] = [j, value]
    }
    picks.push(best)
  }
  return picks
}

const run = (
  rows: Float32Array,
  width: number,
  need: number,
  exactUpTo?: number
): Promise<Uint32Array> =>
  facilityLocation(tf, rows, width, need, {
    signal,
    random: createRandom(3),
    ...(exactUpTo === undefined ? {} : { exactUpTo })
  })

describe('facility location', () => {
  it('is the same as plain greedy', async () => {
    for (const seed of [1, 2, 3]) {
      const rows = unitCase(40, 6, seed)
      expect([...(await run(rows, 6, 12))]).toEqual(naiveGreedy(rows, 6, 12))
    }
  })

  it('reaches at least 1 - 1/e of the best possible', async () => {
    const rows = unitCase(12, 3, 9)
    let best = 0
    for (let a = 0; a < 12; a++)
      for (let b = 0; b < a; b++)
        for (let c = 0; c < b; c++) best = Math.max(best, objective(rows, 3, [a, b, c]))
    const got = objective(rows, 3, [...(await run(rows, 3, 3))])
    expect(got).toBeGreaterThanOrEqual((1 - 1 / Math.E) * best)
  })

  it('has gains that never grow', async () => {
    const rows = unitCase(60, 5, 4)
    const picks = [...(await run(rows, 5, 20))]
    const values = picks.map((_, i) => objective(rows, 5, picks.slice(0, i + 1)))
    const gains = values.map((value, i) => value - (values[i - 1] ?? 0))
    for (let i = 1; i < gains.length; i++) expect(gains[i]).toBeLessThanOrEqual(gains[i - 1] + 1e-6)
  })

  it('picks one of each copy before a second one', async () => {
    const base = unitCase(10, 8, 5)
    const rows = new Float32Array(30 * 8)
    for (let i = 0; i < 30; i++) rows.set(base.subarray((i % 10) * 8, ((i % 10) + 1) * 8), i * 8)
    const picks = await run(rows, 8, 10)
    expect(new Set([...picks].map((row) => row % 10)).size).toBe(10)
  })

  it('takes every row once when asked for all, and keeps equal rows in order', async () => {
    const equal = new Float32Array(20).fill(1)
    normaliseRows(equal, 2)
    expect([...(await run(equal, 2, 10))]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect((await run(equal, 2, 0)).length).toBe(0)
    await expect(run(equal, 2, 11)).rejects.toThrow(RangeError)
  })

  it('comes close to the exact objective over nearest neighbours only', async () => {
    // 8 clear directions: the neighbour form must find one row of each as early as the exact one.
    const random = createRandom(8)
    const count = 3000
    const width = 16
    const centres = unitCase(8, width, 77)
    const rows = new Float32Array(count * width)
    for (let i = 0; i < count; i++) {
      for (let c = 0; c < width; c++)
        rows[i * width + c] = centres[(i % 8) * width + c] + 0.05 * random.normal()
    }
    normaliseRows(rows, width)
    const exact = await run(rows, width, 100)
    const sparse = await run(rows, width, 100, 10)
    expect(new Set(sparse).size).toBe(100)
    expect(objective(rows, width, [...sparse])).toBeGreaterThan(
      0.97 * objective(rows, width, [...exact])
    )
    expect([...(await run(rows, width, 100, 10))]).toEqual([...sparse])
  })

  it('handles many equal rows over nearest neighbours', async () => {
    const equal = new Float32Array(400).fill(1)
    normaliseRows(equal, 2)
    const picks = await run(equal, 2, 200, 10)
    expect(new Set(picks).size).toBe(200)
  })

  it('stops when aborted', async () => {
    const abort = new AbortController()
    abort.abort(new Error('stopped'))
    const options = { signal: abort.signal, random: createRandom(0) }
    await expect(facilityLocation(tf, unitCase(30, 4, 1), 4, 5, options)).rejects.toThrow('stopped')
  })
})
