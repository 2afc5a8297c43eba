// Why one row was kept or left out by the trusted-set filter, from the stored columns alone.
import type { ExplainInputs, Reason } from '../../method.ts'
import type { BalanceRule } from '../../difficulty/params.ts'

/** What the filter stores as `info`. */
export interface FilterInfo extends Record<string, unknown> {
  readonly trusted: number
  readonly sample: number
  readonly folds: number
  /** Out of fold; null with a single trusted item. */
  readonly auc: number | null
  /** Lowest score among the chosen, 0..1. */
  readonly cut: number
  readonly leastScore: number
  readonly balance: BalanceRule
  readonly notFinite: number
}

/** A score as people see it: two digits, and never 0.00 or 1.00 where it is not. */
function shown(score: number): string {
  if (score < 0.005) return 'under 0.01'
  if (score > 0.995) return 'over 0.99'
  return score.toFixed(2)
}

/** The sentence of one row. */
export function explainFilter({
  columns,
  row,
  isChosen,
  rank,
  candidates,
  info
}: ExplainInputs): Reason {
  // `info` was written by this method; the cast undoes only the loss of its type on disk.
  const { cut, leastScore } = info as unknown as FilterInfo
  if (columns['flags'][row] !== 0)
    return isChosen
      ? {
          code: 'kept-last',
          text: 'Kept to fill the budget, although its numbers could not be read.'
        }
      : { code: 'not-comparable', text: 'Left out: its numbers could not be read.' }
  const score = columns['likeness'][row]
  const place = `place ${rank.toLocaleString('en-US')} of ${candidates.toLocaleString('en-US')}`
  const says = `the helper model finds it ${shown(score)} like your trusted items (0 to 1, ${place})`
  if (isChosen) return { code: 'kept-trusted', text: `Kept because ${says}.` }
  if (score < leastScore)
    return { code: 'below-least', text: `Left out: ${says}; you asked for ${leastScore} at least.` }
  return {
    code: 'less-like-trusted',
    text: `Left out: ${says}; the lowest score that was kept is ${shown(cut)}.`
  }
}
