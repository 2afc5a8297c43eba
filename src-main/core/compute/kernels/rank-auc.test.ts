import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rankAuc } from './rank-auc.ts'

it('is the share of pairs in the right order, ties counted half', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(scores, scores, (up, down) => {
      const wins = up.flatMap((x) => down.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)))
      const expected = wins.reduce((sum: number, value) => sum + value, 0) / wins.length
      expect(rankAuc(up, down)).toBeCloseTo(expected, 12)
      expect(rankAuc(down, up)).toBeCloseTo(1 - expected, 12)
    })
  )
})

it('has no value for an empty side or for scores that are no numbers', () => {
  expect(rankAuc([], [1])).toBeNaN()
  expect(rankAuc([1], [])).toBeNaN()
  expect(rankAuc([1, NaN], [0])).toBeNaN()
})
