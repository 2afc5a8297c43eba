// Scattered rows of a matrix that lies on disk: rows near each other are read in one piece.

/** What is read from: whole blocks of rows. */
export interface BlockReader {
  readonly columns: number
  /** Bytes of one row on disk. */
  readonly rowBytes: number
  /** Rows start .. start+count-1, row-major. */
  readBlock(start: number, count: number): Promise<Float32Array>
}

// Longest single read, and the gap between wanted rows that is read along rather than skipped.
const readBytes = 4 << 20
const gapBytes = 32 << 10

/** Rows by index (any order, repeats allowed), row-major in the order asked for. */
export async function readScattered(
  { columns, rowBytes, readBlock }: BlockReader,
  wanted: Uint32Array | readonly number[]
): Promise<Float32Array> {
  const out = new Float32Array(wanted.length * columns)
  const order = Uint32Array.from({ length: wanted.length }, (_, i) => i)
  order.sort((a, b) => wanted[a] - wanted[b])
  for (let from = 0; from < order.length;) {
    const first = wanted[order[from]]
    let to = from + 1
    while (to < order.length) {
      const next = wanted[order[to]]
      const isFar = (next - wanted[order[to - 1]] - 1) * rowBytes > gapBytes
      if (isFar || (next - first + 1) * rowBytes > readBytes) break
      to++
    }
    const block = await readBlock(first, wanted[order[to - 1]] - first + 1)
    for (let i = from; i < to; i++) {
      const at = (wanted[order[i]] - first) * columns
      out.set(block.subarray(at, at + columns), order[i] * columns)
    }
    from = to
  }
  return out
}
