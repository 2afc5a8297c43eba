// The real items most like each computer-made one: by the angle between their numbers, after what
// all items share is taken off. Shown so that a person can see what an item was made of.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import { readArrayOf, writeArray } from '../selection/array-files.ts'
import { openDistilData, type DataPlace } from './distil-data.ts'
import { setFolder } from './make-set.ts'
import { loadSet, type SavedSet } from './set-files.ts'

/** Real items named for each made one. */
export const nearestCount = 3

interface NearestInput {
  readonly data: DataPlace
  /** Folder of the set. */
  readonly folder: string
  readonly device: string
}

interface NearestOutput {
  /** count x {@link nearestCount} positions among the training items. */
  readonly positions: Uint32Array
  readonly similarity01: Float32Array
}

/** Real items compared in one product. */
const blockItems = 1024

export const nearestTask: ComputeTask<NearestInput, { readonly done: number }, NearestOutput> = {
  name: 'distil-nearest',
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const data = await openDistilData(input.data)
    try {
      const set = await loadSet(input.folder)
      const { train } = data
      const near = Math.min(nearestCount, train.count)
      const positions = new Uint32Array(set.count * near)
      const similarity01 = new Float32Array(set.count * near).fill(-Infinity)
      const values = set.values ?? new Float32Array(0)
      const size = set.count === 0 ? 0 : values.length / set.count
      const made = tf.tensor2d(unitRows(values, size), [set.count, size])
      try {
        for (let from = 0; from < train.count; from += blockItems) {
          context.signal.throwIfAborted()
          const count = Math.min(blockItems, train.count - from)
          const rows = train.read(Uint32Array.from({ length: count }, (_, i) => from + i))
          const real = tf.tensor2d(unitRows(rows, size), [count, size])
          const products = tf.matMul(made, real, false, true)
          const cosines = await products.data<'float32'>()
          tf.dispose([real, products])
          keepLargest(cosines, count, from, near, positions, similarity01)
          await letMessagesIn()
          yield { done: from + count }
        }
      } finally {
        made.dispose()
      }
      return { positions, similarity01: similarity01.map((cosine) => Math.max(0, cosine)) }
    } finally {
      await data.close()
    }
  }
}

/** Rows without their mean, of length 1. */
function unitRows(values: Float32Array, size: number): Float32Array {
  const out = values.slice()
  for (let from = 0; from < out.length; from += size) {
    const row = out.subarray(from, from + size)
    const mean = row.reduce((sum, value) => sum + value, 0) / size
    let square = 0
    row.forEach((value, i) => {
      row[i] = value - mean
      square += (value - mean) ** 2
    })
    const norm = Math.sqrt(square) || 1
    row.forEach((value, i) => (row[i] = value / norm))
  }
  return out
}

/** Sorts a block's cosines into the largest ones of each row; earlier items stay before equals. */
function keepLargest(
  cosines: Float32Array,
  count: number,
  first: number,
  near: number,
  positions: Uint32Array,
  best: Float32Array
): void {
  const items = cosines.length / count
  for (let item = 0; item < items; item++) {
    const own = item * near
    for (let i = 0; i < count; i++) {
      const cosine = cosines[item * count + i]
      if (!(cosine > best[own + near - 1])) continue
      let place = near - 1
      while (place > 0 && cosine > best[own + place - 1]) {
        best[own + place] = best[own + place - 1]
        positions[own + place] = positions[own + place - 1]
        place--
      }
      best[own + place] = cosine
      positions[own + place] = first + i
    }
  }
}

/** Finds and keeps the nearest real items of a made set; does nothing for real ones. */
export async function findNearest(
  context: JobContext,
  folder: string,
  data: DataPlace,
  set: SavedSet
): Promise<void> {
  if (set.values === undefined || set.count === 0) return
  const place = join(folder, setFolder)
  const path = join(place, 'nearest.npy')
  if ((await stat(path).catch(() => undefined)) !== undefined) return
  const found = await context.pool.run<NearestInput, { readonly done: number }, NearestOutput>(
    { name: 'distil-nearest' },
    { data, folder: place, device: context.deviceRequest },
    { signal: context.signal, onEvent: () => context.breathe(), cores: 'all' }
  )
  await writeArray(join(place, 'nearest-alike.npy'), found.similarity01)
  await writeArray(
    path,
    found.positions.map((position) => data.train.rows[position])
  )
}

/** Nearest real items of a finished set: dataset rows, some for each item; undefined without. */
export async function loadNearest(
  folder: string,
  count: number
): Promise<
  | { readonly rows: Uint32Array; readonly similarity01: Float32Array; readonly each: number }
  | undefined
> {
  const place = join(folder, setFolder)
  if ((await stat(join(place, 'nearest.npy')).catch(() => undefined)) === undefined)
    return undefined
  const rows = await readArrayOf(join(place, 'nearest.npy'), 'u4')
  const similarity01 = await readArrayOf(join(place, 'nearest-alike.npy'), 'f4')
  return { rows, similarity01, each: count === 0 ? 0 : rows.length / count }
}
