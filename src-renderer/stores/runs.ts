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
import { coreWords } from '../text/core-words.ts'
import { formatNumber } from '../text/format.ts'
import { useConnection } from './connection.ts'
import { useJobs } from './jobs.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** Which items of a run a gallery shows. */
export type RunItemsFilter = Pick<RunItemsRequest, 'part' | 'label' | 'reasonCode' | 'votes'>

/** A figure that the core wrote, as the language of the page writes it. */
function figureInWords(value: string): string {
  const [, figure, percent = ''] = /^(-?[\d,]*\.?\d+)( %)?$/.exec(value) ?? []
  return figure === undefined
    ? coreWords(value)
    : `${formatNumber(Number(figure.replaceAll(',', '')), 6)}${percent}`
}

/** A sentence, also one that was given its full stop later. */
function sentenceInWords(sentence: string): string {
  const said = coreWords(sentence)
  if (said !== sentence || !sentence.endsWith('.')) return said
  const bare = sentence.slice(0, -1)
  const inWords = coreWords(bare)
  return inWords === bare ? sentence : `${inWords}.`
}

/** A result with what it says in the language of the page. */
function resultInWords(result: SelectionResult): SelectionResult {
  const { check, votes, findings } = result
  return {
    ...result,
    check:
      check === null
        ? null
        : {
            ...check,
            models: check.models.map((model) => ({
              ...model,
              name: coreWords(model.name),
              sentence: coreWords(model.sentence)
            }))
          },
    votes:
      votes === null
        ? null
        : { ...votes, advice: votes.advice === null ? null : coreWords(votes.advice) },
    measures: result.measures.map((measure) => ({
      ...measure,
      name: coreWords(measure.name),
      meaning: coreWords(measure.meaning)
    })),
    leftOutReasons: result.leftOutReasons.map((reason) => ({
      ...reason,
      text: coreWords(reason.text)
    })),
    notes: result.notes.map(coreWords),
    ...(findings === undefined
      ? {}
      : {
          findings: {
            ...findings,
            facts: findings.facts.map(({ name, value, meaning }) => ({
              name: coreWords(name),
              value: figureInWords(value),
              meaning: sentenceInWords(meaning)
            }))
          }
        })
  }
}

/** An item of a run with the reasons in the language of the page. */
function itemInWords(entry: RunItem): RunItem {
  return {
    ...entry,
    reason: coreWords(entry.reason),
    whyFixed: entry.whyFixed === null ? null : coreWords(entry.whyFixed)
  }
}

/** What became of an exported folder, in the language of the page. */
function verifyInWords(result: VerifyResult): VerifyResult {
  return { ...result, sentence: coreWords(result.sentence) }
}

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
  async function result(run: string): Promise<SelectionResult> {
    return resultInWords(await connection.call('runs.result', { run }))
  }
  /** A loader of a run's items for galleries; `mustKeep` marks the items the analyst pinned. */
  function itemPages(
    run: string,
    filter: RunItemsFilter,
    mustKeep: ReadonlySet<string>
  ): LoadPage<GalleryItem> {
    return async (window) => {
      const page = await connection.call('runs.items', { run, ...filter, window })
      const items = page.items.map(itemInWords).map((entry): GalleryItem => ({
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
      return pages.flatMap((page) => page.items.map(itemInWords))
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
  async function coverage(run: string): Promise<Coverage> {
    const found = await connection.call('runs.coverage', { run })
    return { ...found, sentence: coreWords(found.sentence) }
  }
  async function compare(first: string, second: string): Promise<RunComparison> {
    const found = await connection.call('runs.compare', { first, second })
    return {
      ...found,
      runs: found.runs.map(resultInWords),
      sentence: coreWords(found.sentence)
    }
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

  async function planExport(
    run: string,
    place: string | null,
    name: string | null
  ): Promise<ExportPlan> {
    const plan = await connection.call('exports.plan', { run, place, name })
    return {
      ...plan,
      layout: coreWords(plan.layout),
      layouts: plan.layouts.map((layout) => ({
        ...layout,
        reason: layout.reason === null ? null : coreWords(layout.reason)
      })),
      sentence: coreWords(plan.sentence)
    }
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
  async function verifyFolder(grant: string): Promise<VerifyResult> {
    return verifyInWords(await connection.call('exports.verify', { grant }))
  }
  async function verify(exported: string): Promise<VerifyResult> {
    return verifyInWords(await connection.call('exports.verify', { export: exported }))
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
