// Items that are being made: their pixels as plain numbers, moved by SGD with momentum. They are few
// and small, so they live outside the device, which makes them easy to keep, to go on from and to show.
import type { MethodCheckpoint } from '../../method.ts'

/** Smallest and largest value of each channel; a number outside it is no colour of a picture. */
export interface ValueRange {
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** `count` items, one class after the other with the same number in each. */
export interface MadeItems {
  /** count x size, channels last. Changed in place. */
  readonly values: Float32Array
  /** Momentum of every value. */
  readonly velocity: Float32Array
}

/** How the values follow a gradient. */
export interface Descent {
  readonly rate: number
  readonly momentum: number
  /** Values are kept within it after every step; undefined lets them go anywhere. */
  readonly range: ValueRange | undefined
}

/** Items at these values, at rest. */
export function madeItems(values: Float32Array): MadeItems {
  return { values, velocity: new Float32Array(values.length) }
}

/**
 * One step as PyTorch's SGD does it: velocity = momentum velocity + gradient, values -= rate velocity,
 * here for `values.length` numbers from `from` on. A number that is not finite counts as 0.
 */
export function descend(items: MadeItems, gradient: Float32Array, by: Descent): void {
  const { values, velocity } = items
  const { rate, momentum, range } = by
  for (let i = 0; i < values.length; i++) {
    const slope = Number.isFinite(gradient[i]) ? gradient[i] : 0
    velocity[i] = momentum * velocity[i] + slope
    values[i] -= rate * velocity[i]
  }
  if (range !== undefined) keepWithin(values, range)
}

/** Moves values outside the range to its ends. */
export function keepWithin(values: Float32Array, { low, high }: ValueRange): void {
  const channels = low.length
  for (let i = 0; i < values.length; i++) {
    const c = i % channels
    if (values[i] < low[c]) values[i] = low[c]
    else if (values[i] > high[c]) values[i] = high[c]
  }
}

/** The arrays of a checkpoint: copies, as the items go on changing. */
export function keepItems({ values, velocity }: MadeItems): MethodCheckpoint['arrays'] {
  return { values: values.slice(), velocity: velocity.slice() }
}

/** Items from the arrays of a checkpoint; throws an Error when they are not of `length` numbers. */
export function itemsFrom(arrays: MethodCheckpoint['arrays'], length: number): MadeItems {
  const { values, velocity } = arrays
  const isWhole = (kept: unknown): kept is Float32Array =>
    kept instanceof Float32Array && kept.length === length
  if (!isWhole(values) || !isWhole(velocity))
    throw new Error(`the checkpoint does not hold ${length} numbers`)
  return { values: values.slice(), velocity: velocity.slice() }
}
