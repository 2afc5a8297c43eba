// ZCA whitening of pictures: neighbouring pixels no longer predict one another, which trajectory and
// kernel methods use for colour photos. Two flavours of the published code.
import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../compute/devices/device.ts'
import { eigenOfSymmetric, type SymmetricEigen } from '../compute/kernels/tridiagonal-eigen.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import type { LabelledRows } from '../methods/distillation/distillation-method.ts'
import type { Rows } from './predict.ts'

/**
 * "trajectory" (MTT, FTD): columns to mean 0, divided by sqrt(eigenvalue + 0.1) of the covariance.
 * "kernel" (KIP, RTP): each picture to mean 0 and length 1, no column means; divided by
 * sqrt(eigenvalue + strength * mean eigenvalue) of X'X / n.
 */
export type ZcaFlavour = 'trajectory' | 'kernel'

/** A fitted whitening of rows of `size` numbers. Plain data. */
export interface Zca {
  readonly flavour: ZcaFlavour
  readonly size: number
  /** Of each column; zeros for "kernel". */
  readonly mean: Float32Array
  /** size x size, symmetric. */
  readonly whiten: Float32Array
  /** Its inverse. */
  readonly restore: Float32Array
}

/** The published code's strength; SVHN takes 100 with "kernel". */
export const zcaStrength = 0.1

const mostAtOnce = 512

/**
 * Fits a whitening to training pictures (values 0..1 as published). Takes size^3 steps: some seconds
 * for 28 x 28, a minute for 32 x 32 x 3. Throws a RangeError when there are fewer than two rows.
 */
export async function fitZca(
  tf: TensorFlow,
  rows: Rows,
  flavour: ZcaFlavour,
  signal: AbortSignal,
  strength = zcaStrength
): Promise<Zca> {
  if (rows.count < 2) throw new RangeError('whitening needs at least two rows')
  const size = rows.read(Uint32Array.of(0)).length
  const isCentred = flavour === 'trajectory'
  const mean = isCentred ? await columnMeans(rows, size, signal) : new Float32Array(size)
  const covariance = await products(tf, rows, { flavour, size, mean }, signal)
  const count = isCentred ? rows.count - 1 : rows.count
  const eigen = await solve(
    Float64Array.from(covariance, (sum) => sum / count),
    size,
    signal
  )
  const average = eigen.values.reduce((sum, value) => sum + value, 0) / size
  const added = isCentred ? strength : strength * average
  const roots = eigen.values.map((value) => Math.sqrt(Math.max(0, value) + added))
  const inverse = roots.map((root) => 1 / root)
  const [whiten, restore] = [inverse, roots].map((diagonal) =>
    tf.tidy(() => recombined(tf, eigen, diagonal, size))
  )
  return { flavour, size, mean, whiten, restore }
}

/** Rows whitened: count x size in and out. */
export function applyZca(tf: TensorFlow, zca: Zca, values: Float32Array): Float32Array {
  return times(tf, prepared(values, zca), zca.whiten, zca.size)
}

/** Whitened rows as pictures again; those of "kernel" at mean 0 and length 1. */
export function undoZca(tf: TensorFlow, zca: Zca, values: Float32Array): Float32Array {
  const { mean, size } = zca
  return times(tf, values, zca.restore, size).map((value, at) => value + mean[at % size])
}

/** Rows that are whitened as they are read. */
export function whitenedRows(tf: TensorFlow, zca: Zca, rows: LabelledRows): LabelledRows {
  return { ...rows, read: (wanted) => applyZca(tf, zca, rows.read(wanted)) }
}

type Preparation = Pick<Zca, 'flavour' | 'size' | 'mean'>

function prepared(values: Float32Array, { flavour, size, mean }: Preparation): Float32Array {
  const out = values.map((value, at) => value - mean[at % size])
  if (flavour === 'trajectory') return out
  for (let from = 0; from < out.length; from += size) {
    const row = out.subarray(from, from + size)
    const average = row.reduce((sum, value) => sum + value, 0) / size
    let squares = 0
    for (const value of row) squares += (value - average) ** 2
    const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0
    row.forEach((value, i) => (row[i] = (value - average) * factor))
  }
  return out
}

async function* batches(rows: Rows, signal: AbortSignal): AsyncGenerator<Float32Array, void> {
  for (let from = 0; from < rows.count; from += mostAtOnce) {
    await letMessagesIn()
    signal.throwIfAborted()
    const length = Math.min(mostAtOnce, rows.count - from)
    yield rows.read(Uint32Array.from({ length }, (_, i) => from + i))
  }
}

async function columnMeans(rows: Rows, size: number, signal: AbortSignal): Promise<Float32Array> {
  const sums = new Float64Array(size)
  for await (const values of batches(rows, signal))
    values.forEach((value, at) => (sums[at % size] += value))
  return Float32Array.from(sums, (sum) => sum / rows.count)
}

/** Sums of products of columns; added up in float64 batch by batch. */
async function products(
  tf: TensorFlow,
  rows: Rows,
  preparation: Preparation,
  signal: AbortSignal
): Promise<Float64Array> {
  const { size } = preparation
  const total = new Float64Array(size * size)
  for await (const values of batches(rows, signal)) {
    const part = tf.tidy(() => {
      const x = tf.tensor2d(prepared(values, preparation), [values.length / size, size])
      return tf.matMul(x, x, true).dataSync<'float32'>()
    })
    part.forEach((value, at) => (total[at] += value))
  }
  return total
}

async function solve(
  matrix: Float64Array,
  size: number,
  signal: AbortSignal
): Promise<SymmetricEigen> {
  const work = eigenOfSymmetric(matrix, size)
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    await letMessagesIn()
    signal.throwIfAborted()
  }
}

function recombined(
  tf: TensorFlow,
  { vectors }: SymmetricEigen,
  diagonal: Float64Array,
  size: number
): Float32Array {
  const rows: Tensor2D = tf.tensor2d(Float32Array.from(vectors), [size, size])
  const factors = tf.tensor2d(Float32Array.from(diagonal), [size, 1])
  return Float32Array.from(tf.matMul(rows, tf.mul(rows, factors), true).dataSync<'float32'>())
}

function times(
  tf: TensorFlow,
  values: Float32Array,
  matrix: Float32Array,
  size: number
): Float32Array {
  return tf.tidy(() => {
    const x = tf.tensor2d(values, [values.length / size, size])
    return Float32Array.from(tf.matMul(x, tf.tensor2d(matrix, [size, size])).dataSync<'float32'>())
  })
}
