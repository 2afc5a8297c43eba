// The parts of making fingerprints that run in compute threads: fitting to a dataset's pictures,
// one block of rows, and the search for near-duplicates.
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { SourceDescription } from '../datasets/item-source.ts'
import { createSourceKeeper } from '../datasets/open-sources.ts'
import { extractImages, fitImages, type ImageFit } from './extractors/image-small.ts'
import { standardise, type NumericFit } from './extractors/numeric-standard.ts'
import { openSentenceEncoder, type SentenceEncoder } from './extractors/text-sentences.ts'
import { findPairs, findRepeats, type PairsInput, type PairsOutput, type RepeatsInput, type RepeatsOutput } from './similarity.ts'

export interface FitInput {
  readonly device: string
  readonly source: SourceDescription
  readonly locators: readonly string[]
  /** Largest side of the pictures, where known. */
  readonly largestSide: number
  readonly seed: number
}

/** Fits the picture extractor; grey sets are read as grey. */
export const fitTask: ComputeTask<FitInput, never, ImageFit> = {
  name: 'features.fit',
  // eslint-disable-next-line require-yield -- one model, no partial result
  async *run(input, context) {
    const size = input.largestSide > 0 && input.largestSide <= 28 ? 28 : 32
    const { device } = { device: await context.device(input.device) }
    return sources.use(input.source, async (source) => {
      const sample = await source.readPixels(input.locators.slice(0, 64), { size, channels: 3 })
      const channels = isGrey(sample.pixels) ? 1 : 3
      const { pixels } = await source.readPixels(input.locators, { size, channels })
      return fitImages(
        device,
        pixels,
        input.locators.length,
        size,
        channels,
        input.seed,
        context.signal
      )
    })
  }
}

function isGrey(pixels: Uint8Array): boolean {
  for (let i = 0; i < pixels.length; i += 3) {
    if (pixels[i] !== pixels[i + 1] || pixels[i] !== pixels[i + 2]) return false
  }
  return true
}

export type BlockInput = { readonly device: string } & (
  | {
      readonly kind: 'images'
      readonly source: SourceDescription
      readonly locators: readonly string[]
      readonly fit: ImageFit
    }
  | { readonly kind: 'text'; readonly texts: readonly string[] }
  | { readonly kind: 'table'; readonly values: Float64Array; readonly fit: NumericFit }
)

export interface BlockOutput {
  readonly values: Float32Array
  /** Positions in the block that could not be read; their rows are zero. */
  readonly failed: readonly number[]
  readonly deviceName: string
}

// Live as long as the thread: opening a zip or loading weights costs more than a block.
const sources = createSourceKeeper()
const encoders = new Map<string, Promise<SentenceEncoder>>()

/** Fingerprints of one block of rows. */
export const blockTask: ComputeTask<BlockInput, never, BlockOutput> = {
  name: 'features.block',
  // eslint-disable-next-line require-yield -- one block is the unit of progress
  async *run(input, context) {
    const made = await makeBlock(input, context)
    if (made.values.buffer instanceof ArrayBuffer) context.transfer(made.values.buffer)
    return made
  }
}

async function makeBlock(
  input: BlockInput,
  context: { readonly signal: AbortSignal; device(id: string): ReturnType<Parameters<typeof blockTask.run>[1]['device']> }
): Promise<BlockOutput> {
  context.signal.throwIfAborted()
  if (input.kind === 'table') {
    return { values: standardise(input.fit, input.values), failed: [], deviceName: 'processor' }
  }
  const device = await context.device(input.device)
  if (input.kind === 'text') {
    const opened = encoders.get(device.id) ?? openSentenceEncoder(device)
    encoders.set(device.id, opened)
    const values = await (await opened).encode(input.texts, context.signal)
    return { values, failed: [], deviceName: device.name }
  }
  const { fit } = input
  return sources.use(input.source, async (source) => {
    const { pixels, failed } = await source.readPixels(input.locators, fit)
    const values = await extractImages(device, fit, pixels, input.locators.length)
    for (const position of failed) {
      values.fill(0, position * fit.columns, (position + 1) * fit.columns)
    }
    return { values, failed, deviceName: device.name }
  })
}

/** Near-duplicates among rows of a finished fingerprint file. */
export const repeatsTask: ComputeTask<RepeatsInput, { readonly done: number }, RepeatsOutput> = {
  name: 'features.repeats',
  async *run(input, context) {
    return yield* findRepeats(input, await context.device(input.device), context.signal)
  }
}

/** A few real pairs of items around a similarity. */
export const pairsTask: ComputeTask<PairsInput, never, PairsOutput> = {
  name: 'features.pairs',
  // eslint-disable-next-line require-yield -- a fraction of a second
  async *run(input, context) {
    return findPairs(input, await context.device(input.device))
  }
}

/** All tasks of this folder. */
export const featureTasks: readonly ComputeTask<never>[] = [fitTask, blockTask, repeatsTask, pairsTask]
