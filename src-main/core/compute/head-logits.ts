// Logits of many rows under several linear heads, block by block: rows are read once for all heads.
// Heads may have scalings of their own; memory is one block and the heads.
import type { TensorFlow } from './devices/device.ts'
import { scaleRowInto, type FeatureScaling } from './kernels/scaling.ts'

/** Rows of numbers, read block by block. */
export interface LogitRows {
  readonly rows: number
  readonly columns: number
  readBlock(start: number, count: number): Promise<Float32Array>
}

/** A linear head, or several stacked ones that share a scaling. */
export interface LogitHead {
  readonly scaling: FeatureScaling
  /** outputs x (columns + 1), row-major, bias last. */
  readonly weights: Float32Array
  readonly outputs: number
}

/** Logits of consecutive rows; the arrays are filled anew for the next block. */
export interface LogitBlock {
  readonly first: number
  readonly count: number
  /** Per head: count x outputs, row-major. */
  readonly logits: readonly Float32Array[]
  /** Per head: length of each scaled row with its trailing 1; NaN for a row that is not finite. */
  readonly lengths: readonly Float64Array[]
}

/** Numbers of logits of one head in a block, at most. */
const blockNumbers = 4 << 20
const mostRows = 1024

/** W (outputs x width) as the (width x outputs) right-hand side of H W^T. */
function transposed({ weights, outputs }: LogitHead, width: number): Float32Array {
  const out = new Float32Array(weights.length)
  for (let c = 0; c < outputs; c++)
    for (let j = 0; j < width; j++) out[j * outputs + c] = weights[c * width + j]
  return out
}

/** Rows of a block: fewer where there are many outputs. */
function rowsPerBlock(heads: readonly LogitHead[]): number {
  const widest = heads.reduce((most, { outputs }) => Math.max(most, outputs), 1)
  return Math.max(16, Math.min(mostRows, Math.floor(blockNumbers / widest)))
}

/**
 * Streams all rows once. A row with a number that is not finite has the length NaN, and its logits
 * mean nothing. Throws the signal's reason between blocks, and what reading throws.
 */
export async function* headLogits(
  tf: TensorFlow,
  source: LogitRows,
  heads: readonly LogitHead[],
  signal: AbortSignal,
  blockRows: number = rowsPerBlock(heads)
): AsyncGenerator<LogitBlock, void, void> {
  const width = source.columns + 1
  const rights = heads.map((head) => tf.tensor2d(transposed(head, width), [width, head.outputs]))
  const h = new Float32Array(Math.min(blockRows, source.rows) * width)
  const lengths = heads.map(() => new Float64Array(Math.min(blockRows, source.rows)))
  try {
    for (let first = 0; first < source.rows; first += blockRows) {
      signal.throwIfAborted()
      const count = Math.min(blockRows, source.rows - first)
      const block = await source.readBlock(first, count)
      const logits: Float32Array[] = []
      for (const [at, head] of heads.entries()) {
        signal.throwIfAborted()
        for (let i = 0; i < count; i++) {
          const squares = scaleRowInto(block, i * source.columns, head.scaling, h, i * width)
          lengths[at][i] = Math.sqrt(squares)
        }
        const left = tf.tensor2d(h.slice(0, count * width), [count, width])
        const product = tf.matMul(left, rights[at])
        // float32 tensors give Float32Arrays.
        logits.push((await product.data()) as Float32Array)
        tf.dispose([left, product])
      }
      yield { first, count, logits, lengths }
    }
  } finally {
    tf.dispose(rights)
  }
}
