// The run that LESS, TracIn and TRAK share on gradients made elsewhere: mean gradients of the examples'
// parts (solved first by TRAK), one pass over each matrix, a choice by value. No helper model is made
// and no label is needed.
import { AppError } from '../../../api/errors.ts'
import { checkRows } from '../check-inputs.ts'
import { rowFlags } from '../head-gradients/score-pass.ts'
import type { TargetParams } from '../head-gradients/target-params.ts'
import { finishTarget } from '../head-gradients/target-run.ts'
import type {
  GradientCheckpoint,
  MethodContext,
  MethodProgress,
  Selection,
  SelectionInputs
} from '../method.ts'
import { aimAll, keepAimed, type MatrixAim } from './aimed.ts'
import {
  canKeepMix,
  checkGradients,
  checkpointShares,
  givenNotes,
  noMixNote
} from './given-gradients.ts'
import { partDirections } from './part-directions.ts'
import { scoreMatrices, type MatrixKnobs, type MatrixScores } from './score-matrices.ts'

/** How rows are compared and chosen. */
export interface MatrixTarget {
  readonly params: TargetParams
  readonly as: 'cosine' | 'dot'
  /** See {@link checkpointShares}. */
  readonly checkpointWeights: string
  /** What the mean gradients become before rows are compared with them; nothing when absent. */
  readonly aim?: MatrixAim
}

/**
 * The run. Throws AppError "method-not-possible" without a usable example or for weights that do not
 * fit, RangeError for gradients that do not.
 */
export async function* runTargetOnMatrices(
  context: MethodContext,
  inputs: SelectionInputs,
  gradients: readonly GradientCheckpoint[],
  { params, as, checkpointWeights, aim }: MatrixTarget,
  knobs?: MatrixKnobs
): AsyncGenerator<MethodProgress, Selection, void> {
  checkRows(inputs)
  checkGradients(inputs, gradients)
  if (inputs.tasks.length > 255)
    throw new AppError('method-not-possible', 'At most 255 example tasks can be aimed at.')
  const shares = checkpointShares(checkpointWeights, gradients)
  yield { phase: 'Examples', done: 0, total: 1, unit: 'steps' }
  const columns = gradients.map(({ rows }) => rows.columns)
  const found = await partDirections(inputs.tasks, columns, {
    isUnit: as === 'cosine',
    splitByLabel: params.subTasks === 'labels',
    signal: context.signal
  })
  const aimed = aim && (yield* aimAll(context, gradients, found, aim))
  const scoring = scoreMatrices(
    context,
    inputs,
    gradients,
    { ...found, directions: aimed?.directions ?? found.directions },
    { shares, as },
    knobs
  )
  const scored = yield* aimed === undefined ? scoring : keepAimed(scoring, aimed)
  yield { phase: 'Choosing', done: 0, total: 1, unit: 'steps' }
  const { taskOf, skipped } = found
  const checkpoints = gradients.map(({ name }) => name)
  const notes = givenNotes(checkpoints, skipped)
  const isMixLost = params.balance === 'labels' && !canKeepMix(inputs)
  if (isMixLost) notes.push(noMixNote)
  const how = {
    params: isMixLost ? { ...params, balance: 'none' as const } : params,
    isUnit: as === 'cosine',
    checkpoints
  }
  if (aimed !== undefined) notes.push(...(aim?.notes(aimed.facts) ?? []))
  const facts = { ...aimed?.facts, skipped, shares: JSON.stringify(shares) }
  const scores = withFlags(scored, taskOf, inputs.features.rows)
  return finishTarget(context, inputs, how, scores, taskOf, facts, notes)
}

/** Says of every row whether it can be compared, from what its scores say. */
function withFlags(
  { scores }: MatrixScores,
  taskOf: readonly number[],
  rows: number
): { readonly scores: Float32Array; readonly flags: Uint8Array } {
  const flags = new Uint8Array(rows)
  for (const task of new Set(taskOf))
    for (let row = 0; row < rows; row++) {
      const score = scores[task * rows + row]
      if (Number.isNaN(score)) flags[row] = rowFlags.notFinite
      else if (score === -Infinity) flags[row] = rowFlags.zero
    }
  return { scores, flags }
}
