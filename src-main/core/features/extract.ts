// Makes the fingerprints of a dataset: cached by what made them, computed block by block on all
// compute threads, and resumable. Blocks do not depend on each other, so any order and any number
// of threads give the same bits.
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../api/errors.ts'
import { createRandom } from '../compute/random.ts'
import { describeSource } from '../datasets/item-source.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { sha256File, sha256Hex } from '../files/hashes.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { OpenProject } from '../projects/open-project.ts'
import type { DatasetRecord } from '../store/records.ts'
import { imageExtractor, imageExtractorVersion, imagesFitted } from './extractors/image-small.ts'
import {
  createNumericFitter,
  numericExtractor,
  numericExtractorVersion,
  type NumericFit
} from './extractors/numeric-standard.ts'
import { textColumns, textExtractor, textExtractorVersion } from './extractors/text-sentences.ts'
import type { FeatureSidecar } from './feature-matrix.ts'
import { blockTask, fitTask, type BlockInput, type BlockOutput, type FitInput } from './feature-tasks.ts'
import { readImageFit, writeImageFit } from './fit-file.ts'
import { openNpyWriter } from './npy.ts'
import type { ImageFit } from './extractors/image-small.ts'

/** Rows of one block: the unit of progress, of the journal and of cancelling. */
export const blockRows = 256
const journalEveryMs = 1000
/** Seed of everything that is fitted; part of what the extractor's version stands for. */
const fitSeed = 20_260

const Sidecar = z.object({
  format: z.literal(1),
  extractor: z.string(),
  extractorVersion: z.number(),
  dtype: z.literal('float32'),
  rows: z.number(),
  columns: z.number(),
  contentHash: z.string(),
  key: z.string(),
  device: z.string(),
  isComplete: z.boolean(),
  sha256: z.string().nullable()
})

export interface FeaturesRequest {
  readonly dataset: DatasetRecord
  /** Make the rows the way this dataset's were made, so that both can be compared. */
  readonly fittedFrom?: DatasetRecord | undefined
}

export interface FeatureFile {
  readonly path: string
  readonly sidecar: FeatureSidecar
}

const extractorOf: Readonly<Record<DatasetRecord['kind'], readonly [id: string, version: number]>> = {
  images: [imageExtractor, imageExtractorVersion],
  text: [textExtractor, textExtractorVersion],
  table: [numericExtractor, numericExtractorVersion]
}

/** Cache key: what the rows depend on, and nothing else. */
export function featureKey({ dataset, fittedFrom }: FeaturesRequest): string {
  const fitted = dataset.kind === 'text' ? null : (fittedFrom?.contentHash ?? null)
  const [id, version] = extractorOf[dataset.kind]
  return sha256Hex(JSON.stringify([id, version, dataset.contentHash, fitted])).slice(0, 32)
}

