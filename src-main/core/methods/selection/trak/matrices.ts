// TRAK on gradients made elsewhere: phi is a row of a joined matrix. Per checkpoint the mean rows of
// the examples' parts are solved with the second moment of all rows (Park et al. 2023, section 3);
// the shared run then compares every row with the solved directions. No helper model, no labels.
import { AppError } from '../../../../api/errors.ts'
import type { MatrixAim } from '../../gradients/aimed.ts'
import { matrixCost } from '../../gradients/estimate.ts'
import type { MatrixTarget } from '../../gradients/target-run.ts'
import { factorDamped, meanDiagonal, widestCurvature } from '../../head-gradients/curvature.ts'
import { withoutAuto } from '../../head-gradients/target-params.ts'
import { withProgress, type Facts } from '../../head-gradients/target-run.ts'
import type { MethodEstimate, MethodShape } from '../../method.ts'
import { solveAll } from './directions.ts'
import type { TrakParams } from './params.ts'
import { carryBack, projectAll } from './projected.ts'
import { measuredRows, padded, projectionFor, secondMoment } from './second-moment.ts'

/** What TRAK does with gradients made elsewhere; checkpoints count alike, as the paper's models do. */
export function trakOnMatrices(params: TrakParams, widest: number = widestCurvature): MatrixTarget {
  return {
    params: withoutAuto(params, { subTasks: 'none', balance: 'none' }),
    as: 'dot',
    checkpointWeights: '',
    aim: {
      solve: (...scene) => solve(params, widest, ...scene),
      notes: (facts) => notesOf(facts, params)
    }
  }
}

async function* solve(
  params: TrakParams,
  widest: number,
  ...[context, { name, rows, index }, means, facts]: Parameters<MatrixAim['solve']>
): ReturnType<MatrixAim['solve']> {
  const { columns } = rows
  const picked = measuredRows(context, rows.rows, params.curvatureRows)
  const projection = projectionFor(context, index, columns, params.projection, widest)
  const adding = secondMoment(context, rows, picked, projection)
  const phase = `Correction (${name})`
  const { curvature, used } = yield* withProgress(phase, picked.length, 'items', adding)
  if (!(meanDiagonal(curvature) > 0))
    throw new AppError(
      'method-not-possible',
      `The learning directions “${name}” hold nothing but zeros or numbers that cannot be read.`,
      { hint: 'Join another file, or take this one off the list.' }
    )
  const factoring = factorDamped(curvature, params.damping, () => 0, context.signal)
  const damping = yield* withProgress(`Solving (${name})`, 1, 'steps', factoring)
  const parts = Array.from({ length: means.length / columns }, (_, p) =>
    means.subarray(p * columns, (p + 1) * columns)
  )
  const solved =
    projection === undefined
      ? solveAll(
          curvature,
          parts.map((mean) => Float64Array.from(mean)),
          used
        )
      : carryBack(
          projection,
          solveAll(
            curvature,
            projectAll(
              projection,
              parts.map((mean) => padded(projection, mean))
            ),
            used
          )
        )
  const out = new Float32Array(means.length)
  solved.forEach((one, p) => out.set(one.subarray(0, columns), p * columns))
  const most = (key: string, value: number): number => Math.max(Number(facts[key] ?? 0), value)
  facts['measured'] = used
  facts['numbers'] = most('numbers', projection?.size ?? columns)
  facts['projected'] = most('projected', projection?.size ?? 0)
  facts['damping'] = most('damping', damping)
  return out
}

function notesOf(facts: Facts, { damping }: TrakParams): string[] {
  const size = Number(facts['projected'])
  const used = Number(facts['damping'])
  return [
    'Files hold no forecasts of a model, so the weight for what a model already knows was left out; gradients of the loss hold it already.',
    ...(size > 0
      ? [`Wide rows were projected at random to ${size.toLocaleString('en-US')} numbers.`]
      : []),
    ...(used > damping
      ? [`The damping was raised to ${used}: without it the items could not be told apart.`]
      : []),
    ...(Number(facts['measured']) < 2 * Number(facts['numbers'])
      ? [
          'There are few items for rows of so many numbers, so the forecast is unsteady. More items or more damping would help.'
        ]
      : [])
  ]
}

/** One pass for the scores; before it the second moment, its factor and the solved directions. */
export function estimateOnMatrices(shape: MethodShape, params: TrakParams): MethodEstimate {
  const { candidates, tasks, gradients = [] } = shape
  const measured = Math.min(candidates, params.curvatureRows)
  let products = 0
  let steps = 0
  let bytes = 0
  for (const columns of gradients) {
    const isProjected = columns > widestCurvature
    const n = isProjected ? params.projection : columns
    // The device multiplies at a third of the rate that rows are scored at.
    products += 3 * measured * n * (n + (isProjected ? columns : 0))
    // The factor and what is solved with it go some ten times as fast as other plain loops.
    steps += n ** 3 / 60 + (measured * n * n) / 10_000
    bytes = Math.max(bytes, 16 * n * n + 4 * 4 * 1024 * n)
  }
  const passes = 1 + measured / Math.max(1, candidates)
  const directions = 2 * tasks
  return matrixCost(shape, { passes, directions, products, loops: steps, bytes })
}
