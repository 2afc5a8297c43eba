// Sets of agent traces of the open project: the list, their attempts, tools and problems, and what
// is done with whole sets.
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { InputOf, OutputOf } from '@api/contract.ts'
import type {
  TraceBoard,
  TraceFacets,
  TraceFilter,
  TraceImportOptions,
  TracePreview,
  TraceRow,
  TraceRules,
  TraceSetSummary,
  TraceSort,
  SuggestionScore
} from '@api/dto/trace-sets.ts'
import type { LoadPage } from '../components/paged-list.ts'
import { useConnection } from './connection.ts'
import { useJobs } from './jobs.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** In which order attempts are listed. */
export interface TraceOrder {
  readonly sort: TraceSort
  readonly isDescending: boolean
}

/** Trace sets of the open project. They are read when a screen first asks for them. */
export const useTraceSets = defineStore('trace-sets', () => {
  const connection = useConnection()
  const jobs = useJobs()
  const project = useProject()
  const sets = shallowRef<readonly TraceSetSummary[]>([])
  const isLoaded = ref(false)
  const problem = shallowRef<Problem>()
  /** Counts changes of sets, so that open lists know when to read again. */
  const revision = ref(0)
  let isWanted = false
  let loadNumber = 0

  watch(
    () => project.generation,
    () => {
      loadNumber += 1
      sets.value = []
      isLoaded.value = false
      problem.value = undefined
      if (isWanted && project.current !== undefined) void load()
    },
    { flush: 'sync' }
  )
  // Imports, new rules and the sample all end as jobs; what they made is there from then on.
  jobs.onEnd(() => {
    if (!isWanted) return
    revision.value += 1
    void load()
  })

  /** Reads the list; only the newest answer counts. */
  async function load(): Promise<void> {
    isWanted = true
    const mine = ++loadNumber
    try {
      const answer = await connection.call('traces.sets', {})
      if (mine !== loadNumber) return
      sets.value = answer.sets
      problem.value = undefined
      isLoaded.value = true
    } catch (thrown) {
      if (mine === loadNumber) problem.value = describeProblem(thrown)
    }
  }
  function find(set: string): TraceSetSummary | undefined {
    return sets.value.find((summary) => summary.set === set)
  }
  function replace(summary: TraceSetSummary): void {
    sets.value = sets.value.map((one) => (one.set === summary.set ? summary : one))
  }

  function preview(grant: string, options: TraceImportOptions): Promise<TracePreview> {
    return connection.call('traces.preview', { grant, options })
  }
  async function startImport(
    request: InputOf<'traces.import'>
  ): Promise<OutputOf<'traces.import'>> {
    const started = await connection.call('traces.import', request)
    await jobs.load()
    return started
  }
  async function rename(set: string, name: string): Promise<void> {
    replace(await connection.call('traces.rename', { set, name }))
  }
  async function remove(set: string): Promise<void> {
    await connection.call('traces.remove', { set })
    sets.value = sets.value.filter((one) => one.set !== set)
  }
  /** A loader of a set's attempts under a filter and in an order. */
  function pages(set: string, filter: TraceFilter, order: TraceOrder): LoadPage<TraceRow> {
    return async ({ first, limit }) => {
      const page = await connection.call('traces.list', { set, filter, ...order, first, limit })
      return { items: page.rows, total: page.total }
    }
  }
  /** Tasks with their attempts from a position on. */
  function board(set: string, filter: TraceFilter, first: number): Promise<TraceBoard> {
    return connection.call('traces.board', { set, filter, first, limit: 200 })
  }
  function facets(set: string): Promise<TraceFacets> {
    return connection.call('traces.facets', { set })
  }
  function rules(set: string): Promise<TraceRules> {
    return connection.call('traces.rules', { set })
  }
  /** Starts making steps and findings anew under changed rules; returns the job. */
  async function setRules(change: InputOf<'traces.setRules'>): Promise<string> {
    const { job } = await connection.call('traces.setRules', change)
    await jobs.load()
    return job
  }
  function problems(set: string, cursor: string | null): Promise<OutputOf<'traces.problems'>> {
    return connection.call('traces.problems', { set, page: { cursor, limit: 100 } })
  }
  function score(set: string): Promise<SuggestionScore> {
    return connection.call('traces.score', { set })
  }
  function planExport(
    request: InputOf<'traces.exportPreview'>
  ): Promise<OutputOf<'traces.exportPreview'>> {
    return connection.call('traces.exportPreview', request)
  }
  /** Starts writing; returns the job. */
  async function startExport(request: InputOf<'traces.export'>): Promise<string> {
    const { job } = await connection.call('traces.export', request)
    await jobs.load()
    return job
  }
  /** Starts making a dataset of curated attempts. */
  async function send(request: InputOf<'traces.send'>): Promise<OutputOf<'traces.send'>> {
    const started = await connection.call('traces.send', request)
    await jobs.load()
    return started
  }
  return {
    sets,
    isLoaded,
    problem,
    revision,
    load,
    find,
    preview,
    startImport,
    rename,
    remove,
    pages,
    board,
    facets,
    rules,
    setRules,
    problems,
    score,
    planExport,
    startExport,
    send
  }
})
