// Calls about what comes out of reviewed attempts, and what is told about them without a model:
// exports, sending to the chooser, comparison, suggestions and their score.
import { join } from 'node:path'
import type { TraceSuggestionView } from '../../api/dto/trace-sets.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { newJobId } from '../jobs/engine.ts'
import { compareTracesTask, type CompareInput } from '../traces/compare/compare-task.ts'
import type { ComparedSteps } from '../traces/compare/compare.ts'
import { previewExport } from '../traces/exports/preview.ts'
import { noTrace, requireSet } from '../traces/stored/load-trace.ts'
import { scoreTask, type ScoreInput, type ScoreOutput } from '../traces/suggestions/score-task.ts'
import { suggestionTask, type SuggestionInput } from '../traces/suggestions/suggestion-task.ts'
import { modelLogName } from '../traces/suggestions/model-log.ts'
import { marksOf, showTo, unbiasedMarks } from '../traces/suggestions/shown-to.ts'
import { placesWithout } from '../traces/suggestions/usual-places.ts'
import { writableArea, type AppState } from './app-state.ts'

/** Calls that are answered here. */
export type TraceExportCall =
  | 'traces.exportPreview'
  | 'traces.export'
  | 'traces.send'
  | 'traces.compare'
  | 'traces.suggestion'
  | 'traces.score'

/** Handlers of {@link TraceExportCall}. */
export function createTraceExportHandlers(state: AppState): Pick<Handlers, TraceExportCall> {
  return { ...exportCalls(state), ...suggestionCalls(state) }
}

function exportCalls(
  state: AppState
): Pick<Handlers, 'traces.exportPreview' | 'traces.export' | 'traces.send'> {
  // Only the newest question is still asked for.
  let counting = new AbortController()
  return {
    'traces.exportPreview': (request) => {
      counting.abort(new AppError('cancelled'))
      counting = new AbortController()
      const { store } = state.area().project
      return previewExport({ store, pool: state.pool }, request, counting.signal)
    },
    'traces.export': async ({ to, ...request }) => {
      const { project, engine } = writableArea(state)
      const { name } = requireSet(project.store, request.set)
      const { id } = engine.submit({
        kind: 'trace-export',
        title: `Exporting “${name}”`,
        params: { ...request, place: state.grants.resolve(to, 'folder').path }
      })
      return { job: id }
    },
    'traces.send': async (request) => {
      const { project, engine } = writableArea(state)
      requireSet(project.store, request.set)
      if (project.store.datasets.byName(request.name)) throw new AppError('dataset-name-taken')
      const dataset = newJobId()
      const { id } = engine.submit({
        kind: 'trace-send',
        title: `Sending “${request.name}” to the chooser`,
        dataset,
        params: { ...request, dataset }
      })
      return { job: id, dataset }
    }
  }
}

function suggestionCalls(
  state: AppState
): Pick<Handlers, 'traces.compare' | 'traces.suggestion' | 'traces.score'> {
  const { pool } = state
  const light = { signal: new AbortController().signal, isLight: true }
  return {
    'traces.compare': async ({ left, right }) => {
      const { project, traces } = state.area()
      const { store } = project
      const row = (trace: number) => {
        const head = store.traces.head(trace)
        const found = head && traces.lists.rows(head.set, [trace]).at(0)
        if (found === undefined) throw noTrace()
        return found
      }
      const rows = { left: row(left), right: row(right) }
      const input: CompareInput = { path: store.path, left, right }
      const compared = await pool.run<CompareInput, never, ComparedSteps>(
        compareTracesTask,
        input,
        light
      )
      return { ...rows, ...compared }
    },
    'traces.suggestion': async ({ trace, review }) => {
      const { store } = state.area().project
      const head = store.traces.head(trace)
      if (head === undefined) throw noTrace()
      showTo(store, trace, review)
      const places = placesWithout(marksOf(store, head.set), trace)
      return pool.run<SuggestionInput, never, TraceSuggestionView>(
        suggestionTask,
        { path: store.path, trace, places },
        light
      )
    },
    'traces.score': async ({ set }) => {
      const { project, traces } = state.area()
      const { store } = project
      requireSet(store, set)
      const score = await pool.run<ScoreInput, never, ScoreOutput>(
        scoreTask,
        {
          path: store.path,
          set,
          marks: unbiasedMarks(store, set),
          answers: join(project.folder, modelLogName)
        },
        light
      )
      return { ...score, detectors: traces.lists.facets(set).detectors }
    }
  }
}
