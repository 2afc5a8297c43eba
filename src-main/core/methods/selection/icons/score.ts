// Scores of all candidates for all tasks, block by block: one matrix product per block gives the
// logits and, for every part, M h; what is left per row is a softmax and a short dot product.
// Memory is one block plus N x K scores.
import type { Device } from '../../../compute/devices/device.ts'
import { scaleRowInto } from '../../../compute/kernels/scaling.ts'
import type { SelectionInputs } from '../../method.ts'
import { unitError, type Factors } from './factors.ts'

export interface ScorePlan {
  /** One mean direction (classes x width) per part, all tasks in order. */
  readonly directions: readonly Float32Array[]
  /** Task index of each direction. */
  readonly taskOf: readonly number[]
  readonly tasks: number
}

export interface TaskScores {
  /** K x N, task after task. NaN = not finite; -Infinity = zero gradient, or a task without examples. */
  readonly scores: Float32Array
  /** Rows with a feature that is not a finite number. */
  readonly notFinite: number
  /** Rows whose gradient is zero. */
  readonly zero: number
}

export const scoreBlockRows = 1024

/** (width x outputs) right-hand side: head weights, then the directions, then the groups. */
function stack(
  factors: Factors,
  plan: ScorePlan,
  width: number
): { values: Float32Array; outputs: number } {
  const parts = [factors.weights, ...plan.directions]
  if (factors.centroids.length > 0) parts.push(factors.centroids)
  const outputs = parts.length * factors.classes
  const values = new Float32Array(width * outputs)
  parts.forEach((part, p) => {
    for (let c = 0; c < factors.classes; c++) {
      const column = p * factors.classes + c
      for (let j = 0; j < width; j++) values[j * outputs + column] = part[c * width + j]
    }
  })
  return { values, outputs }
}

/** Yields the number of rows done after each block; returns the scores. */
export async function* scoreCandidates(
  device: Device,
  inputs: Pick<SelectionInputs, 'features' | 'labels'>,
  factors: Factors,
  plan: ScorePlan,
  signal: AbortSignal,
  blockRows: number = scoreBlockRows
): AsyncGenerator<number, TaskScores, void> {
  const { rows, columns } = inputs.features
  const width = columns + 1
  const { tf } = device
  const { values, outputs } = stack(factors, plan, width)
  const right = tf.tensor2d(values, [width, outputs])
  const scores = new Float32Array(plan.tasks * rows).fill(-Infinity)
  const counts = { notFinite: 0, zero: 0 }
  const h = new Float32Array(Math.min(blockRows, rows) * width)
  const norms = new Float64Array(Math.min(blockRows, rows))
  try {
    for (let start = 0; start < rows; start += blockRows) {
      signal.throwIfAborted()
      const size = Math.min(blockRows, rows - start)
      const block = await inputs.features.readBlock(start, size)
      for (let i = 0; i < size; i++) {
        norms[i] = Math.sqrt(scaleRowInto(block, i * columns, factors.scaling, h, i * width))
      }
      const left = tf.tensor2d(h.subarray(0, size * width), [size, width])
      const product = tf.matMul(left, right)
      const products = (await product.data()) as Float32Array
      tf.dispose([left, product])
      scoreBlock(
        products,
        outputs,
        norms,
        start,
        size,
        inputs.labels,
        factors,
        plan,
        scores,
        rows,
        counts
      )
      yield start + size
    }
  } finally {
    right.dispose()
  }
  return { scores, ...counts }
}

/** s = u . (M h) / ||h|| per part; a task takes the largest of its parts (specs 2.3, S6). */
function scoreBlock(
  products: Float32Array,
  outputs: number,
  norms: Float64Array,
  start: number,
  size: number,
  labels: Int32Array,
  factors: Factors,
  plan: ScorePlan,
  scores: Float32Array,
  rows: number,
  counts: { notFinite: number; zero: number }
): void {
  const { classes } = factors
  const u = new Float64Array(classes)
  const groupsAt = outputs - classes
  for (let i = 0; i < size; i++) {
    if (Number.isNaN(norms[i])) {
      counts.notFinite++
      // NaN, not -Infinity: the reason shown later tells the two apart. Both rank last.
      for (const task of plan.taskOf) scores[task * rows + start + i] = NaN
      continue
    }
    const at = i * outputs
    unitError(products, at, groupsAt, factors, labels[start + i], u)
    // A zero gradient points nowhere: it keeps -Infinity and so ranks last (B2).
    if (u.every((value) => value === 0)) {
      counts.zero++
      continue
    }
    for (let p = 0; p < plan.directions.length; p++) {
      const from = at + (p + 1) * classes
      let dot = 0
      for (let c = 0; c < classes; c++) dot += u[c] * products[from + c]
      const cell = plan.taskOf[p] * rows + start + i
      const score = dot / norms[i]
      if (score > scores[cell]) scores[cell] = score
    }
  }
}
