// The import as a job: a compute thread reads, this side writes batches to the store and keeps a
// checkpoint in the same transaction, so that an interrupted import goes on with the same rows.
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { ImportOptions, type ImportProblem } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import { removeLeftovers } from '../files/atomic-write.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import type { NewItem, Store } from '../store/records.ts'
import {
  copyTask,
  importTask,
  type CopyInput,
  type CopyProgress,
  type ImportEvent,
  type ImportInput
} from './import-task.ts'
import { startPosition, type ImportPlan, type ReadPosition } from './readers/reader.ts'
import { holdOut } from './split.ts'

/** Problems kept in the list; the rest is only counted. */
export const problemsListed = 10_000
const checkpointEveryMs = 2_000
const pendingProblems = 500
// Rows of one transaction: the indexes are in random order, so larger ones write far fewer pages.
const transactionRows = 8_000

/** Parameters of an import job. `dataset` is the id the dataset will have. */
export const ImportParams = z.strictObject({
  dataset: z.string().min(1).max(64),
  name: z.string().min(1).max(80),
  /** Absolute path of the source. */
  path: z.string().min(1),
  options: ImportOptions,
  purpose: z.enum(['pool', 'examples'])
})
export type ImportParams = z.infer<typeof ImportParams>

export interface ImportResult {
  readonly dataset: string
  readonly name: string
  readonly items: number
  readonly skipped: number
  readonly classes: number
}

export interface ImportDeps {
  readonly store: Store
  /** media/ of the project. */
  readonly mediaFolder: string
  now(): number
}

interface Checkpoint {
  readonly plan: ImportPlan
  readonly position: ReadPosition
  readonly listed: number
}

const phases = [
  { name: 'Copying the originals', weight: 0.1 },
  { name: 'Looking through the data', weight: 0.15 },
  { name: 'Reading', weight: 0.7 },
  { name: 'Finishing', weight: 0.05 }
] as const

/** The job kind "import". Errors as the readers throw them; also "dataset-name-taken". */
export function createImportJob(deps: ImportDeps): JobKind<ImportParams, ImportResult> {
  return {
    kind: 'import',
    params: ImportParams,
    canPause: true,
    canResume: true,
    phases,
    isHeavy: true,
    run: (context, params) => runImport(deps, context, params),
    discard: (params) => removeImport(deps, params.dataset)
  }
}

async function runImport(
  deps: ImportDeps,
  context: JobContext,
  params: ImportParams
): Promise<ImportResult> {
  const { store } = deps
  // Without the half-built dataset its checkpoint means nothing.
  const known = store.datasets.get(params.dataset)
  const checkpoint =
    known === undefined ? undefined : (context.checkpoint as Checkpoint | undefined)
  const writer = createWriter(deps, context, params.dataset, checkpoint)
  try {
    if (known === undefined) insertDataset(deps, params)
    const path = await bringIn(deps, context, params)
    context.phase(1, 0, 'bytes')
    const input: ImportInput = { path, options: params.options, resume: checkpoint }
    await context.pool.run<ImportInput, ImportEvent, ReadPosition>(importTask, input, {
      signal: context.signal,
      onEvent: (event) => writer.handle(event)
    })
    return await finish(deps, context, params, writer)
  } catch (error) {
    if (context.signal.aborted) {
      if (context.keepOnCancel && writer.rows() > 0) await finish(deps, context, params, writer)
    } else await removeImport(deps, params.dataset)
    throw error
  }
}

function insertDataset(deps: ImportDeps, params: ImportParams): void {
  deps.store.datasets.insert({
    id: params.dataset,
    name: params.name,
    kind: 'images',
    format: 'image-folder',
    state: 'building',
    purpose: params.purpose,
    storage: params.options.storage,
    sourcePath: params.path,
    options: params.options,
    columns: [],
    labelColumn: undefined,
    classNames: [],
    items: 0,
    skipped: 0,
    sizeBytes: 0,
    contentHash: '',
    createdAt: deps.now()
  })
}

/** Path to read from: the source itself, or its copy inside the project. */
async function bringIn(
  deps: ImportDeps,
  context: JobContext,
  params: ImportParams
): Promise<string> {
  if (params.options.storage === 'link') return params.path
  const target = join(deps.mediaFolder, params.dataset)
  const stored = deps.store.datasets.get(params.dataset)?.sourcePath ?? ''
  // The record names the copy only once it is complete.
  if (stored.startsWith('media/')) return pathOfCopy(deps.mediaFolder, stored)
  context.phase(0, 0, 'files')
  await removeLeftovers(target)
  const input: CopyInput = { path: params.path, options: params.options, target }
  const { isSingle } = await context.pool.run<CopyInput, CopyProgress, { isSingle: boolean }>(
    copyTask,
    input,
    {
      signal: context.signal,
      async onEvent(progress) {
        context.total(progress.total)
        context.progress(progress.done)
        await context.breathe()
      }
    }
  )
  const inside = isSingle
    ? `media/${params.dataset}/${basename(params.path)}`
    : `media/${params.dataset}`
  deps.store.datasets.update(params.dataset, { sourcePath: inside })
  return pathOfCopy(deps.mediaFolder, inside)
}

