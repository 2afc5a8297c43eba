// Compute tasks of near-duplicate pictures: candidate pairs, their likeness, mirrored pictures as
// known strangers, and the groups.
import { createRandom } from '../../compute/random.ts'
import { createNearestRows, noRow } from '../../compute/kernels/nearest-rows.ts'
import { normaliseRows } from '../../compute/kernels/row-normalise.ts'
import { breathe } from '../../features/breathe.ts'
import { multiply, transpose } from '../../features/matrix-product.ts'
import { readNpy } from '../../features/npy.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { groupAlike, type AlikeGroups, type AlikePairs } from '../likeness/groups.ts'
import { openRecords, type RecordReader } from '../record-file.ts'
import { mirrored, pictureLikeness, readyPicture, type ReadyPicture } from './likeness.ts'
import { smallBytes, smallSide } from './look.ts'
import { candidatePairs, type CandidatePairs } from './pairs.ts'
import { findCut, type LikenessCut } from './threshold.ts'

export interface PairsInput {
  readonly order: string
  /** Neighbour rows, raw uint32 records. */
  readonly lists: string
  readonly k: number
  readonly rowCount: number
}

/** Pairs to compare. */
export const picturePairsTask: ComputeTask<PairsInput, never, CandidatePairs> = {
  name: 'health.picture-pairs',
  // eslint-disable-next-line require-yield -- seconds even for a million items; one result
  async *run(input, context) {
    const order = await readOrder(input.order)
    const lists = await openRecords(input.lists, 4 * input.k)
    try {
      const bytes = await lists.range(0, order.length)
      await breathe(context.signal)
      return candidatePairs(order, new Uint32Array(bytes.buffer), input.k, input.rowCount)
    } finally {
      await lists.close()
    }
  }
}

/** The order file of the neighbours. */
async function readOrder(path: string): Promise<Uint32Array> {
  const { values } = await readNpy(path)
  return values instanceof Uint32Array ? values : Uint32Array.from(values)
}

export interface LikenessInput {
  /** Small copies, one record per row of the dataset. */
  readonly small: string
  /** Two rows per pair. */
  readonly pairs: Uint32Array
}

const pairsAtOnce = 512

/** Likeness of pairs of pictures. */
export const pictureLikenessTask: ComputeTask<LikenessInput, never, Float32Array> = {
  name: 'health.picture-likeness',
  // eslint-disable-next-line require-yield -- a block is a second at most; its result is its only event
  async *run(input, context) {
    const records = await openRecords(input.small, smallBytes)
    try {
      const ready = await readyPictures(records, input.pairs)
      const out = new Float32Array(input.pairs.length / 2)
      for (let i = 0; i < out.length; i++) {
        if (i % pairsAtOnce === 0) await breathe(context.signal)
        out[i] = likenessOf(ready, input.pairs[2 * i], input.pairs[2 * i + 1])
      }
      return out
    } finally {
      await records.close()
    }
  }
}

function likenessOf(ready: ReadonlyMap<number, ReadyPicture>, a: number, b: number): number {
  const first = ready.get(a)
  const second = ready.get(b)
  return first === undefined || second === undefined ? 0 : pictureLikeness(first, second)
}

async function readyPictures(
  records: RecordReader,
  rows: Uint32Array
): Promise<ReadonlyMap<number, ReadyPicture>> {
  const wanted = Uint32Array.from(new Set(rows)).sort()
  const bytes = await records.pick(wanted)
  return new Map(
    Array.from(wanted, (row, i) => [
      row,
      readyPicture(bytes.subarray(i * smallBytes, (i + 1) * smallBytes))
    ])
  )
}

export interface DecoyInput {
  readonly small: string
  readonly order: string
  readonly lists: string
  readonly k: number
  /** Pictures to mirror, at most. */
  readonly most: number
  readonly device: string
}

export interface DecoyOutput {
  readonly decoys: Float32Array
  readonly decoyShare: number
}

const streamedRows = 4096
const layoutSide = 8

