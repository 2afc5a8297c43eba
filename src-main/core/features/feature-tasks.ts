// The compute-thread half of making fingerprints: fitting on pictures, describing one block of
// items, measuring the speed, and searching for near-duplicates.
import { AppError } from '../../api/errors.ts'
import type { Device } from '../compute/devices/device.ts'
import type { SourceDescription } from '../datasets/item-source.ts'
import { createSourceKeeper } from '../datasets/open-sources.ts'
import type { ComputeTask, TaskContext } from '../jobs/compute-task.ts'
import {
  blankFit,
  describeImages,
  fitImagesStepwise,
  type ImageFit
} from './extractors/image-small/extractor.ts'
import {
  colourShape,
  greyShape,
  imageExtractor,
  type ImageShape
} from './extractors/image-small/shape.ts'
import {
  loadSentenceEncoder,
  textColumns,
  type SentenceEncoder
} from './extractors/text-sentences/encoder.ts'
import { fitFloats, fitNumber, loadFit, saveFit, type Fit } from './fitted.ts'
import { matrixBlockTask } from './matrix-plan.ts'
import { pairsTask, repeatsTask } from './similarity-tasks.ts'

export { pairsTask, repeatsTask } from './similarity-tasks.ts'

/** Pictures that the extractor is fitted on, at most. */
export const fitPictures = 4000

/** The device a result was made on. */
export interface UsedDevice {
  readonly id: string
  readonly name: string
  readonly isReference: boolean
}

/** Items done so far in this task. */
export interface FeatureProgress {
  readonly done: number
}

/** Rows of one block, with the items that could not be read (their rows are zeros). */
export interface FeatureBlock {
  readonly values: Float32Array
  readonly columns: number
  readonly failed: number
  readonly device: UsedDevice
}

// Lives as long as the thread, as in datasets/thumbnails.ts.
const sources = createSourceKeeper()
let kept: { readonly place: string; readonly fit: ImageFit } | undefined
const encoders = new Map<string, Promise<SentenceEncoder>>()

function used({ id, name, isReference }: Device): UsedDevice {
  return { id, name, isReference }
}

// Pictures decoded in one go: cancelling waits for one such group.
const decodedAtOnce = 128

/** Decodes pictures group by group; yields how many are done. */
async function* readPictures(
  source: SourceDescription,
  locators: readonly string[],
  shape: { readonly size: number; readonly channels: 1 | 3 },
  signal: AbortSignal
): AsyncGenerator<FeatureProgress, { pixels: Uint8Array; failed: Set<number> }, void> {
  const each = shape.size * shape.size * shape.channels
  const pixels = new Uint8Array(locators.length * each)
  const failed = new Set<number>()
  for (let from = 0; from < locators.length; from += decodedAtOnce) {
    signal.throwIfAborted()
    const part = await sources.use(source, (open) =>
      open.readPixels(locators.slice(from, from + decodedAtOnce), shape)
    )
    pixels.set(part.pixels, from * each)
    for (const i of part.failed) failed.add(from + i)
    yield { done: Math.min(locators.length, from + decodedAtOnce) }
  }
  return { pixels, failed }
}

export interface ImageFitInput {
  readonly source: SourceDescription
  /** Pictures to fit on, in the order of the seeded draw. */
  readonly locators: readonly string[]
  /** Side the pictures are resized to. */
  readonly size: number
  readonly seed: number
  readonly device: string
  /** Where the fit is stored. */
  readonly folder: string
  readonly key: string
}

/** Fits the picture extractor and stores the fit. Throws AppError "file-not-readable". */
export const fitImagesTask: ComputeTask<
  ImageFitInput,
  FeatureProgress,
  { readonly columns: number }
