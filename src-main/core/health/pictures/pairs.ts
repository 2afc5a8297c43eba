// Candidate pairs from neighbour lists: each pair once, the lower row first, in ascending order.
import { noRow } from '../../compute/kernels/nearest-rows.ts'

export interface CandidatePairs {
  /** Two rows per pair. */
  readonly rows: Uint32Array
  /** The better of the two ranks (0 = nearest) in each other's list. */
  readonly ranks: Uint8Array
}

/**
 * Pairs of rows of which one is in the other's list.
 * @param order row of each place @param lists places x k neighbour rows @param k neighbours each
 */
export function candidatePairs(
  order: Uint32Array,
  lists: Uint32Array,
  k: number,
  rowCount: number
): CandidatePairs {
  const placeOf = new Uint32Array(rowCount).fill(noRow)
  order.forEach((row, place) => (placeOf[row] = place))
  const rankIn = (row: number, of: number): number => {
    const at = placeOf[of] * k
    for (let rank = 0; rank < k; rank++) if (lists[at + rank] === row) return rank
    return k
  }
  // Counted first, so that ten million pairs need no growing array.
  const starts = new Uint32Array(rowCount + 1)
  const each = (take: (low: number, high: number, rank: number) => void): void => {
    for (let place = 0; place < order.length; place++) {
      const row = order[place]
      for (let rank = 0; rank < k; rank++) {
        const other = lists[place * k + rank]
        if (other === noRow || other === row) continue
        const back = rankIn(row, other)
        // A pair in both lists is taken from the lower row's.
        if (row > other && back < k) continue
        take(Math.min(row, other), Math.max(row, other), Math.min(rank, back))
      }
    }
  }
  each((low) => starts[low + 1]++)
  for (let row = 0; row < rowCount; row++) starts[row + 1] += starts[row]
  const total = starts[rowCount]
  const rows = new Uint32Array(2 * total)
  const ranks = new Uint8Array(total)
  const next = starts.slice()
  each((low, high, rank) => {
    const at = next[low]++
    rows[2 * at] = low
    rows[2 * at + 1] = high
    ranks[at] = rank
  })
  return { rows, ranks }
}
