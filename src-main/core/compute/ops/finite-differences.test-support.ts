// Checks derivatives of tensor code against central differences, for tests: of a function, of its
// gradient, and of a loss after steps of gradient descent. Everything is float32 on the device; sums
// that would lose digits are taken here in float64.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../devices/device.ts'
import type { Random } from '../random.ts'

/** Change of each number, about, in a difference. Functions that curve strongly want less. */
const usualStep = 0.02

/** A function of tensors; the result may have any shape. */
export type TensorFunction = (inputs: readonly Tensor[]) => Tensor

/** Starting values by shape; not disposed here. */
export interface Start {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Standard normal values times `spread`. */
export function normalStart(random: Random, shape: readonly number[], spread = 1): Start {
  const size = shape.reduce((product, length) => product * length, 1)
  return { shape, values: Float32Array.from({ length: size }, () => spread * random.normal()) }
}

/**
 * How far a derivative is from the central difference, relative to the larger of the difference
 * itself and the length of the gradient (a random direction may be nearly across the gradient).
 *
 * With order 1 it is the derivative of <w, f(x)>, w random; with order k + 1 that of <u, g(x)> for a
 * random u, where g is the gradient that is checked with order k. Order 2 thus checks the gradient
 * of a function of a gradient, which is what gradient matching needs. The largest error over
 * `directions` random directions is returned.
 */
export function derivativeError(
  tf: TensorFlow,
  f: TensorFunction,
  starts: readonly Start[],
  order: number,
  random: Random,
  directions = 2,
  step = usualStep
): number {
  return tf.tidy(() => {
    const inputs = toTensors(tf, starts)
    const outputs = f(inputs)
    const probes = [[normalLike(tf, outputs, random)]]
    for (let k = 1; k < order; k++)
      probes.push(inputs.map((input) => normalLike(tf, input, random)))
    const terms = termsOfOrder(tf, f, probes, order - 1)
    const weights = probes[order - 1].map((probe) => probe.dataSync())
    // In float64, so that the only noise of the difference is that of the terms themselves.
    const value = (at: readonly Tensor[]): number =>
      terms(at).reduce((sum, term, i) => sum + dot(term.dataSync(), weights[i]), 0)
    const slopes = gradientOf(tf, (at) => weighted(tf, terms(at), probes[order - 1]), inputs)
    return worstSlopeError(tf, value, slopes, starts, random, directions, step)
  })
}

/** f for order 0, then the gradient of the probed terms below for each order. */
function termsOfOrder(
  tf: TensorFlow,
  f: TensorFunction,
  probes: readonly (readonly Tensor[])[],
  order: number
): (inputs: readonly Tensor[]) => readonly Tensor[] {
  if (order === 0) return (inputs) => [f(inputs)]
  const below = termsOfOrder(tf, f, probes, order - 1)
  return (inputs) => gradientOf(tf, (at) => weighted(tf, below(at), probes[order - 1]), inputs)
}

/** Two tensor functions that training is made of. */
export interface Training {
  /** Loss of the parameters on the synthetic pictures. */
  inner(parameters: readonly Tensor[], pictures: Tensor): Tensor
  /** Loss of the parameters that came out. */
  outer(parameters: readonly Tensor[]): Tensor
  readonly steps: number
  readonly rate: number
}

/**
 * Error, as in {@link derivativeError}, of the derivative for the synthetic pictures of the outer
 * loss after `steps` unrolled steps of plain gradient descent on the inner loss.
 */
export function unrolledError(
  tf: TensorFlow,
  training: Training,
  parameters: readonly Start[],
  pictures: Start,
  random: Random,
  directions = 3
): number {
  return tf.tidy(() => {
    const first = toTensors(tf, parameters)
    const after: TensorFunction = ([images]) => {
      let current: readonly Tensor[] = first
      for (let step = 0; step < training.steps; step++) {
        const slopes = gradientOf(tf, (at) => training.inner(at, images), current)
        current = current.map((p, i) => tf.sub(p, tf.mul(slopes[i], training.rate)))
      }
      return training.outer(current)
    }
    const value = (at: readonly Tensor[]): number => after(at).dataSync()[0]
    const slopes = gradientOf(tf, after, toTensors(tf, [pictures]))
    return worstSlopeError(tf, value, slopes, [pictures], random, directions)
  })
}

/**
 * Compares <gradient, d> with differences along random unit directions d. The stencil has four
 * points (error of order step^4), because float32 wants large steps.
 */
function worstSlopeError(
  tf: TensorFlow,
  value: (inputs: readonly Tensor[]) => number,
  slopes: readonly Tensor[],
  starts: readonly Start[],
  random: Random,
  directions: number,
  unit = usualStep
): number {
  const gradient = slopes.map((slope) => slope.dataSync())
  const length = Math.sqrt(gradient.reduce((sum, part) => sum + dot(part, part), 0))
  const size = gradient.reduce((sum, part) => sum + part.length, 0)
  const step = unit * Math.sqrt(size)
  let worst = 0
  for (let i = 0; i < directions; i++) {
    const direction = unitDirection(random, starts)
    const at = (amount: number): number =>
      tf.tidy(() => value(toTensors(tf, moved(starts, direction, amount))))
    const near = at(step) - at(-step)
    const far = at(2 * step) - at(-2 * step)
    const measured = (8 * near - far) / (12 * step)
    const claimed = gradient.reduce((sum, part, k) => sum + dot(part, direction[k]), 0)
    const scale = Math.max(Math.abs(measured), length / Math.sqrt(size), 1e-6)
    const error = Math.abs(claimed - measured) / scale
    // NaN must not pass as small.
    worst = Number.isNaN(error) ? Infinity : Math.max(worst, error)
  }
  return worst
}

function gradientOf(
  tf: TensorFlow,
  f: (inputs: readonly Tensor[]) => Tensor,
  inputs: readonly Tensor[]
): Tensor[] {
  return tf.grads((...at: Tensor[]) => f(at))([...inputs])
}

function weighted(tf: TensorFlow, terms: readonly Tensor[], weights: readonly Tensor[]): Tensor {
  return terms
    .map((term, i) => tf.sum(tf.mul(term, weights[i])))
    .reduce((total, part) => tf.add(total, part))
}

function normalLike(tf: TensorFlow, like: Tensor, random: Random): Tensor {
  const { shape, values } = normalStart(random, like.shape)
  return tf.tensor(values, [...shape])
}

function toTensors(tf: TensorFlow, starts: readonly Start[]): Tensor[] {
  return starts.map(({ values, shape }) => tf.tensor(values, [...shape], 'float32'))
}

function unitDirection(random: Random, starts: readonly Start[]): readonly Float32Array[] {
  const parts = starts.map(({ shape }) => normalStart(random, shape).values)
  const length = Math.sqrt(parts.reduce((sum, part) => sum + dot(part, part), 0))
  return parts.map((part) => part.map((value) => value / length))
}

function moved(
  starts: readonly Start[],
  direction: readonly Float32Array[],
  amount: number
): readonly Start[] {
  return starts.map(({ shape, values }, i) => ({
    shape,
    values: values.map((value, j) => value + amount * direction[i][j])
  }))
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