> = {
  name: 'features.fit-images',
  async *run(input, context) {
    const device = await context.device(input.device)
    const shape = await shapeFor(input)
    const read = yield* fitReading(input, shape, context.signal)
    const good = withoutFailed(read.pixels, read.failed, input.locators.length)
    if (good.length === 0)
      throw new AppError('file-not-readable', 'None of the pictures could be read.', {
        hint: 'Check that the original files are still where they were.'
      })
    // Reading counts as a quarter of the work, learning as the rest.
    const all = input.locators.length
    const fitting = fitImagesStepwise(device.tf, good, shape, input.seed, context.signal)
    let step = await fitting.next()
    for (; step.done !== true; step = await fitting.next())
      yield { done: Math.round(all * (readingShare + (1 - readingShare) * step.value)) }
    const fit = step.value
    await saveFit(input.folder, input.key, toFit(fit, used(device)))
    return { columns: fit.columns }
  }
}

const readingShare = 0.25

/** Reads the pictures of a fit; what it yields leaves room for the learning that follows. */
async function* fitReading(
  input: ImageFitInput,
  shape: ImageShape,
  signal: AbortSignal
): ReturnType<typeof readPictures> {
  const reading = readPictures(input.source, input.locators, shape, signal)
  let step = await reading.next()
  for (; step.done !== true; step = await reading.next())
    yield { done: Math.floor(readingShare * step.value.done) }
  return step.value
}

const colourCheckPictures = 128

/** Grey when the first pictures have no colour at all. */
async function shapeFor(
  input: Pick<ImageFitInput, 'source' | 'locators' | 'size'>
): Promise<ImageShape> {
  const { pixels } = await sources.use(input.source, (open) =>
    open.readPixels(input.locators.slice(0, colourCheckPictures), { size: input.size, channels: 3 })
  )
  for (let at = 0; at < pixels.length; at += 3) {
    // A little room for the rounding of JPEG's colour planes.
    const high = Math.max(pixels[at], pixels[at + 1], pixels[at + 2])
    const low = Math.min(pixels[at], pixels[at + 1], pixels[at + 2])
    if (high - low > 4) return colourShape(input.size)
  }
  return greyShape(input.size)
}

function withoutFailed(pixels: Uint8Array, failed: ReadonlySet<number>, count: number): Uint8Array {
  const each = pixels.length / Math.max(1, count)
  const out = new Uint8Array((count - failed.size) * each)
  let to = 0
  for (let i = 0; i < count; i++) {
    if (failed.has(i)) continue
    out.set(pixels.subarray(i * each, (i + 1) * each), to)
    to += each
  }
  return out
}

function toFit(fit: ImageFit, device: UsedDevice): Fit {
  const { shape, columns } = fit
  return {
    extractor: imageExtractor.id,
    extractorVersion: imageExtractor.version,
    device: device.name,
    facts: { ...shape, outColumns: columns },
    arrays: {
      filters: { shape: [fit.filters.length / shape.filters, shape.filters], values: fit.filters },
      mean: { shape: [fit.mean.length], values: fit.mean },
      projection: { shape: [fit.mean.length, columns], values: fit.projection }
    }
  }
}

async function imageFit(folder: string, key: string): Promise<ImageFit> {
  const place = `${folder}/${key}`
  if (kept?.place === place) return kept.fit
  const fit = await loadFit(folder, key)
  if (fit === undefined) throw new AppError('file-damaged')
  const size = fitNumber(fit, 'size')
  const shape = fitNumber(fit, 'channels') === 1 ? greyShape(size) : colourShape(size)
  kept = {
    place,
    fit: {
      shape,
      columns: fitNumber(fit, 'outColumns'),
      filters: fitFloats(fit, 'filters'),
      mean: fitFloats(fit, 'mean'),
      projection: fitFloats(fit, 'projection')
    }
  }
  return kept.fit
}

export interface ImageBlockInput {
  readonly source: SourceDescription
  readonly locators: readonly string[]
  readonly folder: string
  readonly key: string
  readonly device: string
}

