// The nearest candidates of every example by whitened cosine, and their layers: layer n holds the
// candidates that are the n-th nearest of some example and were in no layer before.
import { createTopRows, type TopRows } from '../../../compute/blocks/top-rows.ts'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { isReadable } from '../../../compute/kernels/readable-row.ts'
import type { FeatureSource } from '../../../features/feature-matrix.ts'
import { blockRows, type RowWhitener } from './whiten.ts'

export interface Neighbours {
  /** Per example its nearest candidates, nearest first, all of the same length. */
  readonly lists: readonly TopRows[]
  /** Cosine of each candidate with its nearest example; NaN = numbers that cannot be used. */
  readonly closeness: Float32Array
  /** Index of that example. */
  readonly nearest: Uint32Array
}

/** Numbers of the neighbour lists, at most (8 bytes each). */
const mostEntries = 16 << 20

/** The longest list that fits into memory. */
export const deepest = (examples: number, rows: number): number =>
  Math.max(1, Math.min(rows, Math.floor(mostEntries / examples)))

/**
 * Streams all candidates past the examples; yields rows done.
 * @param examples V x columns whitened unit rows
 */
export async function* findNeighbours(
  tf: TensorFlow,
  source: FeatureSource,
  whitener: RowWhitener,
  examples: Float32Array,
  depth: number,
  signal: AbortSignal
): AsyncGenerator<number, Neighbours, void> {
  const { rows, columns } = source
  const count = examples.length / columns
  const top = createTopRows(count, depth)
  const closeness = new Float32Array(rows)
  const nearest = new Uint32Array(rows)
  const product = createCosines(tf, examples, columns)
  try {
    for (let first = 0; first < rows; first += blockRows) {
      signal.throwIfAborted()
      const size = Math.min(blockRows, rows - first)
      const values = await source.readBlock(first, size)
      const cosines = await product.run(await whitener.run(values))
      const scores = new Float32Array(cosines.length)
      for (let i = 0; i < size; i++) {
        const isFine = isReadable(values, i * columns, columns)
        let best = 0
        for (let v = 0; v < count; v++) {
          const cosine = cosines[i * count + v]
          scores[v * size + i] = isFine ? cosine : NaN
          if (cosine > cosines[i * count + best]) best = v
        }
        closeness[first + i] = isFine ? cosines[i * count + best] : NaN
        nearest[first + i] = best
      }
      top.offer({ first, count: size, scores })
      yield first + size
    }
  } finally {
    product.dispose()
  }
  return { lists: top.best(), closeness, nearest }
}

/** Products of rows with all examples. */
export interface Cosines {
  /** n x columns unit rows to n x V cosines. */
  run(rows: Float32Array): Promise<Float32Array>
  dispose(): void
}

/** Keeps the examples on the device until disposed. */
export function createCosines(tf: TensorFlow, examples: Float32Array, columns: number): Cosines {
  const count = examples.length / columns
  const turned = new Float32Array(examples.length)
  for (let v = 0; v < count; v++)
    for (let j = 0; j < columns; j++) turned[j * count + v] = examples[v * columns + j]
  const right = tf.tensor2d(turned, [columns, count])
  return {
    async run(rows) {
      const left = tf.tensor2d(rows, [rows.length / columns, columns])
      const product = tf.matMul(left, right)
      const out = (await product.data()) as Float32Array
      tf.dispose([left, product])
      return out
    },
    dispose: () => right.dispose()
  }
}

/** Layer of every candidate, 1-based; 0 = in no list. */
export function layersOf(lists: readonly TopRows[], rows: number): Uint32Array {
  const layer = new Uint32Array(rows)
  for (const { rows: list } of lists) {
    list.forEach((row, at) => {
      if (layer[row] === 0 || at + 1 < layer[row]) layer[row] = at + 1
    })
  }
  return layer
}
