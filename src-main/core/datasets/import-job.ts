// The import as a job: a compute thread reads, this side writes batches to the store and keeps a
// checkpoint in the same transaction, so that an interrupted import goes on with the same rows.
import { basename, join } from 'node:path'
import { z } from 'zod'
import { ImportOptions } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import { removeLeftovers } from '../files/atomic-write.ts'
import { isInInbox, moveFromInbox } from '../files/inbox.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { finishRows, makeSearchable } from './finish-import.ts'
import {
  copyTask,
  importTask,
  type CopyInput,
  type CopyProgress,
  type ImportEvent,
  type ImportInput
} from './import-task.ts'
import { createWriter, type Checkpoint, type ImportWriter } from './import-writer.ts'
import { nextVersion, versionBase, type VersionBase } from './next-version.ts'
import type { ReadPosition } from './readers/reader.ts'
import type { Removals } from './removals.ts'

/** Parameters of an import job. `dataset` is the id the dataset will have. */
export const ImportParams = z.strictObject({
  dataset: z.string().min(1).max(64),
  name: z.string().min(1).max(80),
  /** Absolute path of the source. */
  path: z.string().min(1),
  options: ImportOptions,
  purpose: z.enum(['pool', 'examples']),
  /** Dataset whose next version this makes. */
  addTo: z.string().min(1).max(64).nullable().default(null)
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
  readonly removals: Pick<Removals, 'remove'>
  now(): number
}

const phases = [
  { name: 'Copying the originals', weight: 0.1 },
  { name: 'Looking through the data', weight: 0.15 },
  { name: 'Reading', weight: 0.55 },
  { name: 'Finishing', weight: 0.05 },
  { name: 'Making it searchable', weight: 0.15 }
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
  const base = params.addTo === null ? undefined : versionBase(store, params.addTo)
  const writer = createWriter(deps, context, params.dataset, base, checkpoint)
  try {
    if (known === undefined) insertDataset(deps, params, base)
    const path = await bringIn(deps, context, params)
    context.phase(1, 0, 'bytes')
    const input: ImportInput = { path, options: params.options, resume: checkpoint }
    await context.pool.run<ImportInput, ImportEvent, ReadPosition>(importTask, input, {
      signal: context.signal,
      onEvent: (event) => writer.handle(event)
    })
    return await finish(deps, context, params, base, writer)
  } catch (error) {
    if (context.signal.aborted) {
      // The index can be left out: such a dataset is searched by looking through it.
      if (context.keepOnCancel && writer.rows() > 0)
        await finish(deps, withoutStop(context), params, base, writer)
    } else await removeImport(deps, params.dataset)
    throw error
  }
}

/** For the few steps that keep what was read although the job was stopped. */
function withoutStop(context: JobContext): JobContext {
  return { ...context, breathe: () => Promise.resolve() }
}

function insertDataset(
  deps: ImportDeps,
  params: ImportParams,
  base: VersionBase | undefined
): void {
  // Dropped files are moved into the project, whatever was asked for.
  const storage = isInInbox(deps.mediaFolder, params.path) ? 'copy' : params.options.storage
  deps.store.datasets.insert({
    id: params.dataset,
    name: params.name,
    kind: 'images',
    format: 'image-folder',
    state: 'building',
    purpose: params.purpose,
    storage,
    sourcePath: params.path,
    options: params.options,
    columns: [],
    labelColumn: undefined,
    classNames: [],
    items: 0,
    skipped: 0,
    sizeBytes: 0,
    contentHash: '',
    createdAt: deps.now(),
    shape: undefined,
    version: 1,
    previous: undefined,
    addedSources: [],
    matrix: undefined,
    isSearchable: false,
    ...(base && nextVersion(base, params.path, storage, params.options))
  })
}

/** Where the source that is read is stored: the dataset's own, or the last one added. */
function readSource(record: DatasetRecord | undefined): string {
  return record?.addedSources.at(-1)?.sourcePath ?? record?.sourcePath ?? ''
}

function setReadSource({ store }: ImportDeps, id: string, sourcePath: string): void {
  const added = store.datasets.get(id)?.addedSources ?? []
  store.datasets.update(
    id,
    added.length === 0
      ? { sourcePath }
      : {
          addedSources: added.map((source, i) =>
            i === added.length - 1 ? { ...source, sourcePath } : source
          )
        }
  )
}

/** Path to read from: the source itself, or its copy inside the project. */
async function bringIn(
  deps: ImportDeps,
  context: JobContext,
  params: ImportParams
): Promise<string> {
  const target = join(deps.mediaFolder, params.dataset)
  const isDropped = isInInbox(deps.mediaFolder, params.path)
  if (params.options.storage === 'link' && !isDropped) return params.path
  const stored = readSource(deps.store.datasets.get(params.dataset))
  // The record names the copy only once it is complete.
  if (stored.startsWith('media/')) return pathOfCopy(deps.mediaFolder, stored)
  if (isDropped) {
    const path = await moveFromInbox(deps.mediaFolder, params.path, target)
    const inside = `media/${params.dataset}/${basename(path)}`
    setReadSource(deps, params.dataset, inside)
    return path
  }
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
  setReadSource(deps, params.dataset, inside)
  return pathOfCopy(deps.mediaFolder, inside)
}

function pathOfCopy(mediaFolder: string, stored: string): string {
  return join(mediaFolder, stored.slice('media/'.length))
}

async function finish(
  deps: ImportDeps,
  context: JobContext,
  params: ImportParams,
  base: VersionBase | undefined,
  writer: ImportWriter
): Promise<ImportResult> {
  const { store } = deps
  const plan = writer.plan()
  const skipped = writer.skipped()
  if (writer.rows() === 0)
    throw new AppError('nothing-to-import', `None of the ${skipped} ${plan.unit} could be read.`)
  const before = base?.items ?? 0
  const items = before + writer.rows()
  context.phase(3, 0, 'steps')
  writer.flush()
  const { split } = params.options
  const contentHash = await finishRows(store, context, params.dataset, before, split)
  const isStopped = context.signal.aborted
  if (!isStopped) {
    context.phase(4, items, 'items')
    await makeSearchable(store, context, params.dataset, items)
  }
  store.datasets.update(params.dataset, {
    ...{ state: 'ready', items, skipped, contentHash },
    isSearchable: !isStopped
  })
  for (const note of plan.notes) context.note(note)
  if (skipped > 0)
    context.note(`${skipped} ${plan.unit} could not be read. They are left out and listed.`)
  const classes = store.datasets.get(params.dataset)?.classNames.length ?? 0
  return { dataset: params.dataset, name: params.name, items, skipped, classes }
}

/** Removes a dataset that was not finished, and its copied files. */
async function removeImport(deps: ImportDeps, dataset: string): Promise<void> {
  const record = deps.store.datasets.get(dataset)
  if (record?.state === 'ready') return
  if (record?.state === 'building') await deps.removals.remove(record)
  await removeLeftovers(join(deps.mediaFolder, dataset))
}
