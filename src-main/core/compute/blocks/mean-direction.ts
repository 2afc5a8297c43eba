// The mean of rows, as they are or each of length 1: the direction that stands for a part's examples
// when rows are scored.
import { readAhead, type BlockSource } from './block-source.ts'
import { shortestRow } from './score-rows.ts'

/** A mean and the number of rows it is of. */
export interface RowMean {
  readonly mean: Float32Array
  readonly used: number
}

/**
 * Mean of the rows, with `isUnit` after each is scaled to length 1 (a zero row stays zero), summed
 * up in float64. Rows with a number that is not finite are passed over; undefined when no row is
 * left. Throws the signal's reason and what reading throws.
 */
export async function meanOfRows(
  source: BlockSource,
  isUnit: boolean,
  signal: AbortSignal
): Promise<RowMean | undefined> {
  const { columns } = source
  const sum = new Float64Array(columns)
  let used = 0
  for await (const { count, values } of readAhead(source, 'float32', 1, signal)) {
    for (let at = 0; at < count * columns; at += columns) {
      let squares = 0
      for (let j = 0; j < columns; j++) squares += values[at + j] * values[at + j]
      if (!Number.isFinite(squares)) continue
      used++
      const scale = isUnit ? 1 / Math.max(Math.sqrt(squares), shortestRow) : 1
      for (let j = 0; j < columns; j++) sum[j] += scale * values[at + j]
    }
  }
  return used === 0 ? undefined : { mean: Float32Array.from(sum, (value) => value / used), used }
}

/** {@link meanOfRows} of unit rows. */
export async function meanOfUnitRows(
  source: BlockSource,
  signal: AbortSignal
): Promise<Float32Array | undefined> {
  return (await meanOfRows(source, true, signal))?.mean
}
