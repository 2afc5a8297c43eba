// Two main directions of rows of numbers (principal component analysis), for a map of features.

/** Rows placed in two dimensions. */
export interface PlacedRows {
  /** n x 2. */
  readonly places: Float64Array
  /** Share of the whole spread along each direction. */
  readonly explained01: readonly [number, number]
}

const mostTurns = 200
const tolerance = 1e-9

/**
 * Places n x d rows along their two directions of largest spread, by power iteration. The largest
 * number of each direction is positive, so that the map is the same on every machine.
 */
export function placeOnMainAxes(values: Float32Array, columns: number): PlacedRows {
  const count = values.length / columns
  const centred = centre(values, columns)
  const total = centred.reduce((sum, value) => sum + value * value, 0)
  const places = new Float64Array(2 * count)
  const shares: [number, number] = [0, 0]
  for (const axis of [0, 1]) {
    const direction = mainDirection(centred, columns, axis)
    let spread = 0
    for (let row = 0; row < count; row++) {
      let along = 0
      for (let c = 0; c < columns; c++) along += centred[row * columns + c] * direction[c]
      places[2 * row + axis] = along
      spread += along * along
      // What is left has nothing along this direction.
      for (let c = 0; c < columns; c++) centred[row * columns + c] -= along * direction[c]
    }
    shares[axis] = total > 0 ? spread / total : 0
  }
  return { places, explained01: shares }
}

function centre(values: Float32Array, columns: number): Float64Array {
  const out = Float64Array.from(values)
  const count = values.length / columns
  for (let c = 0; c < columns; c++) {
    let sum = 0
    for (let at = c; at < out.length; at += columns) sum += out[at]
    for (let at = c; at < out.length; at += columns) out[at] -= sum / count
  }
  return out
}

function mainDirection(rows: Float64Array, columns: number, axis: number): Float64Array {
  // Any start that is not at right angles to the answer will do; this one is the same everywhere.
  let direction = Float64Array.from({ length: columns }, (_, c) => Math.cos((c + 1) * (axis + 1)))
  scale(direction)
  for (let turn = 0; turn < mostTurns; turn++) {
    const next = new Float64Array(columns)
    for (let from = 0; from < rows.length; from += columns) {
      let along = 0
      for (let c = 0; c < columns; c++) along += rows[from + c] * direction[c]
      for (let c = 0; c < columns; c++) next[c] += along * rows[from + c]
    }
    if (scale(next) === 0) return new Float64Array(columns)
    const change = next.reduce(
      (most, value, c) => Math.max(most, Math.abs(value - direction[c])),
      0
    )
    direction = next
    if (change < tolerance) break
  }
  const largest = direction.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0)
  return largest < 0 ? direction.map((value) => -value) : direction
}

/** Brings a vector to length 1 in place; returns the length it had. */
function scale(vector: Float64Array): number {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  if (length > 0) vector.forEach((value, c) => (vector[c] = value / length))
  return length
}
