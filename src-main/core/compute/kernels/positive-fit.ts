// Least squares on some thousand columns whose weights must stay positive, in Gram form: conjugate
// gradients from weights that are nearly right, preconditioned by the exact solution within groups
// of columns (block Jacobi; Saad, "Iterative methods for sparse linear systems", 2nd ed., section
// 10.2). Columns whose weight would be negative leave and do not come back, so this finds the fit of
// a choice that is still to be pruned; nnls.ts is the one that also takes columns back in.
import { factorPart, solveFactor } from './part-factor.ts'

/** Minimise 0.5 w'Qw - c'w + 0.5 ridge |w|^2; nothing of it is changed. */
export interface PositiveFitProblem {
  /** n x n, symmetric, with a diagonal above 0. */
  readonly gram: Float32Array | Float64Array
  /** n. */
  readonly linear: Float64Array
  /** 0 or more. */
  readonly ridge: number
  /** Places that belong together, each place in exactly one group; some hundred in one at most. */
  readonly groups: readonly Uint32Array[]
}

export interface PositiveFitOptions {
  /** n weights, 0 or more, to begin with; all places take part. */
  readonly start: Float64Array
  /** Largest slope of a positive weight that counts as none. */
  readonly cut: number
}

/** Steps of one solution at most, and how often columns may leave. */
const mostSteps = 300
const mostPasses = 12
/** Multiply-adds between two pauses: some ten milliseconds. */
const workPerYield = 2e7
/** n weights, 0 for columns that have left. Yields after a fixed amount of work. */
export function* fitPositive(
  problem: PositiveFitProblem,
  { start, cut }: PositiveFitOptions
): Generator<undefined, Float64Array, void> {
  const weights = start.slice()
  const isFree = new Uint8Array(weights.length).fill(1)
  const condition = yield* preconditioner(problem, isFree)
  for (let pass = 0; pass < mostPasses; pass++) {
    // Who leaves shows long before the weights are exact.
    yield* descend(problem, condition, weights, isFree, pass === 0 ? 3 * cut : cut)
    if (drop(weights, isFree) === 0 && pass > 0) return weights
  }
  return weights
}

function drop(weights: Float64Array, isFree: Uint8Array): number {
  let gone = 0
  for (let i = 0; i < weights.length; i++) {
    if (isFree[i] === 0 || weights[i] > 0) continue
    weights[i] = 0
    isFree[i] = 0
    gone++
  }
  return gone
}

/** Conjugate gradients on the free places, from `weights` and into them. */
function* descend(
  problem: PositiveFitProblem,
  condition: Preconditioner,
  weights: Float64Array,
  isFree: Uint8Array,
  cut: number
): Generator<undefined, void, void> {
  const { gram, linear, ridge } = problem
  const n = weights.length
  const product = new Float64Array(n)
  const pausing = pauses(n * n)
  multiply(gram, weights, product)
  const slope = linear.map((value, i) =>
    isFree[i] === 1 ? value - product[i] - ridge * weights[i] : 0
  )
  const shaped = new Float64Array(n)
  const direction = new Float64Array(n)
  let last = 0
  for (let step = 0; step < mostSteps; step++) {
    if (!(largestOf(slope) > cut)) return
    condition(slope, shaped)
    const now = dot(slope, shaped)
    const keep = step === 0 ? 0 : now / last
    for (let i = 0; i < n; i++) direction[i] = shaped[i] + keep * direction[i]
    last = now
    if (pausing()) yield
    multiply(gram, direction, product)
    for (let i = 0; i < n; i++) product[i] = isFree[i] === 1 ? product[i] + ridge * direction[i] : 0
    const curve = dot(direction, product)
    // Rounding has used up what the matrix can tell.
    if (!(curve > 0)) return
    const far = now / curve
    for (let i = 0; i < n; i++) {
      weights[i] += far * direction[i]
      slope[i] -= far * product[i]
    }
  }
}

/** True each time a fixed amount of work has been done, told one portion after the other. */
function pauses(portion: number): () => boolean {
  let work = 0
  return () => {
    work += portion
    if (work < workPerYield) return false
    work = 0
    return true
  }
}

type Preconditioner = (from: Float64Array, into: Float64Array) => void

/** Solves each group exactly as if all its places were free, and leaves those that are not at 0. */
function* preconditioner(
  { gram, ridge, groups }: PositiveFitProblem,
  isFree: Uint8Array
): Generator<undefined, Preconditioner, void> {
  const n = isFree.length
  const parts: { places: Uint32Array; factor: Float64Array; own: Float64Array }[] = []
  for (const places of groups) {
    const factor = factorPart(gram, n, places, ridge)
    parts.push({ places, factor, own: new Float64Array(places.length) })
    yield
  }
  return (from, into) => {
    for (const { places, factor, own } of parts) {
      for (let a = 0; a < own.length; a++) own[a] = from[places[a]]
      solveFactor(factor, own.length, own)
      for (let a = 0; a < own.length; a++) {
        const place = places[a]
        into[place] = isFree[place] === 1 ? own[a] : 0
      }
    }
  }
}

/**
 * y = matrix times x for a symmetric matrix: of its lower part, four rows at a time, each number
 * counts for its row and for its column.
 */
function multiply(m: Float32Array | Float64Array, x: Float64Array, y: Float64Array): void {
  const n = x.length
  y.fill(0)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    const p = i * n
    const q = p + n
    const r = q + n
    const s = r + n
    const xp = x[i]
    const xq = x[i + 1]
    const xr = x[i + 2]
    const xs = x[i + 3]
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let j = 0; j < i; j++) {
      const value = x[j]
      const mp = m[p + j]
      const mq = m[q + j]
      const mr = m[r + j]
      const ms = m[s + j]
      a += mp * value
      b += mq * value
      c += mr * value
      d += ms * value
      y[j] += mp * xp + mq * xq + mr * xr + ms * xs
    }
    for (let j = i; j < i + 4; j++) {
      a += m[p + j] * x[j]
      b += m[q + j] * x[j]
      c += m[r + j] * x[j]
      d += m[s + j] * x[j]
    }
    y[i] = a
    y[i + 1] = b
    y[i + 2] = c
    y[i + 3] = d
  }
  for (; i < n; i++) {
    for (let j = 0; j < i; j++) {
      y[i] += m[i * n + j] * x[j]
      y[j] += m[i * n + j] * x[i]
    }
    y[i] += m[i * n + i] * x[i]
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

function largestOf(values: Float64Array): number {
  let most = 0
  for (let i = 0; i < values.length; i++) {
    const value = Math.abs(values[i])
    if (value > most) most = value
  }
  return most
}
