// Feasibility of limits, against trying out every subset.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countCells, leastNeeded, mostKept, sourceTotals } from './rule-feasibility.ts'

const items = fc.array(
  fc.record({ label: fc.integer({ min: -1, max: 2 }), source: fc.integer({ min: -1, max: 1 }) }),
  { minLength: 1, maxLength: 9 }
)
const limits = (parts: number): fc.Arbitrary<number[]> =>
  fc.array(fc.nat(4), { minLength: parts, maxLength: parts })

interface Item {
  readonly label: number
  readonly source: number
}

function cellsOf(list: readonly Item[]): ReturnType<typeof countCells> {
  return countCells(
    Uint32Array.from(list, (_, row) => row),
    Int32Array.from(list, ({ label }) => label),
    3,
    Int32Array.from(list, ({ source }) => source),
    2
  )
}

/** Sizes of all subsets that pass. */
function sizes(list: readonly Item[], passes: (kept: readonly Item[]) => boolean): number[] {
  return Array.from({ length: 1 << list.length }, (_, mask) =>
    list.filter((_item, i) => (mask & (1 << i)) !== 0)
  )
    .filter(passes)
    .map((kept) => kept.length)
}

describe('feasibility', () => {
  it('knows the most that maximums of labels and sources leave', () => {
    fc.assert(
      fc.property(items, limits(3), limits(2), (list, classMax, sourceMax) => {
        const possible = sizes(
          list,
          (kept) =>
            classMax.every((max, c) => kept.filter(({ label }) => label === c).length <= max) &&
            sourceMax.every((max, s) => kept.filter(({ source }) => source === s).length <= max)
        )
        expect(mostKept(cellsOf(list), classMax, sourceMax)).toBe(Math.max(...possible))
      }),
      { numRuns: 60 }
    )
  })

  it('knows the fewest that meet minimums of labels and sources', () => {
    fc.assert(
      fc.property(items, limits(3), limits(2), (list, wantedClasses, wantedSources) => {
        const has = (key: keyof Item, part: number): number =>
          list.filter((item) => item[key] === part).length
        const classMin = wantedClasses.map((min, c) => Math.min(min, has('label', c)))
        const sourceMin = wantedSources.map((min, s) => Math.min(min, has('source', s)))
        const possible = sizes(
          list,
          (kept) =>
            classMin.every((min, c) => kept.filter(({ label }) => label === c).length >= min) &&
            sourceMin.every((min, s) => kept.filter(({ source }) => source === s).length >= min)
        )
        expect(leastNeeded(cellsOf(list), classMin, sourceMin)).toBe(Math.min(...possible))
      }),
      { numRuns: 60 }
    )
  })

  it('counts items by source', () => {
    const list = [0, 0, 1, -1].map((source) => ({ label: 0, source }))
    expect(sourceTotals(cellsOf(list))).toEqual([2, 1])
  })
})
