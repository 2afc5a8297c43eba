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
 * Throws a RangeError for a covariance that is not finite.
 * @param covariance columns x columns, row-major, symmetric; overwritten
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
  const variances = Float64Array.from({ length: n }, (_, i) => covariance[i * n + i])
  // A covariance summed up in float32 may miss being definite by its rounding: then more ridge helps.
  for (let more = ridge; ; more *= 10) {
    if (!(more < 1e6)) throw new RangeError('the covariance is not finite')
    for (let i = 0; i < n; i++) {
      // The factor only overwrites the lower part.
      for (let j = 0; j < i; j++) covariance[i * n + j] = covariance[j * n + i]
      covariance[i * n + i] = variances[i] + more * scale
    }
    if (yield* factorCholeskyTiled(covariance, n)) break
  }
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
