// Rows made comparable: the mean of all rows is taken off, and each row is brought to length 1 (or
// all to one common scale). Read twice; kept in memory where they fit, else read again when needed
// (held-rows.ts keeps those that are needed again and again).
import type { FeatureSource } from '../../features/feature-matrix.ts'

/**
 * direction: every row has length 1, so that dot products are cosines. position: one scale for all,
 * so that the mean squared length is 1 and distances keep their proportions.
 */
export type RowForm = 'direction' | 'position'

/** Why a row cannot be compared: 0 = it can, 1 = a number that is not finite, 2 = all zeros. */
export const rowFlags = { able: 0, notFinite: 1, zero: 2 } as const

/** Rows that can be read again and again in their prepared form. */
export interface PreparedRows {
  readonly rows: number
  readonly columns: number
  /** One of {@link rowFlags} per row. Rows that cannot be compared are read as zeros. */
  readonly flags: Uint8Array
  /** Rows that can be compared. */
  readonly able: number
  /** True where the rows are in memory. */
  readonly isResident: boolean
  /** How many rows may be kept in memory at once. */
  readonly mostHeld: number
  /** The rows of an ascending list, list.length x columns. */
  read(list: Uint32Array): Promise<Float32Array>
  /**
   * Brings rows from elsewhere (m x columns) into the same form, in place; rows that cannot be
   * compared become zeros.
   */
  prepare(values: Float32Array): Float32Array
}

/** Matrices up to this size are kept in memory. */
export const residentBytes = 256 * 2 ** 20
const blockBytes = 8 * 2 ** 20

interface Moments {
  readonly flags: Uint8Array
  readonly able: number
  readonly center: Float64Array
  /** 1 / root of the mean squared distance from the mean; 0 where all rows are the same. */
  readonly scale: number
}

/**
 * Prepares all rows; yields rows read. Memory: one block of 8 MB, and the whole matrix where it has
 * at most `keepBytes`. Throws the signal's reason and what reading throws.
 */
export async function* prepareRows(
  source: FeatureSource,
  form: RowForm,
  signal: AbortSignal,
  keepBytes = residentBytes
): AsyncGenerator<number, PreparedRows, void> {
  const { rows, columns } = source
  const isResident = 4 * rows * columns <= keepBytes
  const mostHeld = Math.floor(keepBytes / (4 * Math.max(1, columns)))
  const kept = isResident ? new Float32Array(rows * columns) : undefined
  const size = Math.max(1, Math.floor(blockBytes / (4 * Math.max(1, columns))))
  const sums = createMoments(rows, columns)
  for (let start = 0; start < rows; start += size) {
    signal.throwIfAborted()
    const block = await source.readBlock(start, Math.min(size, rows - start))
    sums.add(block, start)
    kept?.set(block, start * columns)
    yield Math.min(rows, start + size)
  }
  const moments = sums.finish()
  const { flags, able } = moments
  const prepare = (values: Float32Array): Float32Array => {
    for (let row = 0; row * columns < values.length; row++)
      prepareRow(values, row, flagOf(values, row * columns, columns), moments, form)
    return values
  }
  if (kept !== undefined) {
    for (let row = 0; row < rows; row++) prepareRow(kept, row, flags[row], moments, form)
    return {
      rows,
      columns,
      flags,
      able,
      isResident,
      mostHeld,
      prepare,
      read: (list) => Promise.resolve(gather(kept, columns, list))
    }
  }
  return {
    rows,
    columns,
    flags,
    able,
    isResident,
    mostHeld,
    prepare,
    async read(list) {
      const isRun = list.length > 0 && list[list.length - 1] - list[0] + 1 === list.length
      const values = isRun
        ? await source.readBlock(list[0], list.length)
        : await source.readRows(list)
      list.forEach((row, at) => prepareRow(values, at, flags[row], moments, form))
      return values
    }
  }
}

function gather(values: Float32Array, columns: number, list: Uint32Array): Float32Array {
  const out = new Float32Array(list.length * columns)
  list.forEach((row, at) =>
    out.set(values.subarray(row * columns, (row + 1) * columns), at * columns)
  )
  return out
}

/** Mean and spread in one pass, around the first usable row so that no digits are lost. */
function createMoments(
  rows: number,
  columns: number
): { add(block: Float32Array, first: number): void; finish(): Moments } {
  const flags = new Uint8Array(rows)
  const origin = new Float64Array(columns)
  const sum = new Float64Array(columns)
  let squares = 0
  let able = 0
  return {
    add(block, first) {
      for (let at = 0, row = first; at < block.length; at += columns, row++) {
        flags[row] = flagOf(block, at, columns)
        if (flags[row] !== rowFlags.able) continue
        if (able++ === 0) for (let j = 0; j < columns; j++) origin[j] = block[at + j]
        for (let j = 0; j < columns; j++) {
          const offset = block[at + j] - origin[j]
          sum[j] += offset
          squares += offset * offset
        }
      }
    },
    finish() {
      const count = Math.max(1, able)
      let shift = 0
      const center = origin.map((value, j) => {
        shift += (sum[j] / count) ** 2
        return value + sum[j] / count
      })
      const spread = Math.sqrt(Math.max(0, squares / count - shift))
      return { flags, able, center, scale: spread > 1e-12 ? 1 / spread : 0 }
    }
  }
}

function flagOf(block: Float32Array, at: number, columns: number): number {
  let squares = 0
  for (let j = 0; j < columns; j++) squares += block[at + j] * block[at + j]
  if (!Number.isFinite(squares)) return rowFlags.notFinite
  return squares === 0 ? rowFlags.zero : rowFlags.able
}

/** Below this share of the rows' spread a row counts as lying in the mean: rounding is all it has. */
const leastOffset = 1e-6

function prepareRow(
  values: Float32Array,
  row: number,
  flag: number,
  { center, scale }: Moments,
  form: RowForm
): void {
  const columns = center.length
  const at = row * columns
  if (flag !== rowFlags.able) {
    values.fill(0, at, at + columns)
    return
  }
  let squares = 0
  for (let j = 0; j < columns; j++) squares += (values[at + j] - center[j]) ** 2
  const length = Math.sqrt(squares)
  const isNothing = length * scale <= leastOffset
  const factor = isNothing ? 0 : form === 'direction' ? 1 / length : scale
  for (let j = 0; j < columns; j++) values[at + j] = factor * (values[at + j] - center[j])
}
