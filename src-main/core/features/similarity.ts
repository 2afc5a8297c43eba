// Pairs of items that are nearly the same, by the cosine of their fingerprints: an exact search
// block by block, and example pairs around a cut. Zero rows are like nothing.
import type { TensorFlow } from '../compute/devices/device.ts'
import { createRandom } from '../compute/random.ts'
import { breathe } from './breathe.ts'
import type { FeatureSource } from './feature-matrix.ts'
import { multiply, transpose } from './matrix-product.ts'

/** Which rows repeat earlier ones. */
export interface NearDuplicates {
  /** For each given row, the row it repeats; the row itself when it repeats none. */
  readonly twins: Uint32Array
  /** Cosine to that row; 1 for rows that repeat none. */
  readonly similarity01: Float32Array
}

export interface SimilarPair {
  readonly first: number
  readonly second: number
  readonly similarity01: number
}

// Products in float32 may be this far from the true cosine; closer calls are settled in float64, so
// that neither the device nor the block size decides.
const doubt = 1e-3

/** Rows compared at once; the result does not depend on it. */
const defaultBlockRows = 1024
// Unit rows kept in memory between comparisons; more are read from disk again.
const keptBytes = 256 << 20

/**
 * For every row the earliest kept row that it repeats. Rows are taken in the given order: the first
 * of a group of near-duplicates is kept, the others point at it, and a row is only ever compared
 * with kept ones. Exact: about n^2 / 2 comparisons when nothing repeats.
 */
export async function nearDuplicates(
  tf: TensorFlow,
  source: FeatureSource,
  rows: Uint32Array,
  similarity01: number,
  signal: AbortSignal,
  options: { readonly blockRows?: number; readonly onProgress?: (done: number) => void } = {}
): Promise<NearDuplicates> {
  const search = findRepeats(tf, source, rows, similarity01, signal, options.blockRows)
  for (;;) {
    const step = await search.next()
    if (step.done === true) return step.value
    options.onProgress?.(step.value)
  }
}

/** {@link nearDuplicates} as a generator that yields how many rows are settled. */
export async function* findRepeats(
  tf: TensorFlow,
  source: FeatureSource,
  rows: Uint32Array,
  similarity01: number,
  signal: AbortSignal,
  blockRows: number = defaultBlockRows
): AsyncGenerator<number, NearDuplicates, void> {
  const { columns } = source
  // Positions in `rows`; every position's representative so far is itself.
  const twinOf = Uint32Array.from({ length: rows.length }, (_, i) => i)
  const similarity = new Float32Array(rows.length).fill(1)
  const units = createUnitBlocks(source, rows, blockRows)
  for (let from = 0; from < rows.length; from += blockRows) {
    const block = await units.read(from)
    const count = block.length / columns
    const right = tf.tensor2d(transpose(block, columns), [columns, count])
    try {
      for (let earlier = 0; earlier <= from; earlier += blockRows) {
        await breathe(signal)
        const left = earlier === from ? block : await units.read(earlier)
        const likeness = multiply(tf, left, columns, right)
        // The right hand holds this block, the left an earlier one (or this block itself).
        settle({
          likeness,
          left,
          block,
          columns,
          earlier,
          from,
          cut: similarity01,
          twinOf,
          similarity
        })
      }
    } finally {
      right.dispose()
    }
    yield Math.min(rows.length, from + blockRows)
  }
  return { twins: twinOf.map((i) => rows[i]), similarity01: similarity }
}

interface Comparison {
  /** left rows x block rows. */
  readonly likeness: Float32Array
  readonly left: Float32Array
  readonly block: Float32Array
  readonly columns: number
  readonly earlier: number
  readonly from: number
  readonly cut: number
  readonly twinOf: Uint32Array
  readonly similarity: Float32Array
}

/** Row by row of the earlier block: marks what repeats it, if it is kept itself. */
function settle(c: Comparison): void {
  const count = c.block.length / c.columns
  const leftCount = c.left.length / c.columns
  const isSame = c.earlier === c.from
  for (let i = 0; i < leftCount; i++) {
    if (c.twinOf[c.earlier + i] !== c.earlier + i) continue
    for (let j = isSame ? i + 1 : 0; j < count; j++) {
      if (c.likeness[i * count + j] < c.cut - doubt || c.twinOf[c.from + j] !== c.from + j) continue
      const cosine = exactDot(c.left, i, c.block, j, c.columns)
      if (cosine < c.cut) continue
      c.twinOf[c.from + j] = c.earlier + i
      c.similarity[c.from + j] = Math.min(1, cosine)
    }
  }
}

function exactDot(a: Float32Array, i: number, b: Float32Array, j: number, width: number): number {
  let dot = 0
  let left = 0
  let right = 0
  for (let k = 0; k < width; k++) {
    const x = a[i * width + k]
    const y = b[j * width + k]
    dot += x * y
    left += x * x
    right += y * y
  }
  // Unit rows are rounded to float32; dividing again makes a row's likeness to its copy exactly 1.
  return left > 0 && right > 0 ? dot / Math.sqrt(left * right) : 0
}

