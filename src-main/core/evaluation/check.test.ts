// The check as arithmetic: which heads are trained, what is resumed, what the interval means. The
// training itself is replaced by known accuracies here; real heads are trained in other tests.
import { describe, expect, it } from 'vitest'
import { createRandom } from '../compute/random.ts'
import {
  checkResult,
  checkUnits,
  differenceInterval,
  runUnits,
  type CheckPlan,
  type CheckUnit
} from './check.ts'

const candidates = Uint32Array.from({ length: 400 }, (_, i) => i)
const labels = Int32Array.from({ length: 400 }, (_, i) => i % 4)

function planOf(change: Partial<CheckPlan> = {}): CheckPlan {
  return {
    seed: 3,
    repeats: 5,
    candidates,
    labels,
    chosen: Uint32Array.from({ length: 40 }, (_, i) => 399 - i),
    others: [],
    trainLimit: 1000,
    ...change
  }
}

async function results(
  plan: CheckPlan,
  accuracyOf: (unit: CheckUnit) => number
): Promise<ReadonlyMap<string, number>> {
  return runUnits(checkUnits(plan), {
    finished: new Map(),
    parallel: 2,
    signal: new AbortController().signal,
    train: (unit) => Promise.resolve(accuracyOf(unit)),
    onFinished: () => undefined
  })
}

describe('units', () => {
  it('trains fixed sets once and draws random ones anew per repeat', () => {
    const units = checkUnits(
      planOf({ others: [{ method: 'x', name: 'X', rows: candidates.slice(0, 40) }] })
    )
    expect(units.map((unit) => unit.key)).toEqual([
      'chosen/0',
      'all/0',
      'other:0/0',
      'random/0',
      'stratified/0',
      'random/1',
      'stratified/1',
      'random/2',
      'stratified/2',
      'random/3',
      'stratified/3',
      'random/4',
      'stratified/4'
    ])
    const random = units.filter((unit) => unit.arm === 'random')
    expect(new Set(random.map((unit) => unit.rows.join())).size).toBe(5)
    expect(random.every((unit) => unit.rows.length === 40)).toBe(true)
    expect(units[0]?.rows[0]).toBe(360)
  })
  it('samples what does not fit into memory and says so', async () => {
    const plan = planOf({ trainLimit: 100 })
    expect(checkUnits(plan).find((unit) => unit.arm === 'all')?.rows.length).toBe(100)
    const result = checkResult(plan, await results(plan, () => 0.5), 500, 'reference')
    expect(result.trainItems.all).toBe(100)
    expect(result.cautions.join(' ')).toContain('at most 100 items each')
  })
})

describe('running', () => {
  it('goes on after a stop with the same numbers and trains nothing twice', async () => {
    const plan = planOf()
    const accuracyOf = (unit: CheckUnit): number => (unit.rows[0] % 97) / 100
    const whole = await results(plan, accuracyOf)
    const abort = new AbortController()
    const stored = new Map<string, number>()
    const first = runUnits(checkUnits(plan), {
      finished: new Map(),
      parallel: 2,
      signal: abort.signal,
      train: (unit) => Promise.resolve(accuracyOf(unit)),
      onFinished(unit, accuracy) {
        stored.set(unit.key, accuracy)
        if (stored.size === 4) abort.abort()
      }
    })
    await expect(first).rejects.toThrow()
    const trained: string[] = []
    const before = new Set(stored.keys())
    const resumed = await runUnits(checkUnits(plan), {
      finished: stored,
      parallel: 2,
      signal: new AbortController().signal,
      train(unit) {
        trained.push(unit.key)
        return Promise.resolve(accuracyOf(unit))
      },
      onFinished: () => undefined
    })
    expect(trained.some((key) => before.has(key))).toBe(false)
    expect(checkResult(plan, resumed, 500, 'd')).toEqual(checkResult(plan, whole, 500, 'd'))
  })
  it('passes a failure on', async () => {
    const failing = runUnits(checkUnits(planOf()), {
      finished: new Map(),
      parallel: 2,
      signal: new AbortController().signal,
      train: (unit) =>
        unit.key === 'random/1' ? Promise.reject(new Error('out of memory')) : Promise.resolve(0.5),
      onFinished: () => undefined
    })
    await expect(failing).rejects.toThrow('out of memory')
  })
})

describe('result', () => {
  it('fills every field of the contract', async () => {
    const plan = planOf({ others: [{ method: 'x', name: 'X', rows: candidates.slice(0, 40) }] })
    const accuracy: Record<string, number> = {
      chosen: 0.8,
      all: 0.9,
      random: 0.7,
      stratified: 0.72,
      'other:0': 0.75
    }
    const result = checkResult(
      plan,
      await results(
        plan,
        (unit) => accuracy[unit.arm] + (unit.arm === 'random' ? unit.repeat * 0.001 : 0)
      ),
      1000,
      'reference'
    )
    expect(result.kind).toBe('helped')
    expect(result.perRepeat.chosen).toEqual([0.8, 0.8, 0.8, 0.8, 0.8])
    expect(result.perRepeat.random).toHaveLength(5)
    expect(result.difference.mean).toBeCloseTo(0.098, 12)
    expect(result.others[0]).toMatchObject({
      method: 'x',
      name: 'X',
      accuracy: { mean: 0.75, sd: 0 }
    })
    expect(result.trainItems).toEqual({ chosen: 40, random: 40, stratified: 40, all: 400 })
    expect(result.verdict).toContain('You keep 89 % of that with 10 % of the items.')
  })
  it('tells how many chosen items had no label', async () => {
    const some = labels.slice()
    some[399] = -1
    const plan = planOf({ labels: some })
    const result = checkResult(plan, await results(plan, () => 0.5), 1000, 'd')
    expect(result.cautions.join(' ')).toContain('1 chosen items have no label')
  })
})

describe('interval', () => {
  it('has the width of a single draw', () => {
    const interval = differenceInterval([0.8, 0.8, 0.8, 0.8, 0.8], [0.7, 0.71, 0.72, 0.73, 0.74])
    expect(interval.mean).toBeCloseTo(0.08, 12)
    // t(4) = 2.7764, sd = 0.0158114, sqrt(1 + 1/5) = 1.0954.
    expect(interval.high - interval.mean).toBeCloseTo(2.776445 * 0.0158114 * 1.0954451, 6)
  })
  it('is the whole range for one repeat', () => {
    expect(differenceInterval([0.8], [0.7])).toMatchObject({ low: -1, high: 1 })
  })
  it('calls a random set better than random in about 2.5 % of cases, not more', () => {
    const random = createRandom(11)
    const trials = 4000
    let helped = 0
    let worse = 0
    for (let trial = 0; trial < trials; trial++) {
      // A random set is one draw like the others.
      const chosen = new Array<number>(5).fill(0.7 + 0.01 * random.normal())
      const interval = differenceInterval(
        chosen,
        Array.from({ length: 5 }, () => 0.7 + 0.01 * random.normal())
      )
      if (interval.low > 0) helped++
      if (interval.high < 0) worse++
    }
    // 2.5 % each, five standard errors (0.25 % each) either way.
    expect(helped / trials).toBeGreaterThan(0.012)
    expect(helped / trials).toBeLessThan(0.038)
    expect(worse / trials).toBeGreaterThan(0.012)
    expect(worse / trials).toBeLessThan(0.038)
  })
})
