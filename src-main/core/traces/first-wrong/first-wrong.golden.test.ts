// Hand cases of the first wrong step, and the real attempts of tau-bench.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decisions } from '../detectors/detector.ts'
import { suggestForFile } from '../suggest-file.ts'
import { call, letters, traceOf } from '../traces.test-support.ts'
import { align } from './alignment.ts'
import { fisherLess, PrefixTree } from './prefix-tree.ts'
import { suggestFirstWrong } from './suggest.ts'

const keysOf = (text: string): string[] => decisions(letters(text)).map(({ key }) => key)

describe('the tree of attempts', () => {
  const passes = [letters('ABCD', 'pass'), letters('ABED', 'pass')]
  const fails = [letters('ABXD'), letters('ABXD'), letters('ABCF')]
  const tree = new PrefixTree([...passes, ...fails])
  const value = (text: string): number => tree.value(keysOf(text), 0.4) ?? NaN

  it('values of places', () => {
    expect(value('AB')).toBeCloseTo(0.4, 10)
    expect(value('ABC')).toBeCloseTo(0.45, 10)
    expect(value('ABE')).toBeCloseTo(0.6, 10)
    expect(value('ABX')).toBeCloseTo(0.2, 10)
    expect(value('ABCD')).toBeCloseTo(0.6, 10)
    expect(value('ABCF')).toBeCloseTo(0.8 / 3, 10)
  })

  it('where the ways part', () => {
    expect(tree.parting(fails[0], 0.4)).toMatchObject({ step: 2, shared: 2 })
    expect(tree.parting(fails[2], 0.4)).toMatchObject({ step: 3, shared: 3 })
    const parting = tree.parting(fails[0], 0.4)
    expect((parting?.after ?? NaN) - (parting?.before ?? NaN)).toBeCloseTo(-0.2, 10)
  })

  it('the suggestion leaves the trace itself out of the rate of success', () => {
    const found = suggestFirstWrong(fails[0], { traces: [...passes, ...fails], usualPlaces: [] })
    // Two of the four others passed: (2 + 2 x 0.5) / (5 + 2).
    expect(found).toMatchObject({ step: 2, tier: 'tree', kind: 'parting' })
    expect(found?.evidence['before']).toBeCloseTo(3 / 7, 10)
  })

  it('Fisher: 0 of 4 on the branch beside 6 of 6 elsewhere', () => {
    expect(fisherLess(0, 4, 6, 6)).toBeCloseTo(1 / 210, 10)
    expect(fisherLess(4, 4, 6, 6)).toBeCloseTo(1, 10)
  })
})

describe('alignment', () => {
  const aligned = (text: string) =>
    decisions(letters(text)).map(({ key, actions }) => ({ key, verbs: actions[0].verb }))
  const cost = (a: string, b: string): number => align(aligned(a), aligned(b)).cost

  it('costs', () => {
    expect(cost('ABXD', 'ABCD')).toBeCloseTo(1, 10)
    expect(cost('ABXXD', 'ABCD')).toBeCloseTo(1.7, 10)
    expect(cost('ABD', 'ABCD')).toBeCloseTo(0.7, 10)
    expect(cost('', 'AB')).toBeCloseTo(1.4, 10)
    expect(cost('ABCD', 'ABCD')).toBe(0)
  })

  it('an attempt that begins otherwise is held against its nearest success', () => {
    const passes = [letters('QABCD', 'pass'), letters('ZZZZ', 'pass')]
    const fail = letters('RABCXYZW')
    const found = suggestFirstWrong(fail, { traces: [...passes, fail], usualPlaces: [] })
    expect(found).toMatchObject({ step: 4, tier: 'alignment', confidence: 'low' })
  })
})

describe('without successful siblings', () => {
  it('the step before the first error, then the usual place, then nothing', () => {
    const failing = traceOf([
      ...call('read_a'),
      ...call('read_b'),
      ...call('read_c', {}, 'Error: gone')
    ])
    const task = { traces: [failing], usualPlaces: [0.5] }
    expect(suggestFirstWrong(failing, task)).toMatchObject({ step: 1, tier: 'error' })
    const calm = letters('ABCDE')
    expect(suggestFirstWrong(calm, { traces: [calm], usualPlaces: [0.2, 0.5, 0.9] })).toMatchObject(
      {
        step: 2,
        tier: 'position'
      }
    )
    expect(suggestFirstWrong(calm, { traces: [calm], usualPlaces: [] })).toBeUndefined()
  })
})

describe('tau-bench, 200 attempts of gpt-4o at airline tasks', () => {
  const file = join(import.meta.dirname, '../fixtures/tau-bench/airline-excerpt.json.gz')
  const look = (effects = {}) =>
    suggestForFile({ path: file, effects, volatile: null }, new AbortController().signal, () => 0)

  it('siblings and writes name the right step in 55 of 56', async () => {
    const found = await look()
    expect(found).toMatchObject({
      format: 'tau-bench',
      traces: 200,
      tasks: 50,
      mixedTasks: 26,
      outcomes: { pass: 84, fail: 116, partial: 0, unknown: 0 },
      problems: []
    })
    expect(found.score).toMatchObject({
      labelled: 56,
      suggestions: 55,
      anyNewCall: 26,
      prefixTree: 27
    })
  })

  it('knows nothing of it once the analyst calls all tools harmless', async () => {
    const { tools } = await look()
    const harmless = Object.fromEntries(tools.map(({ verb }) => [verb, 'read' as const]))
    const found = await look(harmless)
    // Without writes there is nothing to derive a right step from either.
    expect(found.score).toBeNull()
    expect(found.suggestions.every(({ tier }) => tier !== 'writes')).toBe(true)
  })
})
