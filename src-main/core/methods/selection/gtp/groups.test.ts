import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../compute/random.ts'
import { groupColumns, listsOf } from './groups.ts'
import { denseDictionary, gaussianColumns } from './pursuit.test-support.ts'

describe('groups of columns', () => {
  it('finds bundles of columns that point the same way', async () => {
    const random = createRandom(1)
    const centres = gaussianColumns(2, 30, 5)
    const columns = Array.from({ length: 400 }, (_, i) =>
      centres[i % 5].map((value) => (1 + (i % 7)) * (value + 0.05 * random.normal()))
    )
    const grouping = await groupColumns(denseDictionary(columns), 5)
    const groups = await grouping.of(Uint32Array.from({ length: 400 }, (_, i) => i))
    for (let bundle = 0; bundle < 5; bundle++)
      expect(new Set(groups.filter((_, i) => i % 5 === bundle)).size).toBe(1)
    expect(new Set(groups).size).toBe(5)
    // Asked again, in another order: the same groups.
    expect([...(await grouping.of(Uint32Array.of(7, 3, 399)))]).toEqual([
      groups[7],
      groups[3],
      groups[399]
    ])
  })

  it('has one group where one is wanted, and copes with copies and columns of zeros', async () => {
    const same = Array.from({ length: 12 }, () => Float64Array.of(1, 2, 3))
    same[4] = new Float64Array(3)
    const columns = Uint32Array.of(0, 1, 5)
    const one = await groupColumns(denseDictionary(same), 1)
    expect([...(await one.of(columns))]).toEqual([0, 0, 0])
    const four = await groupColumns(denseDictionary(same), 4)
    const groups = await four.of(columns)
    expect(new Set(groups).size).toBe(1)
    expect(groups[0]).toBeGreaterThanOrEqual(0)
  })

  it('cuts large groups into lists of equal size', () => {
    const groups = Int16Array.from({ length: 23 }, (_, i) => (i < 3 ? 4 : 1))
    const lists = listsOf(groups, 8)
    expect(lists.map((list) => list.length)).toEqual([7, 7, 6, 3])
    expect(lists.flatMap((list) => [...list]).sort((a, b) => a - b)).toEqual([...groups.keys()])
    expect([...lists[3]]).toEqual([0, 1, 2])
  })
})
