import { describe, expect, it } from 'vitest'
import { nnls } from '../../../compute/kernels/nnls.ts'
import { createRandom } from '../../../compute/random.ts'
import { lengthOf } from './dictionary.ts'
import { orthogonalMatchingPursuit } from './matching-pursuit.test-support.ts'
import { denseDictionary, gaussianColumns, mixture, runPursuit } from './pursuit.test-support.ts'

const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b)

// The same columns for each number of planted ones: their products are made once.
const trials = Array.from({ length: 20 }, (_, trial) => {
  const columns = gaussianColumns(100 + trial, 200, 1000)
  return { columns, dictionary: denseDictionary(columns) }
})

describe('the pursuit on dense columns (specs 3.9)', () => {
  it.each([5, 10, 20])('V1: recovers %i planted columns of 1,000, 20 times of 20', async (k) => {
    for (const [trial, { columns, dictionary }] of trials.entries()) {
      const random = createRandom(k * 1000 + trial)
      const planted = [...random.sample(1000, k)]
      const target = mixture(
        columns,
        planted,
        planted.map(() => 0.5 + random.uniform())
      )
      const found = await runPursuit(dictionary, target, k)
      expect(sorted(found.columns)).toEqual(sorted(planted))
      expect(found.error).toBeLessThan(1e-5)
    }
  })

  it('V2: the weights meet the KKT conditions on the chosen columns', async () => {
    const columns = gaussianColumns(1, 40, 200)
    const target = mixture(
      columns,
      [...columns.keys()],
      columns.map(() => 1 / 200)
    )
    const found = await runPursuit(denseDictionary(columns), target, 12)
    expect(found.violation).toBeLessThan(1e-6)
    const sum = mixture(columns, [...found.columns], [...found.weights])
    for (const column of found.columns) {
      let slope = 0
      for (let i = 0; i < 40; i++) slope += columns[column][i] * (target[i] - sum[i])
      expect(Math.abs(slope)).toBeLessThan(1e-6 * lengthOf(target))
    }
  })

  it('V3: the best error never rises from round to round', async () => {
    for (let seed = 0; seed < 10; seed++) {
      const columns = gaussianColumns(seed, 60, 300)
      const target = mixture(
        columns,
        [...columns.keys()],
        columns.map(() => 1 / 300)
      )
      const { history, error } = await runPursuit(denseDictionary(columns), target, 15)
      history.forEach((round, i) =>
        expect(round.error).toBeLessThanOrEqual(history[i - 1]?.error ?? 1)
      )
      expect(error).toBeLessThanOrEqual((history.at(-1)?.error ?? 1) * (1 + 1e-6))
    }
  })

  it('V4: with k = N the error is that of the full non-negative least squares', async () => {
    const columns = gaussianColumns(3, 50, 30)
    const target = gaussianColumns(4, 50, 1)[0]
    const all = Uint32Array.from({ length: 30 }, (_, i) => i)
    const gram = await denseDictionary(columns).gram(all)
    const linear = Float64Array.from(columns, (column) =>
      column.reduce((sum, value, i) => sum + value * target[i], 0)
    )
    const full = nnls({ gram, linear, ridge: 0 })
    const sum = mixture(columns, [...all], [...full.weights])
    const found = await runPursuit(denseDictionary(columns), target, 30)
    expect(found.error).toBeCloseTo(lengthOf(target.map((value, i) => value - sum[i])), 6)
  })

  it('V5: four copies of every column give no copy twice; the best single ones do', async () => {
    const single = gaussianColumns(5, 80, 250)
    const copies = [...single, ...single, ...single, ...single]
    const target = mixture(
      single,
      [...single.keys()],
      single.map(() => 1 / 250)
    )
    for (const k of [20, 55]) {
      const { columns } = await runPursuit(denseDictionary(copies), target, k)
      expect(columns.length).toBe(k)
      expect(new Set([...columns].map((column) => column % 250)).size).toBe(k)
    }
  })

  it('V7 and V8: a single column is found with weight 1; a doubled target doubles the weights', async () => {
    const columns = gaussianColumns(6, 30, 100)
    for (const k of [1, 5]) {
      const found = await runPursuit(denseDictionary(columns), columns[42], k)
      expect([...found.columns]).toEqual([42])
      expect(found.weights[0]).toBeCloseTo(1, 6)
    }
    const target = mixture(
      columns,
      [...columns.keys()],
      columns.map(() => 0.01)
    )
    const doubled = target.map((value) => 2 * value)
    const once = await runPursuit(denseDictionary(columns), target, 10)
    const twice = await runPursuit(denseDictionary(columns), doubled, 10)
    expect(twice.columns).toEqual(once.columns)
    twice.weights.forEach((weight, i) => expect(weight).toBeCloseTo(2 * once.weights[i], 9))
  })

  it('V9: columns of 64 numbers never give more than 64', async () => {
    const columns = gaussianColumns(7, 64, 600)
    const target = mixture(
      columns,
      [...columns.keys()],
      columns.map(() => 1 / 600)
    )
    for (const k of [64, 100, 300]) {
      const found = await runPursuit(denseDictionary(columns), target, k)
      expect(found.columns.length).toBeLessThanOrEqual(64)
      expect(found.error).toBeLessThan(1e-3)
    }
  })

  it('comes closer than orthogonal matching pursuit on average, with fewer passes', async () => {
    let ratios = 0
    let rounds = 0
    for (let seed = 8; seed < 16; seed++) {
      const columns = gaussianColumns(seed, 100, 300)
      const target = mixture(
        columns,
        [...columns.keys()],
        columns.map(() => 1 / 300)
      )
      const found = await runPursuit(denseDictionary(columns), target, 25)
      const reference = await orthogonalMatchingPursuit(denseDictionary(columns), target, 25)
      expect(reference.columns.length).toBe(25)
      ratios += found.error / reference.error / 8
      rounds += found.rounds / 8
    }
    expect(ratios).toBeLessThan(0.95)
    expect(rounds).toBeLessThan(20)
  })
})

describe('the reference', () => {
  it('recovers planted columns as the measurements of the method say', async () => {
    for (let trial = 0; trial < 3; trial++) {
      const columns = gaussianColumns(100 + trial, 200, 1000)
      const planted = [...createRandom(trial).sample(1000, 5)]
      const target = mixture(columns, planted, [0.6, 0.8, 1, 1.2, 1.4])
      const found = await orthogonalMatchingPursuit(denseDictionary(columns), target, 5)
      expect(sorted(found.columns)).toEqual(sorted(planted))
    }
  })
})
