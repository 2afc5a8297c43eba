// Which moments comparisons begin at.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { segmentAt } from './segment.ts'

const asked = (perClass: number, latest = 0) => ({ perClass, ahead: 2, latest })

test('few items follow the beginning, many the later parts, and the window grows', () => {
  expect(segmentAt(asked(1), 53, 0, 100)).toEqual({ from: 0, to: 4 })
  expect(segmentAt(asked(10), 53, 0, 100)).toEqual({ from: 0, to: 10 })
  expect(segmentAt(asked(10), 53, 25, 100)).toEqual({ from: 0, to: 15 })
  expect(segmentAt(asked(10), 53, 50, 100)).toEqual({ from: 0, to: 20 })
  expect(segmentAt(asked(50), 53, 100, 100)).toEqual({ from: 0, to: 40 })
  expect(segmentAt(asked(500), 53, 100, 100)).toEqual({ from: 20, to: 50 })
})

test('a latest start that was asked for is taken', () => {
  expect(segmentAt(asked(1, 0.5), 53, 0, 100)).toEqual({ from: 0, to: 25 })
})

test('the goal is always a kept moment', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (perClass, ahead, more, latest) => {
        const moments = ahead + 1 + more
        const { from, to } = segmentAt({ perClass, ahead, latest }, moments, more, 40)
        expect(from).toBeGreaterThanOrEqual(0)
        expect(from).toBeLessThanOrEqual(to)
        expect(to + ahead).toBeLessThan(moments)
      }
    )
  )
  expect(() => segmentAt(asked(1), 2, 0, 10)).toThrow(RangeError)
})
