// Scores of all candidates for all tasks from gradients made elsewhere: one pass over each matrix,
// with a checkpoint every so many rows from which a later run gives the same bits. Memory is (tasks +
// parts) x candidates numbers and two blocks of rows.
import { scoreTasks, type TaskScoreState } from '../../compute/blocks/task-scores.ts'
import type {
  GradientCheckpoint,
  MethodCheckpoint,
  MethodContext,
  MethodProgress,
  SelectionInputs
} from '../method.ts'
import { engineOf } from './given-gradients.ts'
import type { PartDirections } from './part-directions.ts'

/** How rows are compared with the examples. */
export interface MatrixScoring {
  /** Weight of every checkpoint; they sum to 1. */
  readonly shares: readonly number[]
  readonly as: 'cosine' | 'dot'
}

/** What was found out about the candidates. */
export interface MatrixScores {
  /** tasks x rows. NaN = not finite; -Infinity = zero everywhere, or a task without examples. */
  readonly scores: Float32Array
  readonly notFinite: number
  readonly zero: number
}

/** Inner knobs, for tests; the product runs with the defaults. */
export interface MatrixKnobs {
  /** Bytes of one read. */
  readonly readBytes?: number
  /** Checkpoints kept on the way through all matrices. */
  readonly checkpoints: number
}

export const matrixKnobs: MatrixKnobs = { checkpoints: 16 }

/**
 * Streams the matrices past the directions. Goes on from `context.resume` (steps "matrices" and
 * "scores"). Throws the signal's reason, and what reading throws.
 */
export async function* scoreMatrices(
  context: MethodContext,
  inputs: SelectionInputs,
  gradients: readonly GradientCheckpoint[],
  { directions, taskOf }: PartDirections,
  { shares, as }: MatrixScoring,
  knobs: MatrixKnobs = matrixKnobs
): AsyncGenerator<MethodProgress, MatrixScores, void> {
  const { resume, signal } = context
  if (resume?.step === 'scores') return unpackScores(resume)
  const rows = inputs.features.rows
  const all = rows * gradients.length
  const phase = { phase: 'Scoring', total: rows, unit: 'items' }
  const itemsAt = (done: number): number => Math.floor(done / gradients.length)
  const run = scoreTasks(
    gradients.map((one, c) => ({ rows: one.rows, directions: directions[c], weight: shares[c] })),
    { taskOf, tasks: inputs.tasks.length },
    { engine: engineOf(context), signal, as, from: stateOf(resume), readBytes: knobs.readBytes }
  )
  const every = Math.max(1, Math.ceil(all / knobs.checkpoints))
  let kept = stateOf(resume)?.done ?? 0
  let step = await run.next()
  for (; step.done !== true; step = await run.next()) {
    const { done } = step.value
    const isKept = done - kept >= every && done < all
    if (isKept) kept = done
    const checkpoint = isKept ? { checkpoint: packState(step.value) } : {}
    yield { ...phase, done: itemsAt(done), ...checkpoint }
  }
  yield { ...phase, done: rows, checkpoint: packScores(step.value) }
  return step.value
}

function packState({ done, sums, isZero }: TaskScoreState): MethodCheckpoint {
  // Copies: the arrays are filled further while the checkpoint is on its way.
  return {
    step: 'matrices',
    arrays: { sums: sums.slice(), isZero: isZero.slice() },
    values: { done }
  }
}

function stateOf(resume: MethodCheckpoint | undefined): TaskScoreState | undefined {
  if (resume?.step !== 'matrices') return undefined
  // A checkpoint is handed back as it was given out; copies, as it may be used again.
  const sums = resume.arrays['sums'] as Float32Array
  const isZero = resume.arrays['isZero'] as Uint8Array
  return { done: Number(resume.values['done']), sums: sums.slice(), isZero: isZero.slice() }
}

function packScores({ scores, notFinite, zero }: MatrixScores): MethodCheckpoint {
  return { step: 'scores', arrays: { scores }, values: { notFinite, zero } }
}

function unpackScores({ arrays, values }: MethodCheckpoint): MatrixScores {
  return {
    // Packed above.
    scores: arrays['scores'] as Float32Array,
    notFinite: Number(values['notFinite']),
    zero: Number(values['zero'])
  }
}
