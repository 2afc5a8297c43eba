// Every row with every other row: the pairs that facility location and graph cut choose by.
import type { TensorFlow } from '../devices/device.ts'

/** Numbers of one product: more would be memory for nothing. */
const productNumbers = 4_194_304

/**
 * All products of the rows with each other, n x n, each passed through `each` when given; yields work
 * done, 0 to 1.
 */
export async function* allProducts(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  signal: AbortSignal,
  each?: (product: number) => number
): AsyncGenerator<number, Float32Array, void> {
  const count = rows.length / width
  const products = new Float32Array(count * count)
  const right = tf.tidy(() => tf.transpose(tf.tensor2d(rows, [count, width])))
  try {
    const size = Math.max(64, Math.min(1024, Math.floor(productNumbers / count)))
    for (let from = 0; from < count; from += size) {
      signal.throwIfAborted()
      const to = Math.min(count, from + size)
      const block = rows.subarray(from * width, to * width)
      const out = tf.tidy(() => tf.matMul(tf.tensor2d(block, [to - from, width]), right))
      const values = (await out.data()) as Float32Array
      if (each === undefined) products.set(values, from * count)
      else for (let i = 0; i < values.length; i++) products[from * count + i] = each(values[i])
      out.dispose()
      yield to / count
    }
  } finally {
    right.dispose()
  }
  return products
}

/** The same run with its progress halved, as the first half of a longer one. */
export async function* halved<T>(
  run: AsyncGenerator<number, T, void>
): AsyncGenerator<number, T, void> {
  for (;;) {
    const step = await run.next()
    if (step.done === true) return step.value
    yield step.value / 2
  }
}
