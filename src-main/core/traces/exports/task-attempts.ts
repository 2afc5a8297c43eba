// Attempts at one task of a stored set, for work that compares each with its siblings: in a compute
// thread, with a bounded number of them in memory.
import type { TraceReads } from '../../store/trace-records.ts'
import { deriveTrace, type DerivationRules } from '../model/derive-steps.ts'
import type { Trace } from '../model/trace.ts'

/** Siblings an attempt is compared with, of those that passed and of the others. */
const mostSiblings = 40

/** Attempts at one task; those that others are compared with stay in memory. */
export class TaskAttempts {
  readonly #traces: TraceReads
  readonly #rules: DerivationRules
  readonly #siblings = new Map<number, Trace>()

  constructor(traces: TraceReads, set: string, task: string, rules: DerivationRules) {
    this.#traces = traces
    this.#rules = rules
    const attempts = traces.attemptParts(set, task)
    for (const isPass of [true, false])
      for (const { trace } of attempts
        .filter((each) => each.isPass === isPass)
        .slice(0, mostSiblings)) {
        const loaded = this.#read(trace)
        if (loaded !== undefined) this.#siblings.set(trace, loaded)
      }
  }

  /** An attempt with its steps; undefined when it is not there any more. */
  load(trace: number): Trace | undefined {
    return this.#siblings.get(trace) ?? this.#read(trace)
  }

  /** What an attempt is compared with. */
  others(trace: number): Trace[] {
    return [...this.#siblings].filter(([id]) => id !== trace).map(([, each]) => each)
  }

  #read(trace: number): Trace | undefined {
    const record = this.#traces.record(trace)
    return record && deriveTrace(record, this.#rules)
  }
}
