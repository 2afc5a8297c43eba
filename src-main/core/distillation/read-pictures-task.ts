// Compute task: some of a dataset's pictures as a tiny set has them, decoded from the originals.
import { createSourceKeeper } from '../datasets/open-sources.ts'
import type { SourceDescription } from '../datasets/item-source.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'

export interface ReadPicturesInput {
  readonly source: SourceDescription
  readonly locators: readonly string[]
  readonly size: number
  readonly channels: 1 | 3
}

export interface ReadPicturesOutput {
  /** n x size x size x channels; zeros for one that cannot be read. */
  readonly pixels: Uint8Array
  /** Positions of those that cannot be read. */
  readonly failed: readonly number[]
}

// Lives as long as the thread; see datasets/open-sources.ts.
const sources = createSourceKeeper()
/** Pictures decoded in one go: cancelling waits for one such group. */
const decodedAtOnce = 128

export const readPicturesTask: ComputeTask<ReadPicturesInput, never, ReadPicturesOutput> = {
  name: 'distil-read-pictures',
  // eslint-disable-next-line require-yield -- few pictures: its result is its only event
  async *run({ source, locators, size, channels }, { signal }) {
    const each = size * size * channels
    const pixels = new Uint8Array(locators.length * each)
    const failed: number[] = []
    for (let from = 0; from < locators.length; from += decodedAtOnce) {
      signal.throwIfAborted()
      const some = locators.slice(from, from + decodedAtOnce)
      const group = await sources.use(source, (open) => open.readPixels(some, { size, channels }))
      pixels.set(group.pixels, from * each)
      failed.push(...group.failed.map((position) => from + position))
    }
    return { pixels, failed }
  }
}
