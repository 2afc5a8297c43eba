// Near-duplicates against a brute force in float64 that shares nothing with the search: every row,
// the earliest kept row it repeats, for any cut, order, block size and kind of row.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { TensorFlow } from '../compute/devices/device.ts'
import { openDevice } from '../compute/devices/registry.ts'
import { createRandom } from '../compute/random.ts'
import type { FeatureSource } from './feature-matrix.ts'
import { nearDuplicates, sampleSimilarPairs } from './similarity.ts'

const never = new AbortController().signal
let tf: TensorFlow
beforeAll(async () => {
  tf = (await openDevice('wasm')).device.tf
})

function sourceOf(values: Float32Array, columns: number): FeatureSource {
  const rows = values.length / columns
  return {
    rows,
    columns,
    readBlock: async (start, count) => values.slice(start * columns, (start + count) * columns),
    readRows: async (wanted) =>
      Float32Array.from(
        Array.from(wanted).flatMap((row) => [
          ...values.subarray(row * columns, (row + 1) * columns)
        ])
      ),
    close: async () => undefined
  }
}

/** Cosine of two rows, in float64; rows that are zero or not finite are like nothing. */
function cosine(values: Float32Array, columns: number, a: number, b: number): number {
  const left = Array.from(values.subarray(a * columns, (a + 1) * columns))
  const right = Array.from(values.subarray(b * columns, (b + 1) * columns))
  const dot = (x: number[], y: number[]): number =>
    x.reduce((sum, value, k) => sum + value * y[k], 0)
  const [l, r] = [dot(left, left), dot(right, right)]
  if (!(l > 0 && r > 0 && Number.isFinite(l) && Number.isFinite(r))) return 0
  return dot(left, right) / Math.sqrt(l * r)
}

/** Greedy in the order given: the first kept row that is near enough. */
function bruteForce(
  values: Float32Array,
  columns: number,
  rows: readonly number[],
  cut: number
): number[] {
  const kept: number[] = []
  return rows.map((row) => {
    const twin = kept.find((earlier) => cosine(values, columns, earlier, row) >= cut)
    if (twin === undefined) kept.push(row)
    return twin ?? row
  })
}

/** Rows in a few directions with noise, some scaled, some zero, some broken. */
function makeRows(count: number, columns: number, seed: number, noise: number): Float32Array {
  const random = createRandom(seed)
  const centres = Array.from({ length: 4 }, () =>
    Array.from({ length: columns }, () => random.normal())
  )
  const values = new Float32Array(count * columns)
  for (let i = 0; i < count; i++) {
    const kind = random.below(20)
    const centre = centres[random.below(4)]
    const scale = 10 ** (random.below(7) - 3)
    for (let j = 0; j < columns; j++) {
      values[i * columns + j] = kind === 0 ? 0 : (centre[j] + noise * random.normal()) * scale
    }
    if (kind === 1) values[i * columns] = Number.NaN
    if (kind === 2) values[i * columns] = Infinity
  }
  return values
}

const arbitraryCase = fc.record({
  count: fc.integer({ min: 1, max: 40 }),
  columns: fc.integer({ min: 1, max: 9 }),
  seed: fc.nat(1000),
  noise: fc.constantFrom(0, 0.001, 0.1, 0.5),
  cut: fc.double({ min: 0.5, max: 1, noNaN: true }),
  blockRows: fc.integer({ min: 1, max: 50 })
})

