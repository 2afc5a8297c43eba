// The distillation area as the contract sees it: defaults, review, start, results, items, pictures.
// One per open project; core/app hands in what it needs and maps calls to these functions.
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonValue } from '../../api/dto/common.ts'
import {
  DistilDraft,
  DistilResult,
  type HelperFile,
  type HelperStorage,
  type DistilItem,
  type DistilItemsRequest,
  type DistilPreview,
  type DistilReview
} from '../../api/dto/distil.ts'
import type { Job } from '../../api/dto/jobs.ts'
import type { Run } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import { newJobId, type JobEngine } from '../jobs/engine.ts'
import type { RunRecord } from '../store/records.ts'
import { defaultDraft } from './defaults.ts'
import { readState } from './distil-state.ts'
import type { EarlyStops } from './early-stops.ts'
import { clearExperts, expertsInUse, expertStorage } from './expert-cache.ts'
import { createFirstPictures } from './first-picture.ts'
import type { NetworkProber } from './network-prober.ts'
import type { AddHelperInput } from './own-helper/add-helper-task.ts'
import { listHelpers, toHelperFile } from './own-helper/helper-store.ts'
import { ownFolder } from './own-helper/own-experts.ts'
import { pictureOf, setItems, type ItemDeps } from './set-items.ts'
import { reviewDraft, type ReviewDeps } from './review.ts'
import { loadPreview } from './run-files.ts'
import { suggestedName } from './sentence.ts'

export interface DistillationDeps extends ReviewDeps, ItemDeps {
  /** runs/ of the open project. */
  readonly runsFolder: string
  readonly stops: EarlyStops
  readonly prober: NetworkProber
  now(): number
  /** The project's job engine, asked for when needed: it is built after what its jobs use. */
  engine(): Pick<JobEngine, 'submit' | 'get' | 'discard' | 'continue'>
}

export interface DistillationArea {
  defaults(dataset: string): Promise<DistilDraft>
  review(draft: DistilDraft): Promise<DistilReview>
  /** Reads a helper model of the analyst's own and keeps it. Throws AppError when it is none. */
  addHelper(path: string): Promise<HelperFile>
  helpers(): Promise<HelperFile[]>
  storage(): Promise<HelperStorage>
  /** Removes trained helper models that no run needs to go on; returns the bytes freed. */
  clearHelpers(): Promise<number>
  /** Queues the run and returns its id. Throws AppError when the review holds an error. */
  start(draft: DistilDraft): Promise<string>
  list(): readonly Run[]
  /** True when the run makes a tiny set. */
  has(run: string): boolean
  get(run: string): Run
  result(run: string): DistilResult
  items(request: DistilItemsRequest): Promise<{ items: DistilItem[]; total: number }>
  /** PNG of an item as students see it; null for rows of numbers. */
  picture(run: string, index: number): Promise<Uint8Array<ArrayBuffer> | null>
  preview(run: string): Promise<DistilPreview>
  stopEarly(run: string): Promise<void>
  rename(run: string, name: string): Run
  remove(run: string): Promise<void>
  /** The manifest of a finished run as JSON text. */
  manifest(run: string): Promise<string>
}

/** A preview before the first picture. */
const nothingShown = { version: 0, png: null, columns: 0, rows: 0, labels: [] }

/** Makes the distillation area of an open project. */
export function createDistillation(deps: DistillationDeps): DistillationArea {
  const { store } = deps

  function record(run: string): RunRecord {
    const found = store.runs.get(run)
    if (found === undefined || jobOf(deps, run)?.kind !== 'distil')
      throw new AppError('run-not-found')
    return found
  }

  function result(run: string): DistilResult {
    const found = record(run)
    if (found.result === undefined) throw new AppError('run-not-finished')
    // The name can change after the run; the record's is the one in force.
    return { ...DistilResult.parse(found.result), name: found.name }
  }

  const folderOf = (run: string): string => join(deps.runsFolder, run)
  const secondsTo = createFirstPictures(deps)

  async function firstIn(
    run: string,
    draft: DistilDraft | undefined
  ): Promise<Pick<DistilPreview, 'firstInSeconds'>> {
    const job = jobOf(deps, run)
    const seconds =
      draft === undefined || job === undefined ? undefined : await secondsTo(draft, job)
    return seconds === undefined ? {} : { firstInSeconds: Math.round(seconds) }
  }

  return {
    defaults: (dataset) => defaultDraft(deps, dataset),
    review: (draft) => reviewDraft(deps, draft),
    addHelper: (path) => addHelper(deps, path),
    helpers: async () => (await listHelpers(ownFolder(deps.expertsFolder))).map(toHelperFile),
    storage: () => expertStorage(deps.expertsFolder, expertsInUse(store)),
    clearHelpers: () => clearExperts(deps.expertsFolder, expertsInUse(store)),
    start: (draft) => startRun(deps, draft),
    list: () => store.runs.list().flatMap((run) => toRun(deps, run) ?? []),
    has: (run) => jobOf(deps, run)?.kind === 'distil',
    get(run) {
      const found = toRun(deps, record(run))
      if (found === undefined) throw new AppError('run-not-found')
      return found
    },
    result,
    items: (request) => setItems(deps, folderOf(request.run), result(request.run), request),
    picture: (run, index) => pictureOf(deps, folderOf(run), result(run), index),
    async preview(run) {
      const draft = DistilDraft.safeParse(record(run).draft)
      const kind = draft.success ? { kind: draft.data.kind, draft: draft.data } : {}
      const shown = await loadPreview(folderOf(run))
      const canStopEarly =
        deps.stops.isOpen(run) && readState(store.jobs.checkpoint(run)).best !== null
      if (shown === undefined)
        return { ...nothingShown, canStopEarly, ...kind, ...(await firstIn(run, draft.data)) }
      return { ...shown, labels: [...shown.labels], canStopEarly, ...kind }
    },
    async stopEarly(run) {
      record(run)
      if (!deps.stops.isOpen(run)) return
      if (!deps.stops.stop(run))
        throw new AppError('run-not-finished', 'There is no set to keep yet.', {
          hint: 'Wait for the first picture, or cancel the run.'
        })
      // A run that rests goes on, to test what it has.
      deps.engine().continue(run)
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
      await rm(folderOf(run), { recursive: true, force: true })
    },
    manifest(run) {
      result(run)
      return readFile(join(folderOf(run), 'manifest.json'), 'utf8').catch((cause: unknown) => {
        throw new AppError('file-damaged', undefined, { cause })
      })
    }
  }
}

