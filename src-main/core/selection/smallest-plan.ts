// Which sizes the search for the smallest set tries, and what its figures say. Pure: the search is
// a replay of stored accuracies, so that one that was stopped goes on where it was and trains
// nothing twice.
import { figureText } from '../compute/figure-text.ts'

/** Fewest labelled candidates for a search: below that one item decides about percents. */
export const leastForSmallest = 50
/** Validation draws every size is tried on; their mean decides. */
export const searchRounds = 3
/** Sizes tried, the largest one included. */
export const mostProbes = 8
/** The search ends when the next larger failing size is this close. */
const closeEnough = 1.06
/** Share of the labelled candidates held out in each draw. */
export const validationShare01 = 0.2
/** Most validation items of a draw; more would not change what a person reads. */
export const validationLimit = 5000

export interface SearchPlan {
  /** The smallest size worth a try: one item of each label, and what must be kept. */
  readonly least: number
  /** The largest size allowed. */
  readonly most: number
  /** Wanted share of the accuracy of all data, 0..1. */
  readonly keepsShare01: number
}

/** Mean accuracies by size, of the sizes tried so far, and of all data. */
export interface SearchFigures {
  readonly all: number
  readonly bySize: ReadonlyMap<number, number>
}

/** Where a search stands. */
export interface SearchState {
  /** Size to try next; undefined when the search is over. */
  readonly next: number | undefined
  /** Smallest size tried that kept enough; undefined = none did. */
  readonly found: number | undefined
  /** Largest size tried below it that did not keep enough. */
  readonly failed: number | undefined
}

/**
 * Bracketed search. The largest size first: when that does not keep enough, nothing smaller is
 * tried. Then the middle of the bracket, in steps of equal ratio, because accuracy grows with the
 * logarithm of the size; a fixed small number of times. Accuracies are measured with noise, so the
 * answer is the smallest size that was seen to keep enough while the one tried below it was not,
 * not a proof that no other size would do.
 */
export function searchState(plan: SearchPlan, figures: SearchFigures): SearchState {
  const keepsEnough = (size: number): boolean =>
    (figures.bySize.get(size) ?? 0) >= plan.keepsShare01 * figures.all
  if (!figures.bySize.has(plan.most))
    return { next: plan.most, found: undefined, failed: undefined }
  if (!keepsEnough(plan.most)) return { next: undefined, found: undefined, failed: plan.most }
  let found = plan.most
  let failed: number | undefined
  for (let probes = 1; probes < mostProbes; probes++) {
    const size = between(failed ?? plan.least - 1, found, plan.least)
    if (size === undefined) break
    if (!figures.bySize.has(size)) return { next: size, found, failed }
    if (keepsEnough(size)) found = size
    else failed = size
  }
  return { next: undefined, found, failed }
}

/** The size in the middle of a bracket; undefined when its ends are as close as matters. */
function between(low: number, high: number, least: number): number | undefined {
  if (high - low <= 1 || high <= least || high < low * closeEnough) return undefined
  const middle = Math.round(Math.sqrt(Math.max(1, low) * high))
  return Math.min(high - 1, Math.max(least, low + 1, middle))
}

/** What the search found, in a sentence or two for the result. */
export function searchNotes(plan: SearchPlan, figures: SearchFigures): string[] {
  const { found, failed } = searchState(plan, figures)
  const percent = (share: number): string => figureText(100 * share)
  const count = (items: number): string => items.toLocaleString('en')
  const kept = (size: number): string => {
    const accuracy = figures.bySize.get(size) ?? 0
    return `${percent(figures.all === 0 ? 0 : accuracy / figures.all)} % of the accuracy (validation ${percent(accuracy)} of ${percent(figures.all)} %)`
  }
  const how = `Sizes were tried as the first items of one choice, each on ${searchRounds} draws of validation items that took no part in the training; test items were not used.`
  if (found === undefined) {
    return [
      `Even ${count(plan.most)} items keep only ${kept(plan.most)}; ${percent(plan.keepsShare01)} % was asked for. That many were kept. Allow more items, or ask for less.`,
      how
    ]
  }
  const below =
    failed === undefined
      ? 'No smaller size was worth a try.'
      : `${count(failed)} items were not enough.`
  return [
    `The smallest set found: ${count(found)} items keep ${kept(found)}; ${below.charAt(0).toLowerCase()}${below.slice(1)}`,
    how
  ]
}
