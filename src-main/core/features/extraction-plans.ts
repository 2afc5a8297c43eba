// How each kind of data is turned into rows: what is fitted first, and what one block takes. Rows
// of the store are read here, in the backend thread; the heavy part runs in compute threads.
import { AppError } from '../../api/errors.ts'
import { describeSource } from '../datasets/item-source.ts'
import { createRandom } from '../compute/random.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { OpenProject } from '../projects/open-project.ts'
import type { DatasetRecord, StoredItem } from '../store/records.ts'
import { createNumericFitter, standardise, type NumericFit } from './extractors/numeric-standard.ts'
import { textColumns } from './extractors/text-sentences/encoder.ts'
import { fitKey, numberColumns } from './feature-key.ts'
import {
  featureDeviceTask,
  fitImagesTask,
  fitPictures,
  imageBlockTask,
  textBlockTask,
  type FeatureBlock,
  type FeatureProgress,
  type ImageBlockInput,
  type ImageFitInput,
  type TextBlockInput,
  type UsedDevice
} from './feature-tasks.ts'
import { fitDoubles, fitNumber, loadFit, saveFit, type Fit } from './fitted.ts'

/** What a plan needs of a job. */
export type ExtractionContext = Pick<JobContext, 'signal' | 'pool' | 'deviceRequest' | 'breathe'>

/** Hears how far learning from the data is, in items looked at; never called where it is known. */
export type OnFit = (done: number, total: number) => void

/** One dataset's way to its rows. */
export interface ExtractionPlan {
  readonly columns: number
  readonly device: UsedDevice
  readonly blockRows: number
  /** Rows first .. first+count-1. `onDone` hears how many of them are through. */
  block(
    first: number,
    count: number,
    signal: AbortSignal,
    onDone: (done: number) => void
  ): Promise<Pick<FeatureBlock, 'values' | 'failed'> & Partial<Pick<FeatureBlock, 'device'>>>
}

/** Says in words what `count` unreadable items mean, for the result card. */
export function unreadableNote(kind: DatasetRecord['kind'], count: number): string {
  const isOne = count === 1
  switch (kind) {
    case 'images':
      return `${count} ${isOne ? 'picture' : 'pictures'} could not be read and ${isOne ? 'counts' : 'count'} as unlike anything.`
    case 'text':
      return `${count} ${isOne ? 'text holds no words and counts' : 'texts hold no words and count'} as unlike anything.`
    case 'table':
      return `${count} ${isOne ? 'row has no numbers at all and counts' : 'rows have no numbers at all and count'} as average.`
  }
}

const fitSeed = 0

/** Fits what is missing and returns the plan. Throws AppError when the data cannot be described. */
export function planExtraction(
  context: ExtractionContext,
  project: OpenProject,
  dataset: DatasetRecord,
  source: DatasetRecord | undefined,
  onFit: OnFit = () => undefined
): Promise<ExtractionPlan> {
  switch (dataset.kind) {
    case 'images':
      return planImages(context, project, dataset, source ?? dataset, onFit)
    case 'text':
      return planTexts(context, project, dataset)
    case 'table':
      return planNumbers(context, project, dataset, source ?? dataset)
  }
}

function openedDevice(context: ExtractionContext): Promise<UsedDevice> {
  const { pool, signal, deviceRequest: device } = context
  return pool.run<{ device: string }, never, UsedDevice>(featureDeviceTask, { device }, { signal })
}

async function planImages(
  context: ExtractionContext,
  project: OpenProject,
  dataset: DatasetRecord,
  source: DatasetRecord,
  onFit: OnFit
): Promise<ExtractionPlan> {
  const folder = project.featuresFolder
  const key = fitKey(source)
  const fit =
    (await loadFit(folder, key)) ?? (await fitImages(context, project, source, key, onFit))
  const description = describeSource(dataset, project.mediaFolder)
  return {
    columns: fitNumber(fit, 'outColumns'),
    device: await openedDevice(context),
    blockRows: 256,
    async block(first, count, signal, onDone) {
      const locators = project.store.items.range(dataset.id, first, count).map(pictureOf)
      const input = { source: description, locators, folder, key, device: context.deviceRequest }
      return context.pool.run<ImageBlockInput, FeatureProgress, FeatureBlock>(
        imageBlockTask,
        input,
        {
          signal,
          onEvent: (event) => onDone(event.done)
        }
      )
    }
  }
}

async function fitImages(
  context: ExtractionContext,
  project: OpenProject,
  source: DatasetRecord,
  key: string,
  onFit: OnFit
): Promise<Fit> {
  const items = sampleTrainingItems(project, source)
  const folder = project.featuresFolder
  const input: ImageFitInput = {
    source: describeSource(source, project.mediaFolder),
    locators: items.map(pictureOf),
    size: items.every(isTiny) ? tinySide : 32,
    seed: fitSeed,
    device: context.deviceRequest,
    folder,
    key
  }
  await context.pool.run<ImageFitInput, FeatureProgress, { columns: number }>(
    fitImagesTask,
    input,
    {
      signal: context.signal,
      cores: 'all',
      async onEvent({ done }) {
        onFit(done, items.length)
        await context.breathe()
      }
    }
  )
  const fit = await loadFit(folder, key)
  if (fit === undefined) throw new AppError('file-damaged')
  return fit
}

