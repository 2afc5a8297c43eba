// Gradients made elsewhere as a run sees them: checkpoints are joined end to end, so that a trajectory
// has as many numbers as all matrices have columns together.
import { AppError } from '../../../../api/errors.ts'
import { fitScaling } from '../../../compute/kernels/scaling.ts'
import { checkGradients, checkpointShares, engineOf } from '../../gradients/given-gradients.ts'
import { gradientsOf } from '../../gradients/part-directions.ts'
import type { GradientCheckpoint, MethodContext, SelectionInputs } from '../../method.ts'
import { voteWeights } from '../icons/vote.ts'
import type { GradientKind, Origin } from './kind.ts'
import { openMatrices } from './matrix-dictionary.ts'
import type { GtpParams } from './params.ts'
import { everyLabel } from './plan.ts'
import type { Targets } from './target.ts'

/**
 * The kind over joined matrices. Throws AppError "method-not-possible" for weights that do not fit,
 * RangeError for gradients that do not.
 */
export function matrixKind(
  context: MethodContext,
  inputs: SelectionInputs,
  gradients: readonly GradientCheckpoint[],
  params: Pick<GtpParams, 'lengths' | 'checkpointWeights'>,
  keepBytes: number
): GradientKind {
  checkGradients(inputs, gradients)
  const shares = checkpointShares(params.checkpointWeights, gradients)
  const isUnit = params.lengths === 'equal'
  const checkpoints = gradients.map(({ rows }, c) => ({ rows, share: shares[c] }))
  const widths = gradients.map(({ rows }) => rows.columns)
  const options = { engine: engineOf(context), signal: context.signal, keepBytes, isUnit }
  const origin: Origin = {
    kind: 'given',
    checkpoints: gradients.map(({ name }) => name),
    skipped: 0
  }
  return {
    origin,
    rank: widths.reduce((sum, width) => sum + width, 0),
    signal: context.signal,
    open: (rows) => openMatrices(checkpoints, rows, options),
    exampleTargets() {
      const { targets, skipped } = examplesOf(inputs, widths, shares, isUnit)
      origin.skipped = skipped
      return Promise.resolve(targets)
    },
    scaling(fingerprints) {
      const { columns } = inputs.features
      const count = fingerprints.length / columns
      const all = Uint32Array.from({ length: count }, (_, i) => i)
      return fitScaling(fingerprints, columns, all, 'centre')
    },
    // Matrices stay where they are: nothing of them has to be stored.
    pack: () => ({ arrays: {}, values: {} })
  }
}

/** One example: its task's weight shared out evenly, its label, its numbers per checkpoint. */
interface Example {
  readonly weight: number
  readonly label: number
  readonly rows: readonly Float32Array[]
}

/** Weighted means of the examples that can be read. */
function examplesOf(
  { tasks }: SelectionInputs,
  widths: readonly number[],
  shares: readonly number[],
  isUnit: boolean
): { readonly targets: Targets; readonly skipped: number } {
  const importance = voteWeights(tasks.map((task) => task.importance))
  const all = tasks.flatMap((task, t) => {
    const count = task.parts.reduce((sum, part) => sum + part.labels.length, 0)
    return task.parts.flatMap((part) =>
      [...part.labels].map((label, v): Example => ({
        weight: importance[t] / Math.max(1, count),
        label,
        rows: widths.map((width, c) => gradientsOf(part, c).subarray(v * width, (v + 1) * width))
      }))
    )
  })
  const usable = all.filter(({ rows }) => rows.every((row) => row.every(Number.isFinite)))
  if (usable.length === 0) {
    throw new AppError(
      'method-not-possible',
      'No example task has any example item with learning directions that can be read. Add example items first.'
    )
  }
  const total = usable.reduce((sum, { weight }) => sum + weight, 0)
  const labelShares = new Map<number, number>()
  for (const { label, weight } of usable)
    labelShares.set(label, (labelShares.get(label) ?? 0) + weight / total)
  const targets: Targets = {
    isExamples: true,
    labelShares,
    of(label) {
      const own = usable.filter((example) => label === everyLabel || example.label === label)
      return Promise.resolve(meanOfExamples(own, widths, shares, isUnit))
    }
  }
  return { targets, skipped: all.length - usable.length }
}

function meanOfExamples(
  examples: readonly Example[],
  widths: readonly number[],
  shares: readonly number[],
  isUnit: boolean
): Float64Array {
  const sum = new Float64Array(widths.reduce((total, width) => total + width, 0))
  const total = examples.reduce((all, { weight }) => all + weight, 0)
  for (const { rows, weight } of examples) {
    let squares = 0
    rows.forEach((row, c) => {
      for (const value of row) squares += shares[c] * value * value
    })
    // A zero trajectory stays zero.
    const scale = isUnit && squares > 0 ? 1 / Math.sqrt(squares) : 1
    let at = 0
    rows.forEach((row, c) => {
      const factor = (weight / total) * scale * Math.sqrt(shares[c])
      for (let j = 0; j < row.length; j++) sum[at + j] += factor * row[j]
      at += row.length
    })
  }
  return sum
}
