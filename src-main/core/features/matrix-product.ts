// Matrix products on the device for code that keeps its numbers in typed arrays. Two habits of
// tfjs are kept out of the product here: a transposed factor is slow on WebAssembly (65 times,
// measured), and tf.tidy walks every number of a typed array that it returns.
import type { TensorFlow } from '../compute/devices/device.ts'

export type Matrix = ReturnType<TensorFlow['tensor2d']>

/** left (rows x inner) times a tensor (inner x columns): rows x columns numbers. */
export function multiply(
  tf: TensorFlow,
  left: Float32Array,
  inner: number,
  right: Matrix
): Float32Array {
  const a = tf.tensor2d(left, [left.length / inner, inner])
  const product = tf.matMul(a, right)
  // float32 tensors give Float32Arrays.
  const values = product.dataSync() as Float32Array
  tf.dispose([a, product])
  return values
}

/** left (rows x inner) times right (inner x columns), both as numbers. */
export function multiplyArrays(
  tf: TensorFlow,
  left: Float32Array,
  inner: number,
  right: Float32Array
): Float32Array {
  const b = tf.tensor2d(right, [inner, right.length / inner])
  const values = multiply(tf, left, inner, b)
  b.dispose()
  return values
}

/** Transpose of rows x columns numbers. */
export function transpose(values: Float32Array, columns: number): Float32Array {
  const rows = values.length / columns
  const out = new Float32Array(values.length)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[j * rows + i] = values[i * columns + j]
  return out
}

/** rows^T rows of count x width numbers, divided by count: width x width. */
export function meanOuterProduct(tf: TensorFlow, rows: Float32Array, width: number): Float32Array {
  const count = Math.max(1, rows.length / width)
  const sum = new Float32Array(width * width)
  for (let at = 0; at < rows.length; at += blockRows * width) {
    const block = rows.subarray(at, Math.min(rows.length, at + blockRows * width))
    const part = multiplyArrays(tf, transpose(block, width), block.length / width, block)
    for (let i = 0; i < sum.length; i++) sum[i] += part[i] / count
  }
  return sum
}

const blockRows = 1024
