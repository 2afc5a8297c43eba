// A feature matrix seen through a list of rows: row i of the view is row rows[i] of the matrix.
import { pickedRaw } from '../compute/blocks/picked-rows.ts'
import type { FeatureSource } from '../features/feature-matrix.ts'

/**
 * View of `source` with only these rows, in this order. `rows` must be ascending for block reads
 * to be fast; dense stretches are read as one block and thinned in memory. Rows that can be read as
 * they lie on disk can be read so through the view too.
 */
export function mapRows(source: FeatureSource, rows: Uint32Array): FeatureSource {
  const { columns } = source
  const gather = async (wanted: Uint32Array): Promise<Float32Array> => {
    if (wanted.length === 0) return new Float32Array(0)
    const first = wanted[0]
    const span = wanted[wanted.length - 1] - first + 1
    // Reading up to twice what is needed in one go beats many small reads.
    if (span < wanted.length || span > 2 * wanted.length) return source.readRows(wanted)
    const block = await source.readBlock(first, span)
    if (span === wanted.length) return block
    const out = new Float32Array(wanted.length * columns)
    wanted.forEach((row, i) => {
      out.set(block.subarray((row - first) * columns, (row - first + 1) * columns), i * columns)
    })
    return out
  }
  const isWhole = rows.length === source.rows && rows.every((row, i) => row === i)
  const raw =
    source.raw === undefined || isWhole ? source.raw : pickedRaw(source.raw, columns, rows)
  return {
    rows: rows.length,
    columns,
    ...(raw === undefined ? {} : { raw }),
    readBlock: (start, count) => gather(rows.subarray(start, start + count)),
    readRows: (wanted) => source.readRows(Uint32Array.from(wanted, (i) => rows[i])),
    close: () => source.close()
  }
}
