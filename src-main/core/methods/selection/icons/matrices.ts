// ICONS on gradients made elsewhere, for example projected gradients of a large model: steps S5 to S9
// of the published pipeline on the joined matrices, with the exact mean-gradient shortcut. Parts of a
// task are its sub-tasks as they were given and are joined by the maximum (the 13 of MME).
import { partDirections } from '../../gradients/part-directions.ts'
import { checkGradients } from '../../gradients/given-gradients.ts'
import { scoreMatrices, type MatrixKnobs } from '../../gradients/score-matrices.ts'
import type {
  GradientCheckpoint,
  MethodContext,
  MethodProgress,
  Selection,
  SelectionInputs
} from '../../method.ts'
import { finishIcons } from './finish.ts'
import type { IconsParams } from './params.ts'

/**
 * The run. Several checkpoints count alike (the published code has one). Throws AppError
 * "method-not-possible" without a usable example, RangeError for gradients that do not fit.
 */
export async function* runOnMatrices(
  context: MethodContext,
  inputs: SelectionInputs,
  gradients: readonly GradientCheckpoint[],
  params: IconsParams,
  knobs?: MatrixKnobs
): AsyncGenerator<MethodProgress, Selection, void> {
  checkGradients(inputs, gradients)
  yield { phase: 'Examples', done: 0, total: 1, unit: 'steps' }
  const columns = gradients.map(({ rows }) => rows.columns)
  const found = await partDirections(inputs.tasks, columns, {
    isUnit: true,
    splitByLabel: params.subTasks === 'labels',
    signal: context.signal
  })
  const scoring = { shares: gradients.map(() => 1 / gradients.length), as: 'cosine' } as const
  const scored = yield* scoreMatrices(context, inputs, gradients, found, scoring, knobs)
  yield { phase: 'Choosing', done: 0, total: 1, unit: 'steps' }
  const { taskOf, skipped } = found
  const checkpoints = gradients.map(({ name }) => name)
  return finishIcons(
    context,
    inputs,
    params,
    { ...scored, taskOf },
    { kind: 'given', checkpoints, skipped }
  )
}
