// The search for the smallest set against accuracy curves that are known.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SelectDraft } from '../../api/dto/runs.ts'
import type { CheckCost } from './check-estimate.ts'
import { draftFor } from './selection-fixture.ts'
import { searchSeconds } from './smallest-estimate.ts'
import { mostProbes, searchNotes, searchState, type SearchPlan } from './smallest-plan.ts'

/** Searches a known curve; returns the sizes tried in order and what was found. */
function search(
  plan: SearchPlan,
  curve: (size: number) => number,
  all = 1
): { tried: number[]; found: number | undefined; failed: number | undefined; notes: string[] } {
  const bySize = new Map<number, number>()
  const tried: number[] = []
  for (;;) {
    const { next, found, failed } = searchState(plan, { all, bySize })
    if (next === undefined)
      return { tried, found, failed, notes: searchNotes(plan, { all, bySize }) }
    tried.push(next)
    bySize.set(next, curve(next))
  }
}

describe('the search for the smallest set', () => {
  it('closes in on the size where a curve crosses the wanted share', () => {
    const plan = { least: 10, most: 5000, keepsShare01: 0.9 }
    const { tried, found, failed } = search(plan, (size) => (size >= 312 ? 0.9 : 0.89))
    expect(tried[0]).toBe(5000)
    expect(tried.length).toBeLessThanOrEqual(mostProbes)
    expect(found).toBeGreaterThanOrEqual(312)
    expect(failed).toBeLessThan(312)
    expect((found ?? 0) / (failed ?? 1)).toBeLessThan(1.1)
  })

  it('stops at once when even the most is not enough, and says so', () => {
    const plan = { least: 2, most: 500, keepsShare01: 0.98 }
    const { tried, found, notes } = search(plan, () => 0.6, 0.8)
    expect(tried).toEqual([500])
    expect(found).toBeUndefined()
    expect(notes[0]).toBe(
      'Even 500 items keep only 75.0 % of the accuracy (validation 60.0 of 80.0 %); 98.0 % was asked for. That many were kept. Allow more items, or ask for less.'
    )
  })

  it('goes down to the least size when everything is enough', () => {
    const plan = { least: 3, most: 100, keepsShare01: 0.9 }
    const { found, failed, notes } = search(plan, () => 0.95)
    expect(found).toBe(3)
    expect(failed).toBeUndefined()
    expect(notes[0]).toContain('no smaller size was worth a try.')
  })

  it('tells what was found and what was not enough', () => {
    const plan = { least: 10, most: 1000, keepsShare01: 0.98 }
    const { found, failed, notes } = search(plan, (size) => (size >= 300 ? 0.831 : 0.8), 0.846)
    expect(notes[0]).toBe(
      `The smallest set found: ${found ?? 0} items keep 98.2 % of the accuracy (validation 83.1 of 84.6 %); ${failed ?? 0} items were not enough.`
    )
  })

  it('tries few sizes, each once, all within the bracket, whatever the accuracies are', () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (least, most, noise) => {
          const plan = { least: Math.min(least + 1, most), most, keepsShare01: 0.5 }
          const seen = new Map<number, number>()
          const { tried, found, failed } = search(plan, (size) => {
            const accuracy = noise.next().value as number // endless stream
            seen.set(size, accuracy)
            return accuracy
          })
          expect(new Set(tried).size).toBe(tried.length)
          expect(tried.length).toBeLessThanOrEqual(mostProbes)
          for (const size of tried) {
            expect(size).toBeGreaterThanOrEqual(plan.least)
            expect(size).toBeLessThanOrEqual(most)
          }
          if (found !== undefined) {
            expect(seen.get(found)).toBeGreaterThanOrEqual(0.5)
            if (failed !== undefined) expect(failed).toBeLessThan(found)
          }
        }
      )
    )
  })
})

describe('the time of a search', () => {
  const cost = (budget: SelectDraft['budget'], asked: number): CheckCost => ({
    draft: { ...draftFor('pool'), budget },
    // Only these are read: the counts, and the classes.
    scope: {
      asked,
      candidates: new Uint32Array(1000),
      testRows: new Uint32Array(0),
      dataset: { classNames: ['a', 'b'] }
    } as unknown as CheckCost['scope'],
    speed: { columns: 10, flopsPerSecond: 1e6 },
    threads: 1
  })
  const smallest = { kind: 'smallest', keepsShare01: 0.98, atMostPercent: 50 } as const

  it('counts only where a search was asked for, and grows with the largest size', () => {
    expect(searchSeconds(cost({ kind: 'count', count: 10 }, 10))).toBe(0)
    const [few, many] = [searchSeconds(cost(smallest, 100)), searchSeconds(cost(smallest, 500))]
    expect(few).toBeGreaterThan(0)
    expect(many).toBeGreaterThan(few)
  })
})
