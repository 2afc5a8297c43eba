// Eigenvalues and eigenvectors of symmetric matrices of some hundred to two thousand rows:
// Householder reflections to tridiagonal form, then implicit QL steps (Golub & Van Loan, Matrix
// Computations, sections 8.3.1 and 8.3.3). Many times faster than rotations of single pairs.

/** Row k of `vectors` (n x n, row-major) is the unit eigenvector of values[k]; ascending. */
export interface SymmetricEigen {
  readonly values: Float64Array
  readonly vectors: Float64Array
}

const mostSteps = 60

/**
 * Eigenvalues and eigenvectors of a symmetric n x n matrix (row-major, not changed; the lower part
 * is read). Yields now and then so that the caller can stop. Throws a RangeError when the matrix
 * holds a number that is not finite.
 */
export function* eigenOfSymmetric(
  matrix: ArrayLike<number>,
  n: number
): Generator<number, SymmetricEigen, void> {
  const a = Float64Array.from(matrix)
  if (!a.every(Number.isFinite))
    throw new RangeError('the matrix holds a number that is not finite')
  const diagonal = new Float64Array(n)
  const beside = new Float64Array(n)
  const reflections = new Float64Array(n)
  // Reflections are kept in the columns they emptied, as LAPACK does.
  for (let k = 0; k < n - 1; k++) {
    reflections[k] = reflect(a, n, k)
    if (k % 16 === 15) yield k
  }
  for (let k = 0; k < n; k++) diagonal[k] = a[k * n + k]
  for (let k = 0; k < n - 1; k++) beside[k] = a[(k + 1) * n + k]
  const vectors = new Float64Array(n * n)
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1
  // Rows of `vectors` are turned like columns of Q: neighbours in memory are then used together.
  for (let k = 0; k < n; k++) {
    if (!settle(diagonal, beside, vectors, n, k)) throw new RangeError('no eigenvalues were found')
    if (k % 16 === 15) yield k
  }
  yield* unreflect(a, reflections, vectors, n)
  return sorted(diagonal, vectors, n)
}

/** One Householder step: column k below its first subdiagonal entry becomes zero. Returns beta. */
function reflect(a: Float64Array, n: number, k: number): number {
  const from = k + 1
  const size = n - from
  let squares = 0
  for (let i = from + 1; i < n; i++) squares += a[i * n + k] ** 2
  if (squares === 0) return 0
  const alpha = a[from * n + k]
  const norm = Math.sqrt(alpha * alpha + squares)
  const mu = alpha <= 0 ? alpha - norm : -squares / (alpha + norm)
  const beta = (2 * mu * mu) / (squares + mu * mu)
  const v = new Float64Array(size)
  v[0] = 1
  for (let i = 1; i < size; i++) v[i] = a[(from + i) * n + k] / mu
  const w = timesLower(a, n, from, v)
  let vw = 0
  for (let i = 0; i < size; i++) {
    w[i] *= beta
    vw += v[i] * w[i]
  }
  for (let i = 0; i < size; i++) w[i] -= 0.5 * beta * vw * v[i]
  for (let i = 0; i < size; i++) {
    const row = (from + i) * n + from
    for (let j = 0; j <= i; j++) a[row + j] -= v[i] * w[j] + w[i] * v[j]
  }
  a[from * n + k] = norm
  for (let i = 1; i < size; i++) a[(from + i) * n + k] = v[i]
  return beta
}

/** A[from.., from..] v from the lower part alone. */
function timesLower(a: Float64Array, n: number, from: number, v: Float64Array): Float64Array {
  const size = v.length
  const out = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    const row = (from + i) * n + from
    const own = v[i]
    let sum = a[row + i] * own
    for (let j = 0; j < i; j++) {
      sum += a[row + j] * v[j]
      out[j] += a[row + j] * own
    }
    out[i] += sum
  }
  return out
}

/** Implicit QL steps until the entry beside diagonal k is nothing. False when it does not settle. */
function settle(
  d: Float64Array,
  e: Float64Array,
  vectors: Float64Array,
  n: number,
  k: number
): boolean {
  for (let step = 0; step < mostSteps; step++) {
    let m = k
    while (m < n - 1 && Math.abs(e[m]) > Number.EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) m++
    if (m === k) return true
    // Wilkinson's shift.
    const half = (d[k + 1] - d[k]) / (2 * e[k])
    const root = Math.hypot(half, 1)
    let g = d[m] - d[k] + e[k] / (half + (half < 0 ? -root : root))
    let s = 1
    let c = 1
    let p = 0
    let i = m - 1
    for (; i >= k; i--) {
      const f = s * e[i]
      const b = c * e[i]
      const r = Math.hypot(f, g)
      e[i + 1] = r
      if (r === 0) {
        // The matrix falls into two: start again with the smaller one.
        d[i + 1] -= p
        e[m] = 0
        break
      }
      s = f / r
      c = g / r
      g = d[i + 1] - p
      const t = (d[i] - g) * s + 2 * c * b
      p = s * t
      d[i + 1] = g + p
      g = c * t - b
      turn(vectors, n, i, c, s)
    }
    if (i >= k) continue
    d[k] -= p
    e[k] = g
    e[m] = 0
  }
  return false
}

function turn(vectors: Float64Array, n: number, i: number, c: number, s: number): void {
  const [first, second] = [i * n, (i + 1) * n]
  for (let j = 0; j < n; j++) {
    const f = vectors[second + j]
    const g = vectors[first + j]
    vectors[second + j] = s * g + c * f
    vectors[first + j] = c * g - s * f
  }
}

/** Multiplies every eigenvector (a row) with the reflections, last one first. */
function* unreflect(
  a: Float64Array,
  reflections: Float64Array,
  vectors: Float64Array,
  n: number
): Generator<number, void, void> {
  const v = new Float64Array(n)
  for (let k = n - 2; k >= 0; k--) {
    if (reflections[k] === 0) continue
    const from = k + 1
    v[from] = 1
    for (let i = from + 1; i < n; i++) v[i] = a[i * n + k]
    for (let row = 0; row < n; row++) {
      const at = row * n
      let dot = 0
      for (let j = from; j < n; j++) dot += v[j] * vectors[at + j]
      dot *= reflections[k]
      for (let j = from; j < n; j++) vectors[at + j] -= dot * v[j]
    }
    if (k % 16 === 15) yield k
  }
}

function sorted(values: Float64Array, vectors: Float64Array, n: number): SymmetricEigen {
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => values[i] - values[j] || i - j
  )
  const out = new Float64Array(n * n)
  order.forEach((from, to) => out.set(vectors.subarray(from * n, (from + 1) * n), to * n))
  return { values: Float64Array.from(order, (i) => values[i]), vectors: out }
}
