// Exact cosine comparison of fingerprints, block by block: near-duplicates and example pairs.
import type { Device } from '../compute/devices/device.ts'
import { createRandom } from '../compute/random.ts'
import { openNpy } from './npy.ts'

const blockRows = 512
/** Rows compared at once with a block; bounds the memory of one product. */
const standingRows = 4096

export interface RepeatsInput {
  readonly device: string
  readonly path: string
  /** Ascending. */
  readonly rows: Uint32Array
  readonly similarity01: number
}

export interface RepeatsOutput {
  /** For each row the row that stands for it, itself when it is no repeat. */
  readonly twins: Uint32Array
  /** Cosine to that row; 1 for rows that stand for themselves. */
  readonly similarity01: Float32Array
}

/** L2-normalises rows in place; rows of zeros stay zero. */
function normalise(values: Float32Array, columns: number): Float32Array {
  for (let from = 0; from < values.length; from += columns) {
    let squares = 0
    for (let k = 0; k < columns; k++) squares += values[from + k] ** 2
    const scale = squares > 1e-24 ? 1 / Math.sqrt(squares) : 0
    for (let k = 0; k < columns; k++) values[from + k] *= scale
  }
  return values
}

/** Cosines of every row of `a` with every row of `b`. */
async function cosines(
  device: Device,
  a: Float32Array,
  b: Float32Array,
  columns: number
): Promise<Float32Array> {
  const { tf } = device
  const product = tf.tidy(() =>
    tf.matMul(
      tf.tensor2d(a, [a.length / columns, columns]),
      // Transposed first: a product with a transposed operand misses the fast path.
      tf.transpose(tf.tensor2d(b, [b.length / columns, columns]))
    )
  )
  try {
    return (await product.data()) as Float32Array
  } finally {
    product.dispose()
  }
}

/**
 * Marks every row that is at least this similar to an earlier row that stands; the earliest such
 * row wins. Exact: the size of blocks changes nothing. N rows cost N^2/2 dot products at worst.
 */
export async function* findRepeats(
  input: RepeatsInput,
  device: Device,
  signal: AbortSignal
): AsyncGenerator<{ readonly done: number }, RepeatsOutput, void> {
  const source = await openNpy(input.path)
  try {
    const { columns } = source
    const total = input.rows.length
    const twins = input.rows.slice()
    const similarity01 = new Float32Array(total).fill(1)
    const standing: number[] = []
    let kept = new Float32Array(Math.min(total, standingRows) * columns)
    for (let start = 0; start < total; start += blockRows) {
      signal.throwIfAborted()
      const count = Math.min(blockRows, total - start)
      const block = normalise(await source.readRows(input.rows.subarray(start, start + count)), columns)
      const found = new Int32Array(count).fill(-1)
      for (let from = 0; from < standing.length; from += standingRows) {
        signal.throwIfAborted()
        const width = Math.min(standingRows, standing.length - from)
        const near = await cosines(
          device,
          block,
          kept.subarray(from * columns, (from + width) * columns),
          columns
        )
        for (let i = 0; i < count; i++) {
          if (found[i] >= 0) continue
          for (let j = 0; j < width; j++) {
            if (near[i * width + j] < input.similarity01) continue
            found[i] = from + j
            similarity01[start + i] = Math.min(1, near[i * width + j])
            break
          }
        }
      }
      const inside = await cosines(device, block, block, columns)
      const place = new Int32Array(count).fill(-1)
      for (let i = 0; i < count; i++) {
        for (let j = 0; found[i] < 0 && j < i; j++) {
          if (place[j] < 0 || inside[i * count + j] < input.similarity01) continue
          found[i] = place[j]
          similarity01[start + i] = Math.min(1, inside[i * count + j])
        }
        if (found[i] >= 0) {
          twins[start + i] = input.rows[standing[found[i]]]
          continue
        }
        place[i] = standing.length
        standing.push(start + i)
        if (standing.length * columns > kept.length) {
          const grown = new Float32Array(Math.min(total, standing.length * 2) * columns)
          grown.set(kept)
          kept = grown
        }
        kept.set(block.subarray(i * columns, (i + 1) * columns), place[i] * columns)
      }
      yield { done: start + count }
    }
    return { twins, similarity01 }
  } finally {
    await source.close()
  }
}

export interface PairsInput {
  readonly device: string
  readonly path: string
  readonly rows: Uint32Array
  readonly similarity01: number
  readonly count: number
  readonly seed: number
}

export interface PairsOutput {
  readonly pairs: readonly { readonly first: number; readonly second: number; readonly similarity01: number }[]
}

/** Rows looked at for example pairs. */
const pairRows = 3000

/** Pairs whose similarity is closest to the cut, from a seeded sample, most alike first. */
export async function findPairs(input: PairsInput, device: Device): Promise<PairsOutput> {
  const source = await openNpy(input.path)
  try {
    const count = Math.min(pairRows, input.rows.length)
    const picked = createRandom(input.seed).sample(input.rows.length, count).sort()
    const rows = picked.map((position) => input.rows[position])
    const values = normalise(await source.readRows(rows), source.columns)
    const best: { first: number; second: number; similarity01: number; distance: number }[] = []
    for (let start = 0; start < count; start += blockRows) {
      const height = Math.min(blockRows, count - start)
      const block = values.subarray(start * source.columns, (start + height) * source.columns)
      const near = await cosines(device, block, values, source.columns)
      for (let i = 0; i < height; i++) {
        for (let j = start + i + 1; j < count; j++) {
          const similarity01 = near[i * count + j]
          const distance = Math.abs(similarity01 - input.similarity01)
          const worst = best.at(-1)
          if (best.length >= input.count && worst && distance >= worst.distance) continue
          best.push({ first: rows[start + i], second: rows[j], similarity01, distance })
          best.sort((a, b) => a.distance - b.distance || a.first - b.first)
          if (best.length > input.count) best.pop()
        }
      }
    }
    return {
      pairs: best
        .map(({ first, second, similarity01 }) => ({
          first,
          second,
          similarity01: Math.max(0, Math.min(1, similarity01))
        }))
        .sort((a, b) => b.similarity01 - a.similarity01)
    }
  } finally {
    await source.close()
  }
}
