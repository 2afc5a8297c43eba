// The same kernels on a tensor device, for machines without the native runtime. Rows are widened
// when they are read; sums of squares are plain loops.
import type { Device, TensorFlow } from '../devices/device.ts'
import {
  kernelRows,
  type BlockEngine,
  type Directions,
  type PairKernel,
  type ScoreKernel
} from './block-kernel.ts'
import type { RowValues } from './block-source.ts'

/** Kernels on the device's tensors. Products differ from the native ones by 1e-5 |row| |other|. */
export function createTensorEngine(device: Device): BlockEngine {
  return {
    name: device.name,
    types: ['float32'],
    scoring: (_, columns, directions) => scoring(device.tf, columns, directions),
    pairs: (_, columns) => pairs(device.tf, columns)
  }
}

function scoring(tf: TensorFlow, columns: number, { values, count }: Directions): ScoreKernel {
  const rows = kernelRows(columns)
  // Transposed here: the WebAssembly device is slow on a transposed factor.
  const stacked = new Float32Array(values.length)
  for (let j = 0; j < columns; j++)
    for (let m = 0; m < count; m++) stacked[j * count + m] = values[m * columns + j]
  const right = tf.tensor2d(stacked, [columns, count])
  const dots = new Float32Array(count * rows)
  const squares = new Float32Array(rows)
  return {
    rows,
    dots,
    squares,
    run(block) {
      const products = product(tf, floats(block), rows, right)
      for (let i = 0; i < rows; i++) {
        squares[i] = sumOfSquares(block, i * columns, columns)
        for (let m = 0; m < count; m++) dots[m * rows + i] = products[i * count + m]
      }
    },
    dispose: () => right.dispose()
  }
}

function sumOfSquares(values: ArrayLike<number>, from: number, count: number): number {
  let sum = 0
  for (let i = from; i < from + count; i++) sum += values[i] * values[i]
  return sum
}

function pairs(tf: TensorFlow, columns: number): PairKernel {
  const rows = Math.min(256, kernelRows(columns))
  const products = new Float32Array(rows * rows)
  return {
    rows,
    products,
    run(left, right) {
      const stacked = new Float32Array(rows * columns)
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) stacked[j * rows + i] = right[i * columns + j]
      const factor = tf.tensor2d(stacked, [columns, rows])
      products.set(product(tf, floats(left), rows, factor))
      factor.dispose()
    },
    dispose: () => undefined
  }
}

// The engine takes nothing else: see `types` above.
function floats(block: RowValues): Float32Array {
  if (block instanceof Float32Array) return block
  throw new RangeError('the tensor device takes float32')
}

type Matrix = ReturnType<TensorFlow['tensor2d']>

function product(tf: TensorFlow, left: Float32Array, rows: number, right: Matrix): Float32Array {
  const a = tf.tensor2d(left, [rows, left.length / rows])
  const out = tf.matMul(a, right)
  // float32 tensors give Float32Arrays.
  const values = out.dataSync() as Float32Array
  tf.dispose([a, out])
  return values
}
