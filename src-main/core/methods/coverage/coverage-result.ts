// What the methods without targets have in common when they hand back a result: scores from the
// order, sentences for rows that could not be compared, the parameter "mix of labels".
import { z } from 'zod'
import type { ExplainInputs, Reason, Selection } from '../method.ts'
import type { CoverageInfo, CoverageOutcome } from './coverage-run.ts'
import { mixRules } from './label-groups.ts'
import { rowFlags } from './prepared-rows.ts'
import { scoresFrom } from '../selection/icons/result.ts'

/** The parameter that all of them offer. */
export const mixParam = z
  .enum(mixRules)
  .default('keep')
  .meta({
    title: 'Mix of labels',
    description:
      'keep: every label keeps its share of the items, and items compete within their label. ' +
      'free: all items compete together. Without labels there is no difference.'
  })

/** A finished selection from the shared outcome. */
export function selectionOf(
  outcome: Omit<CoverageOutcome, 'grouping' | 'prepared'>,
  got: number,
  summary: Selection['summary']
): Selection {
  const { order, tieShare, columns, info, notes } = outcome
  return { order, got, score: scoresFrom(order), summary, tieShare, columns, info, notes }
}

/** The mean of a measure over the groups, weighted by their chosen rows. */
export function weightedMeasure({ groups, measures }: CoverageInfo): number {
  let sum = 0
  let weight = 0
  groups.forEach(({ quota }, at) => {
    sum += quota * measures[at]
    weight += quota
  })
  return weight === 0 ? 0 : sum / weight
}

/** The sentence for a row that could not be compared; undefined for all others. */
export function explainUnable({ columns, row, isChosen }: ExplainInputs): Reason | undefined {
  const flag = columns['flags'][row]
  if (flag === rowFlags.able) return undefined
  const why =
    flag === rowFlags.notFinite
      ? 'its numbers could not be read'
      : 'its similarity fingerprint holds nothing but zeros'
  return isChosen
    ? { code: 'kept-last', text: `Kept to fill the number you asked for, although ${why}.` }
    : { code: 'cannot-compare', text: `Left out: ${why}, so it could not be compared.` }
}

/** ' labelled "rose"' where rows competed within their label, else ''. */
export function amongLabel({ label }: ExplainInputs, info: CoverageInfo): string {
  if (!info.isMixed) return ''
  return label === undefined ? ' without a label' : ` labelled "${label}"`
}

/** 0.973 -> "97 %"; never "100 %" for what is not the same. */
export function alikePercent(cosine: number): string {
  const percent = 100 * Math.max(0, Math.min(1, cosine))
  return `${percent > 99.5 && percent < 99.9999 ? 99 : Math.round(percent)} %`
}
