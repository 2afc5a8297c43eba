// Calls about what comes out of reviewed attempts, and what is told about them without a model:
// exports, sending to the chooser, comparison, suggestions and their score.
import type { TraceSuggestionView } from '../../api/dto/trace-sets.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { newJobId } from '../jobs/engine.ts'
import type { Store } from '../store/records.ts'
import { compareTracesTask, type CompareInput } from '../traces/compare/compare-task.ts'
import type { ComparedSteps } from '../traces/compare/compare.ts'
import { previewExport } from '../traces/exports/preview.ts'
import { judgedOutcome } from '../traces/exports/step-judgement.ts'
import { isBlindAndOpen, isHiddenFrom, noteSuggestionShown } from '../traces/reviews/blind.ts'
import { requireReview } from '../traces/reviews/review-work.ts'
import { noTrace, requireSet } from '../traces/stored/load-trace.ts'
import { scoreTask, type ScoreInput, type ScoreOutput } from '../traces/suggestions/score-task.ts'
import { suggestionTask, type SuggestionInput } from '../traces/suggestions/suggestion-task.ts'
import { firstMarks, placesWithout, type FirstMark } from '../traces/suggestions/usual-places.ts'
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
        { path: store.path, set, marks: unbiasedMarks(store, set) },
        light
      )
      return { ...score, detectors: traces.lists.facets(set).detectors }
    }
  }
}

/** Refuses what a blind review must not see, and notes what another one saw. */
function showTo(store: Store, trace: number, id: string | null): void {
  const review = id === null ? undefined : requireReview(store, id)
  const reviewer = store.reviews.reviewers().find(({ isCurrent }) => isCurrent)
  if (review !== undefined && review.trace !== trace)
    throw new AppError('invalid-input', 'This review is about another attempt.')
  const isHidden =
    review === undefined
      ? reviewer !== undefined && isHiddenFrom(store, trace, reviewer)
      : isBlindAndOpen(store, review)
  if (isHidden)
    throw new AppError('invalid-input', 'Suggestions stay hidden in a blind review.', {
      hint: 'They are shown when the review of this attempt is done.'
    })
  if (review !== undefined && !store.isReadOnly) noteSuggestionShown(store, review)
}

/** First mistakes that people marked in a set. */
function marksOf(
  store: Store,
  set: string,
  reviews = store.reviews.finished(set, null)
): FirstMark[] {
  const steps = new Map(store.traces.listings(set).map((each) => [each.trace, each.steps]))
  return firstMarks(reviews, (trace) => steps.get(trace) ?? 0)
}

/** Those in attempts that failed, made before any suggestion was seen. */
function unbiasedMarks(store: Store, set: string): FirstMark[] {
  const outcomes = new Map(store.traces.listings(set).map((each) => [each.trace, each]))
  return marksOf(
    store,
    set,
    store.reviews.finished(set, null).filter(({ trace, body, sawSuggestions }) => {
      const listing = outcomes.get(trace)
      const isFailure = listing !== undefined && judgedOutcome(listing, body) !== 'pass'
      return isFailure && !sawSuggestions
    })
  )
}
