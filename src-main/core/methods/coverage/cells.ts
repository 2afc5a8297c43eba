// Groups of alike rows ("cells") by spherical k-means on a sample, for sets that are too large to be
// compared pair by pair. All rows are assigned in blocks; memory is the sample and one block.
import { nearestCentroids, sphericalKMeans } from '../../compute/kernels/spherical-k-means.ts'
import type { Random } from '../../compute/random.ts'
import type { MethodContext } from '../method.ts'
import type { PreparedRows } from './prepared-rows.ts'

/** Which cell each row of a list belongs to. */
export interface Cells {
  readonly count: number
  /** One per row of the list. */
  readonly of: Uint32Array
  /** Cosine of each row with the centre of its cell. */
  readonly cosine: Float32Array
  /** count x columns, unit rows. */
  readonly centroids: Float32Array
}

const sampleRows = { perCell: 20, least: 2000 }
const passes = 12

/** Rows read at a time. */
export function rowsPerBlock(columns: number): number {
  return Math.max(64, Math.min(4096, Math.floor(2_097_152 / Math.max(1, columns))))
}

/**
 * Makes up to `count` cells of the rows of an ascending list; yields rows assigned. Where a centre is
 * nobody's nearest its cell is empty.
 */
export async function* makeCells(
  context: Pick<MethodContext, 'device' | 'signal'>,
  prepared: PreparedRows,
  list: Uint32Array,
  count: number,
  random: Random
): AsyncGenerator<number, Cells, void> {
  const { tf } = context.device
  const { columns } = prepared
  const k = Math.max(1, Math.min(count, list.length))
  const size = Math.min(list.length, Math.max(sampleRows.least, sampleRows.perCell * k))
  const sample = random
    .fork('sample')
    .sample(list.length, size)
    .map((at) => list[at])
    .sort()
  const centroids = await sphericalKMeans(
    tf,
    await prepared.read(sample),
    columns,
    k,
    random.fork('k-means'),
    context.signal,
    passes
  )
  const of = new Uint32Array(list.length)
  const cosine = new Float32Array(list.length)
  const step = rowsPerBlock(columns)
  for (let from = 0; from < list.length; from += step) {
    context.signal.throwIfAborted()
    const rows = await prepared.read(list.subarray(from, from + step))
    const found = await nearestCentroids(tf, rows, centroids, columns, context.signal)
    of.set(found.cluster, from)
    cosine.set(found.cosine, from)
    yield Math.min(list.length, from + step)
  }
  return { count: k, of, cosine, centroids }
}

/** Positions in the list of every cell's rows, ascending. */
export function membersOf({ count, of }: Pick<Cells, 'count' | 'of'>): Uint32Array[] {
  const sizes = new Uint32Array(count)
  for (const cell of of) sizes[cell]++
  const members = Array.from(sizes, (size) => new Uint32Array(size))
  const filled = new Uint32Array(count)
  of.forEach((cell, at) => {
    members[cell][filled[cell]++] = at
  })
  return members
}

/** Deals cells of more than `largest` rows out in turn, so that their parts stay alike. */
export function dealOut(members: readonly Uint32Array[], largest: number): Uint32Array[] {
  return members.flatMap((cell) => {
    const parts = Math.ceil(cell.length / largest)
    return Array.from({ length: parts }, (_, p) => cell.filter((_row, at) => at % parts === p))
  })
}
