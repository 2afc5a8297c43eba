// EK-FAC for a linear softmax head: the Fisher matrix seen in the eigenvectors of its two Kronecker
// factors, with its diagonal there measured instead of multiplied (George et al. 2018; Grosse et al.
// 2023, section 2.2). The mean over labels drawn from the model is taken exactly: for a softmax it is
// the covariance of p, so nothing is sampled.
import type { TensorFlow } from '../../compute/devices/device.ts'
import { eigenOfSymmetric } from '../../compute/kernels/tridiagonal-eigen.ts'
import type { CurvatureRows } from './curvature.ts'
import { expandLabels, reduceLabels, sumZeroBasis } from './sum-zero.ts'

export interface KroneckerCurvature {
  readonly classes: number
  readonly width: number
  /** (classes - 1) x classes: orthonormal, each of sum zero. */
  readonly labelAxes: Float64Array
  /** width x width: orthonormal rows. */
  readonly columnAxes: Float64Array
  /** (classes - 1) x width: mean square of the gradient along each pair of axes. */
  readonly squares: Float64Array
}

const blockRows = 1024

/** Fits the curvature; yields rows done, twice over. @param p count x classes probabilities */
export async function* fitKronecker(
  tf: TensorFlow,
  rows: CurvatureRows,
  p: Float32Array,
  signal: AbortSignal
): AsyncGenerator<number, KroneckerCurvature, void> {
  const { h, width, count } = rows
  const classes = p.length / count
  const inner = yield* columnFactor(tf, rows, signal)
  const columnAxes = yield* axesOf(inner, width, count, signal)
  const basis = sumZeroBasis(classes)
  const reduced = labelFactor(p, classes, count, basis)
  const turned = yield* axesOf(reduced, classes - 1, count, signal)
  const labelAxes = multiplyRows(turned, basis, classes - 1, classes)
  // Columns of the right factor are axes.
  const right = new Float32Array(width * width)
  for (let k = 0; k < width; k++)
    for (let j = 0; j < width; j++) right[j * width + k] = columnAxes[k * width + j]
  const axes = tf.tensor2d(right, [width, width])
  const squares = new Float64Array((classes - 1) * width)
  try {
    for (let start = 0; start < count; start += blockRows) {
      signal.throwIfAborted()
      const size = Math.min(blockRows, count - start)
      const left = tf.tensor2d(h.subarray(start * width, (start + size) * width), [size, width])
      const product = tf.matMul(left, axes)
      const along = (await product.data()) as Float32Array
      tf.dispose([left, product])
      for (let i = 0; i < along.length; i++) along[i] *= along[i]
      addSquares(squares, along, p.subarray(start * classes), labelAxes, classes, width, count)
      yield count + start + size
    }
  } finally {
    axes.dispose()
  }
  return { classes, width, labelAxes, columnAxes, squares }
}

/** A = mean of h h^T, width x width. */
async function* columnFactor(
  tf: TensorFlow,
  { h, width, count }: CurvatureRows,
  signal: AbortSignal
): AsyncGenerator<number, Float64Array, void> {
  const sum = new Float64Array(width * width)
  for (let start = 0; start < count; start += blockRows) {
    signal.throwIfAborted()
    const size = Math.min(blockRows, count - start)
    const block = h.subarray(start * width, (start + size) * width)
    const turned = new Float32Array(size * width)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < width; j++) turned[j * size + i] = block[i * width + j]
    const left = tf.tensor2d(turned, [width, size])
    const right = tf.tensor2d(block, [size, width])
    const product = tf.matMul(left, right)
    const values = (await product.data()) as Float32Array
    tf.dispose([left, right, product])
    for (let i = 0; i < sum.length; i++) sum[i] += values[i] / count
    yield start + size
  }
  return sum
}

/** S = mean of diag(p) - p p^T, written in the vectors of sum zero. */
function labelFactor(
  p: Float32Array,
  classes: number,
  count: number,
  basis: Float64Array
): Float64Array {
  const full = new Float64Array(classes * classes)
  for (let at = 0; at < count * classes; at += classes)
    for (let c = 0; c < classes; c++) {
      full[c * classes + c] += p[at + c] / count
      for (let d = 0; d < classes; d++) full[c * classes + d] -= (p[at + c] * p[at + d]) / count
    }
  const half = reduceLabels(basis, full, classes, classes)
  const turned = new Float64Array(half.length)
  for (let k = 0; k < classes - 1; k++)
    for (let c = 0; c < classes; c++) turned[c * (classes - 1) + k] = half[k * classes + c]
  return reduceLabels(basis, turned, classes, classes - 1)
}

function* axesOf(
  matrix: Float64Array,
  n: number,
  done: number,
  signal: AbortSignal
): Generator<number, Float64Array, void> {
  const run = eigenOfSymmetric(matrix, n)
  for (;;) {
    signal.throwIfAborted()
    const step = run.next()
    if (step.done === true) return step.value.vectors
    yield done
  }
}

/** left (n x n) times right (n x width). */
function multiplyRows(
  left: Float64Array,
  right: Float64Array,
  n: number,
  width: number
): Float64Array {
  const out = new Float64Array(n * width)
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const share = left[i * n + k]
      for (let j = 0; j < width; j++) out[i * width + j] += share * right[k * width + j]
    }
  return out
}

/** Adds var_p(label axis) * (column axis . h)^2 of a block's rows. */
function addSquares(
  squares: Float64Array,
  along: Float32Array,
  p: Float32Array,
  labelAxes: Float64Array,
  classes: number,
  width: number,
  count: number
): void {
  const size = along.length / width
  for (let i = 0; i < size; i++)
    for (let k = 0; k < classes - 1; k++) {
      let mean = 0
      let square = 0
      for (let c = 0; c < classes; c++) {
        const share = p[i * classes + c] * labelAxes[k * classes + c]
        mean += share
        square += share * labelAxes[k * classes + c]
      }
      const variance = Math.max(0, square - mean * mean) / count
      for (let j = 0; j < width; j++) squares[k * width + j] += variance * along[i * width + j]
    }
}

/** Mean of the measured squares: the size that damping is measured in. */
export function meanSquare({ squares }: KroneckerCurvature): number {
  return squares.reduce((sum, value) => sum + value, 0) / squares.length
}

/** (curvature + addition * I)^-1 times a classes x width matrix whose columns have sum zero. */
export function solveKronecker(
  curvature: KroneckerCurvature,
  matrix: Float64Array,
  addition: number
): Float64Array {
  const { classes, width, labelAxes, columnAxes, squares } = curvature
  const rows = reduceLabels(labelAxes, matrix, classes, width)
  const along = new Float64Array(rows.length)
  for (let k = 0; k < classes - 1; k++)
    for (let a = 0; a < width; a++) {
      let sum = 0
      for (let j = 0; j < width; j++) sum += rows[k * width + j] * columnAxes[a * width + j]
      const size = squares[k * width + a] + addition
      // Where there is neither curvature nor addition nothing can be learned.
      along[k * width + a] = size > 0 ? sum / size : 0
    }
  rows.fill(0)
  for (let k = 0; k < classes - 1; k++)
    for (let a = 0; a < width; a++) {
      const share = along[k * width + a]
      for (let j = 0; j < width; j++) rows[k * width + j] += share * columnAxes[a * width + j]
    }
  return expandLabels(labelAxes, rows, classes, width)
}
