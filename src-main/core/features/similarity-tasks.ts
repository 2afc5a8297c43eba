// Compute tasks around likeness: the near-duplicates of a finished matrix, and example pairs.
import type { ComputeTask } from '../jobs/compute-task.ts'
import { openNpy } from './npy.ts'
import {
  findRepeats,
  sampleSimilarPairs,
  type NearDuplicates,
  type SimilarPair
} from './similarity.ts'

export interface RepeatsInput {
  /** Finished fingerprints. */
  readonly path: string
  /** Rows to compare; the first of each group of repeats stays. */
  readonly rows: Uint32Array
  readonly similarity01: number
  readonly device: string
}

/** Near-duplicates; yields how many rows are settled. */
export const repeatsTask: ComputeTask<RepeatsInput, { readonly done: number }, NearDuplicates> = {
  name: 'features.repeats',
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const source = await openNpy(input.path)
    try {
      const search = findRepeats(tf, source, input.rows, input.similarity01, context.signal)
      for (;;) {
        const step = await search.next()
        if (step.done === true) return step.value
        yield { done: step.value }
      }
    } finally {
      await source.close()
    }
  }
}

export interface PairsInput extends RepeatsInput {
  readonly count: number
  readonly seed: number
}

export interface PairsOutput {
  /** Most alike first. */
  readonly pairs: readonly SimilarPair[]
}

/** Example pairs on both sides of a cut. */
export const pairsTask: ComputeTask<PairsInput, never, PairsOutput> = {
  name: 'features.similar-pairs',
  // eslint-disable-next-line require-yield -- a second at most; its result is its only event
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const source = await openNpy(input.path)
    try {
      const { rows, similarity01, count, seed } = input
      const pairs = await sampleSimilarPairs(
        tf,
        source,
        rows,
        similarity01,
        count,
        seed,
        context.signal
      )
      return { pairs }
    } finally {
      await source.close()
    }
  }
}
