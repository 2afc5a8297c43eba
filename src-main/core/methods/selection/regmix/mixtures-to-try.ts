// Random mixtures for the helper models, as RegMix draws them (synthesize_mixture.py).
import { drawDirichlet } from '../../../compute/kernels/dirichlet.ts'
import type { Random } from '../../../compute/random.ts'

/** The prior is flattened by this power first. */
const temperature = 0.5
const leastStrength = 0.1
const mostStrength = 5
const strengths = 15
/** A source is never used more than this many times its share. */
const mostUsage = 15
/** Shares below this are 0; the others are rounded to multiples of it. */
const leastShare = 2e-4
/** Draws per mixture that is wanted; many are thrown away. */
const drawsPerMixture = 100

/**
 * Up to `count` different mixtures around `prior` (shares by size, in sum 1). Fewer where there are not
 * so many different ones. Throws the signal's reason.
 */
export function mixturesToTry(
  prior: readonly number[],
  count: number,
  random: Random,
  signal: AbortSignal
): number[][] {
  const flat = prior.map((share) => share ** temperature)
  const total = flat.reduce((sum, share) => sum + share, 0)
  const found = new Map<string, number[]>()
  for (let draw = 0; draw < count * drawsPerMixture; draw++) {
    if (draw % 4096 === 0) signal.throwIfAborted()
    const step = random.below(strengths) / (strengths - 1)
    const strength = leastStrength * (mostStrength / leastStrength) ** step
    const shares = drawDirichlet(
      random,
      flat.map((share) => (share / total) * strength)
    )
    if (shares.some((share, i) => share > Math.min(1, mostUsage * prior[i]))) continue
    const units = roundedUnits(shares)
    found.set(units.join(' '), units)
  }
  // Sorted first, so that the choice does not hang on the order of the draws alone.
  const all = [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, units]) => units)
  const picked = random.sample(all.length, Math.min(count, all.length))
  return Array.from(picked, (at) => {
    const sum = all[at].reduce((a, b) => a + b, 0)
    return all[at].map((unit) => unit / sum)
  })
}

/** Shares as whole multiples of the least share; small ones are 0. */
function roundedUnits(shares: readonly number[]): number[] {
  const large = shares.map((share) => (share < leastShare ? 0 : share))
  const sum = large.reduce((a, b) => a + b, 0)
  return large.map((share) => Math.round(share / sum / leastShare))
}
