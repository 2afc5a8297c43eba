// Calls about sets of agents' traces: adding, listing, reading, rules.
import type { TraceHits, TracePreview } from '../../api/dto/trace-sets.ts'
import type { TraceSuggestions } from '../../api/dto/traces.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import { newJobId } from '../jobs/engine.ts'
import { importTracesKind, type ImportTracesParams } from '../traces/import/import-job.ts'
import { previewTracesTask, type PreviewTracesInput } from '../traces/import/preview-task.ts'
import type { PickedPath } from '../traces/import/source-files.ts'
import { noTrace, requireSet } from '../traces/stored/load-trace.ts'
import { searchTraceTask, type SearchInput } from '../traces/stored/search-task.ts'
import { changedRules, rulesView } from '../traces/stored/tool-rules.ts'
import {
  eventAttachment,
  eventText,
  eventViews,
  traceDetail
} from '../traces/stored/trace-detail.ts'
import type { SuggestFileInput } from '../traces/suggest-file.ts'
import { suggestTracesTask } from '../traces/suggest-task.ts'
import { writableArea, type AppState } from './app-state.ts'
import { deriveAgain } from './trace-area.ts'

type SetCalls = 'preview' | 'import' | 'sets' | 'set' | 'rename' | 'remove' | 'problems' | 'rules'
type ListCalls = 'setRules' | 'list' | 'facets' | 'board' | 'search' | 'suggest'
type ReadCalls = 'get' | 'events' | 'text' | 'attachment'
type Answers<C extends string> = Pick<Handlers, Extract<keyof Handlers, `traces.${C}`>>

const never = new AbortController().signal

/** Handlers of `traces.*` but for those of trace-export-handlers.ts and graph-handlers.ts. */
export function createTraceHandlers(
  state: AppState
): Answers<SetCalls> & Answers<ListCalls> & Answers<ReadCalls> {
  return { ...setCalls(state), ...listCalls(state), ...readCalls(state) }
}

function setCalls(state: AppState): Answers<SetCalls> {
  const { grants, pool, platform } = state
  const picked = (grant: string): PickedPath => {
    const { path, kind } = grants.resolve(grant)
    return { path, isFolder: kind === 'folder' }
  }
  return {
    'traces.preview': ({ grant, options }) =>
      pool.run<PreviewTracesInput, never, TracePreview>(
        previewTracesTask,
        { picked: picked(grant), options },
        { signal: never, isLight: true }
      ),
    'traces.import': async ({ grants: files, name, options, addTo }) => {
      const { project, engine } = writableArea(state)
      const { store } = project
      if (addTo !== null) requireSet(store, addTo)
      else if (store.traces.setByName(name) !== undefined) throw nameTaken(name)
      const set = addTo ?? newJobId()
      const shown = addTo === null ? name : requireSet(store, addTo).name
      const params: ImportTracesParams = {
        set,
        name: addTo === null ? name : null,
        picked: files.map(picked),
        options
      }
      const { id } = engine.submit({
        kind: importTracesKind,
        title: `${addTo === null ? 'Reading' : 'Adding to'} \u201C${shown}\u201D`,
        params
      })
      platform.log.write('info', 'traces-import', `An import of traces was started (${id}).`)
      return { job: id, set }
    },
    'traces.sets': async () => {
      const { project, traces } = state.area()
      return { sets: project.store.traces.sets().map(({ id }) => traces.lists.summary(id)) }
    },
    'traces.set': async ({ set }) => state.area().traces.lists.summary(set),
    'traces.rename': async ({ set, name }) => {
      const { project, traces } = writableArea(state)
      requireSet(project.store, set)
      project.store.traces.updateSet(set, { name })
      return traces.lists.summary(set)
    },
    'traces.remove': async ({ set }) => {
      const { project, traces } = writableArea(state)
      requireSet(project.store, set)
      traces.removals.remove(set)
      return {}
    },
    'traces.problems': async ({ set, page }) => {
      const { store } = state.area().project
      requireSet(store, set)
      const { problems, next } = store.traces.problems(set, page.cursor, page.limit)
      return { problems: [...problems], next }
    },
    'traces.rules': async ({ set }) => rulesView(requireSet(state.area().project.store, set))
  }
}

function listCalls(state: AppState): Answers<ListCalls> {
  const { grants, pool } = state
  return {
    'traces.setRules': async ({ set, ...change }) => {
      const area = writableArea(state)
      const { store } = area.project
      const { rules } = requireSet(store, set)
      store.traces.updateSet(set, { rules: changedRules(rules, change), isStale: true })
      return { job: deriveAgain(area, set) }
    },
    'traces.list': async (request) => state.area().traces.lists.list(request),
    'traces.facets': async ({ set }) => state.area().traces.lists.facets(set),
    'traces.board': async ({ set, filter, first, limit }) =>
      state.area().traces.lists.board(set, filter, first, limit),
    'traces.search': ({ trace, text, kinds }) => {
      const { store } = state.area().project
      const head = store.traces.head(trace)
      if (head === undefined) throw noTrace()
      return pool.run<SearchInput, never, TraceHits>(
        searchTraceTask,
        { path: store.path, trace, events: head.events, text, kinds },
        { signal: never, isLight: true }
      )
    },
    'traces.suggest': ({ grant, ...rules }) =>
      pool.run<SuggestFileInput, never, TraceSuggestions>(
        suggestTracesTask,
        { path: grants.resolve(grant, 'file').path, ...rules },
        { signal: never, isLight: true }
      )
  }
}

function readCalls(state: AppState): Answers<ReadCalls> {
  return {
    'traces.get': async ({ trace }) => {
      const { project, traces } = state.area()
      const detail = await traceDetail(project.store, traces.lists, trace)
      await letMessagesIn()
      return detail
    },
    'traces.events': async (request) => ({
      events: eventViews(state.area().project.store, request)
    }),
    'traces.text': async (request) => eventText(state.area().project.store, request),
    'traces.attachment': async ({ trace, seq, index }) => {
      const { mime, bytes } = eventAttachment(state.area().project.store, trace, seq, index)
      return { mime, bytes: new Uint8Array(bytes) }
    }
  }
}

function nameTaken(name: string): AppError {
  return new AppError(
    'dataset-name-taken',
    `This project already has a set of traces called \u201C${name}\u201D.`,
    { hint: 'Choose another name, or add to that set.' }
  )
}
