// Density and complexity pruning of the items of one label: repeats last, the others in cells of alike
// ones, each of which keeps its part.
import { placesOf, rankDescending } from '../../../compute/kernels/ranking.ts'
import { makeCells, membersOf, type Cells } from '../../coverage/cells.ts'
import type { Picked, PickStep, PickTask } from '../../coverage/coverage-run.ts'
import { interleave } from '../../coverage/label-groups.ts'
import { findRepeats, repeatCells, repeatFrom } from '../../coverage/repeats.ts'
import type { DensityParams } from './params.ts'
import { complexities, complexityShares, wholePlaces } from './quota.ts'

/** Cells for so many rows where none are asked for: at least 50 rows each, at most 100 cells. */
export function automaticCells(rows: number): number {
  return Math.max(1, Math.min(100, Math.floor(rows / 50)))
}

/** Orders one group. */
export async function* pickByDensity(
  task: PickTask,
  params: DensityParams
): AsyncGenerator<PickStep, Picked, void> {
  const { prepared, group, context, columns } = task
  const { rows, quota } = group
  const random = context.random.fork(`density-${group.index}`)
  const alike = yield* likenessOf(task)
  const positions = Uint32Array.from({ length: rows.length }, (_, at) => at)
  const limit = repeatFrom(params.alikePercent)
  const isRepeat = (at: number): boolean => alike[at] >= limit
  const single = positions.filter((at) => !isRepeat(at))
  const repeats = rankDescending(
    alike.map((value) => -value),
    positions
  ).filter(isRepeat)
  // Repeats fill up what is missing, the least alike first.
  const total = Math.min(quota, single.length)
  const wanted = params.cells > 0 ? params.cells : automaticCells(single.length)
  const list = single.map((at) => rows[at])
  const making = makeCells(context, prepared, list, wanted, random.fork('cells'))
  let step = await making.next()
  while (step.done !== true) {
    yield { done: Math.floor((rows.length + step.value) / 2) }
    step = await making.next()
  }
  const { cells, places } = shareCells(step.value, prepared.columns, total, params.temperature)
  const lots = placesOf(random.fork('lot').shuffle(Uint32Array.from(list, (_, at) => at)))
  const orders = cells.map((cell, c) => {
    const ordered = inCell(cell, step.value.cosine, params.inside, lots)
    ordered.forEach((member, place) => {
      const row = list[member]
      columns['cellRows'][row] = cell.length
      columns['cellKept'][row] = places[c]
      columns['cellPlace'][row] = place + 1
    })
    return { rows: ordered, quota: places[c] }
  })
  const order = new Uint32Array(rows.length)
  order.set(interleave(orders, new Uint32Array(0), list.length).map((member) => list[member]))
  order.set(
    repeats.map((at) => rows[at]),
    list.length
  )
  const filled = quota - total
  return {
    order,
    measure: cells.length,
    notes:
      filled > 0
        ? [
            'There were not enough items that are no repeats: the least alike repeats filled the number up.'
          ]
        : []
  }
}

/** How alike every row of the group is to one before it. */
async function* likenessOf(task: PickTask): AsyncGenerator<PickStep, Float32Array, void> {
  const { prepared, group, context, columns } = task
  const { rows } = group
  const random = context.random.fork(`repeats-${group.index}`)
  const run = findRepeats(context, prepared, rows, 'far', repeatCells(rows.length), random)
  let step = await run.next()
  while (step.done !== true) {
    yield { done: Math.floor(step.value / 4) }
    step = await run.next()
  }
  const { alike, of } = step.value
  rows.forEach((row, at) => {
    columns['alike'][row] = alike[at]
    columns['nearest'][row] = rows[of[at]]
  })
  return alike
}

/** Cells with rows, and the places of each. */
function shareCells(
  found: Cells,
  columns: number,
  total: number,
  temperature: number
): { cells: Uint32Array[]; places: number[] } {
  const all = membersOf(found)
  const used = all.flatMap((cell, c) => (cell.length > 0 ? [c] : []))
  const cells = used.map((c) => all[c])
  const centroids = new Float32Array(used.length * columns)
  used.forEach((c, at) =>
    centroids.set(found.centroids.subarray(c * columns, (c + 1) * columns), at * columns)
  )
  const inner = cells.map(
    (cell) => cell.reduce((sum, member) => sum + 1 - found.cosine[member], 0) / cell.length
  )
  const shares = complexityShares(complexities(inner, centroids, columns), temperature)
  const sizes = cells.map((cell) => cell.length)
  return { cells, places: total === 0 ? sizes.map(() => 0) : wholePlaces(shares, sizes, total) }
}

/** A cell's rows, the ones to be kept first. */
function inCell(
  cell: Uint32Array,
  cosine: Float32Array,
  inside: DensityParams['inside'],
  lots: Uint32Array
): Uint32Array {
  const value = Float32Array.from(cell, (member) =>
    inside === 'hard' ? -cosine[member] : inside === 'typical' ? cosine[member] : -lots[member]
  )
  return rankDescending(
    value,
    cell.map((_, at) => at)
  ).map((at) => cell[at])
}
