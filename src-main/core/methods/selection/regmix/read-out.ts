// The search for shares in measured mixtures, and what is told about the fit.
import type { MethodContext, SelectionInputs } from '../../method.ts'
import type { Learned } from '../../mixtures/finish.ts'
import { placesFor, priorOf } from '../../mixtures/probe-run.ts'
import { capShares, type SourceGroups } from '../../mixtures/source-groups.ts'
import { bestShares, fitMixtures, foretells } from './fit.ts'
import type { RegmixParams } from './params.ts'

/** Mixtures of the sources that took part, with their losses. */
export interface Measured {
  readonly from: 'models' | 'table'
  /** Indices into the groups. */
  readonly sources: readonly number[]
  readonly mixtures: readonly (readonly number[])[]
  /** Per mixture: one loss per measure. */
  readonly losses: readonly (readonly number[])[]
  /** Weights add up to 1. */
  readonly measures: readonly { readonly name: string; readonly weight: number }[]
}

/** The loss that counts, per mixture. */
function aimOf({ losses, measures }: Measured): number[] {
  return losses.map((own) => measures.reduce((sum, { weight }, i) => sum + weight * own[i], 0))
}

/** Shares of the sources that took part, none above what a source has for the budget. */
export function searchShares(
  context: MethodContext,
  { budget }: SelectionInputs,
  groups: SourceGroups,
  { simulated }: RegmixParams,
  measured: Measured
): number[] {
  const { sources, mixtures } = measured
  const prior = priorOf(groups, sources)
  const sizes = sources.map((source) => groups.sizes[source])
  const places = placesFor(budget, groups, sources)
  const cut = (shares: readonly number[]): number[] => capShares(shares, sizes, places)
  const fit = fitMixtures(mixtures, aimOf(measured))
  const random = context.random.fork('search')
  return bestShares(fit, { prior, draws: simulated, cut }, random, context.signal)
}

/** What is told about the fit. */
export function readOut(
  groups: SourceGroups,
  measured: Measured,
  shares: readonly number[]
): Pick<Learned, 'shares' | 'summary' | 'details' | 'notes'> {
  const { sources, mixtures, losses, measures } = measured
  const aim = aimOf(measured)
  const quality = foretells(mixtures, aim)
  const fit = fitMixtures(mixtures, aim)
  const column = (i: number): number[] => losses.map((own) => own[i])
  return {
    shares,
    summary: {
      value: quality ?? 0,
      meaning:
        'How well the fit orders mixtures it has not seen by their loss (1 = perfectly, 0 = by chance)'
    },
    details: {
      from: measured.from,
      mixtures: mixtures.length,
      // Spearman's correlation on mixtures left out; null where losses do not differ.
      quality,
      foretold: {
        found: fit.predict(shares),
        bySize: fit.predict(priorOf(groups, sources)),
        even: fit.predict(sources.map(() => 1 / sources.length))
      },
      measures: measures.map(({ name, weight }, i) => ({
        name,
        weight,
        lowest: Math.min(...column(i)),
        highest: Math.max(...column(i)),
        quality: foretells(mixtures, column(i))
      }))
    },
    notes: fitNotes(measured, quality)
  }
}

function fitNotes({ mixtures, sources }: Measured, quality: number | null): string[] {
  const notes: string[] = []
  if (quality === null)
    notes.push('The loss was the same for all mixtures, so the shares say nothing.')
  else if (quality < 0.5)
    notes.push(
      `The fit foretells the loss of mixtures it has not seen poorly (${quality.toFixed(2)}; 1 = perfectly), so the shares are little better than a guess.`
    )
  if (mixtures.length < 2 * (2 * sources.length + 1))
    notes.push(
      `${mixtures.length} mixtures are few for ${sources.length} sources; a steady fit needs about ${4 * (2 * sources.length + 1)}.`
    )
  return notes
}
