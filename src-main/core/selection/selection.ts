// The selection area as the contract sees it: defaults, review, start, results, items, comparison.
// One per open project; core/app hands in what it needs and maps calls to these functions.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonValue } from '../../api/dto/common.ts'
import type { Coverage } from '../../api/dto/coverage.ts'
import type { Job } from '../../api/dto/jobs.ts'
import {
  SelectDraft,
  SelectionResult,
  type DraftReview,
  type ReviseRequest,
  type Run,
  type RunComparison,
  type RunItemsPage,
  type RunItemsRequest,
  type SwapChoices
} from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import { newJobId, type JobEngine } from '../jobs/engine.ts'
import type { SelectionMethod } from '../methods/method.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { DatasetRecord, RunRecord } from '../store/records.ts'
import { compareRuns, type ComparedRun } from './compare-runs.ts'
import { coverageOf, type SavedCoverage } from './coverage.ts'
import { makeCoverage } from './late-coverage.ts'
import { defaultDraft } from './defaults.ts'
import { reviewDraft, suggestedName, type ReviewDeps } from './review.ts'
import type { SelectFeatures } from './ready-features.ts'
import { revisedDraft } from './revise.ts'
import { swapChoices } from './swaps.ts'
import { loadRun, runItemsPage, type LoadedRun } from './run-items.ts'

export interface SelectionDeps extends ReviewDeps {
  /** runs/ of the open project. */
  readonly runsFolder: string
  now(): number
  /** The project's job engine, asked for when needed: it is built after what its jobs use. */
  engine(): Pick<JobEngine, 'submit' | 'get' | 'discard'>
  readonly pool: ComputePool
  readonly features: Pick<SelectFeatures, 'cached'>
  /** How alike each item of a dataset is to one of them, 0..1. Throws AppError without fingerprints. */
  alike(dataset: DatasetRecord, row: number): Promise<Float32Array>
}

export interface SelectionArea {
  defaults(dataset: string): Promise<SelectDraft>
  review(draft: SelectDraft): Promise<DraftReview>
  /** Queues the run and returns its id. Throws AppError when the review holds an error. */
  start(draft: SelectDraft): Promise<string>
  list(): readonly Run[]
  get(run: string): Run
  result(run: string): SelectionResult
  items(request: RunItemsRequest): Promise<RunItemsPage>
  compare(first: string, second: string): Promise<RunComparison>
  /** Queues a run of a result changed by hand and returns its id; the result stays as it is. */
  revise(request: ReviseRequest): Promise<string>
  /** Items to take in the place of one of the run's items, most alike first. */
  swaps(run: string, row: number, limit: number): Promise<SwapChoices>
  coverage(run: string): Promise<Coverage>
  rename(run: string, name: string): Run
  remove(run: string): Promise<void>
  /** The files of a finished run, for reports and exports. */
  load(run: string): Promise<LoadedRun>
}

/** How many loaded runs are kept in memory for paging. */
const keptRuns = 2