interface UnitBlocks {
  /** Unit rows at positions start .. start + blockRows - 1 of the list. */
  read(start: number): Promise<Float32Array>
}

function createUnitBlocks(source: FeatureSource, rows: Uint32Array, blockRows: number): UnitBlocks {
  const kept = new Map<number, Float32Array>()
  let bytes = 0
  return {
    async read(start) {
      const found = kept.get(start)
      if (found !== undefined) return found
      const block = await source.readRows(rows.subarray(start, start + blockRows))
      toUnitRows(block, source.columns)
      bytes += block.byteLength
      if (bytes <= keptBytes) kept.set(start, block)
      return block
    }
  }
}

/** L2-normalises rows in place; rows that are zero or not finite become zero. */
function toUnitRows(values: Float32Array, columns: number): void {
  for (let at = 0; at < values.length; at += columns) {
    let squares = 0
    for (let j = 0; j < columns; j++) squares += values[at + j] * values[at + j]
    const isUsable = squares > 0 && Number.isFinite(squares)
    const scale = isUsable ? 1 / Math.sqrt(squares) : 0
    for (let j = 0; j < columns; j++) values[at + j] = isUsable ? values[at + j] * scale : 0
  }
}

/** Rows that example pairs are looked for among. */
const sampledRows = 2048

/**
 * `count` pairs whose cosine is nearest to the cut, half at or above it where there are enough, from
 * a seeded sample of the rows; most alike first. A row appears in one pair only.
 */
export async function sampleSimilarPairs(
  tf: TensorFlow,
  source: FeatureSource,
  rows: Uint32Array,
  similarity01: number,
  count: number,
  seed: number,
  signal: AbortSignal
): Promise<readonly SimilarPair[]> {
  const { columns } = source
  const size = Math.min(sampledRows, rows.length)
  const picked = createRandom(seed).fork('pairs').sample(rows.length, size).sort()
  const values = await source.readRows(picked.map((i) => rows[i]))
  toUnitRows(values, columns)
  const right = tf.tensor2d(transpose(values, columns), [columns, size])
  const above: SimilarPair[] = []
  const below: SimilarPair[] = []
  try {
    for (let from = 0; from < size; from += defaultBlockRows) {
      await breathe(signal)
      const block = values.subarray(from * columns, (from + defaultBlockRows) * columns)
      const likeness = multiply(tf, block, columns, right)
      collectPairs(likeness, from, size, similarity01, above, below)
    }
  } finally {
    right.dispose()
  }
  // Settled in float64 like the search itself.
  const settled = [...above, ...below].map(({ first, second }) => ({
    first,
    second,
    similarity01: Math.max(0, Math.min(1, exactDot(values, first, values, second, columns)))
  }))
  return nearestPairs(settled, similarity01, count).map((pair) => ({
    first: rows[picked[pair.first]],
    second: rows[picked[pair.second]],
    similarity01: pair.similarity01
  }))
}

// Candidates kept on each side of the cut.
const candidates = 512

function collectPairs(
  likeness: Float32Array,
  from: number,
  size: number,
  cut: number,
  above: SimilarPair[],
  below: SimilarPair[]
): void {
  const far = (pair: SimilarPair): number => Math.abs(pair.similarity01 - cut)
  for (let i = 0; i * size < likeness.length; i++) {
    for (let j = from + i + 1; j < size; j++) {
      const value = likeness[i * size + j]
      if (!(value > 0)) continue
      const side = value >= cut ? above : below
      // A full side takes only pairs nearer to the cut than its last.
      if (side.length >= candidates && Math.abs(value - cut) >= far(side[candidates - 1])) continue
      side.push({ first: from + i, second: j, similarity01: value })
      if (side.length >= 2 * candidates || side.length === candidates) {
        side.sort((a, b) => far(a) - far(b) || a.first - b.first || a.second - b.second)
        side.length = candidates
      }
    }
  }
}

function nearestPairs(
  pairs: readonly SimilarPair[],
  cut: number,
  count: number
): readonly SimilarPair[] {
  const order = [...pairs].sort(
    (a, b) =>
      Math.abs(a.similarity01 - cut) - Math.abs(b.similarity01 - cut) ||
      a.first - b.first ||
      a.second - b.second
  )
  const used = new Set<number>()
  const take = (wanted: number, isAbove: boolean): SimilarPair[] => {
    const taken: SimilarPair[] = []
    for (const pair of order) {
      if (taken.length === wanted) break
      if (pair.similarity01 >= cut !== isAbove || used.has(pair.first) || used.has(pair.second))
        continue
      used.add(pair.first).add(pair.second)
      taken.push(pair)
    }
    return taken
  }
  const above = take(Math.ceil(count / 2), true)
  const below = take(count - above.length, false)
  const more = take(count - above.length - below.length, true)
  return [...above, ...below, ...more].sort((a, b) => b.similarity01 - a.similarity01)
}
