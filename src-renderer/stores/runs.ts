// The runs of the open project: their list; results and items of selections; exports of both kinds.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { OutputOf } from '@api/contract.ts'
import type { Coverage } from '@api/dto/coverage.ts'
import type { ExportPlan, ExportRecord, ExportRequest, VerifyResult } from '@api/dto/exports.ts'
import type {
  Run,
  RunComparison,
  RunItem,
  RunItemsRequest,
  SelectDraft,
  SelectionResult,
  SwapChoices
} from '@api/dto/runs.ts'
import type { GalleryItem } from '../components/gallery-item.ts'
import type { LoadPage } from '../components/paged-list.ts'
import { formatNumber } from '../text/format.ts'
import { useConnection } from './connection.ts'
import { useJobs } from './jobs.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** Which items of a run a gallery shows. */
export type RunItemsFilter = Pick<RunItemsRequest, 'part' | 'label' | 'reasonCode' | 'votes'>

/** Runs of the open project. */
export const useRuns = defineStore('runs', () => {
  const connection = useConnection()
  const project = useProject()
  const jobs = useJobs()
  const records = shallowRef<readonly Run[]>([])
  const isLoaded = ref(false)
  const problem = shallowRef<Problem>()
  let isLoading = false
  let isStale = false
  let generation = 0

  /** Runs with the live state of their jobs. */
  const runs = computed(() =>
    records.value.map((run) => ({ ...run, job: jobs.find(run.job.id) ?? run.job }))
  )
  watch(
    () => project.generation,
    () => {
      generation += 1
      records.value = []
      isLoaded.value = false
      if (project.current !== undefined) void load()
    },
    { flush: 'sync', immediate: true }
  )
  connection.on('job', ({ job }) => {
    if (job.kind !== 'select' && job.kind !== 'distil') return
    const known = records.value.find((run) => run.job.id === job.id)
    // Progress alone changes nothing in the record; a new run or a new state does.
    if (known === undefined || known.job.state !== job.state) void load()
  })
  connection.on('job-removed', ({ id }) => {
    records.value = records.value.filter((run) => run.job.id !== id)
  })

  /** Reads the list; a request during a load is answered by one more load after it. */
  async function load(): Promise<void> {
    if (isLoading) {
      isStale = true
      return
    }
    isLoading = true
    try {
      do {
        isStale = false
        const mine = generation
        const answer = await connection.call('runs.list', {})
        if (mine === generation) records.value = answer.runs
        else isStale = project.current !== undefined
      } while (isStale)
      problem.value = undefined
      isLoaded.value = true
    } catch (thrown) {
      problem.value = describeProblem(thrown)
    } finally {
      isLoading = false
    }
  }
  function find(id: string): Run | undefined {
    return runs.value.find((run) => run.job.id === id)
  }
  function replace(run: Run): void {
    records.value = records.value.map((known) => (known.job.id === run.job.id ? run : known))
  }
  /** One run, also when the list has not come yet. Throws AppError `run-not-found`. */
  async function fetch(run: string): Promise<Run> {
    return find(run) ?? connection.call('runs.get', { run })
  }
  function result(run: string): Promise<SelectionResult> {
    return connection.call('runs.result', { run })
  }
  /** A loader of a run's items for galleries; `mustKeep` marks the items the analyst pinned. */
  function itemPages(
    run: string,
    filter: RunItemsFilter,
    mustKeep: ReadonlySet<string>
  ): LoadPage<GalleryItem> {
    return async (window) => {
      const page = await connection.call('runs.items', { run, ...filter, window })
      const items = page.items.map((entry): GalleryItem => ({
        ...entry.item,
        why: entry.reason,
        score: entry.rank === null ? undefined : `#${formatNumber(entry.rank)}`,
        part: entry.rank === null ? 'left-out' : 'kept',
        isMustKeep: mustKeep.has(entry.item.key),
        evidence: entry.evidence,
        whyFixed: entry.whyFixed
      }))
      return { items, total: page.total }
    }
  }
  /**
   * The `each` items before and after a cut in a run's order: chosen items first, then those left
   * out, best first. `cut` counts the items before it.
   */
  async function aroundCut(
    { run, got, candidates }: Pick<SelectionResult, 'run' | 'got' | 'candidates'>,
    cut: number,
    each: number
  ): Promise<{ before: readonly RunItem[]; after: readonly RunItem[] }> {
    const read = async (from: number, to: number): Promise<readonly RunItem[]> => {
      const parts = [
        { part: 'chosen' as const, first: from, last: Math.min(to, got) },
        { part: 'left-out' as const, first: Math.max(from, got) - got, last: to - got }
      ].filter(({ first, last }) => first < last)
      const pages = await Promise.all(
        parts.map(({ part, first, last }) =>
          connection.call('runs.items', { run, part, window: { first, limit: last - first } })
        )
      )
      return pages.flatMap((page) => page.items)
    }
    const [before, after] = await Promise.all([
      read(Math.max(0, cut - each), cut),
      read(cut, Math.min(candidates, cut + each))
    ])
    return { before, after }
  }
  /** Items to take in the place of one, most alike first. */
  async function swaps(run: string, row: number): Promise<SwapChoices['items']> {
    return (await connection.call('runs.swaps', { run, row })).items
  }
  function coverage(run: string): Promise<Coverage> {
    return connection.call('runs.coverage', { run })
  }
  function compare(first: string, second: string): Promise<RunComparison> {
    return connection.call('runs.compare', { first, second })
  }
  async function rename(run: string, name: string): Promise<void> {
    replace(await connection.call('runs.rename', { run, name }))
  }
  async function remove(run: string): Promise<void> {
    await connection.call('runs.remove', { run })
    records.value = records.value.filter((known) => known.job.id !== run)
  }
  /** The command line that makes the same selection. */
  async function commandOf(draft: SelectDraft): Promise<string> {
    return (await connection.call('runs.review', draft)).command
  }
  async function report(run: string): Promise<string> {
    return (await connection.call('runs.report', { run })).html
  }
  async function reportPdf(run: string): Promise<Uint8Array> {
    return (await connection.call('runs.reportPdf', { run })).pdf
  }

  function planExport(run: string, place: string | null, name: string | null): Promise<ExportPlan> {
    return connection.call('exports.plan', { run, place, name })
  }
  async function startExport(request: ExportRequest): Promise<string> {
    return (await connection.call('exports.start', request)).job
  }
  function exportResult(id: string): Promise<OutputOf<'exports.result'>> {
    return connection.call('exports.result', { id })
  }
  async function exportsOf(run: string): Promise<readonly ExportRecord[]> {
    return (await connection.call('exports.list', { run })).exports
  }
  /** Reads a chosen or dropped folder again and compares it with its manifest. */
  function verifyFolder(grant: string): Promise<VerifyResult> {
    return connection.call('exports.verify', { grant })
  }
  function verify(exported: string): Promise<VerifyResult> {
    return connection.call('exports.verify', { export: exported })
  }
  return {
    runs,
    isLoaded,
    problem,
    load,
    find,
    fetch,
    result,
    itemPages,
    aroundCut,
    swaps,
    coverage,
    compare,
    rename,
    remove,
    commandOf,
    report,
    reportPdf,
    planExport,
    startExport,
    exportResult,
    exportsOf,
    verify,
    verifyFolder
  }
})
