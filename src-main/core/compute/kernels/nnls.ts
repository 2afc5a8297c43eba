// Non-negative least squares in Gram form (specs B6): minimise 0.5 w'Qw - c'w + 0.5 ridge |w|^2
// over w >= 0, with Q = A'A and c = A'b. Coordinate descent finds which weights are positive; where
// these are few enough, nnls-active-set.ts then solves for them exactly.
import { finishExactly } from './nnls-active-set.ts'

/** A problem of n columns; `gram` and `linear` are not changed. */
export interface NnlsProblem {
  /** n x n, symmetric. */
  readonly gram: Float32Array | Float64Array
  /** n. */
  readonly linear: Float64Array
  /** Added to the diagonal; 0 or more. */
  readonly ridge: number
}

export interface NnlsOptions {
  /** Weights to begin with, 0 or more; zeros when absent. */
  readonly start?: Float64Array
  /** Largest projected gradient that counts as none, relative to max |c|. */
  readonly tolerance?: number
  /** Coordinate descent gives up after this many sweeps over the positive weights. */
  readonly maxSweeps?: number
  /** Up to this many independent columns the end is exact; 0 leaves it to coordinate descent. */
  readonly exactUpTo?: number
}

export interface NnlsResult {
  /** n weights, 0 or more. */
  readonly weights: Float64Array
  /** Largest projected gradient that is left, relative to max |c| (0 when c is zero). */
  readonly violation: number
  readonly sweeps: number
  /** True where the positive weights solve their equations exactly (a vertex). */
  readonly isExact: boolean
}

const defaults = { tolerance: 1e-6, maxSweeps: 400, exactUpTo: 600 }
/** Positive weights looked at between two yields: some ten milliseconds. */
const workPerYield = 2e7

/**
 * Solves the problem. Yields from time to time (after a fixed amount of work, not of time), so that
 * the caller can stop it. A column with a zero diagonal keeps the weight 0.
 */
export function* solveNnls(
  problem: NnlsProblem,
  options: NnlsOptions = {}
): Generator<undefined, NnlsResult, void> {
  const { tolerance, maxSweeps, exactUpTo } = { ...defaults, ...options }
  const n = problem.linear.length
  const weights = options.start?.slice() ?? new Float64Array(n)
  const scale = problem.linear.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (scale === 0 || n === 0) {
    return { weights: weights.fill(0), violation: 0, sweeps: 0, isExact: true }
  }
  for (let j = 0; j < n; j++) if (!(problem.gram[j * n + j] + problem.ridge > 0)) weights[j] = 0
  const cut = tolerance * scale
  const slope = new Float64Array(n)
  yield* slopesInto(problem, weights, slope)
  // Two sweeps over everything find most of what is positive; then only that and what wants to be.
  let sweeps = 0
  for (let round = 0; sweeps < maxSweeps; round++) {
    const isStart = round < 2
    const part = restrict(problem, weights, slope, isStart ? -Infinity : cut)
    sweeps += yield* descend(part, isStart ? 1 : 50, cut)
    part.active.forEach((j, at) => (weights[j] = part.weights[at]))
    if (part.gram === problem.gram) slope.set(part.slope)
    else yield* slopesInto(problem, weights, slope)
    if (violationOf(problem, weights, slope) <= cut) break
  }
  const isExact = yield* finishExactly(problem, weights, slope, cut, exactUpTo)
  yield* slopesInto(problem, weights, slope)
  return { weights, violation: violationOf(problem, weights, slope) / scale, sweeps, isExact }
}

/** Runs {@link solveNnls} to its end without a pause; for small problems and tests. */
export function nnls(problem: NnlsProblem, options: NnlsOptions = {}): NnlsResult {
  const steps = solveNnls(problem, options)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** A smaller problem of some columns, the others kept at weight 0. */
interface Restricted {
  readonly active: Uint32Array
  readonly gram: Float32Array | Float64Array
  readonly slope: Float64Array
  readonly weights: Float64Array
  readonly ridge: number
}

/** The problem of the columns whose weight is positive or whose slope is above `least`. */
function restrict(
  { gram, linear, ridge }: NnlsProblem,
  weights: Float64Array,
  slope: Float64Array,
  least: number
): Restricted {
  const n = linear.length
  const all = Uint32Array.from({ length: n }, (_, j) => j)
  const active = all.filter((j) => weights[j] > 0 || slope[j] > least)
  const p = active.length
  // Columns that stay at 0 cost a sweep next to nothing: only a much smaller matrix is worth a copy.
  if (p > 0.7 * n)
    return { active: all, ridge, slope: slope.slice(), weights: weights.slice(), gram }
  const of = (values: Float64Array): Float64Array => Float64Array.from(active, (j) => values[j])
  const part = { active, ridge, slope: of(slope), weights: of(weights) }
  const small = gram instanceof Float64Array ? new Float64Array(p * p) : new Float32Array(p * p)
  for (let a = 0; a < p; a++) {
    const from = active[a] * n
    for (let b = 0; b < p; b++) small[a * p + b] = gram[from + active[b]]
  }
  return { ...part, gram: small }
}

/** Coordinate descent on all columns until the projected gradient is below `cut`; returns sweeps. */
function* descend(
  { gram, slope, weights, ridge }: Restricted,
  maxSweeps: number,
  cut: number
): Generator<undefined, number, void> {
  const p = weights.length
  let work = 0
  for (let sweep = 1; sweep <= maxSweeps; sweep++) {
    let most = 0
    for (let j = 0; j < p; j++) {
      const old = weights[j]
      const g = slope[j]
      if (old === 0 && !(g > 0)) continue
      const from = j * p
      const own = gram[from + j] + ridge
      // A column of zeros keeps weight 0.
      if (!(own > 0)) continue
      if (Math.abs(g) > most) most = Math.abs(g)
      const next = Math.max(0, old + g / own)
      const change = next - old
      if (change === 0) continue
      weights[j] = next
      for (let i = 0; i < p; i++) slope[i] -= change * gram[from + i]
      slope[j] -= ridge * change
      work += p
      if (work > workPerYield) {
        work = 0
        yield
      }
    }
    if (most <= cut) return sweep
  }
  return maxSweeps
}

/** slope = c - Qw - ridge w, the direction in which the objective falls. */
function* slopesInto(
  { gram, linear, ridge }: NnlsProblem,
  weights: Float64Array,
  slope: Float64Array
): Generator<undefined, void, void> {
  const n = linear.length
  slope.set(linear)
  let work = 0
  for (let j = 0; j < n; j++) {
    const weight = weights[j]
    if (weight === 0) continue
    const from = j * n
    for (let i = 0; i < n; i++) slope[i] -= weight * gram[from + i]
    slope[j] -= ridge * weight
    work += n
    if (work > workPerYield) {
      work = 0
      yield
    }
  }
}

/** KKT: the slope is 0 where a weight is positive and 0 or less elsewhere. */
function violationOf(
  { gram, linear, ridge }: NnlsProblem,
  weights: Float64Array,
  slope: Float64Array
): number {
  const n = linear.length
  let most = 0
  for (let j = 0; j < n; j++) {
    if (!(gram[j * n + j] + ridge > 0)) continue
    most = Math.max(most, weights[j] > 0 ? Math.abs(slope[j]) : slope[j])
  }
  return most
}
