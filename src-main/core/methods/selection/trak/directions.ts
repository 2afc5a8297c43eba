// TRAK's directions: (Phi^T Phi + lam I)^-1 times the mean gradient of a part's examples, per helper
// model (Park et al. 2023, section 3).
import type { MethodProgress } from '../../method.ts'
import { readCurvatureRows, sampledRows } from '../../head-gradients/curvature-rows.ts'
import {
  addUpCurvature,
  factorDamped,
  solveDamped,
  widestCurvature,
  type Curvature,
  type CurvatureRows
} from '../../head-gradients/curvature.ts'
import type { HeadSet } from '../../head-gradients/head-set.ts'
import { meanGradient, type Part } from '../../head-gradients/parts.ts'
import { logitsInto, rowVector } from '../../head-gradients/row-factors.ts'
import type { Directions } from '../../head-gradients/score-pass.ts'
import { expandLabels, reduceLabels, sumZeroBasis } from '../../head-gradients/sum-zero.ts'
import { withProgress, type Facts, type TargetScene } from '../../head-gradients/target-run.ts'
import { addUpProjected, carryBack, projectAll, type Projection } from './projected.ts'
import type { TrakParams } from './params.ts'

/** Row vectors of all rows in reduced form: count x (classes - 1). */
export function reducedVectors(
  set: HeadSet,
  head: number,
  rows: CurvatureRows,
  labels: Int32Array,
  basis: Float64Array
): Float32Array {
  const { classes } = set
  const logits = new Float64Array(classes)
  const a = new Float64Array(classes)
  const out = new Float32Array(rows.count * (classes - 1))
  for (let i = 0; i < rows.count; i++) {
    logitsInto(set.weights[head], rows.h, i * rows.width, rows.width, logits)
    rowVector('odds', logits, 0, labels[i], a)
    out.set(reduceLabels(basis, a, classes, 1), i * (classes - 1))
  }
  return out
}

/** The `aim` of TRAK. Adds the facts "measured", "projected" and "damping". */
export async function* aimTrak(
  scene: TargetScene,
  set: HeadSet,
  parts: readonly Part[],
  facts: Facts,
  params: TrakParams
): AsyncGenerator<MethodProgress, Directions, void> {
  const { context, inputs } = scene
  const picked = sampledRows(context, inputs, params.curvatureRows)
  const rows = await readCurvatureRows(inputs, picked, set)
  const basis = sumZeroBasis(set.classes)
  const labels = set.classes - 1
  const isProjected = labels * rows.width > widestCurvature
  facts['measured'] = rows.count
  facts['projected'] = isProjected ? params.projection : 0
  facts['damping'] = params.damping
  const directions: Float32Array[][] = []
  for (let head = 0; head < set.weights.length; head++) {
    const vectors = reducedVectors(set, head, rows, rows.labels, basis)
    const means = parts.map((part) => {
      const full = meanGradient(set, head, part, 'odds', false)
      return reduceLabels(basis, full, set.classes, rows.width)
    })
    // A projection of its own for every helper model, as in the published code.
    const seed = context.random.fork(`signs ${head}`).uint32()
    const projection: Projection = { seed, labels, width: rows.width, size: params.projection }
    const name = `Correction ${head + 1} of ${set.weights.length}`
    const { tf } = context.device
    const adding = isProjected
      ? addUpProjected(tf, projection, rows, vectors, context.signal)
      : addUpCurvature(tf, rows, labels, outerProduct(vectors, labels), context.signal)
    const curvature = yield* withProgress(name, rows.count, 'items', adding)
    const factoring = factorDamped(curvature, params.damping, () => 0, context.signal)
    const used = yield* withProgress(
      `Solving ${head + 1} of ${set.weights.length}`,
      1,
      'steps',
      factoring
    )
    facts['damping'] = Math.max(Number(facts['damping']), used)
    const solved = isProjected
      ? carryBack(projection, solveAll(curvature, projectAll(projection, means), rows.count))
      : solveAll(curvature, means, rows.count)
    directions.push(
      solved.map((one) => Float32Array.from(expandLabels(basis, one, set.classes, rows.width)))
    )
  }
  return directions
}

function outerProduct(
  vectors: Float32Array,
  labels: number
): (row: number, out: Float64Array) => void {
  return (row, out) => {
    for (let k = 0; k < labels; k++)
      for (let l = 0; l < labels; l++)
        out[k * labels + l] = vectors[row * labels + k] * vectors[row * labels + l]
  }
}

/** Solves with the factor. The curvature is a mean over rows, TRAK's matrix a sum. */
export function solveAll(
  curvature: Curvature,
  vectors: readonly Float64Array[],
  count: number
): Float64Array[] {
  return vectors.map((vector) => {
    const out = vector.slice()
    solveDamped(curvature, out)
    return out.map((value) => value / count)
  })
}
