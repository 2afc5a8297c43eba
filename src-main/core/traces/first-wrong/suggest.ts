// Where an attempt that failed first went wrong, without any model: by what its successful siblings
// changed, by where the ways part, by the first error, by where mistakes usually are. The tier says
// how much a suggestion rests on.
import type { JsonValue } from '../../../api/dto/common.ts'
import { decisions } from '../detectors/detector.ts'
import { errorLine } from '../model/error-text.ts'
import { effectiveWrites } from '../model/ledger.ts'
import type { Trace } from '../model/trace.ts'
import { departure } from './alignment.ts'
import { PrefixTree } from './prefix-tree.ts'
import { extraWrites, missingWrites, type ExtraWrite } from './sibling-writes.ts'

/** What a suggestion rests on, best first. */
export type SuggestionTier = 'writes' | 'tree' | 'alignment' | 'error' | 'position'

export type SuggestionKind =
  'extra-write' | 'wrong-arguments' | 'missing-write' | 'parting' | 'before-error' | 'usual-place'

export interface Suggestion {
  /** Step that went wrong first, 0-based. */
  readonly step: number
  readonly tier: SuggestionTier
  readonly kind: SuggestionKind
  readonly confidence: 'high' | 'medium' | 'low'
  /** Why, in a sentence. */
  readonly reason: string
  readonly evidence: Readonly<Record<string, JsonValue>>
}

/** All attempts at one task. */
export interface TaskTraces {
  readonly traces: readonly Trace[]
  /** Where reviewers marked first mistakes, as shares 0..1 of the steps; empty without reviews. */
  readonly usualPlaces: readonly number[]
}

/** The first wrong step of an attempt; undefined when nothing tells. Give only attempts that did not pass. */
export function suggestFirstWrong(
  trace: Trace,
  { traces, usualPlaces }: TaskTraces
): Suggestion | undefined {
  if (trace.steps.length === 0) return undefined
  const passes = traces.filter((other) => other !== trace && other.outcome === 'pass')
  return (
    byWrites(trace, passes) ??
    byTree(trace, passes, traces) ??
    byError(trace) ??
    byPlace(trace, usualPlaces)
  )
}

/** Tier A. */
function byWrites(trace: Trace, passes: readonly Trace[]): Suggestion | undefined {
  if (passes.length === 0) return undefined
  const hasWrites = [trace, ...passes].some((each) => effectiveWrites(each).length > 0)
  if (!hasWrites) return undefined
  const [extra] = extraWrites(trace, passes)
  if (extra !== undefined) return extraSuggestion(extra, passes.length)
  const [missing] = missingWrites(trace, passes)
  if (missing === undefined) return undefined
  return {
    step: trace.steps.length - 1,
    tier: 'writes',
    kind: 'missing-write',
    confidence: 'high',
    reason: `It ends without ${missing.action.verb}, which ${allOf(missing.by)} made.`,
    evidence: { verb: missing.action.verb, args: missing.action.args, passes: passes.length }
  }
}

function extraSuggestion({ step, action, meant, fields }: ExtraWrite, passes: number): Suggestion {
  const [first] = fields
  const isWrong = meant !== null && first !== undefined
  return {
    step,
    tier: 'writes',
    kind: isWrong ? 'wrong-arguments' : 'extra-write',
    confidence: 'high',
    reason: isWrong
      ? `${action.verb} differs in ${first.field} from what a successful run of this task did.`
      : `No successful run of this task did this ${action.verb}.`,
    evidence: {
      verb: action.verb,
      args: action.args,
      passes,
      fields: fields.slice(0, 8).map(({ field, here, there }) => ({ field, here, there }))
    }
  }
}

function allOf(passes: number): string {
  return passes === 1
    ? 'the only successful run of this task'
    : `${passes === 2 ? 'both' : `all ${passes}`} successful runs of this task`
}

/** Tier B: the tree; the nearest success where the ways part at once. */
function byTree(
  trace: Trace,
  passes: readonly Trace[],
  traces: readonly Trace[]
): Suggestion | undefined {
  if (passes.length === 0) return undefined
  const others = traces.filter((other) => other !== trace)
  const prior = others.filter(({ outcome }) => outcome === 'pass').length / others.length
  const parting = new PrefixTree(traces).parting(trace, prior)
  if (parting === undefined) return undefined
  if (parting.shared === 0) {
    const left = departure(trace, passes)
    if (left !== undefined)
      return {
        step: left.step,
        tier: 'alignment',
        kind: 'parting',
        confidence: 'low',
        reason: `From here on it differs from the most similar successful run (${left.sibling.id}).`,
        evidence: { sibling: left.sibling.id, siblingStep: left.siblingStep, cost: left.cost }
      }
  }
  const isClear = parting.p !== null && parting.p < 0.05
  return {
    step: parting.step,
    tier: 'tree',
    kind: 'parting',
    confidence: isClear ? 'high' : parting.shared > 0 ? 'medium' : 'low',
    reason:
      'Up to here a successful run of this task went the same way; nobody succeeded after this step.',
    evidence: {
      shared: parting.shared,
      before: parting.before,
      after: parting.after,
      p: parting.p
    }
  }
}

/** Tier C: before the first error. */
function byError(trace: Trace): Suggestion | undefined {
  const made = decisions(trace)
  const at = made.findIndex(({ actions }) => actions.some(({ status }) => status === 'error'))
  if (at === -1) return undefined
  const failed = made[at].actions.find(({ status }) => status === 'error')
  return {
    step: made[Math.max(0, at - 1)].step.index,
    tier: 'error',
    kind: 'before-error',
    confidence: 'low',
    reason: 'No successful run of this task exists; this is the step before the first error.',
    evidence: { error: made[at].step.index, line: errorLine(failed?.result ?? '') }
  }
}

/** Tier C: where reviewers of this project usually find the first mistake. */
function byPlace(trace: Trace, usualPlaces: readonly number[]): Suggestion | undefined {
  if (usualPlaces.length === 0) return undefined
  const sorted = usualPlaces.toSorted((a, b) => a - b)
  const share = sorted[Math.floor(sorted.length / 2)]
  return {
    step: Math.min(trace.steps.length - 1, Math.round(share * (trace.steps.length - 1))),
    tier: 'position',
    kind: 'usual-place',
    confidence: 'low',
    reason: `Nothing in this trace tells; reviewers of this project usually found the first mistake about here (${usualPlaces.length} marks).`,
    evidence: { marks: usualPlaces.length, share }
  }
}
