// Rows of a matrix on disk that are needed again and again: read once, in the order they lie in, and
// kept while they are worked on. Rows that lie apart (a label's, a cell's) would otherwise be read one
// by one, which takes longer than all the rest.
import { rowsPerBlock } from './cells.ts'
import { residentBytes, type PreparedRows } from './prepared-rows.ts'

/** Bytes read a second in one piece, and seconds that a row takes which lies alone. */
const rates = { bytes: 2e9, row: 6e-5 }

/**
 * Seconds that reading rows from the disk `turns` times takes where they do not fit into memory: a
 * pass over the file for each group of rows, or for each part of a group that may be held.
 */
export function rereadSeconds(
  rows: number,
  columns: number,
  groups: number,
  turns: number
): number {
  const bytes = 4 * rows * columns
  if (bytes <= residentBytes) return 0
  const passes = Math.max(groups, Math.ceil(bytes / residentBytes))
  return turns * Math.min((passes * bytes) / rates.bytes, rows * rates.row)
}

/**
 * Reads the rows of an ascending list and keeps them; yields rows read. The result reads from these
 * rows alone, in any order. Memory is the rows. Throws the signal's reason and what reading throws.
 */
export async function* holdRows(
  prepared: PreparedRows,
  list: Uint32Array,
  signal: AbortSignal
): AsyncGenerator<number, PreparedRows, void> {
  const { columns } = prepared
  const kept = new Float32Array(list.length * columns)
  const step = rowsPerBlock(columns)
  for (let from = 0; from < list.length; from += step) {
    signal.throwIfAborted()
    kept.set(await prepared.read(list.subarray(from, from + step)), from * columns)
    yield Math.min(list.length, from + step)
  }
  return {
    ...prepared,
    isResident: true,
    read: (wanted) => {
      const out = new Float32Array(wanted.length * columns)
      wanted.forEach((row, at) => {
        const from = placeOf(list, row) * columns
        out.set(kept.subarray(from, from + columns), at * columns)
      })
      return Promise.resolve(out)
    }
  }
}

/** {@link holdRows} where so many rows may be kept and are not yet; otherwise what was given. */
export async function* holdWhole(
  prepared: PreparedRows,
  list: Uint32Array,
  signal: AbortSignal
): AsyncGenerator<number, PreparedRows, void> {
  const isFitting = !prepared.isResident && list.length <= prepared.mostHeld
  return isFitting ? yield* holdRows(prepared, list, signal) : prepared
}

function placeOf(list: Uint32Array, row: number): number {
  let from = 0
  let to = list.length - 1
  while (from < to) {
    const middle = (from + to) >> 1
    if (list[middle] < row) from = middle + 1
    else to = middle
  }
  if (list[from] !== row) throw new RangeError(`row ${row} is not held`)
  return from
}

/** Reads one of some ascending lists of rows. */
export type ListReader = (at: number) => Promise<Float32Array>

/**
 * Reads lists that are wanted one after the other; as many as may be held at once are read together,
 * so that a file is gone through once for all of them. Lists may overlap.
 */
export function readInTurn(
  prepared: PreparedRows,
  lists: readonly Uint32Array[],
  signal: AbortSignal
): ListReader {
  let held = { from: 0, to: 0, rows: prepared }
  return async (at) => {
    if (prepared.isResident) return prepared.read(lists[at])
    if (at < held.from || at >= held.to) {
      const to = panelEnd(lists, at, prepared.mostHeld)
      // Nothing of the panel before must stay in memory beside the next one.
      held = { from: at, to, rows: prepared }
      if (to > at + 1) held.rows = await holdAll(prepared, joined(lists.slice(at, to)), signal)
    }
    return held.rows.read(lists[at])
  }
}

function panelEnd(lists: readonly Uint32Array[], from: number, most: number): number {
  let rows = lists[from].length
  let to = from + 1
  while (to < lists.length && rows + lists[to].length <= most) rows += lists[to++].length
  return to
}

/** All rows of some lists, each once, ascending. */
function joined(lists: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0))
  let at = 0
  for (const list of lists) {
    all.set(list, at)
    at += list.length
  }
  return all.sort().filter((row, i) => i === 0 || row !== all[i - 1])
}

async function holdAll(
  prepared: PreparedRows,
  list: Uint32Array,
  signal: AbortSignal
): Promise<PreparedRows> {
  const run = holdRows(prepared, list, signal)
  for (;;) {
    const step = await run.next()
    if (step.done === true) return step.value
  }
}
