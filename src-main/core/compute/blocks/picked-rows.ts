// Some rows of a matrix as they lie on disk: rows near each other are read in one piece.
import type { RawRows } from './block-source.ts'

// Longest single read, and the gap between wanted rows that is read along rather than skipped.
const readBytes = 4 << 20
const gapBytes = 32 << 10

/**
 * View of stored rows through a list: row i of the view is row rows[i]. Any order and repeats are
 * possible; ascending rows are read fastest.
 */
export function pickedRaw(raw: RawRows, columns: number, rows: Uint32Array): RawRows {
  const rowBytes = columns * (raw.type === 'float16' ? 2 : 4)
  return {
    type: raw.type,
    async readInto(start, count, into) {
      const wanted = rows.subarray(start, start + count)
      for (let from = 0; from < wanted.length;) {
        const first = wanted[from]
        let to = from + 1
        while (to < wanted.length && isNear(wanted, to, first, rowBytes)) to++
        const span = wanted[to - 1] - first + 1
        const own = into.subarray(from * rowBytes, to * rowBytes)
        if (span === to - from) await raw.readInto(first, span, own)
        else {
          const all = new Uint8Array(span * rowBytes)
          await raw.readInto(first, span, all)
          for (let i = from; i < to; i++) {
            const at = (wanted[i] - first) * rowBytes
            own.set(all.subarray(at, at + rowBytes), (i - from) * rowBytes)
          }
        }
        from = to
      }
    }
  }
}

/** Whether a row is read in one piece with those before it, which began at `first`. */
function isNear(wanted: Uint32Array, to: number, first: number, rowBytes: number): boolean {
  const gap = wanted[to] - wanted[to - 1] - 1
  if (gap < 0 || gap * rowBytes > gapBytes) return false
  return (wanted[to] - first + 1) * rowBytes <= readBytes
}
