// The k nearest of a set of rows for each row of a block, exactly: squared distances from one
// matrix product, the best k kept by insertion. Ties go to the earlier row.
import type { TensorFlow } from '../compute/devices/device.ts'
import { multiply, transpose, type Matrix } from '../features/matrix-product.ts'

/** Rows that are searched, ready for products. */
export interface SearchSet {
  readonly count: number
  readonly columns: number
  readonly transposed: Matrix
  /** Squared length of each row. */
  readonly squares: Float32Array
  dispose(): void
}

export interface Nearest {
  /** Positions in the search set, nearest first, k per row. */
  readonly near: Uint32Array
  /** Distances, ascending. */
  readonly distance: Float32Array
}

/** Prepares rows (count x columns) for searching. */
export function createSearchSet(tf: TensorFlow, rows: Float32Array, columns: number): SearchSet {
  const count = rows.length / columns
  const transposed = tf.tensor2d(transpose(rows, columns), [columns, count])
  return {
    count,
    columns,
    transposed,
    squares: squaresOf(rows, columns),
    dispose: () => transposed.dispose()
  }
}

function squaresOf(rows: Float32Array, columns: number): Float32Array {
  const out = new Float32Array(rows.length / columns)
  for (let i = 0; i < out.length; i++) {
    let sum = 0
    for (let j = 0; j < columns; j++) sum += rows[i * columns + j] * rows[i * columns + j]
    out[i] = sum
  }
  return out
}

/**
 * The `k` nearest (all, when the set is smaller) of each row of a block.
 * @param own position in the set of the block's first row when the block is part of the set: a row
 * is then not near itself
 */
export function nearest(
  tf: TensorFlow,
  set: SearchSet,
  block: Float32Array,
  k: number,
  own?: number
): Nearest {
  const { count, columns, squares } = set
  const rows = block.length / columns
  const kept = Math.max(0, Math.min(k, own === undefined ? count : count - 1))
  const near = new Uint32Array(rows * kept)
  const distance = new Float32Array(rows * kept)
  const products = multiply(tf, block, columns, set.transposed)
  const lengths = squaresOf(block, columns)
  for (let i = 0; i < rows && kept > 0; i++) {
    const at = i * kept
    const best = distance.subarray(at, at + kept).fill(Infinity)
    const self = own === undefined ? -1 : own + i
    let worst = Infinity
    for (let j = 0; j < count; j++) {
      // The row's own length is the same for all and is added at the end.
      const value = squares[j] - 2 * products[i * count + j]
      if (!(value < worst) || j === self) continue
      let place = kept - 1
      for (; place > 0 && best[place - 1] > value; place--) {
        best[place] = best[place - 1]
        near[at + place] = near[at + place - 1]
      }
      best[place] = value
      near[at + place] = j
      worst = best[kept - 1]
    }
    // Rounding may leave a tiny negative square where rows are the same.
    for (let p = 0; p < kept; p++) best[p] = Math.sqrt(Math.max(0, best[p] + lengths[i]))
  }
  return { near, distance }
}
