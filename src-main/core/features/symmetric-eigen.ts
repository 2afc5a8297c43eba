// Eigenvectors of small symmetric matrices by Jacobi rotations: slow for large ones, but simple,
// accurate, and the same bits everywhere.

export interface Eigen {
  /** Descending. */
  readonly values: Float64Array
  /** Row k is the unit eigenvector of values[k]; n x n, row-major. */
  readonly vectors: Float64Array
}

const mostSweeps = 30

/**
 * Eigenvalues and eigenvectors of a symmetric n x n matrix (row-major; not changed). Signs are
 * settled so that each vector's largest entry is positive.
 */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): Eigen {
  const a = Float64Array.from(matrix)
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  let total = 0
  for (const value of a) total += value * value
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let off = 0
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p * n + q] ** 2
    if (off <= 1e-22 * total) break
    // Entries far below the average are left for a later sweep, or for good.
    const small = (1e-4 * off) / (n * n)
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) if (a[p * n + q] ** 2 > small) rotate(a, v, n, p, q)
    }
  }
  return sorted(a, v, n)
}

/** One rotation that makes a[p][q] zero (Golub & Van Loan, section 8.5). */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let k = 0; k < n; k++) {
    const kp = a[p * n + k]
    const kq = a[q * n + k]
    a[p * n + k] = c * kp - s * kq
    a[q * n + k] = s * kp + c * kq
  }
  for (let k = 0; k < n; k++) {
    const pk = a[k * n + p]
    const qk = a[k * n + q]
    a[k * n + p] = c * pk - s * qk
    a[k * n + q] = s * pk + c * qk
  }
  for (let k = 0; k < n; k++) {
    const kp = v[p * n + k]
    const kq = v[q * n + k]
    v[p * n + k] = c * kp - s * kq
    v[q * n + k] = s * kp + c * kq
  }
}

function sorted(a: Float64Array, v: Float64Array, n: number): Eigen {
  const order = Array.from({ length: n }, (_, i) => i)
  order.sort((i, j) => a[j * n + j] - a[i * n + i] || i - j)
  const values = Float64Array.from(order, (i) => a[i * n + i])
  const vectors = new Float64Array(n * n)
  order.forEach((from, to) => {
    const row = v.subarray(from * n, (from + 1) * n)
    let largest = 0
    for (const value of row) if (Math.abs(value) > Math.abs(largest)) largest = value
    const sign = largest < 0 ? -1 : 1
    for (let k = 0; k < n; k++) vectors[to * n + k] = sign * row[k]
  })
  return { values, vectors }
}
