// Compute task: the most alike rows of one block of arranged rows.
import { createNearestRows } from '../../compute/kernels/nearest-rows.ts'
import { breathe } from '../../features/breathe.ts'
import { multiply, transpose } from '../../features/matrix-product.ts'
import { openNpy } from '../../features/npy.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'

export interface NeighboursInput {
  /** Arranged unit rows. */
  readonly path: string
  /** Places whose neighbours are wanted. */
  readonly first: number
  readonly count: number
  /** Places to look among, as [first, count]. */
  readonly among: readonly (readonly [number, number])[]
  readonly k: number
  readonly device: string
}

export interface NeighboursOutput {
  /** count x k places, most alike first; `noRow` where there are fewer. */
  readonly places: Uint32Array
  /** count x k cosines. */
  readonly cosine: Float32Array
}

const blockRows = 4096

/** Finds neighbours by blocked products (specs B7). */
export const neighboursTask: ComputeTask<NeighboursInput, never, NeighboursOutput> = {
  name: 'health.neighbours',
  // eslint-disable-next-line require-yield -- a block is a second or so; its result is its only event
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const source = await openNpy(input.path)
    const { columns } = source
    const nearest = createNearestRows(input.count, input.k)
    try {
      const queries = await source.readBlock(input.first, input.count)
      for (const [first, count] of input.among) {
        for (let from = first; from < first + count; from += blockRows) {
          await breathe(context.signal)
          const size = Math.min(blockRows, first + count - from)
          const block = await source.readBlock(from, size)
          const right = tf.tensor2d(transpose(block, columns), [columns, size])
          const likeness = multiply(tf, queries, columns, right)
          right.dispose()
          nearest.offer(likeness, size, from, input.first)
        }
      }
    } finally {
      await source.close()
    }
    const { rows, cosine } = nearest
    return { places: rows, cosine }
  }
}
