// "More like this": how alike one item is to every item of its dataset, from the finished
// fingerprints, read block by block.
import type { ComputeTask } from '../jobs/compute-task.ts'
import { breathe } from './breathe.ts'
import type { FeatureSource } from './feature-matrix.ts'
import { openNpy } from './npy.ts'

export interface AlikeInput {
  /** Finished fingerprints. */
  readonly path: string
  readonly row: number
  /**
   * "direction": cosine of the fingerprints, negative ones counting as 0. "distance": for
   * standardised columns, 1 / (1 + distance / sqrt(columns)), so that 1 is the same and 0.5 one
   * usual spread away.
   */
  readonly likeness: 'direction' | 'distance'
}

export interface AlikeOutput {
  /** One per row of the file, 0..1; the row itself has 1, rows without content have 0. */
  readonly similarity01: Float32Array
}

/** Likeness to all rows; yields rows done. */
export const alikeTask: ComputeTask<AlikeInput, { readonly done: number }, AlikeOutput> = {
  name: 'features.alike',
  async *run(input, context) {
    const source = await openNpy(input.path)
    try {
      const search = alikeTo(source, input, context.signal)
      for (;;) {
        const step = await search.next()
        if (step.done !== true) {
          yield { done: step.value }
          continue
        }
        // Allocated by this file from plain numbers, so its buffer is its own.
        context.transfer(step.value.buffer as ArrayBuffer)
        return { similarity01: step.value }
      }
    } finally {
      await source.close()
    }
  }
}

/** Numbers read at once. */
const blockNumbers = 1 << 20

/** Throws a RangeError for a row that is not there. Yields rows done. */
export async function* alikeTo(
  source: FeatureSource,
  { row, likeness }: Pick<AlikeInput, 'row' | 'likeness'>,
  signal: AbortSignal
): AsyncGenerator<number, Float32Array, void> {
  const { rows, columns } = source
  const own = await source.readBlock(row, 1)
  const out = new Float32Array(rows)
  const compare = likeness === 'direction' ? cosineTo(own) : closenessTo(own)
  const blockRows = Math.max(1, Math.floor(blockNumbers / columns))
  for (let start = 0; start < rows; start += blockRows) {
    await breathe(signal)
    const count = Math.min(blockRows, rows - start)
    const block = await source.readBlock(start, count)
    for (let i = 0; i < count; i++) out[start + i] = compare(block, i * columns)
    yield start + count
  }
  out[row] = 1
  return out
}

type Compare = (block: Float32Array, at: number) => number

function cosineTo(own: Float32Array): Compare {
  let squares = 0
  for (const value of own) squares += value * value
  return (block, at) => {
    let dot = 0
    let other = 0
    for (let j = 0; j < own.length; j++) {
      const value = block[at + j]
      dot += own[j] * value
      other += value * value
    }
    const cosine = dot / Math.sqrt(squares * other)
    // Rows without content, or with numbers that are none, are like nothing.
    return cosine > 0 ? Math.min(1, cosine) : 0
  }
}

function closenessTo(own: Float32Array): Compare {
  return (block, at) => {
    let squares = 0
    for (let j = 0; j < own.length; j++) {
      const gap = own[j] - block[at + j]
      squares += gap * gap
    }
    const closeness = 1 / (1 + Math.sqrt(squares / own.length))
    return Number.isFinite(closeness) ? closeness : 0
  }
}