/** The finished fingerprints, or undefined. */
export async function cachedFeatures(
  folder: string,
  request: FeaturesRequest
): Promise<FeatureFile | undefined> {
  const key = featureKey(request)
  const text = await readFile(join(folder, `${key}.json`), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const sidecar = Sidecar.safeParse(JSON.parse(text))
  return sidecar.success && sidecar.data.isComplete
    ? { path: join(folder, `${key}.npy`), sidecar: sidecar.data }
    : undefined
}

/**
 * Makes the fingerprints or returns them at once when they are there. Reports progress per item in
 * the job's current phase. Throws AppError "cancelled", "file-not-readable", "disk-full".
 */
export async function ensureFeatures(
  context: JobContext,
  project: OpenProject,
  request: FeaturesRequest
): Promise<FeatureFile> {
  const found = await cachedFeatures(project.featuresFolder, request)
  if (found) return found
  const work = new Extraction(context, project, request)
  return work.run()
}

type Plan =
  | { readonly kind: 'images'; readonly fit: ImageFit; readonly columns: number }
  | { readonly kind: 'text'; readonly columns: number }
  | {
      readonly kind: 'table'
      readonly fit: NumericFit
      readonly names: readonly string[]
      readonly columns: number
    }

const Journal = z.object({ rows: z.number(), columns: z.number(), done: z.array(z.number()), device: z.string() })

class Extraction {
  readonly #context: JobContext
  readonly #project: OpenProject
  readonly #request: FeaturesRequest
  readonly #key: string
  readonly #partPath: string
  readonly #journalPath: string
  #device = ''
  #failed = 0

  constructor(context: JobContext, project: OpenProject, request: FeaturesRequest) {
    this.#context = context
    this.#project = project
    this.#request = request
    this.#key = featureKey(request)
    this.#partPath = join(project.featuresFolder, `${this.#key}.part.npy`)
    this.#journalPath = join(project.featuresFolder, `${this.#key}.part.json`)
  }

  async run(): Promise<FeatureFile> {
    const { dataset } = this.#request
    const plan = await this.#plan()
    const blocks = Math.ceil(dataset.items / blockRows)
    const journal = await this.#readJournal(dataset.items, plan.columns)
    const done = new Set(journal)
    const writer = await openNpyWriter(this.#partPath, dataset.items, plan.columns)
    try {
      let items = done.size * blockRows
      this.#context.progress(Math.min(items, dataset.items))
      let savedAt = performance.now()
      const save = async (): Promise<void> => {
        await writer.sync()
        const state = { rows: dataset.items, columns: plan.columns, done: [...done], device: this.#device }
        await writeFileAtomic(this.#journalPath, JSON.stringify(state))
        savedAt = performance.now()
      }
      const waiting = Array.from({ length: blocks }, (_, block) => block).filter((block) => !done.has(block))
      const worker = async (): Promise<void> => {
        for (let block = waiting.shift(); block !== undefined; block = waiting.shift()) {
          await this.#context.breathe()
          const made = await this.#block(plan, block)
          await writer.writeRows(block * blockRows, made.values)
          this.#failed += made.failed.length
          this.#device = made.deviceName
          done.add(block)
          items += made.values.length / plan.columns
          this.#context.progress(Math.min(items, dataset.items))
          if (performance.now() - savedAt > journalEveryMs) await save()
        }
      }
      // One more than there are threads, so that reading the next rows overlaps with computing.
      await Promise.all(Array.from({ length: this.#context.pool.size + 1 }, worker))
      await writer.sync()
    } finally {
      await writer.close()
    }
    return this.#finish(plan.columns)
  }

  async #plan(): Promise<Plan> {
    const { dataset } = this.#request
    switch (dataset.kind) {
      case 'text':
        return { kind: 'text', columns: textColumns }
      case 'images': {
        const fit = await this.#imageFit()
        return { kind: 'images', fit, columns: fit.columns }
      }
      case 'table':
        return this.#tablePlan()
    }
  }

  /** Fitted on training rows of the dataset itself, or of the one it must be comparable with. */
  async #imageFit(): Promise<ImageFit> {
    const from = this.#request.fittedFrom ?? this.#request.dataset
    const key = featureKey({ dataset: from })
    const known = await readImageFit(this.#project.featuresFolder, key)
    if (known) return known
    const { store, mediaFolder } = this.#project
    const { splits } = store.items.columns(from.id)
    // Test items must not shape what they are later judged with.
    const usable = Uint32Array.from(splits.keys()).filter((row) => splits[row] !== 2)
    const rows = usable.length > 0 ? usable : Uint32Array.from(splits.keys())
    const count = Math.min(imagesFitted, rows.length)
    const picked = createRandom(fitSeed).sample(rows.length, count).sort()
    const items = store.items.rows(from.id, Array.from(picked, (position) => rows[position]))
    const largestSide = Math.max(0, ...items.map((item) => Math.max(item.width ?? 0, item.height ?? 0)))
    const fit = await this.#context.pool.run<FitInput, never, ImageFit>(
      fitTask,
      {
        device: this.#context.deviceRequest,
        source: describeSource(from, mediaFolder),
        locators: items.map((item) => item.locator),
        largestSide,
        seed: fitSeed
      },
      { signal: this.#context.signal }
    )
    await writeImageFit(this.#project.featuresFolder, key, fit)
    return fit
  }

  async #tablePlan(): Promise<Plan> {
    const from = this.#request.fittedFrom ?? this.#request.dataset
    const names = from.columns.filter((column) => column.role === 'number').map((column) => column.name)
    if (names.length === 0) throw new AppError('method-not-possible', 'This table has no number columns.')
    const { store } = this.#project
    const { splits } = store.items.columns(from.id)
    const fitter = createNumericFitter(names.length)
    for (let start = 0; start < from.items; start += 4096) {
      await this.#context.breathe()
      const count = Math.min(4096, from.items - start)
      const use = splits.slice(start, start + count).map((split) => (split === 2 ? 0 : 1))
      fitter.add(store.items.numberBlock(from.id, names, start, count), use)
    }
    return { kind: 'table', fit: fitter.finish(), names, columns: names.length }
  }

  async #block(plan: Plan, block: number): Promise<BlockOutput> {
    const { dataset } = this.#request
    const start = block * blockRows
    const count = Math.min(blockRows, dataset.items - start)
    return this.#context.pool.run<BlockInput, never, BlockOutput>(
      blockTask,
      this.#blockInput(plan, start, count),
      { signal: this.#context.signal }
    )
  }

  #blockInput(plan: Plan, start: number, count: number): BlockInput {
    const { dataset } = this.#request
    const { store, mediaFolder } = this.#project
    const device = this.#context.deviceRequest
    if (plan.kind === 'table') {
      const values = store.items.numberBlock(dataset.id, plan.names, start, count)
      return { device, kind: 'table', values, fit: plan.fit }
    }
    const items = store.items.range(dataset.id, start, count)
    if (plan.kind === 'text') return { device, kind: 'text', texts: items.map((item) => item.text ?? '') }
    return {
      device,
      kind: 'images',
      source: describeSource(dataset, mediaFolder),
      locators: items.map((item) => item.locator),
      fit: plan.fit
    }
  }

  async #readJournal(rows: number, columns: number): Promise<readonly number[]> {
    const text = await readFile(this.#journalPath, 'utf8').catch(() => undefined)
    if (text === undefined) return []
    const journal = Journal.safeParse(JSON.parse(text))
    if (!journal.success || journal.data.rows !== rows || journal.data.columns !== columns) return []
    this.#device = journal.data.device
    return journal.data.done
  }

  async #finish(columns: number): Promise<FeatureFile> {
    const { dataset } = this.#request
    const folder = this.#project.featuresFolder
    const path = join(folder, `${this.#key}.npy`)
    const { hex } = await sha256File(this.#partPath, { signal: this.#context.signal })
    await rename(this.#partPath, path)
    const [extractor, extractorVersion] = extractorOf[dataset.kind]
    const sidecar: FeatureSidecar = {
      format: 1,
      extractor,
      extractorVersion,
      dtype: 'float32',
      rows: dataset.items,
      columns,
      contentHash: dataset.contentHash,
      key: this.#key,
      device: this.#device,
      isComplete: true,
      sha256: hex
    }
    await writeFileAtomic(join(folder, `${this.#key}.json`), `${JSON.stringify(sidecar, null, 2)}\n`)
    await rm(this.#journalPath, { force: true })
    this.#context.device(this.#device)
    if (this.#failed > 0) {
      this.#context.note(`${this.#failed} items could not be read and count as unlike everything.`)
    }
    return { path, sidecar }
  }
}
