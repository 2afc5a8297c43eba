// Stored soft labels: what comes back, what it cost, and what it lost.
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../compute/random.ts'
import { halfToNumber } from '../../../datasets/readers/arrays/array-types.ts'
import { oneHotShares } from '../../../networks/normalisation.ts'
import { compressLabels } from './compress.ts'
import { roundToHalf } from '../../../compute/half-precision.ts'
import { pruneViews } from './prune-views.ts'
import {
  meanDivergence,
  meanEntropy,
  meanLogits,
  mixedShares,
  normalisedShares,
  rankedClasses,
  sharesOf
} from './shares.ts'

function randomLogits(seed: number, length: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length }, () => 2 * random.normal())
}

function rowSums(shares: Float32Array, classes: number): number[] {
  return Array.from({ length: shares.length / classes }, (_, i) =>
    shares.subarray(i * classes, (i + 1) * classes).reduce((a, b) => a + b, 0)
  )
}

describe('half precision', () => {
  it('keeps every number that half precision has', () => {
    for (let bits = 0; bits < 0x7c00; bits++) {
      const value = halfToNumber(bits)
      expect(roundToHalf(value)).toBe(value)
      expect(roundToHalf(-value)).toBe(-value)
    }
  })

  it('takes the nearer neighbour and the even one in the middle', () => {
    for (let bits = 0; bits < 0x7bff; bits += 7) {
      const [low, high] = [halfToNumber(bits), halfToNumber(bits + 1)]
      const middle = (low + high) / 2
      expect(roundToHalf(middle)).toBe(bits % 2 === 0 ? low : high)
      expect(roundToHalf(low + 0.49 * (high - low))).toBe(low)
      expect(roundToHalf(low + 0.51 * (high - low))).toBe(high)
    }
    expect(roundToHalf(1e9)).toBe(Infinity)
    expect(roundToHalf(NaN)).toBeNaN()
  })
})

describe('shares', () => {
  it('sum to 1, and become the largest logit alone at a large inverse temperature', () => {
    const logits = randomLogits(1, 60)
    for (const sum of rowSums(sharesOf(logits, 6, 0.3), 6)) expect(sum).toBeCloseTo(1, 6)
    const hard = sharesOf(logits, 6, 1e4)
    for (let i = 0; i < 10; i++) {
      const [top] = rankedClasses(logits.subarray(i * 6, i * 6 + 6))
      expect(hard[i * 6 + top]).toBeCloseTo(1, 6)
    }
    expect(meanEntropy(hard, 6)).toBeLessThan(1e-6)
    expect(meanEntropy(sharesOf(logits, 6, 0), 6)).toBeCloseTo(Math.log(6), 6)
  })

  it('average logits, not shares', () => {
    const [a, b] = [Float32Array.from([4, 0]), Float32Array.from([0, 2])]
    expect([...meanLogits([a, b])]).toEqual([2, 1])
    const shares = sharesOf(meanLogits([a, b]), 2, 1)
    expect(shares[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 6)
    expect(() => meanLogits([])).toThrow(RangeError)
  })

  it('mix with plain labels and keep the sum of 1', () => {
    const soft = sharesOf(randomLogits(2, 12), 3, 1)
    const labels = Int32Array.from([0, 2, 1, 1])
    expect(mixedShares(soft, labels, 3, 1)).toEqual(soft)
    expect(mixedShares(soft, labels, 3, 0)).toEqual(oneHotShares(labels, 3))
    const mixed = mixedShares(soft, labels, 3, 0.4)
    expect(mixed[0]).toBeCloseTo(0.4 * soft[0] + 0.6, 6)
    for (const sum of rowSums(mixed, 3)) expect(sum).toBeCloseTo(1, 6)
    expect(() => mixedShares(soft, labels, 3, 1.2)).toThrow(RangeError)
  })

  it('differ by a known divergence', () => {
    const [p, q] = [Float32Array.from([0.5, 0.5]), Float32Array.from([0.25, 0.75])]
    expect(meanDivergence(p, q, 2)).toBeCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(2 / 3), 6)
    expect(meanDivergence(p, p, 2)).toBe(0)
    expect(meanDivergence(p, Float32Array.from([1, 0]), 2)).toBe(Infinity)
    expect([...normalisedShares(Float32Array.from([0, 0, 1, 3]), 2)]).toEqual([0, 0, 0.25, 0.75])
  })
})

