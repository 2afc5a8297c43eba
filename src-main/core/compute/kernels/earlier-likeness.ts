// For rows in an order: how alike each one is to the most similar row before it. SemDeDup (Abbas et
// al. 2023) removes the rows where that is above a threshold.
import type { TensorFlow } from '../devices/device.ts'

/** One entry per row, in the given order. */
export interface EarlierLikeness {
  /** Largest cosine with an earlier row; -2 for the first one. */
  readonly cosine: Float32Array
  /** Which earlier row that was (the earliest of equals); the row itself for the first one. */
  readonly of: Uint32Array
}

const blockRows = 1024

/**
 * Compares every row with all earlier ones, block by block; yields rows done.
 * @param rows n x width, unit rows
 */
export async function* earlierLikeness(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  signal: AbortSignal
): AsyncGenerator<number, EarlierLikeness, void> {
  const count = rows.length / width
  const cosine = new Float32Array(count).fill(-2)
  const of = Uint32Array.from({ length: count }, (_, i) => i)
  for (let left = 0; left < count; left += blockRows) {
    const leftRows = Math.min(blockRows, count - left)
    const right = tf.tidy(() =>
      tf.transpose(
        tf.tensor2d(rows.subarray(left * width, (left + leftRows) * width), [leftRows, width])
      )
    )
    try {
      for (let from = left; from < count; from += blockRows) {
        signal.throwIfAborted()
        const size = Math.min(blockRows, count - from)
        const block = rows.subarray(from * width, (from + size) * width)
        const product = tf.tidy(() => tf.matMul(tf.tensor2d(block, [size, width]), right))
        const values = (await product.data()) as Float32Array
        product.dispose()
        for (let i = 0; i < size; i++) {
          const row = from + i
          const end = Math.min(leftRows, row - left)
          for (let j = 0; j < end; j++) {
            const value = values[i * leftRows + j]
            if (value <= cosine[row]) continue
            cosine[row] = value
            of[row] = left + j
          }
        }
      }
    } finally {
      right.dispose()
    }
    yield left + leftRows
  }
  return { cosine, of }
}
