// How well the picks of facility location stand for all rows, where not all pairs were compared: every
// row's nearest pick, among all or among those of its cell.
import { nearestCentroids } from '../../../compute/kernels/spherical-k-means.ts'
import { rowsPerBlock } from '../../coverage/cells.ts'
import type { PickStep, PickTask } from '../../coverage/coverage-run.ts'
import type { ListReader } from '../../coverage/held-rows.ts'

/** Fills `nearest` and `alike` of all rows of a list from the given picks, from `rowsOf` its parts. */
export async function* coverBy(
  task: PickTask,
  list: Uint32Array,
  picks: Uint32Array,
  centres: Float32Array,
  rowsOf: (from: number, to: number) => Promise<Float32Array>
): AsyncGenerator<number, void, void> {
  const { prepared, context, columns } = task
  const step = Math.min(rowsPerBlock(prepared.columns), Math.ceil(8e6 / picks.length))
  for (let from = 0; from < list.length; from += step) {
    context.signal.throwIfAborted()
    const part = list.subarray(from, from + step)
    const values = await rowsOf(from, from + part.length)
    const { tf } = context.device
    const found = await nearestCentroids(tf, values, centres, prepared.columns, context.signal)
    part.forEach((row, at) => {
      columns['nearest'][row] = picks[found.cluster[at]]
      columns['alike'][row] = found.cosine[at]
    })
    yield Math.min(list.length, from + step)
  }
}

/** Coverage inside every cell by the picks that were taken of it. */
export async function* coverCells(
  task: PickTask,
  cells: readonly Uint32Array[],
  read: ListReader,
  picks: Uint32Array
): AsyncGenerator<PickStep, void, void> {
  const { rows } = task.group
  const isPicked = new Set(picks)
  let done = 0
  const { columns } = task.prepared
  for (const [at, own] of cells.entries()) {
    const places = own.map((_, i) => i).filter((i) => isPicked.has(own[i]))
    if (places.length > 0) {
      const values = await read(at)
      const rowsOf = (from: number, to: number): Float32Array =>
        values.subarray(from * columns, to * columns)
      const centres = new Float32Array(places.length * columns)
      places.forEach((place, i) => centres.set(rowsOf(place, place + 1), i * columns))
      const taken = places.map((place) => own[place])
      const covering = coverBy(task, own, taken, centres, (from, to) =>
        Promise.resolve(rowsOf(from, to))
      )
      for await (const part of covering) yield { done: Math.floor((rows.length + done + part) / 2) }
    }
    done += own.length
  }
}
