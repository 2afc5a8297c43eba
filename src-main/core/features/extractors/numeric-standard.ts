// Number columns as they are, each shifted and scaled by the mean and spread of the training rows.
// A missing value becomes the mean; a column that never varies becomes 0.

export const numericExtractor = { id: 'numeric-standard', version: 1 } as const

/** Mean and spread per column, found in one pass over any number of blocks. */
export interface NumericFit {
  readonly center: Float64Array
  /** 1 / standard deviation; 0 for a column that does not vary. */
  readonly inverseSpread: Float64Array
  /** Training rows it was made from. */
  readonly rows: number
}

export interface NumericFitter {
  /** Adds the rows of a block (row-major, NaN = missing) for which `isUsed` holds. */
  add(block: Float64Array, isUsed: (row: number) => boolean): void
  finish(): NumericFit
}

/** Starts a fit over `columns` columns (running mean and squares: Welford 1962). */
export function createNumericFitter(columns: number): NumericFitter {
  const seen = new Float64Array(columns)
  const mean = new Float64Array(columns)
  const squares = new Float64Array(columns)
  let rows = 0
  return {
    add(block, isUsed) {
      for (let row = 0; row * columns < block.length; row++) {
        if (!isUsed(row)) continue
        rows++
        for (let j = 0; j < columns; j++) {
          const value = block[row * columns + j]
          if (!Number.isFinite(value)) continue
          seen[j]++
          const off = value - mean[j]
          mean[j] += off / seen[j]
          squares[j] += off * (value - mean[j])
        }
      }
    },
    finish() {
      const inverseSpread = squares.map((sum, j) => {
        const spread = Math.sqrt(sum / Math.max(1, seen[j]))
        // Relative to the mean: rounding noise around a large constant is no variation.
        return spread > 1e-9 * Math.abs(mean[j]) && spread > 1e-300 ? 1 / spread : 0
      })
      return { center: mean.slice(), inverseSpread, rows }
    }
  }
}

export interface NumericRows {
  /** rows x columns. */
  readonly values: Float32Array
  /** Values that were missing. */
  readonly missing: number
  /** Rows without any value. */
  readonly empty: number
}

/** Standardised rows of a block (row-major, NaN = missing). */
export function standardise(block: Float64Array, fit: NumericFit): NumericRows {
  const columns = fit.center.length
  const values = new Float32Array(block.length)
  let missing = 0
  let empty = 0
  for (let at = 0; at < block.length; at += columns) {
    let present = 0
    for (let j = 0; j < columns; j++) {
      const value = block[at + j]
      if (!Number.isFinite(value)) continue
      present++
      // Clamped to what float32 can hold: an absurd value must not become Infinity.
      const scaled = (value - fit.center[j]) * fit.inverseSpread[j]
      values[at + j] = Math.max(-largest, Math.min(largest, scaled))
    }
    missing += columns - present
    if (present === 0) empty++
  }
  return { values, missing, empty }
}

const largest = 3e38
