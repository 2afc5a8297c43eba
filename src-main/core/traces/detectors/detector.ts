// What a detector is: a rule that points at steps of a trace and says why. Findings are hints beside
// a review, never a verdict: how often each fires on failures and on passes is shown with it.
import type { JsonValue } from '../../../api/dto/common.ts'
import { isDecision, type Trace, type TraceAction, type TraceStep } from '../model/trace.ts'

/** 0: information, 1: a waste or a doubt, 2: likely trouble, 3: differs from every successful run. */
export type Severity = 0 | 1 | 2 | 3

/** A place in a trace and what is noticed there. */
export interface Finding {
  readonly detector: string
  readonly severity: Severity
  /** First and last step it is about. */
  readonly step: number
  readonly to: number
  /** Quoted text and numbers that show it. */
  readonly evidence: Readonly<Record<string, JsonValue>>
}

/** What a trace is compared with. */
export interface Siblings {
  /** Other attempts at the same task that passed. */
  readonly passes: readonly Trace[]
  /** Numbers of steps of all attempts that passed, at any task; this trace is not among them. */
  readonly passLengths: readonly number[]
}

export interface Detector {
  /** Stable: "repeat", "extra-write". */
  readonly id: string
  /** In words, for a column head. */
  readonly name: string
  readonly version: number
  find(trace: Trace, siblings: Siblings): Finding[]
}

/** A step's actions that decide something, as one key; null for talk and thought alone. */
export function decisionKey({ actions }: TraceStep): string | null {
  const keys = actions.filter(isDecision).map(({ key }) => key)
  return keys.length === 0 ? null : keys.join('\n')
}

/** Steps that decide something, in order. */
export function decisions({ steps }: Pick<Trace, 'steps'>): readonly Decision[] {
  return steps.flatMap((step) => {
    const key = decisionKey(step)
    return key === null ? [] : [{ key, step, actions: step.actions.filter(isDecision) }]
  })
}

/** A step that decides something. */
export interface Decision {
  readonly key: string
  readonly step: TraceStep
  readonly actions: readonly TraceAction[]
}