/** Describes one block of pictures with a stored fit. */
export const imageBlockTask: ComputeTask<ImageBlockInput, FeatureProgress, FeatureBlock> = {
  name: 'features.image-block',
  async *run(input, context) {
    const device = await context.device(input.device)
    const fit = await imageFit(input.folder, input.key)
    const read = yield* readPictures(input.source, input.locators, fit.shape, context.signal)
    const values = await describeImages(device.tf, read.pixels, fit, context.signal)
    for (const i of read.failed) values.fill(0, i * fit.columns, (i + 1) * fit.columns)
    return send(context, {
      values,
      columns: fit.columns,
      failed: read.failed.size,
      device: used(device)
    })
  }
}

export interface TextBlockInput {
  readonly texts: readonly string[]
  readonly device: string
}

/** Describes one block of texts. */
export const textBlockTask: ComputeTask<TextBlockInput, FeatureProgress, FeatureBlock> = {
  name: 'features.text-block',
  // eslint-disable-next-line require-yield -- a block is a second or so; its result is its only event
  async *run(input, context) {
    const device = await context.device(input.device)
    const encoder = await encoderOn(device)
    const { values, empty } = await encoder.encode(input.texts, context.signal)
    return send(context, {
      values,
      columns: textColumns,
      failed: empty.length,
      device: used(device)
    })
  }
}

function encoderOn(device: Device): Promise<SentenceEncoder> {
  let encoder = encoders.get(device.id)
  if (encoder === undefined) {
    encoder = loadSentenceEncoder(device.tf)
    encoders.set(device.id, encoder)
    // A failed load is tried again the next time.
    encoder.catch(() => encoders.delete(device.id))
  }
  return encoder
}

function send(context: TaskContext, block: FeatureBlock): FeatureBlock {
  // Float32Arrays made here own plain ArrayBuffers.
  context.transfer(block.values.buffer as ArrayBuffer)
  return block
}

export type FeatureProbeInput = { readonly device: string } & (
  | {
      readonly kind: 'images'
      readonly source: SourceDescription
      readonly locators: readonly string[]
      readonly size: number
    }
  | { readonly kind: 'text'; readonly texts: readonly string[] }
)

export interface FeatureProbeOutput {
  /** Seconds per item in one thread, set-up not counted. */
  readonly secondsPerItem: number
  readonly columns: number
  /** Seconds of fitting once per dataset, beside reading and describing the sample; 0 for texts. */
  readonly solveSeconds: number
}

/** Measures the time per item on a few of the dataset's own items. */
export const featureProbeTask: ComputeTask<FeatureProbeInput, FeatureProgress, FeatureProbeOutput> =
  {
    name: 'features.probe',
    async *run(input, context) {
      const device = await context.device(input.device)
      if (input.kind === 'text') {
        const encoder = await encoderOn(device)
        await encoder.encode(input.texts.slice(0, 1), context.signal)
        const start = performance.now()
        await encoder.encode(input.texts, context.signal)
        return {
          secondsPerItem: since(start) / input.texts.length,
          columns: textColumns,
          solveSeconds: 0
        }
      }
      const shape = await shapeFor(input)
      const start = performance.now()
      const read = yield* readPictures(input.source, input.locators, shape, context.signal)
      const reading = since(start) / input.locators.length
      const begun = performance.now()
      await describeImages(device.tf, read.pixels, blankFit(shape), context.signal)
      const describing = since(begun) / input.locators.length
      return {
        secondsPerItem: reading + describing,
        columns: shape.columns,
        solveSeconds: solvingInItems * describing
      }
    }
  }

// Learning filters and axes takes about as long as describing this many pictures (measured).
const solvingInItems = 8000

function since(start: number): number {
  return Math.max(1e-6, (performance.now() - start) / 1000)
}

/** Which device a thread opens for a request; asked before a matrix is begun. */
export const featureDeviceTask: ComputeTask<{ readonly device: string }, never, UsedDevice> = {
  name: 'features.device',
  // eslint-disable-next-line require-yield -- answers at once
  async *run(input, context) {
    return used(await context.device(input.device))
  }
}

/** Every task of this folder, for the list in core/app. */
export const featureTasks = [
  fitImagesTask,
  imageBlockTask,
  textBlockTask,
  featureProbeTask,
  featureDeviceTask,
  matrixBlockTask,
  repeatsTask,
  pairsTask
] as const
