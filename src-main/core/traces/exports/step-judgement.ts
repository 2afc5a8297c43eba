// What is known of each step of an attempt, from the reviewer's marks, the outcome and the plain
// rules: whether it was good, and whether a model should learn from it.
import type { ReviewBody } from '../../../api/dto/trace-reviews.ts'
import { decisions } from '../detectors/detector.ts'
import { ignoredErrorDetector, recoveredDetector } from '../detectors/errors.ts'
import { periodDetector, repeatDetector } from '../detectors/repeats.ts'
import type { Outcome, Trace } from '../model/trace.ts'

/** How a file for training treats wrong steps; the part `sft` of an export's request. */
export interface SftOptions {
  readonly wrong: 'mask' | 'drop'
  readonly scope: 'from-first' | 'wrong-steps'
  readonly withCorrections: boolean
  readonly withRecovered: boolean
  readonly maxTokens: number | null
}

/** "learn": weight 1; "context": stays, weight 0; "wrong": masked or left out, as asked. */
export type StepUse = 'learn' | 'context' | 'wrong'

export type StepLabel = 'good' | 'bad' | 'unknown'

/** How the attempt ended: the reviewer's verdict where there is one, else what the log says. */
export function judgedOutcome(trace: Pick<Trace, 'outcome'>, review: ReviewBody | null): Outcome {
  const verdict = review?.verdict ?? null
  return verdict === null || verdict === 'unsure' ? trace.outcome : verdict
}

/** The first mistake as the reviewer marked it; null when no step is wrong or none is marked. */
export function firstMistake(trace: Trace, review: ReviewBody | null): number | null {
  const step = review === null || review.noneWrong ? null : review.firstWrong
  return step !== null && step < trace.steps.length ? step : null
}

/**
 * Label of each step: marks count most; then steps before the first mistake are good, the mistake is
 * bad and what follows is not known. Without a mistake, steps of a success are good.
 */
export function stepLabels(trace: Trace, review: ReviewBody | null): StepLabel[] {
  const first = firstMistake(trace, review)
  const isSound = judgedOutcome(trace, review) === 'pass' || review?.noneWrong === true
  return trace.steps.map(({ index }): StepLabel => {
    const mark = review?.marks[String(index)]
    if (mark === 'good') return 'good'
    if (mark === 'bad' || index === first) return 'bad'
    if (mark !== undefined) return 'unknown'
    if (first !== null) return index < first ? 'good' : 'unknown'
    return isSound ? 'good' : 'unknown'
  })
}

/**
 * What a model should do with each step. A step is learnt from when it was marked good, stands before
 * the first mistake, or is unmarked in an attempt that passed (or in which the reviewer found no step
 * wrong); never when it is marked bad, goes round in circles or ignores an error.
 */
export function stepUses(
  trace: Trace,
  review: ReviewBody | null,
  { scope, withRecovered }: Pick<SftOptions, 'scope' | 'withRecovered'>
): StepUse[] {
  const first = firstMistake(trace, review)
  const outcome = judgedOutcome(trace, review)
  const isSound = outcome === 'pass' || review?.noneWrong === true
  const wasted = wastedSteps(trace)
  const recovered = recoveredSteps(trace, review)
  return trace.steps.map(({ index }): StepUse => {
    const mark = review?.marks[String(index)]
    // Of an attempt that failed, nothing after the first mistake is worth keeping.
    if (first !== null && !isSound && scope === 'from-first' && index >= first) return 'wrong'
    if (mark === 'good') return 'learn'
    if (mark === 'bad' || index === first || index === decisive(review)) return 'wrong'
    if (recovered.has(index) && !withRecovered) return 'wrong'
    if (wasted.has(index)) return 'wrong'
    // Recovered by a mark: the slip stays to be seen, and is not learnt.
    if (mark !== undefined) return 'context'
    if (isSound || first !== null) return 'learn'
    return 'context'
  })
}

function decisive(review: ReviewBody | null): number | null {
  return review === null || review.noneWrong ? null : review.decisive
}

/** Steps that ignore an error, repeat the one before with the same answer, or go round again. */
function wastedSteps(trace: Trace): ReadonlySet<number> {
  const none = { passes: [], passLengths: [] }
  const wasted = new Set<number>()
  for (const { step } of ignoredErrorDetector.find(trace, none)) wasted.add(step)
  for (const { step, severity } of repeatDetector.find(trace, none))
    if (severity >= 2) wasted.add(step)
  const made = decisions(trace)
  for (const { step, to, evidence } of periodDetector.find(trace, none)) {
    const round = made.filter(({ step: { index } }) => index >= step && index <= to)
    // The first round may have been right; the ones after it lead nowhere.
    for (const each of round.slice(Number(evidence['period']))) wasted.add(each.step.index)
  }
  return wasted
}

/** Steps with an error that was made good soon after, by the rule or by a mark. */
function recoveredSteps(trace: Trace, review: ReviewBody | null): ReadonlySet<number> {
  const found = recoveredDetector.find(trace, { passes: [], passLengths: [] })
  const marked = Object.entries(review?.marks ?? {}).flatMap(([step, mark]) =>
    mark === 'recovered' ? [Number(step)] : []
  )
  return new Set([...found.map(({ step }) => step), ...marked])
}
