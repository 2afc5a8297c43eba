// The lists of repeated random sampling, and how they are read back from the stored columns.
import { shareOut } from '../../../compute/kernels/largest-remainder.ts'
import type { Random } from '../../../compute/random.ts'

/** Draws list after list. */
export interface Lists {
  /** Rows of the next pass, in the order of the draw. */
  next(): Uint32Array
  /** All rows in the order of the latest shuffle. */
  order(): Uint32Array
}

/**
 * Lists of `size` rows over groups that keep their shares in every list. Without replacement the rows
 * are shuffled once and taken window by window; the last window of a round is completed from the
 * round's beginning, then all are shuffled anew. With replacement every list is drawn from all rows.
 */
export function drawLists(
  groups: readonly Uint32Array[],
  size: number,
  isWithout: boolean,
  random: Random
): Lists {
  const rows = groups.reduce((sum, group) => sum + group.length, 0)
  const all = groups.map((group) => group.length)
  let round = 0
  let shuffled = shuffle()
  let left = all.slice()

  function shuffle(): Uint32Array[] {
    const stream = random.fork(`round-${round++}`)
    return groups.map((group) => stream.shuffle(group.slice()))
  }

  /** Takes `count` rows, every group's next ones, interleaved by the groups' shares. */
  function take(
    from: readonly Uint32Array[],
    rest: number[],
    count: number,
    limits: readonly number[]
  ): Uint32Array {
    const quota = shareOut(count, rest, limits)
    const placed = quota.flatMap((share, g) => {
      const start = all[g] - rest[g]
      return Array.from({ length: share }, (_, at) => ({
        row: from[g][start + at],
        place: (at + 0.5) / share
      }))
    })
    quota.forEach((share, g) => (rest[g] -= share))
    placed.sort((a, b) => a.place - b.place)
    return Uint32Array.from(placed, ({ row }) => row)
  }

  return {
    next() {
      const open = left.reduce((sum, count) => sum + count, 0)
      if (open === 0 || (!isWithout && open < rows)) {
        shuffled = shuffle()
        left = all.slice()
      }
      const before = all.map((count, g) => count - left[g])
      const unseen = rows - before.reduce((sum, count) => sum + count, 0)
      const own = take(shuffled, left, Math.min(size, unseen), left)
      if (own.length === size) return own
      // The round's first rows a second time, none of which is in this window.
      const again = take(shuffled, all.slice(), size - own.length, before)
      const list = new Uint32Array(size)
      list.set(own)
      list.set(again, own.length)
      return list
    },
    order: () => Uint32Array.from(shuffled.flatMap((group) => [...group]))
  }
}

/** Name of the column that holds passes 32 word + 1 to 32 word + 32, a bit each. */
export function maskColumn(word: number): string {
  return `passes${word + 1}`
}

/** Candidate rows of one pass (0-based), ascending, from the stored columns: for exports. */
export function rowsOfPass(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  pass: number
): Uint32Array {
  const mask = columns[maskColumn(pass >>> 5)]
  const rows: number[] = []
  for (let row = 0; row < mask.length; row++)
    if ((mask[row] & (1 << (pass & 31))) !== 0) rows.push(row)
  return Uint32Array.from(rows)
}
