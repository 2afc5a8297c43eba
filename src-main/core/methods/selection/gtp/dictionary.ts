// What the pursuit needs of the rows it chooses from. Rows are columns of a matrix A (one gradient
// trajectory each) that is never written out; gradients.ts computes its products factor by factor.

/** Columns a_0 .. a_(count-1) of D numbers each. */
export interface Dictionary {
  readonly count: number
  /** Squared lengths; 0 for a column that cannot be used. */
  readonly squares: Float32Array | Float64Array
  /** Products a_i . vector of all columns (vector: D numbers). Yields columns done. */
  products(vector: Float64Array): AsyncGenerator<number, Float32Array, void>
  /** Products a_i . a_j of some columns with some others (themselves when absent), row-major. */
  gram(columns: Uint32Array, others?: Uint32Array): Promise<Float32Array | Float64Array>
  /** sum of weights[i] a_columns[i]: D numbers. */
  combine(columns: Uint32Array, weights: Float64Array): Promise<Float64Array>
}

/** Euclidean length. */
export function lengthOf(vector: ArrayLike<number>): number {
  let squares = 0
  for (let i = 0; i < vector.length; i++) squares += vector[i] * vector[i]
  return Math.sqrt(squares)
}
