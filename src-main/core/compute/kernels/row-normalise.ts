// L2 normalisation of rows with a floor (specs B2).

/** Below this norm a row is divided by the floor instead: a zero row stays zero and is never NaN. */
export const normFloor = 1e-12

/** Divides every row (n x width, in place) by max(norm, floor). */
export function normaliseRows(rows: Float32Array, width: number): void {
  for (let at = 0; at < rows.length; at += width) {
    let squares = 0
    for (let j = 0; j < width; j++) squares += rows[at + j] * rows[at + j]
    const scale = 1 / Math.max(Math.sqrt(squares), normFloor)
    for (let j = 0; j < width; j++) rows[at + j] *= scale
  }
}
