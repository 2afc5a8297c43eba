// Repeats in meaning (SemDeDup, Abbas et al. 2023): inside cells of alike rows, how alike each row is to
// the most similar row that comes before it. Every threshold on that number is one SemDeDup selection,
// and selections of lower thresholds lie inside those of higher ones.
import { earlierLikeness } from '../../compute/kernels/earlier-likeness.ts'
import { rankDescending } from '../../compute/kernels/ranking.ts'
import type { Random } from '../../compute/random.ts'
import type { MethodContext } from '../method.ts'
import { dealOut, makeCells, membersOf } from './cells.ts'
import type { PreparedRows } from './prepared-rows.ts'

/** Which of two repeats comes first and stays: the one far from the cell's centre, or near it. */
export const keepRules = ['far', 'near'] as const
export type KeepRule = (typeof keepRules)[number]

/** The smallest cosine of a repeat: 95 -> 0.95. At 100 rounding still counts as the same. */
export function repeatFrom(percent: number): number {
  return Math.min(percent / 100, 0.99999)
}

/** One entry per row of a list. */
export interface Repeats {
  /** Largest cosine with a row before it in its cell; -2 for the first of a cell. */
  readonly alike: Float32Array
  /** Which row that is, as a place in the list; its own for the first of a cell. */
  readonly of: Uint32Array
}

/** Cells hold about this many rows; there are at most {@link mostCells}. */
const cellRows = 1000
const mostCells = 256
const largestCell = 20_000

/** Cells that `rows` are compared in. */
export function repeatCells(rows: number): number {
  return Math.max(1, Math.min(mostCells, Math.round(rows / cellRows)))
}

/** Compares all rows of an ascending list; yields rows dealt with, 0 to twice the list. */
export async function* findRepeats(
  context: Pick<MethodContext, 'device' | 'signal'>,
  prepared: PreparedRows,
  list: Uint32Array,
  keep: KeepRule,
  cells: number,
  random: Random
): AsyncGenerator<number, Repeats, void> {
  const making = makeCells(context, prepared, list, cells, random)
  let step = await making.next()
  while (step.done !== true) {
    yield step.value
    step = await making.next()
  }
  const found = step.value
  const alike = new Float32Array(list.length).fill(-2)
  const of = Uint32Array.from({ length: list.length }, (_, at) => at)
  let done = list.length
  for (const cell of dealOut(membersOf(found), largestCell)) {
    const closeness = Float32Array.from(cell, (at) =>
      keep === 'near' ? found.cosine[at] : -found.cosine[at]
    )
    const order = rankDescending(
      closeness,
      cell.map((_, i) => i)
    )
    const run = earlierLikeness(
      context.device.tf,
      await readInOrder(prepared, list, cell, order),
      prepared.columns,
      context.signal
    )
    let part = await run.next()
    while (part.done !== true) {
      yield done + part.value
      part = await run.next()
    }
    order.forEach((member, place) => {
      alike[cell[member]] = part.value.cosine[place]
      of[cell[member]] = cell[order[part.value.of[place]]]
    })
    done += cell.length
  }
  return { alike, of }
}

async function readInOrder(
  prepared: PreparedRows,
  list: Uint32Array,
  cell: Uint32Array,
  order: Uint32Array
): Promise<Float32Array> {
  const { columns } = prepared
  const values = await prepared.read(cell.map((at) => list[at]))
  const out = new Float32Array(values.length)
  order.forEach((member, place) =>
    out.set(values.subarray(member * columns, (member + 1) * columns), place * columns)
  )
  return out
}
