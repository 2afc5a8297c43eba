// How often suggestions name the right step, beside baselines that know much less. Attempts count
// whose task was both solved and failed, and whose first wrong step is known.
import { PrefixTree } from '../first-wrong/prefix-tree.ts'
import { suggestFirstWrong } from '../first-wrong/suggest.ts'
import type { Trace } from '../model/trace.ts'

/** An attempt with its known first wrong step. */
export interface Labelled {
  readonly trace: Trace
  readonly step: number
  /** All attempts at its task. */
  readonly traces: readonly Trace[]
}

export interface SuggestionScore {
  readonly labelled: number
  /** Exactly the right step. */
  readonly suggestions: number
  /** At most one step off. */
  readonly near: number
  /** An action that no successful attempt took anywhere, else the last step. */
  readonly anyNewCall: number
  /** The step that leaves the tree of successful attempts. */
  readonly prefixTree: number
  readonly lastStep: number
  /** The place where the other attempts' labels are in the middle (leave one out). */
  readonly usualPlace: number
  /** A step drawn by lot: expected hits. */
  readonly random: number
}

/** Scores suggestions and baselines on attempts with known first wrong steps. */
export function scoreSuggestions(labelled: readonly Labelled[]): SuggestionScore {
  const hits = (guess: (each: Labelled) => number | undefined): number =>
    labelled.filter((each) => guess(each) === each.step).length
  const suggested = labelled.map(
    ({ trace, traces }) => suggestFirstWrong(trace, { traces, usualPlaces: [] })?.step
  )
  return {
    labelled: labelled.length,
    suggestions: labelled.filter(({ step }, i) => suggested[i] === step).length,
    near: labelled.filter(({ step }, i) => Math.abs((suggested[i] ?? Infinity) - step) <= 1).length,
    anyNewCall: hits(newCall),
    prefixTree: hits(
      ({ trace, traces }) =>
        new PrefixTree(
          traces.filter((other) => other !== trace && other.outcome === 'pass')
        ).parting(trace, 0)?.step
    ),
    lastStep: hits(({ trace }) => trace.steps.length - 1),
    usualPlace: labelled.filter((each) => usualPlace(each, labelled) === each.step).length,
    random: labelled.reduce((sum, { trace }) => sum + 1 / Math.max(1, trace.steps.length), 0)
  }
}

function newCall({ trace, traces }: Labelled): number {
  const known = new Set(
    traces
      .filter((other) => other !== trace && other.outcome === 'pass')
      .flatMap((pass) => pass.steps.flatMap(({ actions }) => actions.map(({ key }) => key)))
  )
  const found = trace.steps.find(({ actions }) =>
    actions.some(({ key, effect }) => effect !== 'talk' && !known.has(key))
  )
  return found?.index ?? trace.steps.length - 1
}

function usualPlace({ trace }: Labelled, labelled: readonly Labelled[]): number {
  const shares = labelled
    .filter((other) => other.trace !== trace)
    .map((other) => other.step / Math.max(1, other.trace.steps.length - 1))
    .sort((a, b) => a - b)
  const share = shares[Math.floor(shares.length / 2)] ?? 0
  return Math.round(share * (trace.steps.length - 1))
}
