// Sharing of processor cores among tasks: never more than allowed while that is possible at all.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fairShare } from './core-share.ts'

test('one task has all cores, several have equal whole shares', () => {
  expect(fairShare(8, 1)).toBe(8)
  expect(fairShare(8, 2)).toBe(4)
  expect(fairShare(8, 3)).toBe(2)
  expect(fairShare(2, 2)).toBe(1)
  expect(fairShare(8, 0)).toBe(8)
})

test('nobody is left without a core', () => {
  expect(fairShare(2, 5)).toBe(1)
})

test('shares never add up to more than allowed when there are enough cores', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 256 }), fc.integer({ min: 1, max: 256 }), (a, b) => {
      const [tasks, allowed] = [Math.min(a, b), Math.max(a, b)]
      const share = fairShare(allowed, tasks)
      expect(share * tasks).toBeLessThanOrEqual(allowed)
      expect((share + 1) * tasks).toBeGreaterThan(allowed)
    })
  )
})
