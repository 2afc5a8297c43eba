// One amount in five units.
import { describe, expect, it } from 'vitest'
import { budgetFrom, itemsOf, linkedBudget, unitOf } from './budget-links.ts'

const facts = { candidates: 8000, bytesPerItem: 1000, tokensPerItem: 50, secondsPerItem: 12 }

describe('linkedBudget', () => {
  it('says a percentage in every unit', () => {
    expect(linkedBudget({ kind: 'percent', percent: 10 }, facts)).toEqual({
      items: 800,
      percent: 10,
      megabytes: 0.8,
      tokens: 40_000,
      hours: 2.67
    })
  })

  it('says a count as a share of what can be chosen', () => {
    expect(linkedBudget({ kind: 'count', count: 1000 }, facts).percent).toBe(12.5)
    expect(linkedBudget({ kind: 'count', count: 10 }, { ...facts, candidates: 0 }).percent).toBe(0)
  })

  it('shows the unit it is stored in exactly, and the others by the mean item', () => {
    const size = linkedBudget({ kind: 'bytes', bytes: 1_234_567 }, facts)
    expect([size.megabytes, size.items, size.percent]).toEqual([1.234567, 1234, 15.4])
    const tokens = linkedBudget({ kind: 'tokens', tokens: 1049 }, facts)
    expect([tokens.tokens, tokens.items]).toEqual([1049, 20])
    const time = linkedBudget({ kind: 'time', hours: 1.01, secondsPerItem: 10 }, facts)
    expect([time.hours, time.items]).toEqual([1.01, 363])
  })

  it('says the most that the smallest set may keep', () => {
    const most = linkedBudget({ kind: 'smallest', keepsShare01: 0.98, atMostPercent: 25 }, facts)
    expect([most.items, most.percent]).toEqual([2000, 25])
  })
})

describe('itemsOf', () => {
  it('rounds down but keeps one item, as the run does', () => {
    const few = { ...facts, candidates: 99 }
    expect(itemsOf({ kind: 'percent', percent: 10 }, few)).toBe(9)
    expect(itemsOf({ kind: 'percent', percent: 0.01 }, few)).toBe(1)
    expect(itemsOf({ kind: 'bytes', bytes: 10 }, few)).toBe(1)
    expect(itemsOf({ kind: 'bytes', bytes: 1e9 }, few)).toBe(99)
  })
})

describe('budgetFrom', () => {
  it('stores the unit that was typed in', () => {
    expect(budgetFrom('items', 123.4, facts)).toEqual({ kind: 'count', count: 123 })
    expect(budgetFrom('percent', 25, facts)).toEqual({ kind: 'percent', percent: 25 })
    expect(budgetFrom('megabytes', 0.8, facts)).toEqual({ kind: 'bytes', bytes: 800_000 })
    expect(budgetFrom('tokens', 149, facts)).toEqual({ kind: 'tokens', tokens: 149 })
    expect(budgetFrom('hours', 1, facts)).toEqual({ kind: 'time', hours: 1, secondsPerItem: 12 })
  })

  it('comes back as it was typed, and in its unit', () => {
    for (const [unit, value] of [
      ['items', 500],
      ['percent', 12.5],
      ['megabytes', 3.25],
      ['tokens', 70_000],
      ['hours', 2.5]
    ] as const) {
      const budget = budgetFrom(unit, value, facts)
      if (budget === undefined) throw new Error(unit)
      expect(unitOf(budget)).toBe(unit)
      expect(linkedBudget(budget, facts)[unit]).toBe(value)
    }
  })

  it('keeps at least one item and at most everything', () => {
    expect(budgetFrom('items', 0.2, facts)).toEqual({ kind: 'count', count: 1 })
    expect(budgetFrom('percent', 250, facts)).toEqual({ kind: 'percent', percent: 100 })
  })

  it('cannot say what the data has no measure for', () => {
    expect(budgetFrom('tokens', 100, { ...facts, tokensPerItem: null })).toBeUndefined()
    expect(budgetFrom('megabytes', 1, { ...facts, bytesPerItem: 0 })).toBeUndefined()
    expect(budgetFrom('items', Number.NaN, facts)).toBeUndefined()
    expect(budgetFrom('items', 0, facts)).toBeUndefined()
  })
})
