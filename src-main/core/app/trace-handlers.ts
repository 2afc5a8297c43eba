// Calls about traces of agents.
import type { TraceSuggestions } from '../../api/dto/traces.ts'
import type { Handlers } from '../../api/rpc.ts'
import type { SuggestFileInput } from '../traces/suggest-file.ts'
import { suggestTracesTask } from '../traces/suggest-task.ts'
import type { AppState } from './app-state.ts'

type TraceHandlers = Pick<Handlers, Extract<keyof Handlers, `traces.${string}`>>

const never = new AbortController().signal

/** Handlers of `traces.*`. */
export function createTraceHandlers({ grants, pool }: AppState): TraceHandlers {
  return {
    'traces.suggest': ({ grant, ...rules }) =>
      pool.run<SuggestFileInput, never, TraceSuggestions>(
        suggestTracesTask,
        { path: grants.resolve(grant, 'file').path, ...rules },
        { signal: never, isLight: true }
      )
  }
}
