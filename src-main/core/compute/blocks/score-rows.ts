// Scores of rows that lie on disk: products with a few directions and the rows' lengths, in one
// pass. Memory is two blocks of up to 8 MB and what the product needs, whatever the number of rows.
import type { BlockEngine, Directions, ScoreKernel } from './block-kernel.ts'
import { readAhead, readType, type BlockSource, type RowType } from './block-source.ts'

export interface ScoreOptions {
  readonly engine: BlockEngine
  /** Stops between blocks, within a few milliseconds. */
  readonly signal: AbortSignal
  /**
   * dot (the default): g . v. cosine: g . v / (|g| |v|), 0 where either is shorter than 1e-12.
   */
  readonly as?: 'dot' | 'cosine'
  /** Bytes of one read, 8 MB when absent; two such blocks are in memory. */
  readonly readBytes?: number
}

/** Scores of consecutive rows; the arrays are filled anew for the next block. */
export interface ScoredBlock {
  readonly first: number
  readonly count: number
  /** directions x count, direction after direction. NaN for a row with a number that is not finite. */
  readonly scores: Float32Array
  /** |g|, one per row; NaN as above. */
  readonly norms: Float32Array
}

/** What was found on the way. */
export interface ScoreCounts {
  /** Rows with an infinite value or one that is no number. */
  readonly notFinite: number
  /** Rows of nothing but zeros. */
  readonly zero: number
}

/** Vectors shorter than this count as zero (specs B2). */
export const shortestRow = 1e-12
// Sums of squares outside are settled row by row in float64: those that overflow float32, those
// whose squares got lost below its smallest numbers, and rows that are not finite.
const safeSquares = { least: 1e-24, most: 3e38 }

/**
 * Scores every row, in blocks from the first to the last. Products are summed up in float32 in an
 * order that depends on the columns, on whether there are more than 12 directions and on the
 * processor: the same bits at every run, for any number of cores and any way of reading. Throws a
 * RangeError for directions that do not fit or are not finite, the signal's reason, and what
 * reading throws; the source stays open, with no read under way.
 */
export async function* scoreRows(
  source: BlockSource,
  directions: Directions,
  { engine, signal, as = 'dot', readBytes }: ScoreOptions
): AsyncGenerator<ScoredBlock, ScoreCounts, void> {
  const { columns } = source
  checkDirections(directions, columns)
  const type = readType(source, engine.types)
  const kernel = engine.scoring(type, columns, directions)
  const lengths = as === 'cosine' ? lengthsOf(directions, columns) : undefined
  const counts = { notFinite: 0, zero: 0 }
  try {
    let scores = new Float32Array(0)
    let norms = new Float32Array(0)
    const blocks = readAhead(source, type, kernel.rows, signal, readBytes)
    for await (const { first, count, values } of blocks) {
      if (norms.length < count) {
        scores = new Float32Array(directions.count * count)
        norms = new Float32Array(count)
      }
      const block = {
        first,
        count,
        scores: scores.subarray(0, directions.count * count),
        norms: norms.subarray(0, count)
      }
      for (let at = 0; at < count; at += kernel.rows) {
        kernel.run(values.subarray(at * columns, (at + kernel.rows) * columns))
        takeOver(kernel, directions.count, block, at)
      }
      await settle(source, directions, type, block, counts)
      if (lengths !== undefined) divide(block, lengths)
      yield block
    }
  } finally {
    kernel.dispose()
  }
  return counts
}

function checkDirections({ values, count }: Directions, columns: number): void {
  if (!(Number.isInteger(count) && count > 0) || values.length !== count * columns)
    throw new RangeError(`${values.length} values are not ${count} directions of ${columns}`)
  if (!values.every(Number.isFinite)) throw new RangeError('directions must be finite')
}

function lengthsOf({ values, count }: Directions, columns: number): Float64Array {
  const lengths = new Float64Array(count)
  for (let m = 0; m < count; m++) {
    let squares = 0
    for (let j = m * columns; j < (m + 1) * columns; j++) squares += values[j] * values[j]
    lengths[m] = Math.sqrt(squares)
  }
  return lengths
}

/** Copies what the kernel found for the rows from `at` on into the block. */
function takeOver(kernel: ScoreKernel, directions: number, block: ScoredBlock, at: number): void {
  const { count, scores, norms } = block
  const taken = Math.min(kernel.rows, count - at)
  for (let m = 0; m < directions; m++) {
    const from = m * kernel.rows
    scores.set(kernel.dots.subarray(from, from + taken), m * count + at)
  }
  // Squares for now: settle() tells from them which rows need another look.
  norms.set(kernel.squares.subarray(0, taken), at)
}

/** Turns squares into lengths, and computes rows beyond float32's reach again. */
async function settle(
  source: BlockSource,
  directions: Directions,
  type: RowType,
  block: ScoredBlock,
  counts: { notFinite: number; zero: number }
): Promise<void> {
  const { first, count, norms } = block
  for (let i = 0; i < count; i++) {
    const squares = norms[i]
    if (squares > safeSquares.least && squares < safeSquares.most) norms[i] = Math.sqrt(squares)
    // Not one square of a 16-bit float is too small for float32.
    else if (squares === 0 && type === 'float16') counts.zero++
    else scoreAlone(await source.readBlock(first + i, 1), directions, block, i, counts)
  }
}

function scoreAlone(
  row: Float32Array,
  { values, count: directions }: Directions,
  { scores, norms, count }: ScoredBlock,
  i: number,
  counts: { notFinite: number; zero: number }
): void {
  let squares = 0
  for (const value of row) squares += value * value
  if (squares === 0) counts.zero++
  else if (!Number.isFinite(squares)) counts.notFinite++
  norms[i] = Number.isFinite(squares) ? Math.sqrt(squares) : NaN
  for (let m = 0; m < directions; m++) {
    let dot = 0
    for (let j = 0; j < row.length; j++) dot += row[j] * values[m * row.length + j]
    scores[m * count + i] = Number.isFinite(squares) ? dot : NaN
  }
}

/** Dots to cosines. */
function divide({ scores, norms, count }: ScoredBlock, lengths: Float64Array): void {
  lengths.forEach((length, m) => {
    const scale = length < shortestRow ? 0 : 1 / length
    for (let i = 0; i < count; i++)
      scores[m * count + i] *= norms[i] < shortestRow ? 0 : scale / norms[i]
  })
}
