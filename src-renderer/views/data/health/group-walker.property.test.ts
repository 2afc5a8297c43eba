// Groups are found through windows of a list exactly as they lie in it, whatever their sizes, and
// without reading more than is needed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGroupWalker, shownInGroup, windowItems } from './group-walker.ts'
import { foundOf, groupsOf } from './health-fixtures.test-support.ts'

function walkerOver(sizes: readonly number[]): {
  readonly walker: ReturnType<typeof createGroupWalker>
  readonly loads: { first: number; limit: number }[]
} {
  const items = groupsOf(...sizes)
  const loads: { first: number; limit: number }[] = []
  const walker = createGroupWalker(async (first, limit) => {
    loads.push({ first, limit })
    return { items: items.slice(first, first + limit), total: items.length }
  })
  return { walker, loads }
}

describe('walking groups', () => {
  it('finds every group from any of its places', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 260 }), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        async (sizes, place) => {
          const { walker } = walkerOver(sizes)
          const total = sizes.reduce((sum, size) => sum + size, 0)
          const position = place % total
          const group = await walker.at(position)
          let start = 0
          const number = sizes.findIndex((size) => {
            if (position < start + size) return true
            start += size
            return false
          })
          expect(group).toMatchObject({ number, start, end: start + (sizes[number] ?? 0) })
          expect(group?.items.map((found) => found.item.row)).toEqual(
            Array.from(
              { length: Math.min(sizes[number] ?? 0, shownInGroup) },
              (_, at) => start + at
            )
          )
          expect(walker.total()).toBe(total)
        }
      ),
      { numRuns: 60 }
    )
  })

  it('goes through all groups from first to last', async () => {
    const sizes = [2, 3, 120, 2]
    const { walker } = walkerOver(sizes)
    const seen: number[] = []
    for (let at = 0; ;) {
      const group = await walker.at(at)
      if (group === undefined) break
      seen.push(group.end - group.start)
      at = group.end
    }
    expect(seen).toEqual(sizes)
  })

  it('knows all rows of a huge group without showing them', async () => {
    const { walker } = walkerOver([5, 2500, 5])
    const group = await walker.at(100)
    expect(group?.items).toHaveLength(shownInGroup)
    if (group === undefined) throw new Error('no group')
    const rest = await walker.restOf(group)
    expect(rest).toEqual(Array.from({ length: 2500 - shownInGroup }, (_, at) => 65 + at))
  })

  it('reads a few windows of a long list, not all of it', async () => {
    const { walker, loads } = walkerOver([2, 50_000, 2])
    expect(await walker.at(25_000)).toMatchObject({ start: 2, end: 50_002 })
    expect(loads.length).toBeLessThan(60)
    expect(loads.every((load) => load.limit === windowItems)).toBe(true)
  })

  it('takes items without a group one by one', async () => {
    const walker = createGroupWalker(async (first, limit) => ({
      items: [foundOf(7), foundOf(9)].slice(first, first + limit),
      total: 2
    }))
    expect(await walker.at(1)).toMatchObject({ start: 1, end: 2, items: [{ item: { row: 9 } }] })
    expect(await walker.at(2)).toBeUndefined()
  })

  it('reads again after a failure, and after it was told to forget', async () => {
    let isBroken = true
    let loads = 0
    const walker = createGroupWalker(async () => {
      loads += 1
      if (isBroken) throw new Error('lost')
      return { items: groupsOf(2), total: 2 }
    })
    await expect(walker.at(0)).rejects.toThrow('lost')
    isBroken = false
    expect(await walker.at(0)).toMatchObject({ start: 0, end: 2 })
    await walker.at(1)
    expect(loads).toBe(2)
    walker.forget()
    await walker.at(0)
    expect(loads).toBe(3)
  })
})
