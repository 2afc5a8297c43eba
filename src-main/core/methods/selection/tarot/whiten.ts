// Whitened unit rows (TAROT, "whitened feature distance"): mean and covariance of candidates and
// examples together, streamed in blocks, and the rows of any block after the map.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { isReadable } from '../../../compute/kernels/readable-row.ts'
import { normaliseRows } from '../../../compute/kernels/row-normalise.ts'
import { fitWhitening, type Whitening } from '../../../compute/kernels/whitening.ts'
import type { FeatureSource } from '../../../features/feature-matrix.ts'

export const blockRows = 1024

/** Consecutive blocks of the candidates, then of the examples. */
async function* blocksOf(
  source: FeatureSource,
  examples: Float32Array,
  signal: AbortSignal
): AsyncGenerator<{ values: Float32Array; done: number }, void, void> {
  for (let first = 0; first < source.rows; first += blockRows) {
    signal.throwIfAborted()
    const count = Math.min(blockRows, source.rows - first)
    yield { values: await source.readBlock(first, count), done: first + count }
  }
  const step = blockRows * source.columns
  for (let from = 0; from < examples.length; from += step)
    yield { values: examples.subarray(from, from + step), done: source.rows }
}

/**
 * Fits the whitening on candidates and examples together; rows that cannot be read are passed
 * over. Yields candidate rows done, of twice their number. Two passes: the one-pass form loses
 * digits when the mean is large.
 */
export async function* measureSpread(
  tf: TensorFlow,
  source: FeatureSource,
  examples: Float32Array,
  ridge: number,
  signal: AbortSignal
): AsyncGenerator<number, Whitening, void> {
  const { rows, columns } = source
  const mean = new Float64Array(columns)
  let count = 0
  for await (const { values, done } of blocksOf(source, examples, signal)) {
    for (let at = 0; at < values.length; at += columns) {
      if (!isReadable(values, at, columns)) continue
      count++
      for (let j = 0; j < columns; j++) mean[j] += values[at + j]
    }
    yield done
  }
  for (let j = 0; j < columns; j++) mean[j] /= Math.max(1, count)
  const covariance = new Float64Array(columns * columns)
  for await (const { values, done } of blocksOf(source, examples, signal)) {
    await addProducts(tf, values, mean, 1 / Math.max(1, count), covariance)
    yield rows + done
  }
  const fitting = fitWhitening(mean, covariance, ridge)
  let step = fitting.next()
  while (step.done !== true) {
    signal.throwIfAborted()
    yield 2 * rows
    step = fitting.next()
  }
  return step.value
}

/** Adds share * X^T X of the centred rows to the covariance. */
async function addProducts(
  tf: TensorFlow,
  values: Float32Array,
  mean: Float64Array,
  share: number,
  covariance: Float64Array
): Promise<void> {
  const columns = mean.length
  const count = values.length / columns
  const rows = new Float32Array(values.length)
  // Transposed here: the WebAssembly device is slow on a transposed factor.
  const turned = new Float32Array(values.length)
  for (let i = 0; i < count; i++) {
    if (!isReadable(values, i * columns, columns)) continue
    for (let j = 0; j < columns; j++) {
      const value = values[i * columns + j] - mean[j]
      rows[i * columns + j] = value
      turned[j * count + i] = value
    }
  }
  const left = tf.tensor2d(turned, [columns, count])
  const right = tf.tensor2d(rows, [count, columns])
  const product = tf.matMul(left, right)
  const sums = (await product.data()) as Float32Array
  for (let i = 0; i < sums.length; i++) covariance[i] += share * sums[i]
  tf.dispose([left, right, product])
}

/** Turns rows into whitened rows of length 1. */
export interface RowWhitener {
  /** n x columns in, n x columns out; a row that cannot be read or has no length becomes zeros. */
  run(values: Float32Array): Promise<Float32Array>
  dispose(): void
}

/** Keeps the map on the device until disposed. */
export function createWhitener(tf: TensorFlow, { columns, mean, matrix }: Whitening): RowWhitener {
  const right = tf.tensor2d(matrix, [columns, columns])
  return {
    async run(values) {
      const count = values.length / columns
      const rows = new Float32Array(values.length)
      for (let i = 0; i < count; i++) {
        if (!isReadable(values, i * columns, columns)) continue
        for (let j = 0; j < columns; j++) rows[i * columns + j] = values[i * columns + j] - mean[j]
      }
      const left = tf.tensor2d(rows, [count, columns])
      const product = tf.matMul(left, right)
      const out = (await product.data()) as Float32Array
      tf.dispose([left, product])
      normaliseRows(out, columns)
      return out
    },
    dispose: () => right.dispose()
  }
}
