// The k most alike rows of each query by cosine (specs B7): likeness arrives block by block from a
// matrix product, and each query keeps its best k. Ties go to the lower row.

/** The best rows of some queries so far. */
export interface NearestRows {
  readonly k: number
  /** queries x k, most alike first; `none` where fewer were offered. */
  readonly rows: Uint32Array
  /** queries x k; -2 where none. */
  readonly cosine: Float32Array
  /**
   * Offers candidates firstRow .. firstRow + width - 1 to all queries.
   * @param likeness queries x width cosines @param self row number of query 0 when queries are
   * candidates themselves (query q is row self + q, which is passed over), -1 otherwise
   */
  offer(likeness: Float32Array, width: number, firstRow: number, self: number): void
}

/** Marks an empty place in {@link NearestRows}. */
export const noRow = 0xffffffff

/** Keeps the best k of what is offered to `queries` queries. */
export function createNearestRows(queries: number, k: number): NearestRows {
  const rows = new Uint32Array(queries * k).fill(noRow)
  const cosine = new Float32Array(queries * k).fill(-2)

  function insert(query: number, row: number, value: number): void {
    const from = query * k
    let at = from + k - 1
    while (
      at > from &&
      (value > cosine[at - 1] || (value === cosine[at - 1] && row < rows[at - 1]))
    ) {
      cosine[at] = cosine[at - 1]
      rows[at] = rows[at - 1]
      at--
    }
    cosine[at] = value
    rows[at] = row
  }

  return {
    k,
    rows,
    cosine,
    offer(likeness, width, firstRow, self) {
      for (let query = 0; query < queries; query++) {
        const last = query * k + k - 1
        const own = self < 0 ? noRow : self + query
        const at = query * width
        for (let i = 0; i < width; i++) {
          const value = likeness[at + i]
          // Most candidates end here: one comparison each.
          if (value < cosine[last]) continue
          const row = firstRow + i
          if (row === own || (value === cosine[last] && row > rows[last])) continue
          insert(query, row, value)
        }
      }
    }
  }
}
