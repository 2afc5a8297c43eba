// The learning curve: its sizes, its units and its figures.
import { describe, expect, it } from 'vitest'
import { checkUnits, type CheckUnit } from './check.ts'
import { checkResult } from './check-result.ts'
import { candidates, planOf, results } from './check.test-support.ts'
import { curveSizes } from './learning-curve.ts'

describe('learning curve', () => {
  const order = Uint32Array.from({ length: 400 }, (_, i) => 399 - i)
  const plan = planOf({ curveOrder: order, repeats: 3 })
  it('has a quarter, half, one, two and four times the set, below all items and within memory', () => {
    expect(curveSizes(plan)).toEqual([10, 20, 40, 80, 160])
    expect(curveSizes({ ...plan, candidates: candidates.slice(0, 100) })).toEqual([10, 20, 40, 80])
    expect(curveSizes({ ...plan, trainLimit: { fingerprints: 50, pictures: 9 } })).toEqual([
      10, 20, 40
    ])
    expect(curveSizes({ ...plan, chosen: Uint32Array.of(1, 2) })).toEqual([2, 4, 8])
  })
  it('takes the first items of the order, nested random draws, and the units of the check', () => {
    const units = new Map(checkUnits(plan).map((unit) => [unit.key, unit]))
    expect(units.size).toBe(2 + 6 + 4 * (1 + 6))
    expect([...(units.get('chosen@10/0')?.rows ?? [])]).toEqual(
      Array.from({ length: 10 }, (_, i) => 390 + i)
    )
    expect(units.has('chosen@40/0')).toBe(false)
    const rowsOf = (key: string): Uint32Array => units.get(key)?.rows ?? new Uint32Array(0)
    const isWithin = (key: string, larger: string): boolean =>
      rowsOf(key).every((row) => rowsOf(larger).includes(row))
    for (const arm of ['random', 'stratified']) {
      expect(rowsOf(`${arm}@10/1`)).toHaveLength(10)
      expect(isWithin(`${arm}@10/1`, `${arm}@20/1`)).toBe(true)
      expect(isWithin(`${arm}@20/1`, `${arm}/1`)).toBe(true)
    }
  })
  it('is made with the linear model even where another one gives the verdict', () => {
    const units = checkUnits({ ...plan, models: ['mlp'] })
    expect(new Set(units.filter(({ arm }) => arm.includes('@')).map(({ model }) => model))).toEqual(
      new Set(['linear'])
    )
    expect(units.map(({ key }) => key)).toContain('all/0')
    expect(units.map(({ key }) => key)).toContain('chosen/0')
  })
  it('is filled from the units, with the range of one random set', async () => {
    const size = (unit: CheckUnit): number => unit.rows.length / 1000
    const found = await results(plan, (unit) =>
      unit.arm.startsWith('random') ? size(unit) + 0.01 * unit.repeat : size(unit) + 0.1
    )
    const { curve } = checkResult(plan, found, 500, 'd')
    expect(curve?.sizes).toEqual([10, 20, 40, 80, 160])
    const means = curve?.arms.chosen.map((point) => Math.round((point?.mean ?? 0) * 1e6) / 1e6)
    expect(means).toEqual([0.11, 0.12, 0.14, 0.18, 0.26])
    expect(curve?.arms.random[0]?.mean).toBeCloseTo(0.02, 12)
    // t(2) = 4.3027, sd 0.01, sqrt(4/3).
    const [range] = curve?.randomRange ?? []
    expect((range?.high ?? 0) - 0.02).toBeCloseTo(4.302653 * 0.01 * Math.sqrt(4 / 3), 6)
    expect(range?.low).toBe(0)
    expect(curve?.all.mean).toBeCloseTo(0.5, 12)
  })
  it('has no chosen point where the order ends before', async () => {
    const short = { ...plan, curveOrder: order.slice(0, 60) }
    const { curve } = checkResult(short, await results(short, () => 0.5), 500, 'd')
    expect(curve?.arms.chosen.map((point) => point === null)).toEqual([
      false,
      false,
      false,
      true,
      true
    ])
    expect(curve?.arms.random.every((point) => point !== null)).toBe(true)
  })
})
