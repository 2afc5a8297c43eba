// Heights of the rows of a long list, measured or guessed, with the place of any row and the row at
// any place in logarithmic time (a Fenwick tree). Arithmetic only, no DOM.

/** Heights of `count` rows, in pixels. */
export interface RowHeights {
  readonly count: number
  /** Height of all rows. */
  total(): number
  /** Where a row begins; `count` gives the end of the list. */
  startOf(row: number): number
  heightOf(row: number): number
  /** The row at a place; the last one beyond the end. */
  rowAt(place: number): number
  /** Notes the true height of a row; by how much it differs from what was noted before. */
  set(row: number, height: number): number
}

/** Rows that are all thought to be `guess` pixels high. */
export function createRowHeights(count: number, guess: (row: number) => number): RowHeights {
  const heights = Float64Array.from({ length: count }, (_, row) => guess(row))
  // sums[i] is the sum of the 2^k rows that end at row i (from 1), k = number of zeros i ends with.
  const sums = new Float64Array(count + 1)
  for (let i = 1; i <= count; i++) {
    sums[i] = (sums[i] ?? 0) + (heights[i - 1] ?? 0)
    const parent = i + (i & -i)
    if (parent <= count) sums[parent] = (sums[parent] ?? 0) + (sums[i] ?? 0)
  }
  let top = 1
  while (top * 2 <= count) top *= 2

  function startOf(row: number): number {
    let sum = 0
    for (let i = Math.min(Math.max(row, 0), count); i > 0; i -= i & -i) sum += sums[i] ?? 0
    return sum
  }
  return {
    count,
    total: () => startOf(count),
    startOf,
    heightOf: (row) => heights[row] ?? 0,
    rowAt(place) {
      let row = 0
      let left = place
      for (let size = top; size > 0; size >>= 1) {
        const next = row + size
        if (next <= count && (sums[next] ?? 0) <= left) {
          row = next
          left -= sums[next] ?? 0
        }
      }
      return Math.max(0, Math.min(row, count - 1))
    },
    set(row, height) {
      const change = height - (heights[row] ?? 0)
      if (change === 0 || row < 0 || row >= count) return 0
      heights[row] = height
      for (let i = row + 1; i <= count; i += i & -i) sums[i] = (sums[i] ?? 0) + change
      return change
    }
  }
}