/** Likeness of mirrored pictures to the pictures nearest to the mirror image. */
export const pictureDecoysTask: ComputeTask<DecoyInput, { readonly done: number }, DecoyOutput> = {
  name: 'health.picture-decoys',
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const order = await readOrder(input.order)
    const records = await openRecords(input.small, smallBytes)
    const lists = await openRecords(input.lists, 4 * input.k)
    try {
      const count = Math.min(input.most, order.length)
      const places = createRandom(0).fork('decoys').sample(order.length, count).sort()
      const flipped: Uint8Array[] = []
      for (const place of places) flipped.push(mirrored(await records.range(order[place], 1)))
      const queries = layouts(flipped)
      const width = layoutSide * layoutSide
      const nearest = createNearestRows(count, input.k)
      for (let from = 0; from < records.rows; from += streamedRows) {
        await breathe(context.signal)
        const size = Math.min(streamedRows, records.rows - from)
        const bytes = await records.range(from, size)
        const block = layouts(
          Array.from({ length: size }, (_, i) =>
            bytes.subarray(i * smallBytes, (i + 1) * smallBytes)
          )
        )
        const right = tf.tensor2d(transpose(block, width), [width, size])
        nearest.offer(multiply(tf, queries, width, right), size, from, -1)
        right.dispose()
        yield { done: from + size }
      }
      const decoys: number[] = []
      for (let i = 0; i < count; i++) {
        if (i % 32 === 0) await breathe(context.signal)
        const own = new Uint32Array((await lists.range(places[i], 1)).buffer)
        const known = new Set([order[places[i]], ...own])
        const wanted = nearest.rows
          .subarray(i * input.k, (i + 1) * input.k)
          .filter((row) => row !== noRow && !known.has(row))
        const picture = readyPicture(flipped[i])
        for (const other of (await readyPictures(records, wanted)).values())
          decoys.push(pictureLikeness(picture, other))
      }
      return { decoys: Float32Array.from(decoys), decoyShare: order.length / Math.max(1, count) }
    } finally {
      await records.close()
      await lists.close()
    }
  }
}

/** Where light and dark lie: 8 x 8 means as unit rows around zero. */
function layouts(small: readonly Uint8Array[]): Float32Array {
  const width = layoutSide * layoutSide
  const cell = smallSide / layoutSide
  const out = new Float32Array(small.length * width)
  small.forEach((bytes, row) => {
    const values = out.subarray(row * width, (row + 1) * width)
    let mean = 0
    for (let y = 0; y < smallSide; y++)
      for (let x = 0; x < smallSide; x++) {
        const value = bytes[y * smallSide + x]
        values[Math.floor(y / cell) * layoutSide + Math.floor(x / cell)] += value
        mean += value / width
      }
    for (let i = 0; i < width; i++) values[i] -= mean
  })
  normaliseRows(out, width)
  return out
}

export interface PictureGroupsInput {
  readonly small: string
  /** Candidate pairs (npy), their neighbour ranks (npy) and their likeness (raw float32 records). */
  readonly pairs: string
  readonly pairRanks: string
  readonly likeness: string
  readonly k: number
  readonly decoys: Float32Array
  readonly decoyShare: number
  /** Rank per row of the dataset, the lower the better. */
  readonly ranks: Uint32Array
}

export interface PictureGroups extends AlikeGroups {
  readonly cut: LikenessCut
}

/** Finds the cut, and groups of near-duplicate pictures at it. */
export const pictureGroupsTask: ComputeTask<PictureGroupsInput, never, PictureGroups> = {
  name: 'health.picture-groups',
  // eslint-disable-next-line require-yield -- short: its result is its only event
  async *run(input, context) {
    const pairs = await readOrder(input.pairs)
    const { values } = await readNpy(input.pairRanks)
    const likeness = await readLikeness(input.likeness, values.length)
    const { k, decoys, decoyShare } = input
    await breathe(context.signal)
    const cut = findCut({ likeness, ranks: Uint8Array.from(values), k, decoys, decoyShare })
    const records = await openRecords(input.small, smallBytes)
    try {
      const groups = await groupAlike(
        pairsFrom(pairs, likeness, cut.cut),
        (row) => input.ranks[row],
        cut.cut,
        async (row, others) => {
          await breathe(context.signal)
          const ready = await readyPictures(records, Uint32Array.of(row, ...others))
          return Float32Array.from(others, (other) => likenessOf(ready, row, other))
        }
      )
      return { ...groups, cut }
    } finally {
      await records.close()
    }
  }
}

async function readLikeness(path: string, count: number): Promise<Float32Array> {
  if (count === 0) return new Float32Array(0)
  const records = await openRecords(path, 4)
  try {
    return new Float32Array((await records.range(0, count)).buffer)
  } finally {
    await records.close()
  }
}

/** The pairs at or above a cut. */
function pairsFrom(rows: Uint32Array, likeness: Float32Array, cut: number): AlikePairs {
  let count = 0
  for (const value of likeness) if (value >= cut) count++
  const out = { rows: new Uint32Array(2 * count), likeness: new Float32Array(count) }
  let at = 0
  for (let i = 0; i < likeness.length; i++) {
    if (likeness[i] < cut) continue
    out.rows[2 * at] = rows[2 * i]
    out.rows[2 * at + 1] = rows[2 * i + 1]
    out.likeness[at++] = likeness[i]
  }
  return out
}
