// Compute task: groups of items that look alike, in place of labels. Centres are learned from similarity
// fingerprints of training items alone; validation and test items join the nearest one.
import { createRandom } from '../compute/random.ts'
import { normaliseRows } from '../compute/kernels/row-normalise.ts'
import { nearestCentroids, sphericalKMeans } from '../compute/kernels/spherical-k-means.ts'
import { openNpy } from '../features/npy.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'

/** Plain data: it travels to a compute thread. */
export interface GroupInput {
  /** .npy file of fingerprints, a row for each item of the dataset. */
  readonly path: string
  readonly train: Uint32Array
  readonly validation: Uint32Array
  readonly test: Uint32Array
  readonly groups: number
  /** Smaller groups are given up; their items join the nearest other one. */
  readonly least: number
  readonly seed: number
  readonly device: string
}

export interface GroupOutput {
  /** Group of each row of a part, 0 = the largest. */
  readonly train: Int32Array
  readonly validation: Int32Array
  readonly test: Int32Array
  /** Training items of each group, largest first. */
  readonly sizes: readonly number[]
}

/** Training items that centres are learned from, at most. */
const mostLearned = 10_000

export const groupTask: ComputeTask<GroupInput, never, GroupOutput> = {
  name: 'distil-groups',
  // eslint-disable-next-line require-yield -- few seconds: its result is its only event
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const { signal } = context
    const source = await openNpy(input.path)
    try {
      const width = source.columns
      const read = async (rows: Uint32Array): Promise<Float32Array> => {
        signal.throwIfAborted()
        const values = Float32Array.from(await source.readRows(rows))
        normaliseRows(values, width)
        return values
      }
      const random = createRandom(input.seed).fork('groups')
      const taken = random.sample(input.train.length, Math.min(mostLearned, input.train.length))
      const learned = await read(taken.map((at) => input.train[at]))
      const wanted = Math.min(input.groups, taken.length)
      const centres = await sphericalKMeans(tf, learned, width, wanted, random, signal)
      const nearest = async (rows: Uint32Array, to: Float32Array): Promise<Uint32Array> =>
        rows.length === 0
          ? new Uint32Array(0)
          : (await nearestCentroids(tf, await read(rows), to, width, signal)).cluster
      const train = await read(input.train)
      const own = async (to: Float32Array): Promise<Uint32Array> =>
        (await nearestCentroids(tf, train, to, width, signal)).cluster
      const kept = await largeGroups(centres, width, input.least, own)
      return {
        train: Int32Array.from(await own(kept.centres)),
        validation: Int32Array.from(await nearest(input.validation, kept.centres)),
        test: Int32Array.from(await nearest(input.test, kept.centres)),
        sizes: kept.sizes
      }
    } finally {
      await source.close()
    }
  }
}

/** Centres whose groups have enough items, the largest first; smallest ones are given up in turn. */
async function largeGroups(
  all: Float32Array,
  width: number,
  least: number,
  own: (centres: Float32Array) => Promise<Uint32Array>
): Promise<{ readonly centres: Float32Array; readonly sizes: number[] }> {
  let centres = all
  for (;;) {
    const count = centres.length / width
    const sizes = Array.from({ length: count }, () => 0)
    for (const group of await own(centres)) sizes[group]++
    const order = sizes.map((_, group) => group).sort((a, b) => sizes[b] - sizes[a] || a - b)
    const smallest = order.at(-1) ?? 0
    const isEnough = sizes[smallest] >= least || count === 1
    const kept = isEnough ? order : order.filter((group) => group !== smallest)
    centres = Float32Array.from(
      kept.flatMap((group) => Array.from(centres.subarray(group * width, (group + 1) * width)))
    )
    if (isEnough) return { centres, sizes: kept.map((group) => sizes[group]) }
  }
}
