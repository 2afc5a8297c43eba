// From mixtures and their losses to shares: a ridge regression on the shares and their square roots,
// and a search by simulation (RegMix; the regression is ours).
import { drawDirichlet } from '../../../compute/kernels/dirichlet.ts'
import { rankCorrelation } from '../../../compute/kernels/rank-correlation.ts'
import { fitRidge } from '../../../compute/kernels/ridge.ts'
import type { Random } from '../../../compute/random.ts'

const ridge = 1e-3
const folds = 8
/** Best simulated mixtures that are averaged. */
const best = 128

/** The loss as a function of the shares. */
export interface MixtureFit {
  predict(shares: readonly number[]): number
}

/** [w, sqrt(w), 1]: 35 numbers for 17 sources. */
function terms(shares: readonly number[]): number[] {
  return [...shares, ...shares.map(Math.sqrt), 1]
}

/** Fits one loss column. Losses are centred first, so that the ridge does not pull on their level. */
export function fitMixtures(
  mixtures: readonly (readonly number[])[],
  losses: readonly number[]
): MixtureFit {
  const level = losses.reduce((sum, loss) => sum + loss, 0) / losses.length
  const centred = losses.map((loss) => loss - level)
  const coefficients = fitRidge(mixtures.map(terms), centred, ridge)
  return {
    predict: (shares) => terms(shares).reduce((sum, term, i) => sum + term * coefficients[i], level)
  }
}

/**
 * How well fits order mixtures they have not seen: Spearman's correlation of foretold and measured
 * losses, each mixture left out with an eighth of all. Null where losses do not differ.
 */
export function foretells(
  mixtures: readonly (readonly number[])[],
  losses: readonly number[]
): number | null {
  const parts = Math.min(folds, mixtures.length)
  if (parts < 2) return null
  const foretold = losses.map(() => 0)
  for (let fold = 0; fold < parts; fold++) {
    const seen = mixtures.flatMap((_, i) => (i % parts === fold ? [] : [i]))
    const fit = fitMixtures(
      seen.map((i) => mixtures[i]),
      seen.map((i) => losses[i])
    )
    mixtures.forEach((shares, i) => {
      if (i % parts === fold) foretold[i] = fit.predict(shares)
    })
  }
  const value = rankCorrelation(foretold, losses)
  return Number.isNaN(value) ? null : value
}

export interface Search {
  readonly prior: readonly number[]
  readonly draws: number
  /** Turns a mixture into one that can be had. */
  readonly cut: (shares: readonly number[]) => number[]
}

/** Average of the mixtures with the lowest foretold loss among Dirichlet(prior) draws. */
export function bestShares(
  fit: MixtureFit,
  { prior, draws, cut }: Search,
  random: Random,
  signal: AbortSignal
): number[] {
  const found: { readonly loss: number; readonly shares: number[] }[] = []
  for (let draw = 0; draw < draws; draw++) {
    if (draw % 4096 === 0) signal.throwIfAborted()
    const shares = cut(drawDirichlet(random, prior))
    const loss = fit.predict(shares)
    if (found.length === best && loss >= found[best - 1].loss) continue
    // Behind equal ones: the earlier draw stays.
    let at = found.length
    while (at > 0 && found[at - 1].loss > loss) at--
    found.splice(at, 0, { loss, shares })
    if (found.length > best) found.pop()
  }
  return prior.map((_, i) => found.reduce((sum, { shares }) => sum + shares[i], 0) / found.length)
}
