// Non-negative compressive-sampling pursuit (specs 3.3): chooses k columns and weights so that
// their sum comes close to a target. CoSaMP after Needell and Tropp (2009) with non-negative
// weights; what is ours is said in docs/methods/gtp.md.
import { solveNnls, type NnlsResult } from '../../../compute/kernels/nnls.ts'
import { countPositive, cutOut, identify, largest, withoutTwins } from './columns.ts'
import { lengthOf, type Dictionary } from './dictionary.ts'

export interface PursuitOptions {
  /** How many columns to choose at most, 1 or more. */
  readonly budget: number
  /** Rounds at most. */
  readonly rounds: number
  /** A round must lower the error by this share of the target's length. */
  readonly leastGain: number
  readonly ridge: number
  readonly signal: AbortSignal
}

export interface PursuitRound {
  /** 1-based. */
  readonly round: number
  /** Length of the best residual so far over the length of the target. */
  readonly error: number
}

/** Where a pursuit stands. */
export interface PursuitProgress {
  readonly rounds: number
  /** Columns compared in this round, 0..count. */
  readonly compared: number
  /** A finished round; absent while one is under way. */
  readonly finished?: PursuitRound
}

export interface PursuitResult {
  /** Chosen columns, heaviest first; at most `budget`, fewer where more would not help. */
  readonly columns: Uint32Array
  /** Their weights, above 0. */
  readonly weights: Float64Array
  /** Length of what is left of the target over its length; 1 when nothing was chosen. */
  readonly error: number
  readonly rounds: number
  /** Largest violation of the KKT conditions of the last fit, relative to max |c|. */
  readonly violation: number
}

/** Share of the columns with weight that a pruning step keeps. */
const pruneStep = 0.8
/** How closely weights are fitted on the way, and at the end. */
const rough = { tolerance: 1e-4, maxSweeps: 100, exactUpTo: 64 }
const fine = { tolerance: 1e-6, maxSweeps: 400, exactUpTo: 600 }
/** Weights below this share of the largest are rounding. */
const negligible = 1e-6
/** An error this small (over the target's length) is none. */
const solved = 1e-4

interface Fit {
  readonly columns: Uint32Array
  readonly weights: Float64Array
  readonly residual: Float64Array
  readonly error: number
  readonly violation: number
}

/**
 * Runs the pursuit. The error never rises from one round to the next. Throws the signal's reason;
 * equal columns, target and options give the same bits.
 */
export async function* pursue(
  dictionary: Dictionary,
  target: Float64Array,
  options: PursuitOptions
): AsyncGenerator<PursuitProgress, PursuitResult, void> {
  const { budget, signal } = options
  const length = lengthOf(target)
  const none = new Uint32Array(0)
  let best: Fit = {
    columns: none,
    weights: new Float64Array(0),
    residual: target,
    error: 1,
    violation: 0
  }
  let rounds = 0
  let pull: Float32Array | undefined
  let products: Float32Array | undefined
  // Classic CoSaMP looks at 2k new columns; where that no longer helps, fewer may (ours).
  let width = 2 * budget
  while (length > 0 && rounds < options.rounds && best.error > solved && width >= 1) {
    products ??= yield* productsOf(dictionary, best.residual, rounds, signal)
    pull ??= products
    const found = identify(dictionary, products, best.columns, width)
    if (found.length === 0) break
    const fit = yield* refit(dictionary, target, pull, best, found, rounds, options)
    rounds++
    const gain = best.error - fit.error
    if (gain > 0) {
      best = fit
      products = undefined
    }
    yield { rounds, compared: 0, finished: { round: rounds, error: best.error } }
    if (!(gain > options.leastGain)) width = narrower(width, budget)
  }
  if (best.columns.length > 0 && pull !== undefined)
    best = yield* polish(dictionary, target, pull, best, rounds, options)
  return { ...inOrder(best), error: best.error, rounds, violation: best.violation }
}

function narrower(width: number, budget: number): number {
  const next = Math.floor(width / 2)
  return next < budget / 64 ? 0 : next
}

async function* productsOf(
  dictionary: Dictionary,
  vector: Float64Array,
  rounds: number,
  signal: AbortSignal
): AsyncGenerator<PursuitProgress, Float32Array, void> {
  const steps = dictionary.products(vector)
  for (;;) {
    signal.throwIfAborted()
    const step = await steps.next()
    if (step.done === true) return step.value
    yield { rounds, compared: step.value }
  }
}

