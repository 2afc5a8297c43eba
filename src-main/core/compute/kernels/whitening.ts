// Whitening: a linear map after which all columns vary equally and none follows another (specs B9).
// With S = covariance + ridge and S = L L^T, x' = inv(L) (x - mean) has the identity as covariance.
import { factorCholeskyTiled } from './tiled-cholesky.ts'

export interface Whitening {
  readonly columns: number
  readonly mean: Float32Array
  /** columns x columns, row-major: x' = (x - mean) times this, which is inv(L) transposed. */
  readonly matrix: Float32Array
}

/**
 * Fits a whitening and yields finished rows of work, so that the caller can stop in between.
 * @param covariance columns x columns, row-major, float64; overwritten
 * @param ridge added to the diagonal, as a share of the mean variance (greater than 0); the larger,
 * the less weight for directions in which the data hardly varies
 */
export function* fitWhitening(
  mean: Float64Array,
  covariance: Float64Array,
  ridge: number
): Generator<number, Whitening, void> {
  const n = mean.length
  let trace = 0
  for (let i = 0; i < n; i++) trace += covariance[i * n + i]
  // Data that does not vary at all: every row becomes zero anyway.
  const scale = trace > 0 ? trace / n : 1
  for (let i = 0; i < n; i++) covariance[i * n + i] += ridge * scale
  const isDefinite = yield* factorCholeskyTiled(covariance, n)
  if (!isDefinite) throw new RangeError('a covariance with a ridge must be positive definite')
  const matrix = new Float32Array(n * n)
  const inverse = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    const row = inverse.subarray(i * n, i * n + i + 1)
    for (let k = 0; k < i; k++) {
      const share = covariance[i * n + k]
      for (let j = 0; j <= k; j++) row[j] -= share * inverse[k * n + j]
    }
    const pivot = covariance[i * n + i]
    row[i] = 1
    for (let j = 0; j <= i; j++) {
      row[j] /= pivot
      matrix[j * n + i] = row[j]
    }
    if (i % 64 === 63) yield i + 1
  }
  return { columns: n, mean: Float32Array.from(mean), matrix }
}
