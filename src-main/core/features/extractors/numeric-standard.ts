// 'numeric-standard': the number columns of a table, each with mean 0 and spread 1. Missing values
// become the mean; a column that never changes becomes 0.

export const numericExtractor = 'numeric-standard'
export const numericExtractorVersion = 1

/** Per column: mean and standard deviation of the rows it was fitted on. */
export interface NumericFit {
  readonly means: Float64Array
  readonly spreads: Float64Array
}

export interface NumericFitter {
  /** Adds rows (row-major, NaN = missing); only rows whose `use` is 1 count. */
  add(values: Float64Array, use: Uint8Array): void
  finish(): NumericFit
}

/** Fits in one pass over blocks (Welford's update, Knuth TAOCP 2, section 4.2.2). */
export function createNumericFitter(columns: number): NumericFitter {
  const counts = new Float64Array(columns)
  const means = new Float64Array(columns)
  const squares = new Float64Array(columns)
  return {
    add(values, use) {
      for (let row = 0; row < use.length; row++) {
        if (use[row] === 0) continue
        for (let k = 0; k < columns; k++) {
          const value = values[row * columns + k]
          if (!Number.isFinite(value)) continue
          counts[k]++
          const step = value - means[k]
          means[k] += step / counts[k]
          squares[k] += step * (value - means[k])
        }
      }
    },
    finish: () => ({
      means,
      spreads: squares.map((sum, k) => (counts[k] > 0 ? Math.sqrt(sum / counts[k]) : 0))
    })
  }
}

/** Standardised rows, n x columns. */
export function standardise(fit: NumericFit, values: Float64Array): Float32Array {
  const columns = fit.means.length
  const out = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const k = i % columns
    const spread = fit.spreads[k]
    const value = values[i]
    out[i] = Number.isFinite(value) && spread > 1e-12 ? (value - fit.means[k]) / spread : 0
  }
  return out
}
