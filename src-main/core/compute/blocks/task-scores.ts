// Influence of every row on every task, from gradients that lie on disk as matrices: per part of a
// task the mean cosine to the part's examples, summed over checkpoints with their weights, then the
// largest of the task's parts (ICONS, arXiv 2501.00654, steps S5 and S6; LESS, arXiv 2402.04333).
import type { BlockEngine } from './block-kernel.ts'
import type { BlockSource } from './block-source.ts'
import { scoreRows, shortestRow } from './score-rows.ts'

/** Gradients of all rows at one checkpoint of the training run. */
export interface CheckpointRows {
  readonly rows: BlockSource
  /** parts x columns, row-major: the mean of the unit rows of every part's examples. */
  readonly directions: Float32Array
  /** How much it counts, for example its learning rate; 1 for a single checkpoint. */
  readonly weight: number
}

export interface TaskPlan {
  /** Task index of each part. */
  readonly taskOf: readonly number[]
  readonly tasks: number
}

export interface TaskScoreOptions {
  readonly engine: BlockEngine
  readonly signal: AbortSignal
}

export interface InfluenceScores {
  /**
   * tasks x rows, task after task. NaN = a number that is not finite; -Infinity = a zero gradient
   * at every checkpoint, or a task without parts.
   */
  readonly scores: Float32Array
  /** Rows with a number that is not finite at any checkpoint. */
  readonly notFinite: number
  /** Rows that are zero at every checkpoint. */
  readonly zero: number
}

/**
 * Streams all checkpoints one after the other; yields rows done, of rows x checkpoints. Memory is
 * tasks x rows numbers, and parts x rows more when there are several checkpoints. Throws RangeError
 * for checkpoints that do not fit together; otherwise as {@link scoreRows}.
 */
export async function* scoreTasks(
  checkpoints: readonly CheckpointRows[],
  plan: TaskPlan,
  options: TaskScoreOptions
): AsyncGenerator<number, InfluenceScores, void> {
  const parts = plan.taskOf.length
  const count = checkpoints[0]?.rows.rows ?? 0
  if (checkpoints.some(({ rows }) => rows.rows !== count))
    throw new RangeError('all checkpoints must have the same rows')
  const sums = new Float32Array(parts * count)
  const isZero = new Uint8Array(count).fill(1)
  for (const [c, checkpoint] of checkpoints.entries()) {
    for await (const done of addCheckpoint(checkpoint, parts, sums, isZero, options))
      yield c * count + done
  }
  return reduce(sums, isZero, count, plan)
}

/** Adds a checkpoint's share to parts x rows sums: the mean cosine is g . mean / |g|, exactly. */
async function* addCheckpoint(
  { rows, directions, weight }: CheckpointRows,
  parts: number,
  sums: Float32Array,
  isZero: Uint8Array,
  options: TaskScoreOptions
): AsyncGenerator<number, void, void> {
  const run = scoreRows(rows, { values: directions, count: parts }, options)
  for await (const { first, count, scores, norms } of run) {
    for (let i = 0; i < count; i++) {
      // NaN is not zero either: such a row is counted below.
      if (norms[i] !== 0) isZero[first + i] = 0
      const share = weight / Math.max(norms[i], shortestRow)
      for (let p = 0; p < parts; p++)
        sums[p * rows.rows + first + i] += share * scores[p * count + i]
    }
    yield first + count
  }
}

function reduce(
  sums: Float32Array,
  isZero: Uint8Array,
  rows: number,
  { taskOf, tasks }: TaskPlan
): InfluenceScores {
  const scores = new Float32Array(tasks * rows).fill(-Infinity)
  const bad = new Uint8Array(rows)
  taskOf.forEach((task, p) => {
    for (let i = 0; i < rows; i++) {
      const value = sums[p * rows + i]
      const at = task * rows + i
      if (Number.isNaN(value)) bad[i] = 1
      // A part that is no number stays so, whatever the others say.
      if (isZero[i] === 0 && !(value <= scores[at] || Number.isNaN(scores[at]))) scores[at] = value
    }
  })
  const counted = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0)
  return { scores, notFinite: counted(bad), zero: counted(isZero) }
}
