// The check as arithmetic: which models are trained, what is resumed, what the result holds. The
// training itself is replaced by known accuracies here; real models are trained in other tests.
import { describe, expect, it } from 'vitest'
import { checkUnits, runUnits, type CheckUnit } from './check.ts'
import { checkResult } from './check-result.ts'
import { candidates, labels, planOf, results } from './check.test-support.ts'

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
    const plan = planOf({ trainLimit: { fingerprints: 100, pictures: 50 } })
    expect(checkUnits(plan).find((unit) => unit.arm === 'all')?.rows.length).toBe(100)
    const result = checkResult(plan, await results(plan, () => 0.5), 500, 'reference')
    expect(result.trainItems.all).toBe(100)
    expect(result.cautions.join(' ')).toContain('at most 100 items each')
  })
})

describe('units of several models', () => {
  const plan = planOf({
    repeats: 2,
    models: ['knn', 'mlp'],
    others: [{ method: 'x', name: 'X', rows: candidates.slice(0, 40) }]
  })
  it('trains networks anew on every arm, others once where rows stay', () => {
    expect(checkUnits(plan).map((unit) => unit.key)).toEqual([
      'knn:chosen/0',
      'knn:all/0',
      'knn:other:0/0',
      'knn:random/0',
      'knn:stratified/0',
      'knn:random/1',
      'knn:stratified/1',
      'mlp:chosen/0',
      'mlp:all/0',
      'mlp:chosen/1',
      'mlp:all/1',
      'mlp:random/0',
      'mlp:stratified/0',
      'mlp:random/1',
      'mlp:stratified/1'
    ])
  })
  it('gives all arms of a repeat the same seed, and all models the same draws', () => {
    const units = checkUnits(plan)
    const seeds = (repeat: number): Set<number> =>
      new Set(units.filter((unit) => unit.repeat === repeat).map((unit) => unit.seed))
    expect(seeds(0).size).toBe(1)
    expect(seeds(1).size).toBe(1)
    expect(seeds(0)).not.toEqual(seeds(1))
    const rowsOf = (key: string): Uint32Array | undefined =>
      units.find((unit) => unit.key === key)?.rows
    expect(rowsOf('mlp:random/1')).toEqual(rowsOf('knn:random/1'))
    expect(rowsOf('mlp:chosen/1')).toEqual(rowsOf('mlp:chosen/0'))
  })
  it('limits pictures apart from fingerprints, one sample for all repeats', async () => {
    const limited = planOf({
      repeats: 2,
      models: ['linear', 'convnet'],
      trainLimit: { fingerprints: 1000, pictures: 30 }
    })
    const all = checkUnits(limited).filter((unit) => unit.arm === 'all')
    expect(all.map((unit) => [unit.key, unit.rows.length])).toEqual([
      ['all/0', 400],
      ['convnet:all/0', 30],
      ['convnet:all/1', 30]
    ])
    expect(all[1]?.rows).toEqual(all[2]?.rows)
    const { cautions } = checkResult(limited, await results(limited, () => 0.5), 500, 'd')
    expect(cautions.join(' ')).toContain('at most 30 pictures')
    expect(cautions.join(' ')).not.toContain('items each')
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
    expect(result.cautions.join(' ')).toContain('1 chosen item has no label')
  })
})
