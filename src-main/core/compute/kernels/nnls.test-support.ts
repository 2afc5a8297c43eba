// Problems for tests of non-negative least squares, given as a matrix and a target.
import { createRandom } from '../random.ts'
import type { NnlsProblem, NnlsResult } from './nnls.ts'

/** A problem with the matrix it came from. */
export interface DenseProblem extends NnlsProblem {
  /** rows x n, row-major. */
  readonly matrix: Float64Array
  readonly rows: number
  readonly target: Float64Array
}

/** The Gram form of: minimise |target - A w|^2 + ridge |w|^2 over w >= 0. */
export function denseProblem(
  matrix: Float64Array,
  rows: number,
  target: Float64Array,
  ridge = 0
): DenseProblem {
  const n = matrix.length / rows
  const gram = new Float64Array(n * n)
  const linear = new Float64Array(n)
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < n; i++) {
      const value = matrix[r * n + i]
      linear[i] += value * target[r]
      for (let j = 0; j < n; j++) gram[i * n + j] += value * matrix[r * n + j]
    }
  }
  return { gram, linear, ridge, matrix, rows, target }
}

/** rows x n Gaussian numbers; the target is Gaussian too unless given. */
export function gaussianProblem(seed: number, rows: number, n: number, ridge = 0): DenseProblem {
  const random = createRandom(seed)
  const matrix = Float64Array.from({ length: rows * n }, () => random.normal())
  const target = Float64Array.from({ length: rows }, () => random.normal())
  return denseProblem(matrix, rows, target, ridge)
}

/** Length of target - A w. */
export function residualLength(
  { matrix, rows, target }: DenseProblem,
  weights: Float64Array
): number {
  const n = weights.length
  let squares = 0
  for (let r = 0; r < rows; r++) {
    let left = target[r]
    for (let i = 0; i < n; i++) left -= matrix[r * n + i] * weights[i]
    squares += left * left
  }
  return Math.sqrt(squares)
}

/** Largest violation of the KKT conditions, from the definition, relative to max |c|. */
export function kktViolation(problem: DenseProblem, { weights }: NnlsResult): number {
  const { gram, linear, ridge } = problem
  const n = linear.length
  const scale = linear.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  let most = 0
  for (let i = 0; i < n; i++) {
    let gradient = ridge * weights[i] - linear[i]
    for (let j = 0; j < n; j++) gradient += gram[i * n + j] * weights[j]
    most = Math.max(most, weights[i] > 0 ? Math.abs(gradient) : -gradient)
  }
  return scale === 0 ? most : most / scale
}
