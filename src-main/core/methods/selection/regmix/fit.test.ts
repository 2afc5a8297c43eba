import { describe, expect, it } from 'vitest'
import { rankCorrelation } from '../../../compute/kernels/rank-correlation.ts'
import { createRandom } from '../../../compute/random.ts'
import { bestShares, fitMixtures, foretells } from './fit.ts'
import { mixturesToTry } from './mixtures-to-try.ts'

const signal = new AbortController().signal

/** A law of the kind mixtures follow: every source lowers the loss, with less and less to gain. */
function law(seed: number, sources: number): (shares: readonly number[]) => number {
  const random = createRandom(seed)
  const gains = Array.from({ length: sources }, () => random.uniform())
  const bends = Array.from({ length: sources }, () => 2 + 8 * random.uniform())
  return (shares) =>
    3 + shares.reduce((sum, share, i) => sum + gains[i] * Math.exp(-bends[i] * share), 0)
}

describe('the fit', () => {
  it('orders mixtures it has not seen under a known law', () => {
    for (const [seed, sources, runs] of [
      [1, 17, 250],
      [2, 5, 120],
      [3, 3, 96]
    ]) {
      const random = createRandom(seed)
      const prior = Array.from({ length: sources }, () => 1 / sources)
      const truth = law(seed, sources)
      const noisy = (shares: number[]): number => truth(shares) + 0.01 * random.normal()
      const seen = mixturesToTry(prior, runs, random, signal)
      const unseen = mixturesToTry(prior, 100, random, signal)
      const losses = seen.map(noisy)
      const fit = fitMixtures(seen, losses)
      const found = rankCorrelation(unseen.map(fit.predict), unseen.map(noisy))
      expect(found).toBeGreaterThan(0.95)
      // What can be known without other runs agrees with what others then show.
      expect(Math.abs((foretells(seen, losses) ?? 0) - found)).toBeLessThan(0.03)
    }
  })

  it('has 35 coefficients for 17 sources and does not hang on the level of the losses', () => {
    const mixtures = mixturesToTry([0.2, 0.3, 0.5], 60, createRandom(4), signal)
    const losses = mixtures.map(law(4, 3))
    const near = fitMixtures(mixtures, losses)
    const far = fitMixtures(
      mixtures,
      losses.map((loss) => loss + 1000)
    )
    for (const shares of mixtures)
      expect(far.predict(shares) - 1000).toBeCloseTo(near.predict(shares), 6)
  })

  it('says that it knows nothing where losses are noise or all the same', () => {
    const random = createRandom(5)
    const mixtures = mixturesToTry([0.2, 0.3, 0.5], 200, random, signal)
    const quality = foretells(
      mixtures,
      mixtures.map(() => random.normal())
    )
    expect(Math.abs(quality ?? 1)).toBeLessThan(0.25)
    expect(
      foretells(
        mixtures,
        mixtures.map(() => 1)
      )
    ).toBe(null)
  })

  it('finds shares close to the best there are', () => {
    const prior = [0.6, 0.3, 0.1]
    const truth = law(6, 3)
    const mixtures = mixturesToTry(prior, 200, createRandom(6), signal)
    const fit = fitMixtures(mixtures, mixtures.map(truth))
    const cut = (shares: readonly number[]): number[] => [...shares]
    const search = { prior, draws: 20_000, cut }
    const shares = bestShares(fit, search, createRandom(7), signal)
    let least = Infinity
    for (let a = 0; a <= 40; a++)
      for (let b = 0; a + b <= 40; b++)
        least = Math.min(least, truth([a / 40, b / 40, (40 - a - b) / 40]))
    expect(truth(prior) - least).toBeGreaterThan(0.02)
    expect(truth(shares) - least).toBeLessThan(0.2 * (truth(prior) - least))
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  })

  it('stops when cancelled', () => {
    const fit = { predict: () => 0 }
    const search = { prior: [0.5, 0.5], draws: 10, cut: (own: readonly number[]) => [...own] }
    const aborted = AbortSignal.abort(new Error('stopped'))
    expect(() => bestShares(fit, search, createRandom(1), aborted)).toThrow('stopped')
  })
})

describe('mixtures to try', () => {
  it('are different, add up to 1 and keep the published bounds', () => {
    const prior = [0.7, 0.25, 0.03, 0.02]
    const mixtures = mixturesToTry(prior, 300, createRandom(8), signal)
    expect(mixtures.length).toBe(300)
    expect(new Set(mixtures.map((own) => own.join(' '))).size).toBe(300)
    for (const own of mixtures) {
      expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
      own.forEach((share, i) => {
        // Rounding to multiples of 0.0002 may go half a step beyond.
        expect(share).toBeLessThanOrEqual(Math.min(1, 15 * prior[i]) + 3e-4)
        expect(share === 0 || share >= 1.9e-4).toBe(true)
      })
    }
    // Flattened by the square root: the largest source has about half, not 0.7.
    const mean = mixtures.reduce((sum, own) => sum + own[0], 0) / 300
    expect(mean).toBeGreaterThan(0.4)
    expect(mean).toBeLessThan(0.65)
    expect(mixtures.some((own) => own.includes(0))).toBe(true)
  })

  it('are the same for the same seed', () => {
    const draw = (seed: number): number[][] =>
      mixturesToTry([0.5, 0.5], 20, createRandom(seed), signal)
    expect(draw(3)).toEqual(draw(3))
    expect(draw(4)).not.toEqual(draw(3))
  })
})
