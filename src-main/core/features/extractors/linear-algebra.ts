// The little linear algebra that fitting needs: eigenvectors of small symmetric matrices (Jacobi)
// and leading principal directions of large ones (subspace iteration, Halko, Martinsson & Tropp
// 2011, section 4.5). Deterministic for a seed.
import type { TensorFlow } from '../../compute/devices/device.ts'
import type { Random } from '../../compute/random.ts'

/** Eigenvalues and eigenvectors (columns) of a symmetric n x n matrix by cyclic Jacobi rotations. */
export function symmetricEigen(
  matrix: Float64Array,
  n: number
): { readonly values: Float64Array; readonly vectors: Float64Array } {
  const a = matrix.slice()
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  let total = 0
  for (const value of a) total += value * value
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p * n + q] ** 2
    if (off <= 1e-18 * total) break
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[p * n + q]
        if (Math.abs(apq) < 1e-300) continue
        const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq)
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < n; k++) {
          const kp = a[k * n + p]
          const kq = a[k * n + q]
          a[k * n + p] = c * kp - s * kq
          a[k * n + q] = s * kp + c * kq
        }
        for (let k = 0; k < n; k++) {
          const pk = a[p * n + k]
          const qk = a[q * n + k]
          a[p * n + k] = c * pk - s * qk
          a[q * n + k] = s * pk + c * qk
          const vp = v[k * n + p]
          const vq = v[k * n + q]
          v[k * n + p] = c * vp - s * vq
          v[k * n + q] = s * vp + c * vq
        }
      }
    }
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]), vectors: v }
}

/** Makes the rows of a count x length matrix orthonormal in place (modified Gram-Schmidt, twice). */
function orthonormalise(values: Float32Array, count: number, length: number): void {
  for (let j = 0; j < count; j++) {
    const row = values.subarray(j * length, (j + 1) * length)
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i < j; i++) {
        const other = values.subarray(i * length, (i + 1) * length)
        let dot = 0
        for (let r = 0; r < length; r++) dot += other[r] * row[r]
        for (let r = 0; r < length; r++) row[r] -= dot * other[r]
      }
    }
    let norm = 0
    for (let r = 0; r < length; r++) norm += row[r] ** 2
    const scale = norm > 1e-20 ? 1 / Math.sqrt(norm) : 0
    for (let r = 0; r < length; r++) row[r] *= scale
  }
}

/**
 * Leading `count` principal directions of centred data (n x d, row-major), as a d x count matrix
 * with orthonormal columns, most important first.
 */
export async function principalDirections(
  tf: TensorFlow,
  centred: Float32Array,
  n: number,
  d: number,
  count: number,
  random: Random
): Promise<Float32Array> {
  const width = Math.min(d, count + 8)
  // Directions are rows, so that orthogonalising reads memory in order.
  let basis = Float32Array.from({ length: width * d }, () => random.normal())
  const data = tf.tensor2d(centred, [n, d])
  try {
    for (let round = 0; round < 5; round++) {
      orthonormalise(basis, width, d)
      const next = tf.tidy(() => {
        // Transposed first: products of transposed operands miss the fast path of WebAssembly.
        const projected = tf.matMul(data, tf.transpose(tf.tensor2d(basis, [width, d])))
        return tf.matMul(tf.transpose(projected), data)
      })
      basis = Float32Array.from(await next.data())
      next.dispose()
    }
    orthonormalise(basis, width, d)
    return await rotateToAxes(tf, data, basis, d, width, count)
  } finally {
    data.dispose()
  }
}

/** Turns a basis of the leading subspace into its principal axes, ordered by variance. */
async function rotateToAxes(
  tf: TensorFlow,
  data: ReturnType<TensorFlow['tensor2d']>,
  basis: Float32Array,
  d: number,
  width: number,
  count: number
): Promise<Float32Array> {
  const gram = tf.tidy(() => {
    const projected = tf.matMul(data, tf.transpose(tf.tensor2d(basis, [width, d])))
    return tf.matMul(tf.transpose(projected), projected)
  })
  const { values, vectors } = symmetricEigen(Float64Array.from(await gram.data()), width)
  gram.dispose()
  const order = [...values.keys()].sort((a, b) => values[b] - values[a]).slice(0, count)
  const axes = new Float32Array(d * order.length)
  for (let r = 0; r < d; r++) {
    order.forEach((axis, j) => {
      let sum = 0
      for (let k = 0; k < width; k++) sum += basis[k * d + r] * vectors[k * width + axis]
      axes[r * order.length + j] = sum
    })
  }
  return axes
}
