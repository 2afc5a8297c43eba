// How raw features become the h of a head: shifted, scaled, with a trailing 1 for the bias.

/**
 * none: as they are. centre: minus the mean, one common scale so that a column has mean square 1
 * (keeps angles between rows). standardise: minus the mean, each column divided by its own spread.
 */
export type ScalingKind = 'none' | 'centre' | 'standardise'

export interface FeatureScaling {
  /** Subtracted, one per column. */
  readonly center: Float32Array
  /** Multiplied after, one per column; 0 for a column that does not vary under "standardise". */
  readonly inverseScale: Float32Array
  /** Mean squared norm of the scaled rows it was fitted on, with the trailing 1. */
  readonly meanSquaredNorm: number
}

/** Fits a scaling on the given rows; rows with a number that is not finite are passed over. */
export function fitScaling(
  features: Float32Array,
  columns: number,
  rows: Uint32Array,
  kind: ScalingKind
): FeatureScaling {
  const sum = new Float64Array(columns)
  const finite = rows.filter((row) => isFiniteRow(features, row * columns, columns))
  const count = Math.max(1, finite.length)
  for (const row of finite) {
    const at = row * columns
    for (let j = 0; j < columns; j++) sum[j] += features[at + j]
  }
  const mean = sum.map((value) => (kind === 'none' ? 0 : value / count))
  // A second pass around the mean: the one-pass form loses all digits when the mean is large.
  const squares = new Float64Array(columns)
  for (const row of finite) {
    const at = row * columns
    for (let j = 0; j < columns; j++) {
      const offset = features[at + j] - mean[j]
      squares[j] += offset * offset
    }
  }
  const inverseScale = inverseScales(squares, count, kind)
  let norm = 1
  for (let j = 0; j < columns; j++) norm += (squares[j] / count) * inverseScale[j] ** 2
  return { center: Float32Array.from(mean), inverseScale, meanSquaredNorm: norm }
}

function inverseScales(squares: Float64Array, count: number, kind: ScalingKind): Float32Array {
  const columns = squares.length
  if (kind === 'none') return new Float32Array(columns).fill(1)
  let total = 0
  for (const value of squares) total += value
  const common = Math.sqrt(total / count / Math.max(1, columns))
  if (kind === 'centre') return new Float32Array(columns).fill(common > 1e-12 ? 1 / common : 0)
  // A column is "not varying" relative to the whole matrix: tiny noise must not be blown up.
  return Float32Array.from(squares, (value) => {
    const spread = Math.sqrt(value / count)
    return spread > 1e-6 * common ? 1 / spread : 0
  })
}

function isFiniteRow(features: Float32Array, at: number, columns: number): boolean {
  for (let j = 0; j < columns; j++) if (!Number.isFinite(features[at + j])) return false
  return true
}

/**
 * Writes one scaled row and its trailing 1 (columns + 1 numbers) and returns its squared norm.
 * A row with a number that is not finite is written as zeros, without the 1, and returns NaN.
 */
export function scaleRowInto(
  features: Float32Array,
  from: number,
  scaling: FeatureScaling,
  out: Float32Array,
  to: number
): number {
  const { center, inverseScale } = scaling
  const columns = center.length
  let squares = 1
  for (let j = 0; j < columns; j++) {
    const value = (features[from + j] - center[j]) * inverseScale[j]
    out[to + j] = value
    squares += value * value
  }
  out[to + columns] = 1
  if (Number.isFinite(squares)) return squares
  out.fill(0, to, to + columns + 1)
  return NaN
}
