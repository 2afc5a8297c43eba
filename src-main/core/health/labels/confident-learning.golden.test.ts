// Golden values of confident learning: specs G5, worked out in float64 by hand and by the reference.
import { describe, expect, it } from 'vitest'
import { confidentLearning, probabilitiesInMemory } from './confident-learning.ts'

const probabilities = Float64Array.from([
  0.9, 0.1, 0, 0.6, 0.3, 0.1, 0.1, 0.8, 0.1, 0.2, 0.7, 0.1, 0.8, 0.1, 0.1, 0.1, 0.1, 0.8, 0.2, 0.2,
  0.6, 0.6, 0.1, 0.3
])
const labels = Int32Array.from([0, 0, 1, 1, 1, 2, 2, 2])
const find = (filter: Parameters<typeof confidentLearning>[2]) =>
  confidentLearning(probabilitiesInMemory(probabilities, 3), labels, filter)

describe('confident learning, G5', () => {
  it('thresholds, joint and calibrated joint are exact', async () => {
    const found = await find('joint')
    const wanted = [0.75, 1.6 / 3, 1.7 / 3]
    found.thresholds.forEach((value, c) => expect(value).toBeCloseTo(wanted[c], 12))
    expect([...found.joint]).toEqual([1, 0, 0, 1, 2, 0, 0, 0, 2])
    expect([...found.calibrated]).toEqual([2, 0, 0, 1, 2, 0, 0, 0, 3])
  })

  it.each(['joint', 'noise-rate', 'class', 'both'] as const)(
    'row 4 is the one wrong label by "%s"',
    async (filter) => {
      const found = await find(filter)
      expect([...found.flags]).toEqual([0, 0, 0, 0, 1, 0, 0, 0])
      expect(found.suggested[4]).toBe(0)
      expect(found.given[4]).toBeCloseTo(0.1, 6)
      expect(found.other[4]).toBeCloseTo(0.8, 6)
    }
  )
})
