// One pass over the candidates: for every head the logits and the products with the parts'
// directions, then per row a short dot product. Memory is one block plus tasks x rows scores.
import type { Device } from '../../compute/devices/device.ts'
import { scaleRowInto, type FeatureScaling } from '../../compute/kernels/scaling.ts'
import type { FeatureSource } from '../../features/feature-matrix.ts'
import type { SelectionInputs } from '../method.ts'
import type { HeadSet } from './head-set.ts'
import { lengthOf, rowVector, type RowKind } from './row-factors.ts'

/** What was found out about the candidates. */
export interface TaskScores {
  /** tasks x rows. -Infinity for rows that cannot be compared and tasks without parts. */
  readonly scores: Float32Array
  /** One per row, see {@link rowFlags}. */
  readonly flags: Uint8Array
}

/** Why a row cannot be compared; 0 = it can. */
export const rowFlags = { compared: 0, notFinite: 1, zero: 2, noLabel: 3 } as const

export interface ScoreRule {
  readonly kind: RowKind
  /** Cosines instead of dot products. */
  readonly isUnit: boolean
  /** Multiply by the mean of 1 - p_y over the heads (TRAK's Q). */
  readonly byDoubt: boolean
}

/** One head's direction per part: directions[head][part], classes x width. */
export type Directions = readonly (readonly Float32Array[])[]

/** Rows of one block when nothing is unusually wide. */
export const usualBlockRows = 1024

/** Scaled rows of one block with their products. */
export interface ProductBlock {
  readonly start: number
  readonly size: number
  /** size x width, with the trailing 1; zeros for a row that is not finite. */
  readonly h: Float32Array
  /** Squared length of each row; NaN where it is not finite. */
  readonly squares: Float64Array
  /** size x outputs. */
  readonly products: Float32Array
}

/**
 * Streams scaled rows times a width x outputs matrix. The arrays are filled anew for the next
 * block. Throws the signal's reason between blocks.
 */
export async function* streamProducts(
  device: Device,
  features: FeatureSource,
  scaling: FeatureScaling,
  right: Float32Array,
  blockRows: number,
  signal: AbortSignal
): AsyncGenerator<ProductBlock, void, void> {
  const { rows, columns } = features
  const width = columns + 1
  const outputs = right.length / width
  const { tf } = device
  // Products of a block stay below 16 MB.
  const step = Math.max(16, Math.min(blockRows, rows, Math.floor(4e6 / outputs)))
  const h = new Float32Array(step * width)
  const squares = new Float64Array(step)
  const matrix = tf.tensor2d(right, [width, outputs])
  try {
    for (let start = 0; start < rows; start += step) {
      signal.throwIfAborted()
      const size = Math.min(step, rows - start)
      const block = await features.readBlock(start, size)
      for (let i = 0; i < size; i++)
        squares[i] = scaleRowInto(block, i * columns, scaling, h, i * width)
      const left = tf.tensor2d(h.subarray(0, size * width), [size, width])
      const product = tf.matMul(left, matrix)
      // float32 tensors give Float32Arrays.
      const products = (await product.data()) as Float32Array
      tf.dispose([left, product])
      yield { start, size, h, squares, products }
    }
  } finally {
    matrix.dispose()
  }
}

/** classes x width matrices side by side, as the width x outputs right factor. */
export function sideBySide(matrices: readonly Float32Array[], width: number): Float32Array {
  const outputs = matrices.reduce((sum, matrix) => sum + matrix.length / width, 0)
  const out = new Float32Array(width * outputs)
  let column = 0
  for (const matrix of matrices)
    for (let at = 0; at < matrix.length; at += width) {
      for (let j = 0; j < width; j++) out[j * outputs + column] = matrix[at + j]
      column++
    }
  return out
}

/**
 * Scores all candidates; yields rows done. Per part the sum over heads of share * <a (x) h, M>, then
 * the largest of the task's parts.
 */
export async function* scoreRows(
  device: Device,
  inputs: Pick<SelectionInputs, 'features' | 'labels'>,
  set: HeadSet,
  directions: Directions,
  taskOf: readonly number[],
  tasks: number,
  rule: ScoreRule,
  signal: AbortSignal,
  blockRows: number = usualBlockRows
): AsyncGenerator<number, TaskScores, void> {
  const { rows } = inputs.features
  const width = set.columns + 1
  const right = sideBySide(
    set.weights.flatMap((weights, head) => [weights, ...directions[head]]),
    width
  )
  const outputs = right.length / width
  const out: TaskScores = {
    scores: new Float32Array(tasks * rows).fill(-Infinity),
    flags: new Uint8Array(rows)
  }
  const sums = new Float64Array(taskOf.length)
  const a = new Float64Array(set.classes)
  const run = streamProducts(device, inputs.features, set.scaling, right, blockRows, signal)
  for await (const { start, size, squares, products } of run) {
    for (let i = 0; i < size; i++) {
      const row = start + i
      const label = inputs.labels[row]
      out.flags[row] = addRow(products, i * outputs, squares[i], label, set, rule, a, sums)
      if (out.flags[row] === rowFlags.compared) takeBest(out.scores, sums, taskOf, rows, row)
    }
    yield start + size
  }
  return out
}

/** Fills `sums` with one number per part; returns the row's flag. */
function addRow(
  products: Float32Array,
  from: number,
  squares: number,
  label: number,
  set: HeadSet,
  rule: ScoreRule,
  a: Float64Array,
  sums: Float64Array
): number {
  if (Number.isNaN(squares)) return rowFlags.notFinite
  if (label < 0) return rowFlags.noLabel
  const { classes, shares } = set
  sums.fill(0)
  let doubt = 0
  let isZero = true
  for (let head = 0; head < shares.length; head++) {
    const at = from + head * classes * (1 + sums.length)
    doubt += rowVector(rule.kind, products, at, label, a) * shares[head]
    const norm = lengthOf(a)
    if (!(norm > 0)) continue
    isZero = false
    const share = shares[head] / (rule.isUnit ? norm * Math.sqrt(squares) : 1)
    for (let part = 0; part < sums.length; part++) {
      const first = at + (part + 1) * classes
      let dot = 0
      for (let c = 0; c < classes; c++) dot += a[c] * products[first + c]
      sums[part] += share * dot
    }
  }
  if (isZero) return rowFlags.zero
  if (rule.byDoubt) for (let part = 0; part < sums.length; part++) sums[part] *= doubt
  return sums.every(Number.isFinite) ? rowFlags.compared : rowFlags.notFinite
}

/** A task takes the largest of its parts (LESS, section 4.2 of the paper: maximum over sub-tasks). */
export function takeBest(
  scores: Float32Array,
  sums: ArrayLike<number>,
  taskOf: readonly number[],
  rows: number,
  row: number
): void {
  for (let part = 0; part < taskOf.length; part++) {
    const cell = taskOf[part] * rows + row
    if (sums[part] > scores[cell]) scores[cell] = sums[part]
  }
}
