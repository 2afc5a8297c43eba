// The "Reading the items" phase: pictures are decoded once into the run's folder, rows of numbers are
// the dataset's fingerprints. What cannot be read, and what would not fit in memory, is left out.
import { join } from 'node:path'
import { AppError } from '../../api/errors.ts'
import { hashString } from '../compute/random.ts'
import { drawStratified } from '../evaluation/draws.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import {
  hasCheckPixels,
  openCheckPixels,
  type CheckPixelsInput,
  type CheckPixelsOutput,
  type CheckPixelsProgress,
  type PictureAccess
} from '../selection/check-pixels.ts'
import type { ReadyFeatures, SelectFeatures } from '../selection/ready-features.ts'
import type { DatasetRecord } from '../store/records.ts'
import { dataPlace, type DataPlace } from './distil-data.ts'
import type { FrozenSplit } from './frozen-split.ts'
import { usualHalfColumns } from './pairs/halves.ts'
import { placeOfPairs, readPairs } from './pairs/read-pairs.ts'
import type { SetFacts } from './run-files.ts'

/** Bytes of training items that one thread holds at most. */
const trainBytes = 384 * 2 ** 20

export interface ReadItems {
  readonly context: JobContext
  readonly folder: string
  readonly dataset: DatasetRecord
  readonly split: FrozenSplit
  readonly seed: number
  /** Side of pictures. */
  readonly side: number
  /** Undefined when the items are no pictures. */
  readonly pictures: PictureAccess | undefined
  readonly features: SelectFeatures
  /** What the method learns in place of labels. */
  readonly learns?: DistillationMethod['learns'] | undefined
  readonly phase: number
}

/** What was read. */
export interface ReadResult {
  /** The split without items that could not be read. */
  readonly split: FrozenSplit
  readonly data: DataPlace
  readonly notes: readonly string[]
}

/** Folder of decoded pictures within the run's. */
export const pixelsFolder = 'pictures'

/** Reads the items, or finds them read. */
export async function readItems(run: ReadItems): Promise<ReadResult> {
  const { context, split, pictures } = run
  if (run.learns === 'pairs') return readLimitedPairs(run)
  if (pictures === undefined) {
    context.phase(run.phase, 0, 'items')
    const features = await run.features.ensure(context, run.dataset, undefined)
    const limited = limitTrain(run, split, 4 * features.columns)
    return { ...limited, data: dataPlace(limited.split, 'vectors', features.path) }
  }
  const path = join(run.folder, pixelsFolder)
  const limited = limitTrain(run, split, run.side * run.side * 3)
  if (!(await hasCheckPixels(path))) await decode(run, limited.split, pictures, path)
  const readable = await dropUnread(limited.split, path)
  const lost = countItems(limited.split) - countItems(readable)
  mustHaveAll(readable)
  return {
    split: readable,
    data: await withTargets(run, dataPlace(readable, 'pictures', path)),
    notes: [
      ...limited.notes,
      ...(lost === 0
        ? []
        : [
            `${lost.toLocaleString('en')} ${lost === 1 ? 'picture' : 'pictures'} could not be read and took no part.`
          ])
    ]
  }
}

/** Pairs of a picture and a text, as many as fit in memory. */
async function readLimitedPairs(run: ReadItems): Promise<ReadResult> {
  run.context.phase(run.phase, 0, 'items')
  const columns = usualHalfColumns.pictures + usualHalfColumns.texts
  const limited = limitTrain(run, run.split, 4 * columns)
  const read = await readPairs({ ...run, split: limited.split })
  return { ...read, notes: [...limited.notes, ...read.notes] }
}

/** The place of items that an earlier start has read; decodes again what was cleared away. */
export async function placeOfRead(run: ReadItems): Promise<DataPlace> {
  const { context, split, pictures } = run
  context.phase(run.phase, 0, 'items')
  if (run.learns === 'pairs') return placeOfPairs(run, split)
  if (pictures === undefined) {
    const features: ReadyFeatures = await run.features.ensure(context, run.dataset, undefined)
    return dataPlace(split, 'vectors', features.path)
  }
  const path = join(run.folder, pixelsFolder)
  if (!(await hasCheckPixels(path))) await decode(run, split, pictures, path)
  return withTargets(run, dataPlace(split, 'pictures', path))
}

