// Calls about a task's graph and how plausible decisions are. Both run in a compute thread.
import type { TraceGraph, TracePlausibility } from '../../api/dto/trace-graphs.ts'
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

/** Handlers of {@link GraphCall}. */
export function createGraphHandlers({ area, pool }: AppState): Pick<Handlers, GraphCall> {
  const light = { signal: new AbortController().signal, isLight: true }
  return {
    'traces.graph': ({ set, task }) =>
      pool.run<GraphInput, never, TraceGraph>(
        traceGraphTask,
        { path: area().project.store.path, set, task },
        light
      ),
    'traces.plausibility': ({ trace }) =>
      pool.run<PlausibilityInput, never, TracePlausibility>(
        plausibilityTask,
        { path: area().project.store.path, trace },
        light
      )
  }
}
