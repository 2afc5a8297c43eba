// The curvature of a head's loss over sampled rows as one dense matrix, and directions solved with
// it: sum over rows of S (x) h h^T, where S is a small matrix over the labels (TRAK: the outer
// product of the row vector; Fisher: the covariance of the predicted label). Both live in the
// vectors of sum zero (sum-zero.ts), without which they would be singular.
import { AppError } from '../../../api/errors.ts'
import { solveCholesky } from '../../compute/kernels/cholesky.ts'
import { factorCholeskyTiled } from '../../compute/kernels/tiled-cholesky.ts'
import type { TensorFlow } from '../../compute/devices/device.ts'

/** Rows the curvature is made from. */
export interface CurvatureRows {
  /** count x width, scaled, with the trailing 1. */
  readonly h: Float32Array
  readonly width: number
  readonly count: number
}

/** Symmetric n x n matrix over (reduced label, column), label-major; only the lower part is kept. */
export interface Curvature {
  readonly matrix: Float64Array
  readonly n: number
}

/** Widest matrix that is worth factoring: 128 MB and some ten seconds. */
export const widestCurvature = 4000

const blockRows = 1024

/**
 * Mean of S_i (x) h_i h_i^T over the rows, in float32 products summed up in float64; yields rows
 * done.
 * @param labels numbers on the side of the labels (classes - 1)
 * @param smallMatrix writes the row's labels x labels matrix S
 */
export async function* addUpCurvature(
  tf: TensorFlow,
  rows: CurvatureRows,
  labels: number,
  smallMatrix: (row: number, out: Float64Array) => void,
  signal: AbortSignal
): AsyncGenerator<number, Curvature, void> {
  const { h, width, count } = rows
  const n = labels * width
  const matrix = new Float64Array(n * n)
  const small = new Float64Array(labels * labels)
  for (let start = 0; start < count; start += blockRows) {
    const size = Math.min(blockRows, count - start)
    const block = h.subarray(start * width, (start + size) * width)
    const weights = new Float32Array(size * labels * labels)
    for (let i = 0; i < size; i++) {
      smallMatrix(start + i, small)
      weights.set(small, i * labels * labels)
    }
    // The device is slow on a transposed factor, so the turned block is made here.
    const turned = new Float32Array(size * width)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < width; j++) turned[j * size + i] = block[i * width + j]
    const left = tf.tensor2d(turned, [width, size])
    try {
      for (let k = 0; k < labels; k++) {
        signal.throwIfAborted()
        const panel = weighted(block, size, width, weights, labels, k)
        const right = tf.tensor2d(panel, [size, (k + 1) * width])
        const product = tf.matMul(left, right)
        const values = (await product.data()) as Float32Array
        tf.dispose([right, product])
        addPanel(matrix, n, values, k, width, count)
        // Between panels too, so that a wide curvature can be stopped within a moment.
        yield start + Math.floor((size * (k + 1)) / labels)
      }
    } finally {
      left.dispose()
    }
  }
  return { matrix, n }
}

/** S_i[k, l] h_i for all l up to k, side by side: size x (k + 1) width. */
function weighted(
  block: Float32Array,
  size: number,
  width: number,
  weights: Float32Array,
  labels: number,
  k: number
): Float32Array {
  const out = new Float32Array(size * (k + 1) * width)
  let at = 0
  for (let i = 0; i < size; i++)
    for (let l = 0; l <= k; l++) {
      const weight = weights[(i * labels + k) * labels + l]
      for (let j = 0; j < width; j++) out[at++] = weight * block[i * width + j]
    }
  return out
}

function addPanel(
  matrix: Float64Array,
  n: number,
  values: Float32Array,
  k: number,
  width: number,
  count: number
): void {
  const across = (k + 1) * width
  for (let j = 0; j < width; j++) {
    const row = (k * width + j) * n
    for (let m = 0; m < across; m++) matrix[row + m] += values[j * across + m] / count
  }
}

/** Mean of the diagonal: the size that damping is measured in. */
export function meanDiagonal({ matrix, n }: Curvature): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += matrix[i * n + i]
  return sum / n
}

/** Most times the damping is raised before the matrix is given up. */
const mostRaises = 12

/**
 * Factors matrix + damping * (mean of its diagonal) * I + own additions to the diagonal, raising the
 * damping tenfold (from 1e-9 where it was 0) until that is possible; yields the share of the work
 * done and returns the damping used. The matrix is replaced by its factor.
 * @param addition added to diagonal entry i, for example the weight decay
 */
export function* factorDamped(
  curvature: Curvature,
  damping: number,
  addition: (index: number) => number,
  signal: AbortSignal
): Generator<number, number, void> {
  const { matrix, n } = curvature
  const mean = meanDiagonal(curvature)
  const diagonal = Float64Array.from({ length: n }, (_, i) => matrix[i * n + i])
  // The lower part is overwritten on the way, so the upper one keeps what a second try starts from.
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[j * n + i] = matrix[i * n + j]
  let used = damping
  for (let raise = 0; raise <= mostRaises; raise++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i]
      matrix[i * n + i] = diagonal[i] + used * mean + addition(i)
    }
    const run = factorCholeskyTiled(matrix, n)
    for (;;) {
      signal.throwIfAborted()
      const step = run.next()
      if (step.done !== true) {
        yield step.value / n
        continue
      }
      if (step.value) return used
      break
    }
    used = Math.max(1e-9, 10 * used)
  }
  throw new AppError(
    'method-not-possible',
    'The items are too much alike for this way of choosing: the helper model cannot tell which of them it learned what from.'
  )
}

/** Solves with the factor, in place. */
export function solveDamped({ matrix, n }: Curvature, vector: Float64Array): void {
  solveCholesky(matrix, n, vector, 0)
}