/** Merge, estimate, prune, fit again (steps 3 to 6). */
async function* refit(
  dictionary: Dictionary,
  target: Float64Array,
  pull: Float32Array,
  best: Fit,
  found: Uint32Array,
  rounds: number,
  options: PursuitOptions
): AsyncGenerator<PursuitProgress, Fit, void> {
  const merged = new Uint32Array(best.columns.length + found.length)
  merged.set(best.columns)
  merged.set(found, best.columns.length)
  options.signal.throwIfAborted()
  const whole = await dictionary.gram(merged)
  const single = withoutTwins(whole, merged.length)
  const start = Float64Array.from(single, (at) => best.weights[at] ?? 0)
  const solve = (
    places: Uint32Array,
    from: Float64Array
  ): AsyncGenerator<PursuitProgress, NnlsResult, void> =>
    estimate(whole, merged, places, pull, from, rough, rounds, options)
  let places = single
  let fit = yield* solve(places, start)
  // Pruned in steps with a new fit after each: a column that stands in for others that have just
  // gone gains weight before its own turn comes (ours; one step would be the classic form).
  for (let more = true; more;) {
    const positive = countPositive(fit.weights)
    const kept = largest(fit.weights, Math.max(options.budget, Math.floor(pruneStep * positive)))
    more = positive > options.budget
    if (kept.length === places.length) break
    const from = Float64Array.from(kept, (at) => fit.weights[at])
    places = kept.map((at) => places[at])
    if (more) fit = yield* solve(places, from)
    else fit = { ...fit, weights: from }
  }
  const columns = places.map((at) => merged[at])
  return fitOf(dictionary, target, columns, fit)
}

/** The chosen columns with their weights as exact as they are wanted. */
async function* polish(
  dictionary: Dictionary,
  target: Float64Array,
  pull: Float32Array,
  best: Fit,
  rounds: number,
  options: PursuitOptions
): AsyncGenerator<PursuitProgress, Fit, void> {
  const { columns, weights } = best
  const whole = await dictionary.gram(columns)
  const places = Uint32Array.from(columns.keys())
  const fit = yield* estimate(whole, columns, places, pull, weights, fine, rounds, options)
  const polished = await fitOf(dictionary, target, columns, fit)
  // Rounding can make a good fit a hair worse; the error must never rise.
  return polished.error <= best.error * (1 + 1e-6) ? polished : best
}

/** Columns with weight and what they leave of the target. */
async function fitOf(
  dictionary: Dictionary,
  target: Float64Array,
  columns: Uint32Array,
  { weights, violation }: NnlsResult
): Promise<Fit> {
  // Rounding can give a column that is not needed a trace of weight.
  const least = negligible * weights.reduce((most, weight) => Math.max(most, weight), 0)
  const kept = columns.filter((_, at) => weights[at] > least)
  const own = weights.filter((weight) => weight > least)
  const sum = await dictionary.combine(kept, own)
  const residual = target.map((value, i) => value - sum[i])
  const error = lengthOf(residual) / lengthOf(target)
  return { columns: kept, weights: own, residual, error, violation }
}

/** Non-negative least squares on some places of the merged columns. */
async function* estimate(
  whole: Float32Array | Float64Array,
  merged: Uint32Array,
  places: Uint32Array,
  pull: Float32Array,
  start: Float64Array,
  accuracy: typeof rough,
  rounds: number,
  { ridge, signal }: PursuitOptions
): AsyncGenerator<PursuitProgress, NnlsResult, void> {
  const gram = places.length === merged.length ? whole : cutOut(whole, merged.length, places)
  const linear = Float64Array.from(places, (at) => pull[merged[at]])
  const steps = solveNnls({ gram, linear, ridge }, { ...accuracy, start })
  for (;;) {
    signal.throwIfAborted()
    const step = steps.next()
    if (step.done === true) return step.value
    yield { rounds, compared: pull.length }
  }
}

function inOrder({ columns, weights }: Fit): Pick<PursuitResult, 'columns' | 'weights'> {
  const order = [...columns.keys()].sort(
    (a, b) => weights[b] - weights[a] || columns[a] - columns[b]
  )
  return {
    columns: Uint32Array.from(order, (at) => columns[at]),
    weights: Float64Array.from(order, (at) => weights[at])
  }
}
