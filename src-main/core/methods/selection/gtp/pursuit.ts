// Non-negative compressive-sampling pursuit (specs 3.3): chooses k columns and weights so that
// their sum comes close to a target. CoSaMP after Needell and Tropp (2009) with non-negative
// weights; what is ours is said in docs/methods/gtp.md.
import { solveNnls } from '../../../compute/kernels/nnls.ts'
import { fitPositive } from '../../../compute/kernels/positive-fit.ts'
import { candidatesOf, cutOut } from './columns.ts'
import { lengthOf, type Dictionary } from './dictionary.ts'
import { groupColumns, listsOf, type Grouping } from './groups.ts'
import { leaveOut } from './leave-out.ts'
import {
  joined,
  repeatSteps,
  stepTo,
  takeUp,
  type PursuitState,
  type PursuitStep
} from './pursuit-state.ts'
import { planRounds, type RoundPlan } from './round-plan.ts'
import { takeIn } from './take-in.ts'

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
  /** With a finished round: where to go on from. */
  readonly state?: PursuitState
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

/** Slopes that are left on the way, over the largest one that the new columns began with. */
const rough = 0.03
const roughest = 0.15
/** How closely weights are fitted at the end. */
const fine = { tolerance: 1e-6, maxSweeps: 400, exactUpTo: 600 }
/** Weights below this share of the largest are rounding. */
const negligible = 1e-6
/** An error this small (over the target's length) is none. */
const solved = 1e-4
/** Columns of one group, as many as are meant and at most. */
const usualGroup = 200
const mostInGroup = 400
/** Choices up to this size are one group. */
const smallChoice = 300

interface Fit {
  readonly columns: Uint32Array
  readonly weights: Float64Array
  /** Their products with each other. */
  readonly gram: Float32Array | Float64Array
  readonly residual: Float64Array
  readonly error: number
  /** How it came about. */
  readonly steps: readonly PursuitStep[]
}

/** No columns. */
const nothing: Weighted = {
  columns: new Uint32Array(0),
  weights: new Float64Array(0),
  gram: new Float32Array(0)
}

/** What does not change from round to round. */
interface Terms {
  readonly dictionary: Dictionary
  readonly target: Float64Array
  readonly options: PursuitOptions
  /** Products of all columns with the target. */
  readonly pull: Float32Array
  readonly grouping: Grouping
}

/**
 * Runs the pursuit. The error never rises from one round to the next. Throws the signal's reason;
 * equal columns, target and options give the same bits, also from a state on.
 */