/** The place with what items are learned as, where that is not their label. */
async function withTargets(run: ReadItems, place: DataPlace): Promise<DataPlace> {
  if (run.learns !== 'representation') return place
  const { path } = await run.features.ensure(run.context, run.dataset, undefined)
  return { ...place, targets: { path, scale: 'centred' } }
}

/** Throws AppError "file-not-readable" when a label has nothing left to learn from. */
function mustHaveAll({ trainLabels, classNames }: FrozenSplit): void {
  const seen = new Set(trainLabels)
  const missing = classNames.find((_, label) => !seen.has(label))
  if (missing !== undefined)
    throw new AppError(
      'file-not-readable',
      `None of the pictures of \u2018${missing}\u2019 could be read.`,
      { hint: 'Check that the original files are where they were, or leave this label out.' }
    )
}

function countItems(split: FrozenSplit): number {
  return split.train.length + split.validation.length + split.test.length
}

function limitTrain(
  run: ReadItems,
  split: FrozenSplit,
  bytesEach: number
): { readonly split: FrozenSplit; readonly notes: readonly string[] } {
  const most = Math.max(1000, Math.floor(trainBytes / bytesEach))
  if (split.train.length <= most) return { split, notes: [] }
  const positions = Uint32Array.from(split.train, (_, i) => i)
  const seed = hashString('training items', run.seed)
  const kept = drawStratified(positions, split.trainLabels, most, seed)
  return {
    split: {
      ...split,
      train: kept.map((i) => split.train[i]),
      trainLabels: Int32Array.from(kept, (i) => split.trainLabels[i])
    },
    notes: [
      `${most.toLocaleString('en')} of ${split.train.length.toLocaleString('en')} items were learned from, so that they fit in memory.`
    ]
  }
}

async function decode(
  run: ReadItems,
  split: FrozenSplit,
  pictures: PictureAccess,
  folder: string
): Promise<void> {
  const { context } = run
  const rows = Uint32Array.from([...split.train, ...split.validation, ...split.test]).sort()
  context.phase(run.phase, rows.length, 'items')
  const locators = await pictures.locators(rows, () => context.breathe())
  await context.pool.run<CheckPixelsInput, CheckPixelsProgress, CheckPixelsOutput>(
    { name: 'check-pixels' },
    { source: pictures.source, rows, locators, folder, size: run.side },
    {
      signal: context.signal,
      async onEvent({ done }) {
        context.progress(done)
        await context.breathe()
      }
    }
  )
}

async function dropUnread(split: FrozenSplit, path: string): Promise<FrozenSplit> {
  const pixels = await openCheckPixels(path)
  try {
    const cut = (rows: Uint32Array, labels: Int32Array) => {
      const readable = pixels.readable(rows, labels)
      return {
        rows: rows.filter((_, i) => readable[i] >= 0),
        labels: labels.filter((_, i) => readable[i] >= 0)
      }
    }
    const train = cut(split.train, split.trainLabels)
    const validation = cut(split.validation, split.validationLabels)
    const test = cut(split.test, split.testLabels)
    return {
      ...split,
      train: train.rows,
      trainLabels: train.labels,
      validation: validation.rows,
      validationLabels: validation.labels,
      test: test.rows,
      testLabels: test.labels
    }
  } finally {
    await pixels.close()
  }
}

/** Shape and scale of the items, from a compute thread. */
export function readFacts(context: JobContext, data: DataPlace): Promise<SetFacts> {
  return context.pool.run<{ readonly data: DataPlace }, never, SetFacts>(
    { name: 'distil-facts' },
    { data },
    { signal: context.signal }
  )
}