/**
 * Where an item's picture is: the item itself, or the first picture that a row names. A row without
 * one has a place that is no picture, and counts as one that cannot be read.
 */
export function pictureOf(item: Pick<StoredItem, 'locator' | 'pictures'>): string {
  return item.pictures?.[0] ?? item.locator
}

/** Pictures of the MNIST family stay as they are; all others become 32 x 32. */
const tinySide = 28

function isTiny({ width, height }: StoredItem): boolean {
  return width !== undefined && height !== undefined && Math.max(width, height) <= tinySide
}

/** A seeded sample of the rows that are not test rows, in the order drawn. */
function sampleTrainingItems(project: OpenProject, source: DatasetRecord): readonly StoredItem[] {
  const { items } = project.store
  const training = trainingRows(items.columns(source.id).splits)
  const count = Math.min(fitPictures, training.length)
  const drawn = createRandom(fitSeed).fork('fit rows').sample(training.length, count)
  const found: StoredItem[] = []
  for (let from = 0; from < count; from += 500) {
    const wanted = Array.from(drawn.subarray(from, from + 500), (i) => training[i])
    const byRow = new Map(items.rows(source.id, wanted).map((item) => [item.row, item]))
    found.push(...wanted.flatMap((row) => byRow.get(row) ?? []))
  }
  if (found.length === 0) throw new AppError('method-not-possible', 'This dataset has no items.')
  return found
}

/** Rows that are not test rows; all rows when every row is one. `splits`: 2 = test. */
function trainingRows(splits: Uint8Array): Uint32Array {
  const all = Uint32Array.from(splits, (_, row) => row)
  const training = all.filter((row) => splits[row] !== 2)
  return training.length > 0 ? training : all
}

async function planTexts(
  context: ExtractionContext,
  project: OpenProject,
  dataset: DatasetRecord
): Promise<ExtractionPlan> {
  return {
    columns: textColumns,
    device: await openedDevice(context),
    blockRows: 128,
    async block(first, count, signal, onDone) {
      const texts = project.store.items
        .range(dataset.id, first, count)
        .map((item) => item.text ?? '')
      const input = { texts, device: context.deviceRequest }
      const block = await context.pool.run<TextBlockInput, FeatureProgress, FeatureBlock>(
        textBlockTask,
        input,
        { signal }
      )
      onDone(count)
      return block
    }
  }
}

async function planNumbers(
  context: ExtractionContext,
  project: OpenProject,
  dataset: DatasetRecord,
  source: DatasetRecord
): Promise<ExtractionPlan> {
  const columns = numberColumns(source)
  const missing = columns.find((name) => !dataset.columns.some((column) => column.name === name))
  if (missing !== undefined)
    throw new AppError('column-not-found', `The example items have no column "${missing}".`)
  const folder = project.featuresFolder
  const key = fitKey(source)
  const stored =
    (await loadFit(folder, key)) ?? (await fitNumbers(context, project, source, columns, key))
  const fit: NumericFit = {
    center: fitDoubles(stored, 'center'),
    inverseSpread: fitDoubles(stored, 'spread'),
    rows: fitNumber(stored, 'rows')
  }
  return {
    columns: columns.length,
    // A subtraction and a product per number: no tensor device is involved.
    device: { id: 'processor', name: 'processor', isReference: false },
    blockRows: numberRows,
    async block(first, count, signal, onDone) {
      signal.throwIfAborted()
      const block = project.store.items.numberBlock(dataset.id, columns, first, count)
      const { values, empty } = standardise(block, fit)
      onDone(count)
      return { values, failed: empty }
    }
  }
}

const numberRows = 2048

async function fitNumbers(
  context: ExtractionContext,
  project: OpenProject,
  source: DatasetRecord,
  columns: readonly string[],
  key: string
): Promise<Fit> {
  const { items } = project.store
  const { splits } = items.columns(source.id)
  const hasTraining = splits.some((split) => split !== 2)
  const fitter = createNumericFitter(columns.length)
  for (let first = 0; first < source.items; first += numberRows) {
    await context.breathe()
    const count = Math.min(numberRows, source.items - first)
    const block = items.numberBlock(source.id, columns, first, count)
    fitter.add(block, (row) => !hasTraining || splits[first + row] !== 2)
  }
  const { center, inverseSpread, rows } = fitter.finish()
  const fit: Fit = {
    extractor: 'numeric-standard',
    extractorVersion: 1,
    device: 'processor',
    facts: { rows, columns },
    arrays: {
      center: { shape: [columns.length], values: center },
      spread: { shape: [columns.length], values: inverseSpread }
    }
  }
  await saveFit(project.featuresFolder, key, fit)
  return fit
}