/** Makes the selection area of an open project. */
export function createSelection(deps: SelectionDeps): SelectionArea {
  const { store } = deps
  const loaded = new Map<string, Promise<LoadedRun>>()
  const covering = new Map<string, Promise<SavedCoverage>>()

  function record(run: string): RunRecord {
    const found = store.runs.get(run)
    // Tiny sets are runs, too, with results of another shape.
    const isTinySet = store.jobs.get(run)?.kind === 'distil'
    if (found === undefined || isTinySet) throw new AppError('run-not-found')
    return found
  }

  function result(run: string): SelectionResult {
    const found = record(run)
    if (found.result === undefined) throw new AppError('run-not-finished')
    // The name can change after the run; the record's is the one in force.
    return { ...SelectionResult.parse(found.result), name: found.name }
  }

  function datasetOf({ dataset }: SelectionResult): DatasetRecord {
    const found = store.datasets.get(dataset)
    if (found === undefined) throw new AppError('dataset-not-found')
    return found
  }

  /** Coverage of a run that was made before there was any; asked for twice, worked out once. */
  function late(id: string, dataset: DatasetRecord, run: LoadedRun): Promise<SavedCoverage> {
    const known = covering.get(id)
    if (known !== undefined) return known
    const making = makeCoverage(deps, dataset, run, join(deps.runsFolder, id))
    covering.set(id, making)
    making.then(
      (coverage) => loaded.set(id, Promise.resolve({ ...run, coverage })),
      () => covering.delete(id)
    )
    return making
  }

  function load(run: string): Promise<LoadedRun> {
    result(run)
    const known = loaded.get(run)
    if (known !== undefined) return known
    const loading = loadRun(join(deps.runsFolder, run))
    loaded.set(run, loading)
    loading.catch(() => loaded.delete(run))
    for (const key of [...loaded.keys()].slice(0, -keptRuns)) loaded.delete(key)
    return loading
  }

  return {
    defaults: (dataset) => defaultDraft(deps, dataset),
    review: (draft) => reviewDraft(deps, draft),
    start: (draft) => startRun(deps, draft),
    list: () => store.runs.list().flatMap((run) => toRun(deps, run) ?? []),
    get(run) {
      const found = toRun(deps, record(run))
      if (found === undefined) throw new AppError('run-not-found')
      return found
    },
    result,
    load,
    async items(request) {
      const shown = result(request.run)
      const dataset = datasetOf(shown)
      const method = findMethod(deps.methods, shown.method)
      return runItemsPage(
        { store, dataset, draft: shown.draft, method, run: await load(request.run) },
        request
      )
    },
    async compare(first, second) {
      const [left, right] = [await load(first), await load(second)]
      const ordered = (shown: SelectionResult, run: LoadedRun): ComparedRun => ({
        chosen: run.chosen,
        ranks: run.ranks,
        hasOrder: deps.methods.find(({ id }) => id === shown.method)?.inputs.given !== true
      })
      const [one, other] = [result(first), result(second)]
      return compareRuns(one, other, ordered(one, left), ordered(other, right))
    },
    revise: async (request) =>
      startRun(
        deps,
        await revisedDraft(store, result(request.run), await load(request.run), request)
      ),
    async swaps(id, row, limit) {
      const dataset = datasetOf(result(id))
      const run = await load(id)
      if (!(row < run.isChosen.length)) throw new AppError('item-not-found')
      return swapChoices(store, dataset, run, row, await deps.alike(dataset, row), limit)
    },
    async coverage(id) {
      const dataset = datasetOf(result(id))
      const run = await load(id)
      const coverage = run.coverage ?? (await late(id, dataset, run))
      return coverageOf(store, dataset, id, run, coverage)
    },
    rename(run, name) {
      record(run)
      store.runs.update(run, { name })
      return this.get(run)
    },
    async remove(run) {
      record(run)
      await deps.engine().discard(run)
      store.runs.remove(run)
      loaded.delete(run)
      covering.delete(run)
      await rm(join(deps.runsFolder, run), { recursive: true, force: true })
    }
  }
}

function findMethod(methods: readonly SelectionMethod[], id: string): SelectionMethod {
  const method = methods.find((candidate) => candidate.id === id)
  if (method === undefined) throw new AppError('method-not-found')
  return method
}

async function startRun(deps: SelectionDeps, draft: SelectDraft): Promise<string> {
  const review = await reviewDraft(deps, draft)
  const error = review.messages.find((message) => message.severity === 'error')
  if (error !== undefined) {
    const code = error.code === 'M1' ? 'method-not-possible' : 'budget-not-possible'
    const hint = error.actions[0]?.label
    throw new AppError(code, error.text, hint === undefined ? {} : { hint })
  }
  const dataset = deps.store.datasets.get(draft.dataset)
  if (dataset === undefined) throw new AppError('dataset-not-found')
  const name = draft.name.trim() === '' ? suggestedName(draft, dataset.name) : draft.name.trim()
  // A parsed draft is plain JSON; the round trip drops keys that are undefined.
  const params = JSON.parse(JSON.stringify({ ...draft, name })) as JsonValue
  const id = newJobId()
  const run: RunRecord = {
    id,
    name,
    dataset: dataset.id,
    datasetName: dataset.name,
    method: draft.method.id,
    draft: params,
    result: undefined,
    createdAt: deps.now()
  }
  // The record first: a job may begin, and end, before `submit` returns.
  deps.store.runs.insert(run)
  try {
    deps.engine().submit({ id, kind: 'select', title: name, dataset: dataset.id, run: id, params })
  } catch (error) {
    deps.store.runs.remove(id)
    throw error
  }
  return id
}

/** The run's job; undefined when its record is gone. */
function jobOf(deps: SelectionDeps, id: string): Job | undefined {
  try {
    return deps.engine().get(id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'run-not-found') return undefined
    throw error
  }
}

function toRun(deps: SelectionDeps, run: RunRecord): Run | undefined {
  const job = jobOf(deps, run.id)
  // Tiny sets are runs, too; core/distillation lists them.
  if (job === undefined || job.kind === 'distil') return undefined
  const parsed = run.result === undefined ? undefined : SelectionResult.safeParse(run.result)
  const result = parsed?.success === true ? parsed.data : undefined
  const nameOf = (id: string): string =>
    deps.methods.find((method) => method.id === id)?.card.name ?? id
  const draft = SelectDraft.safeParse(run.draft)
  return {
    kind: 'select',
    job,
    name: run.name,
    dataset: run.dataset,
    datasetName: run.datasetName,
    method: run.method,
    methodName: nameOf(run.method),
    alsoTried: draft.success ? draft.data.alsoTry.map(({ id }) => nameOf(id)) : [],
    asked: result?.asked ?? null,
    got: result?.got ?? null,
    verdict: result?.check?.verdict ?? null,
    verdictKind: result === undefined ? null : (result.check?.kind ?? 'not-checked'),
    hasResult: result !== undefined
  }
}
