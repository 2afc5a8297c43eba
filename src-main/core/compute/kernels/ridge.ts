// Ridge regression in closed form: least squares with a small pull of all coefficients towards 0.
import { factorCholesky, solveCholesky } from './cholesky.ts'

/**
 * Coefficients b (width numbers) that minimise |X b - y|^2 + lambda |b|^2.
 * @param rows the rows of X, each with the same number of entries
 * @param lambda above 0, so that there is always exactly one answer
 */
export function fitRidge(
  rows: readonly ArrayLike<number>[],
  targets: ArrayLike<number>,
  lambda: number
): Float64Array {
  if (rows.length === 0 || rows.length !== targets.length || !(lambda > 0))
    throw new RangeError('a fit needs one target per row and a lambda above 0')
  const width = rows[0].length
  const gram = new Float64Array(width * width)
  const right = new Float64Array(width)
  rows.forEach((row, r) => {
    for (let i = 0; i < width; i++) {
      right[i] += row[i] * targets[r]
      for (let j = 0; j <= i; j++) gram[i * width + j] += row[i] * row[j]
    }
  })
  for (let i = 0; i < width; i++) gram[i * width + i] += lambda
  if (!factorCholesky(gram, width))
    throw new RangeError('the rows hold numbers that are not finite')
  solveCholesky(gram, width, right, 0)
  return right
}
