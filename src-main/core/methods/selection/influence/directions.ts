// Directions of influence functions: (Fisher + weight decay + damping)^-1 times the mean gradient of
// a part's examples. For a softmax head the Fisher matrix is the Gauss-Newton matrix and, at the
// optimum, the Hessian itself.
import { AppError } from '../../../../api/errors.ts'
import { softmaxInPlace } from '../../../compute/kernels/softmax.ts'
import type { MethodProgress } from '../../method.ts'
import { readCurvatureRows, sampledRows } from '../../head-gradients/curvature-rows.ts'
import {
  addUpCurvature,
  factorDamped,
  solveDamped,
  widestCurvature,
  type CurvatureRows
} from '../../head-gradients/curvature.ts'
import type { HeadSet } from '../../head-gradients/head-set.ts'
import {
  fitKronecker,
  meanSquare,
  solveKronecker
} from '../../head-gradients/kronecker-curvature.ts'
import { meanGradient, type Part } from '../../head-gradients/parts.ts'
import { logitsInto } from '../../head-gradients/row-factors.ts'
import type { Directions } from '../../head-gradients/score-pass.ts'
import { expandLabels, reduceLabels, sumZeroBasis } from '../../head-gradients/sum-zero.ts'
import { withProgress, type Facts, type TargetScene } from '../../head-gradients/target-run.ts'
import type { InfluenceParams } from './params.ts'

/** Widest rows whose eigenvectors are worth computing: some twenty seconds. */
const widestAxes = 2049

/** Predicted probabilities of the rows, count x classes. */
export function probabilities(set: HeadSet, rows: CurvatureRows): Float32Array {
  const { classes } = set
  const p = new Float64Array(classes)
  const out = new Float32Array(rows.count * classes)
  for (let i = 0; i < rows.count; i++) {
    logitsInto(set.weights[0], rows.h, i * rows.width, rows.width, p)
    softmaxInPlace(p)
    out.set(p, i * classes)
  }
  return out
}

/** The `aim` of influence functions. Adds the facts "form" and "damping". */
export async function* aimInfluence(
  { context, inputs }: TargetScene,
  set: HeadSet,
  parts: readonly Part[],
  facts: Facts,
  params: InfluenceParams
): AsyncGenerator<MethodProgress, Directions, void> {
  const width = set.columns + 1
  const isExact = params.form === 'exact' || (params.form === 'auto' && isNarrow(set))
  if (params.form === 'exact' && !isNarrow(set)) {
    throw new AppError(
      'method-not-possible',
      `The exact correction takes at most ${widestCurvature.toLocaleString('en-US')} numbers (labels x columns). Set "Correction" to "ek-fac".`
    )
  }
  if (!isExact && width > widestAxes) {
    throw new AppError(
      'method-not-possible',
      `This way of choosing takes fingerprints of at most ${(widestAxes - 1).toLocaleString('en-US')} columns. TracIn and LESS take more.`
    )
  }
  facts['form'] = isExact ? 'exact' : 'ek-fac'
  const picked = sampledRows(context, inputs, params.curvatureRows)
  const rows = await readCurvatureRows(inputs, picked, set)
  const p = probabilities(set, rows)
  const means = parts.map((part) => meanGradient(set, 0, part, 'error', false))
  const scene = { tf: context.device.tf, signal: context.signal }
  const solved = isExact
    ? yield* solveExact(scene, set, rows, p, means, params.damping, facts)
    : yield* solveShort(scene, set, rows, p, means, params.damping)
  return [solved.map((one) => Float32Array.from(one))]
}

function isNarrow({ classes, columns }: HeadSet): boolean {
  return (classes - 1) * (columns + 1) <= widestCurvature
}

interface Solving {
  readonly tf: Parameters<typeof addUpCurvature>[0]
  readonly signal: AbortSignal
}

/** Covariance of the predicted label, written in the vectors of sum zero. */
export function labelCovariance(
  p: Float32Array,
  classes: number,
  basis: Float64Array
): (row: number, out: Float64Array) => void {
  const labels = classes - 1
  const mean = new Float64Array(labels)
  return (row, out) => {
    const at = row * classes
    for (let k = 0; k < labels; k++) {
      mean[k] = 0
      for (let c = 0; c < classes; c++) mean[k] += p[at + c] * basis[k * classes + c]
    }
    for (let k = 0; k < labels; k++)
      for (let l = 0; l <= k; l++) {
        let sum = 0
        for (let c = 0; c < classes; c++)
          sum += p[at + c] * basis[k * classes + c] * basis[l * classes + c]
        out[k * labels + l] = out[l * labels + k] = sum - mean[k] * mean[l]
      }
  }
}

async function* solveExact(
  { tf, signal }: Solving,
  set: HeadSet,
  rows: CurvatureRows,
  p: Float32Array,
  means: readonly Float64Array[],
  damping: number,
  facts: Facts
): AsyncGenerator<MethodProgress, Float64Array[], void> {
  const { classes } = set
  const { width } = rows
  const basis = sumZeroBasis(classes)
  const covariance = labelCovariance(p, classes, basis)
  const adding = addUpCurvature(tf, rows, classes - 1, covariance, signal)
  const curvature = yield* withProgress('Correction', rows.count, 'items', adding)
  // The bias is not held back.
  const decay = (index: number): number => (index % width === width - 1 ? 0 : set.l2)
  const factoring = factorDamped(curvature, damping, decay, signal)
  facts['damping'] = yield* withProgress('Solving', 1, 'steps', factoring)
  return means.map((mean) => {
    const own = reduceLabels(basis, mean, classes, width)
    solveDamped(curvature, own)
    return expandLabels(basis, own, classes, width)
  })
}

async function* solveShort(
  { tf, signal }: Solving,
  set: HeadSet,
  rows: CurvatureRows,
  p: Float32Array,
  means: readonly Float64Array[],
  damping: number
): AsyncGenerator<MethodProgress, Float64Array[], void> {
  const fitting = fitKronecker(tf, rows, p, signal)
  const curvature = yield* withProgress('Correction', 2 * rows.count, 'items', fitting)
  const addition = damping * meanSquare(curvature) + set.l2
  return means.map((mean) => solveKronecker(curvature, mean, addition))
}
