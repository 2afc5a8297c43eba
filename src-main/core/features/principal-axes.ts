// Principal component analysis of wide rows: the leading axes by subspace iteration on the
// covariance, with the large products on the compute device.
import type { TensorFlow } from '../compute/devices/device.ts'
import { createRandom } from '../compute/random.ts'
import { breathe } from './breathe.ts'
import { meanOuterProduct, multiply, multiplyArrays, transpose } from './matrix-product.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

export interface PrincipalAxes {
  /** Mean of the rows, `width` numbers. */
  readonly mean: Float32Array
  /** width x columns, row-major: column k is the k-th axis, unit length. */
  readonly axes: Float32Array
  /** Variance along each axis, descending. */
  readonly variances: Float64Array
  readonly columns: number
}

const iterations = 12
/** Axes carried along beyond those wanted; they make the wanted ones settle sooner. */
const spare = 16
/** Directions with less than this share of the first axis' variance carry nothing. */
const leastShare = 1e-7

/**
 * The `columns` leading axes of count x width rows (fewer when the rows span less). Rows are
 * changed: they are centred in place. Deterministic for a seed and device.
 */
export async function principalAxes(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  columns: number,
  seed: number,
  signal: AbortSignal
): Promise<PrincipalAxes> {
  const count = rows.length / width
  const mean = centre(rows, width)
  const wanted = Math.min(columns, width, Math.max(1, count - 1))
  const carried = Math.min(width, wanted + spare)
  const covariance = meanOuterProduct(tf, rows, width)
  // The covariance is symmetric, so (C B)^T = B^T C: the basis is kept transposed, one axis a row.
  const basis = startBasis(width, carried, seed)
  orthonormalise(basis, width)
  const c = tf.tensor2d(covariance, [width, width])
  let image: Float32Array
  try {
    for (let round = 0; round < iterations; round++) {
      await breathe(signal)
      basis.set(multiply(tf, basis, width, c))
      orthonormalise(basis, width)
    }
    image = multiply(tf, basis, width, c)
  } finally {
    c.dispose()
  }
  // Rayleigh-Ritz: the exact axes inside the found subspace.
  const inner = multiplyArrays(tf, basis, width, transpose(image, width))
  const eigen = symmetricEigen(symmetrised(inner, carried), carried)
  const kept = keptAxes(eigen.values, wanted)
  const turn = Float32Array.from(eigen.vectors.subarray(0, kept * carried))
  const axes = transpose(multiplyArrays(tf, turn, carried, basis), width)
  return { mean, axes, variances: eigen.values.slice(0, kept), columns: kept }
}

function keptAxes(values: Float64Array, wanted: number): number {
  let kept = 1
  while (kept < wanted && values[kept] > leastShare * values[0]) kept++
  return kept
}

/** Subtracts the column means in place and returns them. */
function centre(rows: Float32Array, width: number): Float32Array {
  const sum = new Float64Array(width)
  const count = Math.max(1, rows.length / width)
  for (let at = 0; at < rows.length; at += width)
    for (let j = 0; j < width; j++) sum[j] += rows[at + j]
  const mean = Float32Array.from(sum, (value) => value / count)
  for (let at = 0; at < rows.length; at += width)
    for (let j = 0; j < width; j++) rows[at + j] -= mean[j]
  return mean
}

function startBasis(width: number, columns: number, seed: number): Float32Array {
  const random = createRandom(seed).fork('principal axes')
  return Float32Array.from({ length: width * columns }, () => random.normal())
}

/**
 * Makes the rows of a matrix orthonormal, in place (modified Gram-Schmidt, run twice for full
 * precision).
 */
function orthonormalise(basis: Float32Array, width: number): void {
  const t = Float64Array.from(basis)
  for (let k = 0; k * width < t.length; k++) {
    const own = t.subarray(k * width, (k + 1) * width)
    const before = Math.sqrt(dot(own, own))
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < k; j++) {
        const other = t.subarray(j * width, (j + 1) * width)
        const share = dot(own, other)
        for (let i = 0; i < width; i++) own[i] -= share * other[i]
      }
    }
    const norm = Math.sqrt(dot(own, own))
    // A row inside the span of the others holds rounding noise only; it becomes zero.
    const scale = norm > 1e-10 * before && norm > 0 ? 1 / norm : 0
    for (let i = 0; i < width; i++) own[i] *= scale
  }
  basis.set(t)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

function symmetrised(matrix: ArrayLike<number>, n: number): Float64Array {
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) out[i * n + j] = (matrix[i * n + j] + matrix[j * n + i]) / 2
  return out
}
