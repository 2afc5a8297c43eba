// Calls about a task's graph and how plausible decisions are. Both run in a compute thread.
import type { TraceGraph, TracePlausibility } from '../../api/dto/trace-graphs.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import {
  plausibilityTask,
  traceGraphTask,
  type GraphInput,
  type PlausibilityInput
} from '../traces/graph/graph-task.ts'
import type { AppState } from './app-state.ts'

/** Calls that are answered here. */
export type GraphCall = 'traces.graph' | 'traces.plausibility'

/**
 * Handlers of {@link GraphCall}. One graph and one attempt are looked at: a newer question ends the
 * older one of its kind, which fails with AppError "cancelled".
 */
export function createGraphHandlers({
  area,
  pool
}: Pick<AppState, 'area' | 'pool'>): Pick<Handlers, GraphCall> {
  const drawing = createNewest()
  const judging = createNewest()
  return {
    'traces.graph': async ({ set, task }) => {
      const { path } = area().project.store
      return drawing((signal) =>
        pool.run<GraphInput, never, TraceGraph>(
          traceGraphTask,
          { path, set, task },
          { signal, isLight: true }
        )
      )
    },
    'traces.plausibility': async ({ trace }) => {
      const { path } = area().project.store
      return judging((signal) =>
        pool.run<PlausibilityInput, never, TracePlausibility>(
          plausibilityTask,
          { path, trace },
          { signal, isLight: true }
        )
      )
    }
  }
}

/** Runs work of which only the newest counts. */
function createNewest(): <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T> {
  let running = new AbortController()
  return (work) => {
    running.abort(new AppError('cancelled'))
    running = new AbortController()
    return work(running.signal)
  }
}
