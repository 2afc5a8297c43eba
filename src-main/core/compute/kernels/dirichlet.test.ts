import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { drawDirichlet } from './dirichlet.ts'

describe('shares by Dirichlet', () => {
  it('have the mean and the spread of the distribution', () => {
    const random = createRandom(3)
    const strengths = [0.2, 1, 2.8]
    const draws = Array.from({ length: 20_000 }, () => drawDirichlet(random, strengths))
    strengths.forEach((strength, i) => {
      const mean = draws.reduce((sum, own) => sum + own[i], 0) / draws.length
      const variance = draws.reduce((sum, own) => sum + (own[i] - mean) ** 2, 0) / draws.length
      const share = strength / 4
      expect(mean).toBeCloseTo(share, 2)
      expect(variance).toBeCloseTo((share * (1 - share)) / 5, 2)
    })
  })

  it('add up to 1 even where the strengths are tiny, and give 0 to a strength of 0', () => {
    const random = createRandom(4)
    for (let i = 0; i < 200; i++) {
      const shares = drawDirichlet(random, [1e-4, 0, 2e-4, 1e-5])
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
      expect(shares[1]).toBe(0)
    }
  })

  it('refuse strengths that mean nothing', () => {
    for (const strengths of [[0, 0], [], [1, -1], [1, NaN]])
      expect(() => drawDirichlet(createRandom(1), strengths)).toThrow(RangeError)
  })
})
