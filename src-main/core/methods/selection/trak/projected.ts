// TRAK for heads with more numbers than a dense matrix can have: gradients are projected with random
// signs before the curvature is taken. The projection is never applied to the candidates: a solved
// direction is carried back through the same signs instead, which gives the same products.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { fillSigns } from '../../../compute/kernels/rademacher.ts'
import type { Curvature, CurvatureRows } from '../../head-gradients/curvature.ts'

const blockRows = 1024

/** A random projection of (labels x width) numbers to `size`, named by its seed. */
export interface Projection {
  readonly seed: number
  readonly labels: number
  readonly width: number
  readonly size: number
}

/** Signs of one label: width x size. The 1 / sqrt(size) is left to {@link carryBack}. */
function signsOf({ seed, width, size }: Projection, label: number, out: Float32Array): void {
  fillSigns(seed, label, width, size, out)
}

/**
 * Mean of phi phi^T over the rows with phi = R^T (a (x) h) / sqrt(size); yields rows done.
 * @param vectors count x labels: the rows' vectors over the labels
 */
export async function* addUpProjected(
  tf: TensorFlow,
  projection: Projection,
  { h, width, count }: CurvatureRows,
  vectors: Float32Array,
  signal: AbortSignal
): AsyncGenerator<number, Curvature, void> {
  const { labels, size } = projection
  const matrix = new Float64Array(size * size)
  const signs = new Float32Array(width * size)
  for (let start = 0; start < count; start += blockRows) {
    const rows = Math.min(blockRows, count - start)
    const phi = new Float32Array(rows * size)
    for (let label = 0; label < labels; label++) {
      signal.throwIfAborted()
      signsOf(projection, label, signs)
      const own = new Float32Array(rows * width)
      for (let i = 0; i < rows; i++) {
        const weight = vectors[(start + i) * labels + label]
        const from = (start + i) * width
        for (let j = 0; j < width; j++) own[i * width + j] = weight * h[from + j]
      }
      const values = await multiply(tf, own, rows, width, signs, size)
      for (let i = 0; i < phi.length; i++) phi[i] += values[i]
    }
    const turned = new Float32Array(phi.length)
    for (let i = 0; i < rows; i++)
      for (let k = 0; k < size; k++) turned[k * rows + i] = phi[i * size + k]
    const part = await multiply(tf, turned, size, rows, phi, size)
    for (let i = 0; i < matrix.length; i++) matrix[i] += part[i] / (count * size)
    yield start + rows
  }
  return { matrix, n: size }
}

/** left (rows x inner) times right (inner x columns). */
export async function multiply(
  tf: TensorFlow,
  left: Float32Array,
  rows: number,
  inner: number,
  right: Float32Array,
  columns: number
): Promise<Float32Array> {
  const a = tf.tensor2d(left, [rows, inner])
  const b = tf.tensor2d(right, [inner, columns])
  const product = tf.matMul(a, b)
  const values = (await product.data()) as Float32Array
  tf.dispose([a, b, product])
  return values
}

/** R^T v / sqrt(size) of labels x width matrices. */
export function projectAll(
  projection: Projection,
  matrices: readonly Float64Array[]
): Float64Array[] {
  const { labels, width, size } = projection
  const signs = new Float32Array(width * size)
  const out = matrices.map(() => new Float64Array(size))
  const scale = 1 / Math.sqrt(size)
  for (let label = 0; label < labels; label++) {
    signsOf(projection, label, signs)
    matrices.forEach((matrix, at) => {
      for (let j = 0; j < width; j++) {
        const value = matrix[label * width + j] * scale
        for (let k = 0; k < size; k++) out[at][k] += value * signs[j * size + k]
      }
    })
  }
  return out
}

/** R x / sqrt(size): the labels x width directions whose products with gradients are phi . x. */
export function carryBack(
  projection: Projection,
  vectors: readonly Float64Array[]
): Float64Array[] {
  const { labels, width, size } = projection
  const signs = new Float32Array(width * size)
  const out = vectors.map(() => new Float64Array(labels * width))
  const scale = 1 / Math.sqrt(size)
  for (let label = 0; label < labels; label++) {
    signsOf(projection, label, signs)
    vectors.forEach((vector, at) => {
      for (let j = 0; j < width; j++) {
        let sum = 0
        for (let k = 0; k < size; k++) sum += vector[k] * signs[j * size + k]
        out[at][label * width + j] = sum * scale
      }
    })
  }
  return out
}
