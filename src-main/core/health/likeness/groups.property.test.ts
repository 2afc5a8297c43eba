// Groups of alike items: a chain of small steps never joins strangers, every member is alike to the
// kept one, and the order of the pairs does not matter.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRandom } from '../../compute/random.ts'
import { groupAlike, type AlikeGroups } from './groups.ts'

/** Points on a line; alike when closer than 1. */
function onLine(at: readonly number[]) {
  const like = (a: number, b: number): number => Math.max(0, 1 - 0.5 * Math.abs(at[a] - at[b]))
  const pairs: [number, number][] = []
  for (let a = 0; a < at.length; a++)
    for (let b = a + 1; b < at.length; b++) if (like(a, b) >= 0.5) pairs.push([a, b])
  const group = (order: readonly [number, number][]): Promise<AlikeGroups> =>
    groupAlike(
      {
        rows: Uint32Array.from(order.flat()),
        likeness: Float32Array.from(order, ([a, b]) => like(a, b))
      },
      (row) => row,
      0.5,
      (row, others) => Promise.resolve(Float32Array.from(others, (other) => like(row, other)))
    )
  return { pairs, like, group }
}

it('a chain is cut where it leaves the kept item', async () => {
  const { pairs, group } = onLine([0, 0.8, 1.6, 2.4, 3.2])
  const { rows, groups } = await group(pairs)
  expect([...rows]).toEqual([0, 1, 2, 3])
  expect([...groups]).toEqual([0, 0, 1, 1])
})

it('members are alike to the kept one, once each, whatever the order of the pairs', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: 0, max: 12, noNaN: true }), { minLength: 2, maxLength: 30 }),
      fc.nat(1000),
      async (at, seed) => {
        const { pairs, like, group } = onLine(at)
        const found = await group(pairs)
        const shuffled = [...createRandom(seed).sample(pairs.length, pairs.length)].map(
          (i) => pairs[i]
        )
        expect(await group(shuffled)).toEqual(found)
        expect(new Set(found.rows).size).toBe(found.rows.length)
        let kept = 0
        found.rows.forEach((row, i) => {
          if (i === 0 || found.groups[i] !== found.groups[i - 1]) kept = row
          expect(like(kept, row)).toBeGreaterThanOrEqual(0.5)
        })
        // Nobody alike to a kept item stays outside all groups.
        for (const [a, b] of pairs)
          expect(found.rows.includes(a) || found.rows.includes(b)).toBe(true)
      }
    ),
    { numRuns: 60 }
  )
})
