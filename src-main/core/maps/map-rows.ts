// Rows of a fingerprint file as the map reads them: very wide rows folded to a bounded width, then,
// where direction is what counts, scaled to length one.
import { mix32 } from '../compute/random.ts'
import type { FeatureSource } from '../features/feature-matrix.ts'
import { openNpy } from '../features/npy.ts'
import type { Likeness } from './map-plan.ts'

/** Rows as the map compares them; rows without content are zero. */
export type MapRows = FeatureSource

/** Wider rows are folded to this many columns. */
export const foldedColumns = 1024
const widestUnfolded = 2048

/** Opens a fingerprint file for a map. Throws AppError as {@link openNpy}. */
export async function openMapRows(path: string, likeness: Likeness): Promise<MapRows> {
  return mapRows(await openNpy(path), likeness)
}

/** The map's view of a source of rows. */
export function mapRows(source: FeatureSource, likeness: Likeness): MapRows {
  const fold = source.columns > widestUnfolded ? foldOf(source.columns) : undefined
  const columns = fold === undefined ? source.columns : foldedColumns
  const prepare = (values: Float32Array): Float32Array => {
    const narrow = fold === undefined ? values : folded(values, source.columns, fold)
    clean(narrow, columns, likeness)
    return narrow
  }
  return {
    rows: source.rows,
    columns,
    readBlock: async (start, count) => prepare(await source.readBlock(start, count)),
    readRows: async (rows) => prepare(await source.readRows(rows)),
    close: () => source.close()
  }
}

/** Column and sign (0 or 1 in the lowest bit) that each wide column is added to. */
function foldOf(columns: number): Uint32Array {
  return Uint32Array.from({ length: columns }, (_, j) => mix32(Math.imul(j + 1, 0x9e3779b1)))
}

/**
 * Feature hashing (Weinberger et al. 2009): every column is added to one of `foldedColumns` sums
 * with a fixed random sign. Products of rows keep their value on average; their spread falls with
 * the square root of the number of sums.
 */
function folded(values: Float32Array, width: number, fold: Uint32Array): Float32Array {
  const rows = values.length / width
  const out = new Float32Array(rows * foldedColumns)
  for (let i = 0; i < rows; i++) {
    const from = i * width
    const to = i * foldedColumns
    for (let j = 0; j < width; j++) {
      const value = values[from + j]
      const at = to + ((fold[j] >>> 1) % foldedColumns)
      out[at] += (fold[j] & 1) === 0 ? value : -value
    }
  }
  return out
}

/** Rows that are not finite become zero; the others get length one where direction counts. */
function clean(values: Float32Array, columns: number, likeness: Likeness): void {
  for (let at = 0; at < values.length; at += columns) {
    let squares = 0
    for (let j = 0; j < columns; j++) squares += values[at + j] * values[at + j]
    const isUsable = squares > 0 && Number.isFinite(squares)
    if (isUsable && likeness === 'distance') continue
    const scale = isUsable ? 1 / Math.sqrt(squares) : 0
    for (let j = 0; j < columns; j++) values[at + j] = isUsable ? values[at + j] * scale : 0
  }
}

/** 1 for each row that is all zeros: it is like nothing, and the map keeps it apart. */
export function blankRows(values: Float32Array, columns: number): Uint8Array {
  const blank = new Uint8Array(values.length / columns)
  for (let i = 0; i < blank.length; i++) {
    let j = 0
    while (j < columns && values[i * columns + j] === 0) j++
    blank[i] = j === columns ? 1 : 0
  }
  return blank
}
