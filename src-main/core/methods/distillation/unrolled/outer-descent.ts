// How learned numbers (pictures, addresses, labels, a rate) follow their slopes: with momentum or
// Adam, and with slopes shortened when they are far longer than usual, as those of a training now and
// then are.
import type { MethodCheckpoint } from '../../method.ts'

/** Several arrays that are learned together. */
export type Parts = readonly Float32Array[]

/** "sgd": momentum; "adam": Kingma and Ba 2015. */
export type DescentKind = 'sgd' | 'adam'

export interface DescentRule {
  readonly kind: DescentKind
  /** Of each part; for Adam relative to the part's own size where {@link isRelative}. */
  readonly rates: readonly number[]
  /** SGD's momentum, or Adam's first one. */
  readonly momentum: number
  /** Adam's second momentum. */
  readonly squares: number
  /** Rates are shares of the root mean square of the part's numbers. */
  readonly isRelative: boolean
  /**
   * Slopes of all parts together are shortened to a fixed length ("published"), or to twice their
   * usual one, a running mean (RaT-BPTT, Feng et al. 2024); undefined leaves them.
   */
  readonly clip: { readonly longest: number } | 'usual' | undefined
}

/** Learned numbers with what the rule remembers of them. */
export interface Descent {
  readonly means: Parts
  readonly squares: Parts
  steps: number
  /** Running mean of the slopes' length. */
  usual: number
}

/** At rest. */
export function startDescent(parts: Parts): Descent {
  const zeros = (): Float32Array[] => parts.map(({ length }) => new Float32Array(length))
  return { means: zeros(), squares: zeros(), steps: 0, usual: 0 }
}

const kept = 0.9
const mostUsual = 2

/** The factor that shortens the slopes, and their length before. Updates the running mean. */
export function clipFactor(
  slopes: Parts,
  state: Descent,
  clip: DescentRule['clip']
): { readonly factor: number; readonly length: number } {
  let squares = 0
  for (const part of slopes) for (const slope of part) squares += slope * slope
  const length = Math.sqrt(squares)
  // A training that ran away: its slopes say nothing.
  if (!Number.isFinite(length)) return { factor: 0, length }
  const longest = clip === 'usual' ? mostUsual * (state.usual || length) : clip?.longest
  const factor = longest === undefined || length <= longest ? 1 : longest / length
  state.usual =
    state.usual === 0 ? length : kept * state.usual + (1 - kept) * Math.min(length, factor * length)
  return { factor, length }
}

/** Moves the values, in place. Returns the length of the slopes before they were shortened. */
export function descendParts(
  values: Parts,
  slopes: Parts,
  state: Descent,
  rule: DescentRule,
  share = 1
): number {
  const { factor, length } = clipFactor(slopes, state, rule.clip)
  if (factor === 0) return length
  state.steps++
  values.forEach((part, i) => {
    const size = rule.isRelative ? rootMeanSquare(part) : 1
    const given = {
      values: part,
      slopes: slopes[i],
      mean: state.means[i],
      square: state.squares[i]
    }
    move(given, share * rule.rates[i] * size, factor, state.steps, rule)
  })
  return length
}

interface Moving {
  readonly values: Float32Array
  readonly slopes: Float32Array
  readonly mean: Float32Array
  readonly square: Float32Array
}

function move(
  { values, slopes, mean, square }: Moving,
  rate: number,
  factor: number,
  steps: number,
  { kind, momentum, squares }: DescentRule
): void {
  const isAdam = kind === 'adam'
  const meanShare = 1 - momentum ** steps
  const squareShare = 1 - squares ** steps
  for (let i = 0; i < values.length; i++) {
    const slope = slopes[i] * factor
    mean[i] = momentum * mean[i] + (isAdam ? (1 - momentum) * slope : slope)
    if (isAdam) square[i] = squares * square[i] + (1 - squares) * slope * slope
    const by = isAdam ? mean[i] / meanShare / (Math.sqrt(square[i] / squareShare) + 1e-12) : mean[i]
    values[i] -= rate * by
  }
}

function rootMeanSquare(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return Math.sqrt(sum / Math.max(1, values.length))
}

/** What a checkpoint keeps of a descent; copies. */
export function keepDescent(state: Descent): Pick<MethodCheckpoint, 'arrays' | 'values'> {
  const arrays: Record<string, Float32Array> = {}
  state.means.forEach((part, i) => (arrays[`mean ${i}`] = part.slice()))
  state.squares.forEach((part, i) => (arrays[`square ${i}`] = part.slice()))
  return { arrays, values: { steps: state.steps, usual: state.usual } }
}

/** The reverse of {@link keepDescent} for the given parts; throws an Error where it does not fit. */
export function descentFrom(
  { arrays, values }: Pick<MethodCheckpoint, 'arrays' | 'values'>,
  parts: Parts
): Descent {
  const read = (name: string, { length }: Float32Array): Float32Array => {
    const found = arrays[name]
    if (!(found instanceof Float32Array) || found.length !== length)
      throw new Error(`the checkpoint does not hold "${name}"`)
    return found.slice()
  }
  return {
    means: parts.map((part, i) => read(`mean ${i}`, part)),
    squares: parts.map((part, i) => read(`square ${i}`, part)),
    steps: Number(values.steps),
    usual: Number(values.usual)
  }
}