/** A file that is not read and run once in this time would hold up every run it is used in. */
const addHelperMs = 120_000

async function addHelper(
  { pool, expertsFolder, now }: DistillationDeps,
  path: string
): Promise<HelperFile> {
  const signal = AbortSignal.timeout(addHelperMs)
  try {
    return await pool.run<AddHelperInput, never, HelperFile>(
      { name: 'add-helper' },
      { path, folder: ownFolder(expertsFolder), now: now() },
      { signal, isLight: true }
    )
  } catch (error) {
    if (!signal.aborted) throw error
    throw new AppError(
      'method-not-possible',
      'The model did not answer within two minutes, so it was not taken.',
      { hint: 'Choose a smaller model, or let the app train a helper model.', cause: error }
    )
  }
}

async function startRun(deps: DistillationDeps, draft: DistilDraft): Promise<string> {
  const review = await reviewDraft(deps, draft)
  const error = review.messages.find(({ severity }) => severity === 'error')
  if (error !== undefined) {
    const code = /^[HM]/.test(error.code) ? 'method-not-possible' : 'budget-not-possible'
    const hint = error.actions[0]?.label
    throw new AppError(code, error.text, hint === undefined ? {} : { hint })
  }
  const dataset = deps.store.datasets.get(draft.dataset)
  if (dataset === undefined) throw new AppError('dataset-not-found')
  const name = draft.name.trim() === '' ? suggestedName(draft, dataset.name) : draft.name.trim()
  // A parsed draft is plain JSON; the round trip drops keys that are undefined.
  const params = JSON.parse(JSON.stringify({ ...draft, name })) as JsonValue
  const id = newJobId()
  // The record first: a job may begin, and end, before `submit` returns.
  deps.store.runs.insert({
    id,
    name,
    dataset: dataset.id,
    datasetName: dataset.name,
    method: draft.method.id,
    draft: params,
    result: undefined,
    createdAt: deps.now()
  })
  try {
    deps.engine().submit({ id, kind: 'distil', title: name, dataset: dataset.id, run: id, params })
  } catch (error_) {
    deps.store.runs.remove(id)
    throw error_
  }
  return id
}

/** The run's job; undefined when its record is gone. */
function jobOf(deps: DistillationDeps, id: string): Job | undefined {
  try {
    return deps.engine().get(id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'run-not-found') return undefined
    throw error
  }
}

function toRun(deps: DistillationDeps, run: RunRecord): Run | undefined {
  const job = jobOf(deps, run.id)
  if (job?.kind !== 'distil') return undefined
  const parsed = run.result === undefined ? undefined : DistilResult.safeParse(run.result)
  const result = parsed?.success === true ? parsed.data : undefined
  const draft = DistilDraft.safeParse(run.draft)
  return {
    kind: 'distil',
    job,
    name: run.name,
    dataset: run.dataset,
    datasetName: run.datasetName,
    method: run.method,
    methodName: deps.methods.find(({ id }) => id === run.method)?.card.name ?? run.method,
    alsoTried: [],
    asked: result?.items ?? (draft.success ? draft.data.perClass : null),
    got: result?.decodedItems ?? null,
    verdict: result?.check?.verdict ?? null,
    verdictKind: result === undefined ? null : (result.check?.kind ?? 'not-checked'),
    hasResult: result !== undefined
  }
}
