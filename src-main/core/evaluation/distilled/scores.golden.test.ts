// Anchors of the scores (G14): values of (e^x - 1/e) / (e - 1/e), worked out by hand.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  augmentationRobustScore,
  hardLabelLoss,
  labelRobustScore,
  leadOverRandom,
  squash
} from './scores.ts'

it.each([
  [-1, 0],
  [0, 0.26894],
  [0.05, 0.29076],
  [0.1, 0.31369],
  [1, 1]
])('squashes %f to %f', (x, score) => {
  expect(squash(x)).toBeCloseTo(score, 5)
})

it('takes half of what is won and half of what is lost', () => {
  // 20 points over random, 10 points below all data: alpha = .05.
  const inputs = { set: 0.7, random: 0.5, setHard: 0.75, all: 0.85 }
  expect(leadOverRandom(inputs)).toBeCloseTo(0.2, 12)
  expect(hardLabelLoss(inputs)).toBeCloseTo(0.1, 12)
  expect(labelRobustScore(inputs)).toBeCloseTo(0.29076, 5)
  // beta = (.05 + .15) / 2 = .1
  expect(
    augmentationRobustScore({ set: 0.6, random: 0.55 }, { set: 0.65, random: 0.5 })
  ).toBeCloseTo(0.31369, 5)
})

it('stays in 0..1 for all shares', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(share, share, share, share, (set, random, setHard, all) => {
      const score = labelRobustScore({ set, random, setHard, all })
      const other = augmentationRobustScore({ set, random }, { set: setHard, random: all })
      expect(Math.min(score, other)).toBeGreaterThanOrEqual(-1e-12)
      expect(Math.max(score, other)).toBeLessThanOrEqual(1 + 1e-12)
    })
  )
})
