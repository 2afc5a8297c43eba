// Limited-memory BFGS with Armijo backtracking, for smooth convex objectives of some ten thousand
// parameters (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5).

export interface LbfgsOptions {
  readonly maxIterations: number
  /** Stops when the largest gradient entry falls below this. */
  readonly tolerance: number
  /** Multiplies by an approximate inverse Hessian in place; absent = a multiple of the identity. */
  readonly precondition?: ((vector: Float64Array) => void) | undefined
}

export interface LbfgsResult {
  readonly point: Float64Array
  readonly value: number
  readonly iterations: number
  readonly evaluations: number
}

/** Returns the value at `point` and fills `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => Promise<number>

const memory = 10

/** Minimises from `start`. Stops at the tolerance, at the limit, or when no step lowers the value. */
export async function minimiseLbfgs(
  objective: Objective,
  start: Float64Array,
  options: LbfgsOptions
): Promise<LbfgsResult> {
  let point: Float64Array = start.slice()
  let gradient: Float64Array = new Float64Array(point.length)
  let value = await objective(point, gradient)
  let evaluations = 1
  let iterations = 0
  const pairs: Pair[] = []
  while (iterations < options.maxIterations && largest(gradient) > options.tolerance) {
    const direction = twoLoop(gradient, pairs, options.precondition)
    let slope = dot(direction, gradient)
    if (!(slope < 0)) {
      // Rounding spoiled the curvature pairs: go on from plain steepest descent.
      pairs.length = 0
      direction.set(gradient.map((entry) => -entry))
      slope = dot(direction, gradient)
    }
    // A preconditioned first step already has the length of a Newton step.
    const isUnscaled = pairs.length === 0 && options.precondition === undefined
    let step = isUnscaled ? 1 / Math.sqrt(-slope) : 1
    let moved: { point: Float64Array; gradient: Float64Array; value: number } | undefined
    for (let attempt = 0; attempt < 20; attempt++) {
      const next = point.map((entry, i) => entry + step * direction[i])
      const nextGradient = new Float64Array(point.length)
      const nextValue = await objective(next, nextGradient)
      evaluations++
      if (nextValue <= value + 1e-4 * step * slope) {
        moved = { point: next, gradient: nextGradient, value: nextValue }
        break
      }
      step *= 0.5
    }
    if (moved === undefined) break
    remember(pairs, point, moved.point, gradient, moved.gradient)
    point = moved.point
    gradient = moved.gradient
    value = moved.value
    iterations++
  }
  return { point, value, iterations, evaluations }
}

interface Pair {
  readonly s: Float64Array
  readonly y: Float64Array
  readonly rho: number
}

function remember(
  pairs: Pair[],
  point: Float64Array,
  next: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array
): void {
  const s = next.map((entry, i) => entry - point[i])
  const y = nextGradient.map((entry, i) => entry - gradient[i])
  const curvature = dot(s, y)
  if (curvature <= 1e-12 * dot(y, y)) return
  pairs.push({ s, y, rho: 1 / curvature })
  if (pairs.length > memory) pairs.shift()
}

/** Search direction -H g from the stored curvature pairs. */
function twoLoop(
  gradient: Float64Array,
  pairs: readonly Pair[],
  precondition: LbfgsOptions['precondition']
): Float64Array {
  const q = gradient.map((entry) => -entry)
  const alphas = new Float64Array(pairs.length)
  for (let i = pairs.length - 1; i >= 0; i--) {
    const pair = pairs[i]
    alphas[i] = pair.rho * dot(pair.s, q)
    for (let j = 0; j < q.length; j++) q[j] -= alphas[i] * pair.y[j]
  }
  const last = pairs.at(-1)
  if (precondition !== undefined) precondition(q)
  else if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.y, last.y))
    for (let j = 0; j < q.length; j++) q[j] *= scale
  }
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i]
    const beta = pair.rho * dot(pair.y, q)
    for (let j = 0; j < q.length; j++) q[j] += (alphas[i] - beta) * pair.s[j]
  }
  return q
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

function largest(values: Float64Array): number {
  let top = 0
  for (const value of values) top = Math.max(top, Math.abs(value))
  return top
}
