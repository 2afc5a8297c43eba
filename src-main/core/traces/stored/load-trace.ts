// Attempts of a project as the canonical trace, with their steps derived by the rules of their set.
// Also in a compute thread, over a connection of its own (core/store/trace-reader.ts).
import { AppError } from '../../../api/errors.ts'
import type { TraceReads, TraceSetRecord, TraceSetRules } from '../../store/trace-records.ts'
import { deriveTrace, type DerivationRules } from '../model/derive-steps.ts'
import type { Trace } from '../model/trace.ts'

/** Anything that reads traces: the open project, or a reader in a compute thread. */
export interface TraceSource {
  readonly traces: TraceReads
}

/** An attempt of a project. `id` is the log's own; `trace` its number in the project. */
export interface StoredTrace extends Trace {
  readonly trace: number
  readonly set: string
}

/** Rules of a set in the form steps are derived with. */
export function derivationRules(rules: TraceSetRules): DerivationRules {
  return {
    effects: Object.entries(rules.effects).map(([verb, effect]) => ({
      verb,
      effect,
      source: 'user'
    })),
    arguments: { volatile: new Set(rules.volatile), isOrderFree: rules.isOrderFree }
  }
}

/** A ready set. Throws AppError "dataset-not-found". */
export function requireSet(store: TraceSource, id: string): TraceSetRecord {
  const set = store.traces.set(id)
  if (set?.state !== 'ready')
    throw new AppError('dataset-not-found', 'This set of traces is not in the project.')
  return set
}

/** The refusal for a trace that is not there. */
export function noTrace(): AppError {
  return new AppError('item-not-found', 'This attempt is not in the project.')
}

/** A whole attempt with its steps. Throws AppError "item-not-found". */
export function loadTrace(store: TraceSource, trace: number): StoredTrace {
  const head = store.traces.head(trace)
  const set = head && store.traces.set(head.set)
  const record = head && store.traces.record(trace)
  if (set === undefined || record === undefined) throw noTrace()
  return { ...deriveTrace(record, derivationRules(set.rules)), trace, set: set.id }
}

/** All attempts at a task of a set, by trial; empty for an unknown task. Throws AppError "dataset-not-found". */
export function loadTask(store: TraceSource, set: string, taskKey: string): StoredTrace[] {
  const rules = derivationRules(requireSet(store, set).rules)
  return store.traces.attempts(set, taskKey).flatMap((trace) => {
    const record = store.traces.record(trace)
    return record === undefined ? [] : [{ ...deriveTrace(record, rules), trace, set }]
  })
}
