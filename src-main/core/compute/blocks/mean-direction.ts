// The mean of unit rows: the direction that stands for a part's examples when rows are scored.
import { readAhead, type BlockSource } from './block-source.ts'
import { shortestRow } from './score-rows.ts'

/**
 * Mean of the rows after each is scaled to length 1 (a zero row stays zero), summed up in float64.
 * Rows with a number that is not finite are passed over; undefined when no row is left. Throws the
 * signal's reason and what reading throws.
 */
export async function meanOfUnitRows(
  source: BlockSource,
  signal: AbortSignal
): Promise<Float32Array | undefined> {
  const { columns } = source
  const sum = new Float64Array(columns)
  let used = 0
  for await (const { count, values } of readAhead(source, 'float32', 1, signal)) {
    for (let at = 0; at < count * columns; at += columns) {
      let squares = 0
      for (let j = 0; j < columns; j++) squares += values[at + j] * values[at + j]
      if (!Number.isFinite(squares)) continue
      used++
      const scale = 1 / Math.max(Math.sqrt(squares), shortestRow)
      for (let j = 0; j < columns; j++) sum[j] += scale * values[at + j]
    }
  }
  return used === 0 ? undefined : Float32Array.from(sum, (value) => value / used)
}
