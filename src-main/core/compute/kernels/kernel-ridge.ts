// Kernel ridge regression on a few items and the slopes of its error on other items, in float64: what
// the ridge methods that make tiny sets are built on. Matrices are row-major.
import { factorCholesky, solveCholesky } from './cholesky.ts'

/** Kernel matrices of `count` items, and of `others` items with them. */
export interface Kernels {
  readonly count: number
  readonly others: number
  /** count x count, symmetric. */
  readonly own: Float64Array
  /** others x count. */
  readonly across: Float64Array
}

/** A factored (K + lambda tr(K) / n I). */
export interface RidgeFactor {
  readonly lower: Float64Array
  readonly count: number
  /** The lambda it was made with: the one asked for, or the first larger one that could be factored. */
  readonly ridge: number
}

/** Rounding of kernels in float32 can leave matrices a little indefinite. */
const mostTries = 12

/**
 * Factors K + ridge tr(K) / n I. A ridge that leaves it singular in the numbers at hand grows tenfold
 * until it does not; throws a RangeError where the kernel is not finite or zero throughout.
 */
export function factorRidge(own: Float64Array, count: number, ridge: number): RidgeFactor {
  const scale = traceOf(own, count) / count
  if (!(scale > 0 && Number.isFinite(scale)))
    throw new RangeError('the kernel of the items is zero or not finite')
  let tried = ridge
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const lower = own.slice()
    for (let i = 0; i < count; i++) lower[i * count + i] += tried * scale
    if (factorCholesky(lower, count)) return { lower, count, ridge: tried }
    tried = Math.max(1e-12, tried * 10)
  }
  throw new RangeError('the kernel of the items is not positive definite')
}

/** (K + ...)^-1 y for count x columns numbers y; the result is count x columns. */
export function solveRidge(
  { lower, count }: RidgeFactor,
  y: ArrayLike<number>,
  columns: number
): Float64Array {
  const out = new Float64Array(count * columns)
  const column = new Float64Array(count)
  for (let c = 0; c < columns; c++) {
    for (let i = 0; i < count; i++) column[i] = y[i * columns + c]
    solveCholesky(lower, count, column, 0)
    for (let i = 0; i < count; i++) out[i * columns + c] = column[i]
  }
  return out
}

/** across x weights: others x columns. */
export function predictRidge(
  across: ArrayLike<number>,
  weights: Float64Array,
  others: number,
  columns: number
): Float64Array {
  const count = weights.length / columns
  const out = new Float64Array(others * columns)
  for (let t = 0; t < others; t++)
    for (let i = 0; i < count; i++) {
      const k = across[t * count + i]
      for (let c = 0; c < columns; c++) out[t * columns + c] += k * weights[i * columns + c]
    }
  return out
}

/** The error on the other items and how it changes with everything that is learned. */
export interface RidgeError {
  /** Half the squared error of one item, on average. */
  readonly loss: number
  /** count x columns: by the items' labels. */
  readonly labels: Float64Array
  /** count x count: by every entry of `own`; symmetric. */
  readonly own: Float64Array
  /** others x count: by every entry of `across`. */
  readonly across: Float64Array
}

/**
 * Half the mean squared error of across (own + ridge tr(own) / n I)^-1 y against `targets` (others x
 * columns), with its slopes: for A z = y they are w = A^-1 dz for y and -w z^T for A.
 */
export function ridgeError(
  { count, others, own, across }: Kernels,
  y: ArrayLike<number>,
  targets: ArrayLike<number>,
  columns: number,
  ridge: number
): RidgeError {
  const factor = factorRidge(own, count, ridge)
  const z = solveRidge(factor, y, columns)
  const off = predictRidge(across, z, others, columns)
  let loss = 0
  for (let i = 0; i < off.length; i++) {
    off[i] -= targets[i]
    loss += (off[i] * off[i]) / (2 * others)
    off[i] /= others
  }
  const byAcross = products(off, z, others, count, columns)
  const byWeights = new Float64Array(count * columns)
  for (let t = 0; t < others; t++)
    for (let i = 0; i < count; i++) {
      const k = across[t * count + i]
      for (let c = 0; c < columns; c++) byWeights[i * columns + c] += k * off[t * columns + c]
    }
  const w = solveRidge(factor, byWeights, columns)
  const byOwn = products(w, z, count, count, columns)
  // The two halves of a symmetric matrix change together; the ridge changes with the trace.
  const trace = (-factor.ridge / count) * traceOf(byOwn, count)
  const symmetric = new Float64Array(count * count)
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++)
      symmetric[i * count + j] = -(byOwn[i * count + j] + byOwn[j * count + i]) / 2
  for (let i = 0; i < count; i++) symmetric[i * count + i] += trace
  return { loss, labels: w, own: symmetric, across: byAcross }
}

/** a b^T for rows of `columns` numbers. */
function products(
  a: Float64Array,
  b: Float64Array,
  rows: number,
  others: number,
  columns: number
): Float64Array {
  const out = new Float64Array(rows * others)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < others; j++) {
      let sum = 0
      for (let c = 0; c < columns; c++) sum += a[i * columns + c] * b[j * columns + c]
      out[i * others + j] = sum
    }
  return out
}

function traceOf(a: Float64Array, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += a[i * n + i]
  return sum
}