describe('near-duplicates', () => {
  it('are those of the brute force', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCase, async ({ count, columns, seed, noise, cut, blockRows }) => {
        const values = makeRows(count, columns, seed, noise)
        const rows = createRandom(seed + 1).sample(count, 1 + (seed % count))
        // A cosine within rounding of the cut may fall on either side.
        const isClose = Array.from(rows).some((a) =>
          Array.from(rows).some(
            (b) => a !== b && Math.abs(cosine(values, columns, a, b) - cut) < 1e-6
          )
        )
        fc.pre(!isClose)
        const found = await nearDuplicates(tf, sourceOf(values, columns), rows, cut, never, {
          blockRows
        })
        expect(Array.from(found.twins)).toEqual(bruteForce(values, columns, Array.from(rows), cut))
        found.twins.forEach((twin, i) => {
          const expected = twin === rows[i] ? 1 : cosine(values, columns, twin, rows[i])
          expect(Math.abs(found.similarity01[i] - expected)).toBeLessThan(1e-5)
        })
      }),
      { numRuns: 80 }
    )
  })

  it('do not depend on the block size, bit for bit, also at the cut itself', async () => {
    const columns = 6
    const values = makeRows(70, columns, 11, 0.05)
    // The cut is exactly the cosine of a pair.
    const cut = cosine(values, columns, 3, 8)
    const rows = Uint32Array.from({ length: 70 }, (_, i) => 69 - i)
    const search = (blockRows: number): ReturnType<typeof nearDuplicates> =>
      nearDuplicates(tf, sourceOf(values, columns), rows, Math.max(0.5, cut), never, { blockRows })
    const whole = await search(1000)
    for (const blockRows of [1, 2, 7, 69, 70]) expect(await search(blockRows)).toEqual(whole)
  })

  it('of copies, scaled copies and nothing', async () => {
    const values = new Float32Array([1, 2, 2, 4, 0, 0, 0, 0, -1, -2, 1, 2])
    const rows = Uint32Array.from([0, 1, 2, 3, 4, 5])
    const found = await nearDuplicates(tf, sourceOf(values, 2), rows, 1, never)
    // Zero rows are like nothing, not even like each other; the opposite is not alike.
    expect(Array.from(found.twins)).toEqual([0, 0, 2, 3, 4, 0])
    expect(Array.from(found.similarity01)).toEqual([1, 1, 1, 1, 1, 1])
    const none = await nearDuplicates(tf, sourceOf(values, 2), new Uint32Array(), 0.9, never)
    expect(none.twins).toHaveLength(0)
  })

  it('tell how far they are, stop when told to, and leave no tensor behind', async () => {
    const values = makeRows(50, 4, 2, 0.1)
    const rows = Uint32Array.from({ length: 50 }, (_, i) => i)
    const tensors = tf.memory().numTensors
    const steps: number[] = []
    const options = { blockRows: 20, onProgress: (done: number) => void steps.push(done) }
    await nearDuplicates(tf, sourceOf(values, 4), rows, 0.9, never, options)
    expect(steps).toEqual([20, 40, 50])
    const stop = new AbortController()
    const stopped = nearDuplicates(tf, sourceOf(values, 4), rows, 0.9, stop.signal, {
      blockRows: 20,
      onProgress: () => stop.abort()
    })
    await expect(stopped).rejects.toThrow()
    expect(tf.memory().numTensors).toBe(tensors)
  })
})

describe('example pairs', () => {
  it('are true pairs on both sides of the cut, each row once, the nearest there are', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCase, fc.integer({ min: 1, max: 8 }), async (drawn, count) => {
        const { columns, seed, noise, cut } = drawn
        const values = makeRows(drawn.count, columns, seed, noise)
        const rows = Uint32Array.from({ length: drawn.count }, (_, i) => i)
        const pairs = await sampleSimilarPairs(
          tf,
          sourceOf(values, columns),
          rows,
          cut,
          count,
          seed,
          never
        )
        expect(pairs.length).toBeLessThanOrEqual(count)
        const used = pairs.flatMap(({ first, second }) => [first, second])
        expect(new Set(used).size).toBe(used.length)
        for (const { first, second, similarity01 } of pairs) {
          expect(Math.abs(similarity01 - cosine(values, columns, first, second))).toBeLessThan(1e-5)
        }
        const likeness = pairs.map((pair) => pair.similarity01)
        expect(likeness).toEqual([...likeness].sort((a, b) => b - a))
        // The pair nearest to the cut from above is always among them.
        const above: number[] = []
        for (let a = 0; a < drawn.count; a++) {
          for (let b = a + 1; b < drawn.count; b++) {
            const value = cosine(values, columns, a, b)
            if (value >= cut + 1e-6) above.push(value)
          }
        }
        if (above.length > 0)
          expect(Math.min(...likeness.filter((v) => v >= cut))).toBeLessThanOrEqual(
            Math.min(...above) + 1e-5
          )
      }),
      { numRuns: 60 }
    )
  })

  it('are the same for the same repeat code', async () => {
    const values = makeRows(60, 5, 4, 0.3)
    const rows = Uint32Array.from({ length: 60 }, (_, i) => i)
    const draw = (seed: number): ReturnType<typeof sampleSimilarPairs> =>
      sampleSimilarPairs(tf, sourceOf(values, 5), rows, 0.9, 6, seed, never)
    expect(await draw(1)).toEqual(await draw(1))
  })
})
