// The part of an open project that is about traces: lists in memory, removals, and the job that makes
// steps and findings anew.
import type { Store } from '../store/records.ts'
import type { JobEngine } from '../jobs/engine.ts'
import { deriveTracesKind } from '../traces/stored/derive-job.ts'
import { createTraceRemovals, type TraceRemovals } from '../traces/stored/removals.ts'
import { createTraceLists, type TraceLists } from '../traces/stored/trace-lists.ts'

export interface TraceArea {
  readonly lists: TraceLists
  readonly removals: TraceRemovals
}

/** The area of an open project; what a crash left half-imported goes now. */
export function createTraceArea(store: Store): TraceArea {
  return { lists: createTraceLists(store), removals: createTraceRemovals({ store }) }
}

interface Engaged {
  readonly project: { readonly store: Store }
  readonly engine: JobEngine
}

/** Id of the job that will make steps and findings by the rules a set has now. */
export function deriveAgain({ project, engine }: Engaged, set: string): string {
  const own = project.store.jobs
    .inStates(['queued', 'running', 'pausing', 'paused'])
    .filter(({ kind, params }) => kind === deriveTracesKind && setOf(params) === set)
  // One that has not begun yet will read the new rules; one under way has read the old ones.
  const waiting = own.find(({ state }) => state === 'queued')
  for (const { id, state } of own) if (state !== 'queued') engine.cancel(id, false)
  if (waiting !== undefined) return waiting.id
  const name = project.store.traces.set(set)?.name ?? ''
  return engine.submit({
    kind: deriveTracesKind,
    title: `Looking through \u201C${name}\u201D again`,
    params: { set }
  }).id
}

/** Goes on where an earlier session stopped: no set keeps findings that its rules would not make. */
export function resumeDerivations({ project, engine }: Engaged): void {
  const { store } = project
  if (store.isReadOnly) return
  for (const { id, isStale } of store.traces.sets()) {
    if (!isStale) continue
    for (const { id: job, kind, params } of store.jobs.inStates(['interrupted']))
      if (kind === deriveTracesKind && setOf(params) === id) engine.cancel(job, false)
    deriveAgain({ project, engine }, id)
  }
}

function setOf(params: unknown): unknown {
  return typeof params === 'object' && params !== null && 'set' in params ? params.set : undefined
}
