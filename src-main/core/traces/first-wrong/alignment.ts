// First wrong step by the nearest success: the attempt is aligned with each successful one
// (Needleman and Wunsch 1970), and the first difference that the two do not get over is the one.
import { decisions, type Decision } from '../detectors/detector.ts'
import type { Trace } from '../model/trace.ts'

const gap = 0.7
const otherArguments = 0.5
const mismatch = 1

/** Decisions within which two attempts may come together again. */
const realignLength = 3
/** Longer attempts are not aligned: the table grows with the product of both lengths. */
export const mostDecisions = 2000

/** One place of an alignment: a decision of either or both. */
export interface AlignedPair {
  /** Index among the decisions of each; null for a gap. */
  readonly here: number | null
  readonly there: number | null
  readonly kind: 'same' | 'other-arguments' | 'other' | 'gap'
}

export interface Alignment {
  readonly cost: number
  readonly pairs: readonly AlignedPair[]
}

/** What two decisions have to say of each other. */
export interface Aligned {
  readonly key: string
  readonly verbs: string
}

/** The cheapest alignment of two sequences of decisions; ties prefer pairing. */
export function align(here: readonly Aligned[], there: readonly Aligned[]): Alignment {
  const columns = there.length + 1
  const costs = new Float64Array((here.length + 1) * columns)
  for (let i = 0; i <= here.length; i++)
    for (let j = 0; j <= there.length; j++) {
      if (i === 0 || j === 0) costs[i * columns + j] = gap * (i + j)
      else
        costs[i * columns + j] = Math.min(
          costs[(i - 1) * columns + j - 1] + pairCost(here[i - 1], there[j - 1]),
          costs[(i - 1) * columns + j] + gap,
          costs[i * columns + j - 1] + gap
        )
    }
  const pairs: AlignedPair[] = []
  let i = here.length
  let j = there.length
  while (i > 0 || j > 0) {
    const cost = costs[i * columns + j]
    const paired = i > 0 && j > 0 ? pairCost(here[i - 1], there[j - 1]) : Infinity
    if (i > 0 && j > 0 && close(cost, costs[(i - 1) * columns + j - 1] + paired)) {
      i--
      j--
      pairs.push({ here: i, there: j, kind: kindOf(paired) })
    } else if (i > 0 && close(cost, costs[(i - 1) * columns + j] + gap)) {
      i--
      pairs.push({ here: i, there: null, kind: 'gap' })
    } else {
      j--
      pairs.push({ here: null, there: j, kind: 'gap' })
    }
  }
  return { cost: costs[here.length * columns + there.length], pairs: pairs.reverse() }
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-9
}

function pairCost(a: Aligned, b: Aligned): number {
  if (a.key === b.key) return 0
  return a.verbs === b.verbs ? otherArguments : mismatch
}

function kindOf(cost: number): AlignedPair['kind'] {
  return cost === 0 ? 'same' : cost === otherArguments ? 'other-arguments' : 'other'
}

/** Where an attempt leaves its nearest success. */
export interface Departure {
  readonly step: number
  readonly sibling: Trace
  readonly cost: number
  /** Step of the sibling that it stands against; null when it has none. */
  readonly siblingStep: number | null
}

/** The first lasting difference to the nearest successful attempt; undefined when there is none. */
export function departure(trace: Trace, passes: readonly Trace[]): Departure | undefined {
  const here = alignedDecisions(trace)
  if (here.length === 0 || here.length > mostDecisions) return undefined
  let best:
    | {
        readonly sibling: Trace
        readonly there: readonly AlignedDecision[]
        readonly alignment: Alignment
      }
    | undefined
  for (const sibling of passes) {
    const there = alignedDecisions(sibling)
    if (there.length > mostDecisions) continue
    const alignment = align(here, there)
    if (best === undefined || alignment.cost < best.alignment.cost)
      best = { sibling, there, alignment }
  }
  if (best === undefined) return undefined
  const { pairs, cost } = best.alignment
  const at = pairs.findIndex(
    ({ kind }, place) =>
      kind !== 'same' &&
      !pairs.slice(place + 1, place + 1 + realignLength).some((pair) => pair.kind === 'same')
  )
  if (at === -1) return undefined
  const pair = pairs[at]
  // A gap on this side: what should have come is missing before the next own step.
  const own =
    pair.here ?? pairs.slice(at).find((each) => each.here !== null)?.here ?? here.length - 1
  return {
    step: here[own].step.index,
    sibling: best.sibling,
    cost,
    siblingStep: pair.there === null ? null : best.there[pair.there].step.index
  }
}

/** A decision with what {@link align} compares. */
export type AlignedDecision = Decision & Aligned

/** The decisions of an attempt, ready to be aligned. */
export function alignedDecisions(trace: Trace): AlignedDecision[] {
  return decisions(trace).map((decision) => ({
    ...decision,
    verbs: decision.actions.map(({ verb }) => verb).join(' ')
  }))
}