function pathOfCopy(mediaFolder: string, stored: string): string {
  return join(mediaFolder, stored.slice('media/'.length))
}

interface Writer {
  handle(event: ImportEvent): Promise<void>
  rows(): number
  skipped(): number
  plan(): ImportPlan
  /** Writes what is still held back. */
  flush(): void
}

function createWriter(
  deps: ImportDeps,
  context: JobContext,
  dataset: string,
  from: Checkpoint | undefined
): Writer {
  const { store } = deps
  let plan: ImportPlan | undefined = from?.plan
  let position = from?.position ?? startPosition
  let listed = from?.listed ?? 0
  let pending: ImportProblem[] = []
  let waiting: NewItem[] = []
  let savedAt = deps.now()

  function begin(next: ImportPlan, isResumed: boolean): void {
    plan = next
    if (!isResumed) {
      position = startPosition
      listed = 0
      store.problems.removeAll(dataset)
    }
    store.items.truncate(dataset, position.rows)
    const { format, kind, columns, classNames, sizeBytes } = next
    store.datasets.update(dataset, {
      format,
      kind,
      columns,
      labelColumn: next.labelColumn ?? undefined,
      classNames,
      sizeBytes
    })
    context.phase(2, next.total, next.unit)
    context.progress(position.units)
  }

  function save(): void {
    if (plan === undefined) return
    const items = waiting
    waiting = []
    const problems = pending.slice(0, Math.max(0, problemsListed - listed))
    listed += problems.length
    pending = []
    const state: Checkpoint = { plan, position, listed }
    // Problems only ever go in together with the checkpoint: a resumed import never lists one twice.
    context.saveCheckpoint(state, () => {
      if (items.length > 0) store.items.append(dataset, items)
      if (problems.length > 0) store.problems.append(dataset, problems)
    })
    savedAt = deps.now()
  }

  function take(batch: Extract<ImportEvent, { kind: 'batch' }>): void {
    position = batch.position
    for (const problem of batch.problems) pending.push(problem)
    for (const item of batch.items) waiting.push(item)
    const isDue = deps.now() - savedAt >= checkpointEveryMs
    if (isDue || waiting.length >= transactionRows || pending.length >= pendingProblems) save()
    context.progress(position.units)
  }

  return {
    async handle(event) {
      if (event.kind === 'scan') {
        context.total(event.total)
        context.progress(event.done)
      } else if (event.kind === 'plan') begin(event.plan, event.isResumed)
      else take(event)
      await context.breathe()
      // Messages of a busy thread are delivered in one go: without a turn of the event loop
      // between batches nothing else (a cancel, a page) would be answered for many seconds.
      await setImmediate()
    },
    rows: () => position.rows,
    skipped: () => position.skipped,
    plan() {
      if (plan === undefined) throw new AppError('internal')
      return plan
    },
    flush: save
  }
}

async function finish(
  deps: ImportDeps,
  context: JobContext,
  params: ImportParams,
  writer: Writer
): Promise<ImportResult> {
  const { store } = deps
  const plan = writer.plan()
  const items = writer.rows()
  const skipped = writer.skipped()
  if (items === 0)
    throw new AppError('nothing-to-import', `None of the ${skipped} ${plan.unit} could be read.`)
  context.phase(3, 0, 'steps')
  writer.flush()
  const { split } = params.options
  if (split.kind === 'holdout')
    store.items.setSplits(
      params.dataset,
      holdOut(store.items.columns(params.dataset), plan.classNames, split)
    )
  if (split.kind === 'none') store.items.setSplits(params.dataset, new Uint8Array(items))
  const contentHash = store.items.contentHash(params.dataset)
  store.datasets.update(params.dataset, { state: 'ready', items, skipped, contentHash })
  for (const note of plan.notes) context.note(note)
  if (skipped > 0)
    context.note(`${skipped} ${plan.unit} could not be read. They are left out and listed.`)
  return {
    dataset: params.dataset,
    name: params.name,
    items,
    skipped,
    classes: plan.classNames.length
  }
}

/** Removes a dataset that was not finished, and its copied files. */
async function removeImport(deps: ImportDeps, dataset: string): Promise<void> {
  const record = deps.store.datasets.get(dataset)
  if (record?.state === 'ready') return
  if (record !== undefined) deps.store.datasets.remove(dataset)
  const copy = join(deps.mediaFolder, dataset)
  await rm(copy, { recursive: true, force: true })
  await removeLeftovers(copy)
}
