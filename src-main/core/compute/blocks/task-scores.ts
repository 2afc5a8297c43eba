// Influence of every row on every task, from gradients that lie on disk as matrices: per part of a
// task the mean cosine (or dot product) with the part's examples, summed over checkpoints with their
// weights, then the largest of the task's parts (ICONS, arXiv 2501.00654, steps S5 and S6; LESS,
// arXiv 2402.04333; TracIn, Pruthi et al. 2020).
import type { BlockEngine } from './block-kernel.ts'
import { rowsFrom, type BlockSource } from './block-source.ts'
import { scoreRows, shortestRow } from './score-rows.ts'

/** Gradients of all rows at one checkpoint of the training run. */
export interface CheckpointRows {
  readonly rows: BlockSource
  /** parts x columns, row-major: the mean of every part's examples, of unit rows for cosines. */
  readonly directions: Float32Array
  /** How much it counts, for example its learning rate; 1 for a single checkpoint. */
  readonly weight: number
}

export interface TaskPlan {
  /** Task index of each part. */
  readonly taskOf: readonly number[]
  readonly tasks: number
}

/** Where a pass stands; handed back as `from` it goes on to the same bits. */
export interface TaskScoreState {
  /** Rows done, of rows x checkpoints. */
  readonly done: number
  /** parts x rows: sums over what is done. */
  readonly sums: Float32Array
  /** One per row: 1 = zero at every checkpoint done. */
  readonly isZero: Uint8Array
}

export interface TaskScoreOptions {
  readonly engine: BlockEngine
  readonly signal: AbortSignal
  /** cosine (the default): only the direction of a row counts. dot: its length too. */
  readonly as?: 'cosine' | 'dot'
  readonly from?: TaskScoreState | undefined
  /** See {@link ScoreOptions}. */
  readonly readBytes?: number | undefined
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
 * Streams all checkpoints one after the other; yields the state after every block, whose arrays are
 * filled further. Memory is (tasks + parts) x rows numbers. Throws RangeError for checkpoints or a
 * state that do not fit together; otherwise as {@link scoreRows}.
 */
export async function* scoreTasks(
  checkpoints: readonly CheckpointRows[],
  plan: TaskPlan,
  options: TaskScoreOptions
): AsyncGenerator<TaskScoreState, InfluenceScores, void> {
  const parts = plan.taskOf.length
  const count = checkpoints[0]?.rows.rows ?? 0
  if (checkpoints.some(({ rows }) => rows.rows !== count))
    throw new RangeError('all checkpoints must have the same rows')
  const sums = options.from?.sums ?? new Float32Array(parts * count)
  const isZero = options.from?.isZero ?? new Uint8Array(count).fill(1)
  if (sums.length !== parts * count || isZero.length !== count)
    throw new RangeError('the state is not of these rows and parts')
  const before = options.from?.done ?? 0
  for (const [c, checkpoint] of checkpoints.entries()) {
    const first = Math.min(count, Math.max(0, before - c * count))
    if (first === count) continue
    const run = addCheckpoint(checkpoint, first, parts, sums, isZero, options)
    for await (const done of run) yield { done: c * count + done, sums, isZero }
  }
  return reduce(sums, isZero, count, plan)
}

/** Adds a checkpoint's share to parts x rows sums: the mean cosine is g . mean / |g|, exactly. */
async function* addCheckpoint(
  { rows, directions, weight }: CheckpointRows,
  from: number,
  parts: number,
  sums: Float32Array,
  isZero: Uint8Array,
  { engine, signal, as = 'cosine', readBytes }: TaskScoreOptions
): AsyncGenerator<number, void, void> {
  const options = { engine, signal, ...(readBytes === undefined ? {} : { readBytes }) }
  const run = scoreRows(rowsFrom(rows, from), { values: directions, count: parts }, options)
  for await (const { first, count, scores, norms } of run) {
    for (let i = 0; i < count; i++) {
      const row = from + first + i
      // NaN is not zero either: such a row is counted below.
      if (norms[i] !== 0) isZero[row] = 0
      const share = as === 'dot' ? weight : weight / Math.max(norms[i], shortestRow)
      for (let p = 0; p < parts; p++) sums[p * rows.rows + row] += share * scores[p * count + i]
    }
    yield from + first + count
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
      const value = Number.isFinite(sums[p * rows + i]) ? sums[p * rows + i] : NaN
      const at = task * rows + i
      if (Number.isNaN(value)) bad[i] = 1
      // A part that is no number stays so, whatever the others say.
      if (isZero[i] === 0 && !(value <= scores[at] || Number.isNaN(scores[at]))) scores[at] = value
    }
  })
  const counted = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0)
  return { scores, notFinite: counted(bad), zero: counted(isZero) }
}
