// Which rows of numbers can be computed with at all.

/** Squared length up to which sums of squares over many rows still fit into float32. */
const mostSquares = 1e30

/**
 * Whether the `columns` numbers from `at` can be used: finite, and not beyond what products in
 * float32 can hold. One row of 1e38 would otherwise drown all others in a mean.
 */
export function isReadable(values: Float32Array, at: number, columns: number): boolean {
  let squares = 0
  for (let j = 0; j < columns; j++) squares += values[at + j] * values[at + j]
  return squares < mostSquares
}
