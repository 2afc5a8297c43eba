// One budget in five units.
import { describe, expect, it } from 'vitest'
import { budgetFrom, itemsOf, linkedBudget } from './budget-links.ts'

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

  it('rounds a percentage down but keeps one item, as the run does', () => {
    expect(itemsOf({ kind: 'percent', percent: 10 }, 99)).toBe(9)
    expect(itemsOf({ kind: 'percent', percent: 0.01 }, 99)).toBe(1)
  })
})

describe('budgetFrom', () => {
  it('takes each unit back to items', () => {
    expect(budgetFrom('items', 123.4, facts)).toEqual({ kind: 'count', count: 123 })
    expect(budgetFrom('percent', 25, facts)).toEqual({ kind: 'percent', percent: 25 })
    expect(budgetFrom('megabytes', 0.8, facts)).toEqual({ kind: 'count', count: 800 })
    expect(budgetFrom('tokens', 149, facts)).toEqual({ kind: 'count', count: 2 })
    expect(budgetFrom('hours', 1, facts)).toEqual({ kind: 'count', count: 300 })
  })

  it('keeps at least one item and at most everything', () => {
    expect(budgetFrom('hours', 0.0001, facts)).toEqual({ kind: 'count', count: 1 })
    expect(budgetFrom('percent', 250, facts)).toEqual({ kind: 'percent', percent: 100 })
  })

  it('cannot say what the data has no measure for', () => {
    expect(budgetFrom('tokens', 100, { ...facts, tokensPerItem: null })).toBeUndefined()
    expect(budgetFrom('megabytes', 1, { ...facts, bytesPerItem: 0 })).toBeUndefined()
    expect(budgetFrom('items', Number.NaN, facts)).toBeUndefined()
    expect(budgetFrom('items', 0, facts)).toBeUndefined()
  })
})
