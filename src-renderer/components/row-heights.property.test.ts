// Places of rows of any heights against plain sums.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRowHeights } from './row-heights.ts'

const pixels = fc.integer({ min: 1, max: 500 })

it('knows where rows begin and which row is at a place, however heights change', () => {
  fc.assert(
    fc.property(
      fc.array(pixels, { minLength: 1, maxLength: 60 }),
      fc.array(fc.tuple(fc.nat(59), pixels), { maxLength: 40 }),
      (first, changes) => {
        const plain = [...first]
        const heights = createRowHeights(plain.length, (row) => first[row] ?? 0)
        for (const [row, height] of changes) {
          const before = plain[row]
          expect(heights.set(row, height)).toBe(before === undefined ? 0 : height - before)
          if (before !== undefined) plain[row] = height
        }
        let start = 0
        plain.forEach((height, row) => {
          expect(heights.startOf(row)).toBe(start)
          expect(heights.heightOf(row)).toBe(height)
          expect(heights.rowAt(start)).toBe(row)
          expect(heights.rowAt(start + height - 1)).toBe(row)
          start += height
        })
        expect(heights.total()).toBe(start)
        expect(heights.rowAt(start + 1000)).toBe(plain.length - 1)
      }
    )
  )
})

it('has a place for nothing', () => {
  const none = createRowHeights(0, () => 10)
  expect([none.total(), none.startOf(3), none.rowAt(5)]).toEqual([0, 0, 0])
})