describe('stored labels', () => {
  const full = sharesOf(randomLogits(3, 40 * 8), 8, 1)

  it('come back as they were without any saving', () => {
    const { shares, bytes, divergence } = compressLabels(full, 8, { isHalf: false, rest: 'drop' })
    shares.forEach((share, i) => expect(share).toBeCloseTo(full[i], 6))
    expect(bytes).toBe(40 * 8 * 4)
    expect(divergence).toBeLessThan(1e-6)
  })

  it('lose less the more is kept, and always sum to 1 when the rest is spread', () => {
    let before = Infinity
    for (const keep of [1, 2, 4, 6, 8]) {
      const done = compressLabels(full, 8, { keep, isHalf: true, rest: 'spread' })
      expect(done.divergence).toBeLessThan(before)
      before = done.divergence
      for (const sum of rowSums(done.shares, 8)) expect(sum).toBeCloseTo(1, 6)
      // Two bytes for each share and one for its place; no places where all are kept.
      expect(done.bytes).toBe(40 * keep * (keep === 8 ? 2 : 3))
    }
    expect(before).toBeLessThan(1e-6)
  })

  it('stay possible for every label where rounding leaves nothing for the rest', () => {
    const sure = Float32Array.from([0.9999, 0.00008, 0.00002])
    const done = compressLabels(sure, 3, { keep: 1, isHalf: true, rest: 'spread' })
    expect(done.shares[0]).toBeCloseTo(1, 3)
    expect(done.shares[2]).toBeGreaterThan(0)
    expect(done.divergence).toBeLessThan(1e-3)
  })

  it('are not scaled up when the rest is dropped', () => {
    const keep = 3
    const done = compressLabels(full, 8, { keep, isHalf: false, rest: 'drop' })
    expect(done.divergence).toBe(Infinity)
    let kept = 0
    done.shares.forEach((share, i) => {
      expect(share === 0 || share === full[i]).toBe(true)
      kept += share
    })
    expect(done.dropped).toBeCloseTo(1 - kept / 40, 5)
    expect(() => compressLabels(full, 8, { keep: 0, isHalf: true, rest: 'drop' })).toThrow(
      RangeError
    )
  })
})

describe('labels of views', () => {
  const views = {
    passes: 300,
    batchesPerPass: 10,
    itemsPerBatch: 100,
    classes: 10,
    viewNumbers: 6,
    bytesEach: 2
  }

  it('shrink by the wanted factor, and each kept batch is met equally often', () => {
    const { kept, schedule, bytes, bytesBefore } = pruneViews(views, 40, createRandom(1))
    expect(kept).toHaveLength(75)
    expect(new Set(kept).size).toBe(75)
    expect(bytesBefore / bytes).toBe(40)
    expect(Math.max(...kept)).toBeLessThan(3000)
    const times = new Uint32Array(75)
    for (const at of schedule) times[at]++
    expect(new Set(times)).toEqual(new Set([40]))
    // Whole passes went, too: about one in six of 300 is left.
    const passes = new Set(Array.from(kept, (batch) => Math.floor(batch / 10)))
    expect(passes.size).toBeLessThan(50)
  })

  it('stay whole at a factor of 1', () => {
    const { kept } = pruneViews(views, 1, createRandom(2))
    expect(kept).toEqual(Uint32Array.from({ length: 3000 }, (_, i) => i))
    expect(() => pruneViews(views, 3001, createRandom(2))).toThrow(RangeError)
  })
})
