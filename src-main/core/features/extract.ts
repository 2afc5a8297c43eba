// Makes the fingerprints of a dataset: found in the cache, or computed block by block on all
// compute threads. A killed run goes on from its finished blocks and ends with the same bits.
import { readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { AppError } from '../../api/errors.ts'
import { syncFolder, writeFileAtomic } from '../files/atomic-write.ts'
import { sha256File } from '../files/hashes.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { OpenProject } from '../projects/open-project.ts'
import { openBlockJournal, type BlockJournal } from './block-journal.ts'
import { planExtraction, type ExtractionPlan } from './extraction-plans.ts'
import type { FeatureSidecar } from './feature-matrix.ts'
import {
  describingMatrix,
  extractorFor,
  featureKey,
  fitSource,
  matrixExtractor,
  type FeatureRequest
} from './feature-key.ts'
import { gapNotes } from './gap-notes.ts'
import { planMatrix, requireSameColumns } from './matrix-plan.ts'
import { openNpy, openNpyWriter, type NpyWriter } from './npy.ts'

export { featureKey, type FeatureRequest } from './feature-key.ts'

/** A finished matrix: its .npy file and what the side-car says of it. */
export interface FeatureFile {
  readonly path: string
  readonly sidecar: FeatureSidecar
}

/** What making fingerprints needs of its job. */
export type FeatureContext = Pick<
  JobContext,
  'signal' | 'pool' | 'deviceRequest' | 'progress' | 'total' | 'breathe' | 'log' | 'note' | 'device'
>

/** The two phases of a job that makes fingerprints; without them only items are counted. */
export interface FeaturePhases {
  /** Goes to the phase in which the extractor learns from the data; `total` items, 0 = not known. */
  learning(total: number): void
  /** Goes to the phase in which every item is described. */
  making(total: number): void
}

const Sidecar = z.strictObject({
  format: z.literal(1),
  extractor: z.string(),
  extractorVersion: z.int(),
  dtype: z.literal('float32'),
  rows: z.int(),
  columns: z.int(),
  contentHash: z.string(),
  key: z.string(),
  device: z.string(),
  isComplete: z.boolean(),
  sha256: z.string().nullable(),
  fittedFrom: z.string().exactOptional(),
  unreadable: z.int().exactOptional()
})

interface Places {
  readonly matrix: string
  readonly sidecar: string
  /** The matrix while blocks are missing; never read as a matrix. */
  readonly part: string
  readonly journal: string
}

function placesOf(folder: string, key: string): Places {
  return {
    matrix: join(folder, `${key}.npy`),
    sidecar: join(folder, `${key}.json`),
    part: join(folder, `${key}.part`),
    journal: join(folder, `${key}.journal`)
  }
}

/** The finished fingerprints, undefined while there are none (or their files are not whole). */
export async function cachedFeatures(
  featuresFolder: string,
  request: FeatureRequest
): Promise<FeatureFile | undefined> {
  const key = featureKey(request)
  const places = placesOf(featuresFolder, key)
  const text = await readFile(places.sidecar, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const sidecar = parseSidecar(text)
  if (sidecar?.isComplete !== true || sidecar.key !== key) return undefined
  try {
    const matrix = await openNpy(places.matrix)
    await matrix.close()
    const isWhole = matrix.rows === sidecar.rows && matrix.columns === sidecar.columns
    return isWhole && (await isAsWritten(places.matrix, sidecar))
      ? { path: places.matrix, sidecar }
      : undefined
  } catch {
    // Not there, or cut off: it is made again.
    return undefined
  }
}

/** Matrices whose every byte was looked at by this process, and what told the file from another. */
const looked = new Map<string, string>()

/** A disk that turns a bit says nothing of it: bytes are compared once with what was written. */
async function isAsWritten(path: string, { sha256 }: FeatureSidecar): Promise<boolean> {
  const { ino, size, mtimeMs } = await stat(path)
  const version = [sha256, ino, size, mtimeMs].join(' ')
  if (looked.get(path) === version) return true
  if ((await sha256File(path)).hex !== sha256) return false
  looked.set(path, version)
  return true
}

function parseSidecar(text: string): FeatureSidecar | undefined {
  try {
    return Sidecar.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/**
 * The fingerprints of a dataset: returned at once when they are there, made otherwise. Reports
 * progress in items. Throws AppError "cancelled", "file-not-readable", "method-not-possible",
 * "column-not-found" or "disk-full"; finished blocks stay for the next try.
 */
export async function ensureFeatures(
  context: FeatureContext,
  project: OpenProject,
  request: FeatureRequest,
  phases?: FeaturePhases
): Promise<FeatureFile> {
  const { dataset } = request
  requireSameColumns(project.store, request)
  if (phases !== undefined) phases.learning(0)
  else if (request.fittedFrom === undefined) context.total(dataset.items)
  const found = await cachedFeatures(project.featuresFolder, request)
  if (found !== undefined) {
    phases?.making(dataset.items)
    context.device(found.sidecar.device)
    context.progress(dataset.items)
    for (const note of gapNotes(request, found.sidecar.unreadable ?? 0)) context.note(note)
    return found
  }
  if (dataset.items === 0) throw new AppError('method-not-possible', 'This dataset has no items.')
  const onFit = (done: number, total: number): void => {
    if (phases === undefined) return
    context.total(total)
    context.progress(done)
  }
  const matrix = describingMatrix(request)
  const plan =
    matrix === undefined
      ? await planExtraction(context, project, dataset, fitSource(request), onFit)
      : await planMatrix(context, project, matrix)
  phases?.making(dataset.items)
  context.device(plan.device.name)
  return fill(context, project, request, plan)
}

async function fill(
  context: FeatureContext,
  project: OpenProject,
  request: FeatureRequest,
  plan: ExtractionPlan
): Promise<FeatureFile> {
  const { dataset } = request
  const key = featureKey(request)
  const places = placesOf(project.featuresFolder, key)
  const blocks = Math.ceil(dataset.items / plan.blockRows)
  const work = JSON.stringify([key, dataset.items, plan.columns, plan.blockRows, plan.device.id])
  const writer = await openNpyWriter(places.part, dataset.items, plan.columns)
  // The plan's, and others when it failed in the middle.
  const devices = new Set([plan.device.name])
  let failed: number
  try {
    // Marks without the rows they speak of are worth nothing.
    if (writer.isFresh) await rm(places.journal, { force: true })
    const journal = await openBlockJournal(places.journal, work, blocks)
    try {
      await forgetChanged(journal, writer, plan.blockRows, dataset.items)
      await fillBlocks(context, plan, dataset.items, writer, journal, devices)
      failed = journal.failed()
    } finally {
      await journal.close()
    }
  } finally {
    await writer.close()
  }
  const file = await finish(context, request, { ...plan, devices }, places, failed)
  await rm(places.journal, { force: true })
  return file
}

function checkOf(values: Float32Array): number {
  return crc32(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
}

/** Blocks of an earlier run whose rows are not those that were written are made again. */
async function forgetChanged(
  journal: BlockJournal,
  writer: NpyWriter,
  blockRows: number,
  rows: number
): Promise<void> {
  for (let block = 0; block < journal.blocks; block++) {
    if (!journal.isDone(block)) continue
    const start = block * blockRows
    const bytes = await writer.readRows(start, Math.min(blockRows, rows - start))
    if (crc32(bytes) !== journal.checkOf(block)) journal.forget(block)
  }
}

/** Every thread takes the next missing block until none is left; the first error stops all. */
async function fillBlocks(
  context: FeatureContext,
  plan: ExtractionPlan,
  rows: number,
  writer: NpyWriter,
  journal: BlockJournal,
  devices: Set<string>
): Promise<void> {
  const { blockRows } = plan
  const stop = new AbortController()
  const signal = AbortSignal.any([context.signal, stop.signal])
  const rowsOf = (block: number): number => Math.min(blockRows, rows - block * blockRows)
  const partly = new Map<number, number>()
  let finished = 0
  for (let block = 0; block < journal.blocks; block++)
    if (journal.isDone(block)) finished += rowsOf(block)
  const report = (): void => {
    context.progress(Math.min(rows, finished + [...partly.values()].reduce((sum, n) => sum + n, 0)))
  }
  report()
  let next = 0
  async function work(): Promise<void> {
    for (;;) {
      await context.breathe()
      signal.throwIfAborted()
      while (next < journal.blocks && journal.isDone(next)) next++
      if (next >= journal.blocks) return
      const block = next++
      const count = rowsOf(block)
      const made = await plan.block(block * blockRows, count, signal, (done) => {
        partly.set(block, Math.min(done, count))
        report()
      })
      if (made.values.length !== count * plan.columns)
        throw new Error(`block ${block} has a wrong size`)
      if (made.device !== undefined) devices.add(made.device.name)
      await writer.writeRows(block * blockRows, made.values)
      await writer.sync()
      await journal.mark(block, made.failed, checkOf(made.values))
      partly.delete(block)
      finished += count
      report()
    }
  }
  const workers = Array.from({ length: Math.max(1, context.pool.size) }, () =>
    work().catch((error: unknown) => {
      // Only the first error counts; the others are its echo.
      if (!stop.signal.aborted) stop.abort(error)
    })
  )
  await Promise.all(workers)
  stop.signal.throwIfAborted()
}

/** The side-car first, the rename last: a matrix under its own name always has a true side-car. */
async function finish(
  context: FeatureContext,
  request: FeatureRequest,
  plan: ExtractionPlan & { readonly devices: ReadonlySet<string> },
  places: Places,
  unreadable: number
): Promise<FeatureFile> {
  const { dataset } = request
  if (unreadable === dataset.items) {
    // The next try reads everything again: by then the originals may be back.
    await rm(places.journal, { force: true })
    throw new AppError('file-not-readable', 'None of the items could be read.', {
      hint: 'Check that the original files are still where they were.'
    })
  }
  const { hex } = await sha256File(places.part, { signal: context.signal })
  const isJoined = describingMatrix(request) !== undefined
  const source = isJoined ? undefined : fitSource(request)
  const { id, version } = isJoined ? matrixExtractor : extractorFor(dataset)
  const sidecar: FeatureSidecar = {
    format: 1,
    extractor: id,
    extractorVersion: version,
    dtype: 'float32',
    rows: dataset.items,
    columns: plan.columns,
    contentHash: dataset.contentHash,
    key: featureKey(request),
    device: [...plan.devices].join('; '),
    isComplete: true,
    sha256: hex,
    ...(source === undefined ? {} : { fittedFrom: source.contentHash }),
    unreadable
  }
  await writeFileAtomic(places.sidecar, `${JSON.stringify(sidecar, null, 2)}\n`)
  await rename(places.part, places.matrix)
  await syncFolder(join(places.matrix, '..'))
  for (const note of gapNotes(request, unreadable)) context.note(note)
  return { path: places.matrix, sidecar }
}