export async function* pursue(
  dictionary: Dictionary,
  target: Float64Array,
  options: PursuitOptions,
  from?: PursuitState
): AsyncGenerator<PursuitProgress, PursuitResult, void> {
  let best: Fit = { ...nothing, residual: target, error: 1, steps: [] }
  if (!(lengthOf(target) > 0)) return { ...inOrder(best), error: 1, rounds: 0, violation: 0 }
  const pull = yield* productsOf(dictionary, target, 0, options.signal)
  const grouping = await groupColumns(
    dictionary,
    Math.ceil(options.budget / usualGroup),
    from?.known
  )
  const terms: Terms = { dictionary, target, options, pull, grouping }
  const plan = planRounds(options, from?.plan)
  let rounds = from?.plan.round ?? 0
  if (from !== undefined && from.steps.length > 0) best = yield* fitFrom(terms, from)
  let products = best.steps.length > 0 ? undefined : pull
  for (let next = plan.next(); next !== undefined && best.error > solved; next = plan.next()) {
    products ??= yield* productsOf(dictionary, best.residual, rounds, options.signal)
    const fit = yield* runRound(terms, best, products, next, rounds)
    if (fit === undefined) break
    rounds++
    plan.tell(best.error, fit.error)
    if (fit.error < best.error) {
      best = fit
      products = undefined
    }
    const { steps, weights } = best
    const state = { plan: plan.state(), steps, weights, known: grouping.known() }
    yield { rounds, compared: 0, finished: { round: rounds, error: best.error }, state }
  }
  const { fit, violation } = yield* polish(terms, best, rounds)
  return { ...inOrder(fit), error: fit.error, rounds, violation }
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

/** Identify, merge, estimate, prune, fit again (steps 2 to 6); undefined when nothing would help. */
async function* runRound(
  terms: Terms,
  best: Fit,
  products: Float32Array,
  { size, width, candidates }: RoundPlan,
  rounds: number
): AsyncGenerator<PursuitProgress, Fit | undefined, void> {
  const { dictionary, options } = terms
  const { ridge, signal } = options
  const compared = candidatesOf(dictionary, products, best.columns, candidates)
  const isSmall = size <= smallChoice
  const groupOf = await groupsOf(terms, joined(best.columns, compared), isSmall)
  const limits = { width, ridge, signal }
  const found = await takeIn(dictionary, best, products, compared, groupOf, limits)
  if (found.length === 0) return undefined
  const { columns, gram } = await takeUp(dictionary, best, found)
  const most = found.reduce((value, column) => Math.max(value, products[column]), 0)
  const start = new Float64Array(columns.length)
  start.set(best.weights)
  const merged = { columns, gram, weights: start }
  const steps = estimate(terms, merged, await groupsOf(terms, columns, isSmall), roughest * most)
  const whole = yield* pausing(steps, terms, rounds)
  const fitted = (choice: Weighted): Promise<Fit> =>
    fitOf(terms, choice, [...best.steps, stepTo(best.columns, found, choice.columns)])
  if (whole.columns.length <= size) return fitted(whole)
  const groups = listsOf(await groupsOf(terms, whole.columns, isSmall), mostInGroup)
  const kept = leaveOut(whole.gram, whole.weights, groups, size, ridge)
  const part = { ...cut(whole, kept.places), weights: kept.weights }
  const again = estimate(terms, part, await groupsOf(terms, part.columns, isSmall), rough * most)
  return fitted(yield* pausing(again, terms, rounds))
}

type Weighted = Pick<Fit, 'columns' | 'weights' | 'gram'>

function groupsOf(
  { grouping }: Terms,
  columns: Uint32Array,
  isSmall: boolean
): Promise<Int16Array> | Int16Array {
  return isSmall ? new Int16Array(columns.length) : grouping.of(columns)
}

/** Least squares on some columns; those with weight are left. */
function* estimate(
  { pull, options }: Terms,
  choice: Weighted,
  groupOf: Int16Array,
  cutAt: number
): Generator<undefined, Weighted, void> {
  const { columns, gram, weights } = choice
  const linear = Float64Array.from(columns, (column) => pull[column])
  const groups = listsOf(groupOf, mostInGroup)
  const problem = { gram, linear, ridge: options.ridge, groups }
  const fitted = yield* fitPositive(problem, { start: weights, cut: cutAt })
  return withWeight({ columns, gram, weights: fitted })
}

async function* pausing<T>(
  steps: Generator<undefined, T, void>,
  { pull, options }: Terms,
  rounds: number
): AsyncGenerator<PursuitProgress, T, void> {
  for (;;) {
    options.signal.throwIfAborted()
    const step = steps.next()
    if (step.done === true) return step.value
    yield { rounds, compared: pull.length }
  }
}

/** The columns at some places, ascending. */
function cut({ columns, gram, weights }: Weighted, places: Uint32Array): Weighted {
  if (places.length === columns.length) return { columns, gram, weights }
  return {
    columns: places.map((place) => columns[place]),
    weights: Float64Array.from(places, (place) => weights[place]),
    gram: cutOut(gram, columns.length, places)
  }
}

function withWeight(choice: Weighted): Weighted {
  const { weights } = choice
  // Rounding can give a column that is not needed a trace of weight.
  const least = negligible * weights.reduce((most, weight) => Math.max(most, weight), 0)
  return cut(
    choice,
    Uint32Array.from(weights.keys()).filter((place) => weights[place] > least)
  )
}

/** What some columns with weights leave of the target. */
async function fitOf(
  { dictionary, target }: Terms,
  choice: Weighted,
  steps: readonly PursuitStep[]
): Promise<Fit> {
  const sum = await dictionary.combine(choice.columns, choice.weights)
  const residual = target.map((value, i) => value - sum[i])
  return { ...choice, residual, error: lengthOf(residual) / lengthOf(target), steps }
}

/** The best round so far, as it was when the state was given out. */
async function* fitFrom(
  terms: Terms,
  { plan, steps, weights }: PursuitState
): AsyncGenerator<PursuitProgress, Fit, void> {
  const { dictionary, options, pull } = terms
  const making = repeatSteps(dictionary, nothing, steps, options.signal)
  let step = await making.next()
  for (; step.done !== true; step = await making.next())
    yield { rounds: plan.round, compared: pull.length }
  return fitOf(terms, { ...step.value, weights }, steps)
}

/** The chosen columns with their weights as exact as they are wanted. */
async function* polish(
  terms: Terms,
  best: Fit,
  rounds: number
): AsyncGenerator<PursuitProgress, { readonly fit: Fit; readonly violation: number }, void> {
  const { columns, gram } = best
  if (columns.length === 0) return { fit: best, violation: 0 }
  const { pull, options } = terms
  const linear = Float64Array.from(columns, (column) => pull[column])
  const groups = listsOf(await groupsOf(terms, columns, columns.length <= smallChoice), mostInGroup)
  const { ridge } = options
  const most = linear.reduce((value, own) => Math.max(value, Math.abs(own)), 0)
  const near = fitPositive(
    { gram, linear, ridge, groups },
    { start: best.weights, cut: 0.5 * fine.tolerance * most }
  )
  const start = yield* pausing(near, terms, rounds)
  const steps = solveNnls({ gram, linear, ridge }, { ...fine, start })
  const { weights, violation } = yield* pausing(steps, terms, rounds)
  const polished = await fitOf(terms, withWeight({ columns, gram, weights }), best.steps)
  // Rounding can make a good fit a hair worse; the error must never rise.
  return { fit: polished.error <= best.error * (1 + 1e-6) ? polished : best, violation }
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
