// TRAK on the gradients of linear heads (Park et al. 2023, arXiv 2303.14186, section 3): an item's
// score is the mean over helper models of phi_i (Phi^T Phi)^-1 phi_target, times the mean of 1 - p_i.
import { givenGradients } from '../../gradients/given-gradients.ts'
import { runTargetOnMatrices } from '../../gradients/target-run.ts'
import { widestCurvature } from '../../head-gradients/curvature.ts'
import { fitWarmHeads, type HeadSet } from '../../head-gradients/head-set.ts'
import { targetCost, targetWhy, warmUpSize } from '../../head-gradients/target-estimate.ts'
import { explainTarget } from '../../head-gradients/target-explain.ts'
import { withoutAuto } from '../../head-gradients/target-params.ts'
import {
  runTarget,
  withProgress,
  type Facts,
  type TargetSpec
} from '../../head-gradients/target-run.ts'
import { defineMethod, type MethodShape } from '../../method.ts'
import { trakCard } from './card.ts'
import { aimTrak } from './directions.ts'
import { estimateOnMatrices, trakOnMatrices } from './matrices.ts'
import { trakParams, type TrakParams } from './params.ts'

/** What TRAK does in each step of the shared run. */
export function trakSpec(params: TrakParams): TargetSpec {
  const { members, warmUpPercent: percent, warmUpEpochs: epochs } = params
  return {
    params: withoutAuto(params, { subTasks: 'none', balance: 'labels' }),
    rule: { kind: 'odds', isUnit: false, byDoubt: true },
    heads: members,
    keepsDirections: true,
    fit: ({ context, inputs }) =>
      withProgress(
        'Warm-up',
        members,
        'helper models',
        fitWarmHeads(context, inputs, { percent, epochs, members, keep: 'last' })
      ),
    aim: (scene, set, parts, facts) => aimTrak(scene, set, parts, facts, params),
    notes: (facts, set) => notesOf(facts, set, params)
  }
}

function notesOf(facts: Facts, set: HeadSet, params: TrakParams): string[] {
  const notes: string[] = []
  const numbers = (set.classes - 1) * (set.columns + 1)
  const size = Number(facts['projected'])
  if (size > 0) {
    notes.push(
      `Gradients of ${numbers.toLocaleString('en-US')} numbers were projected at random to ${size.toLocaleString('en-US')}.`
    )
  }
  if (Number(facts['damping']) > params.damping) {
    notes.push(
      `The damping was raised to ${Number(facts['damping'])}: without it the items could not be told apart.`
    )
  }
  if (Number(facts['measured']) < 2 * (size > 0 ? size : numbers)) {
    notes.push(
      'There are few labelled items for so many labels and columns, so the forecast is unsteady. More items, fewer columns or more damping would help.'
    )
  }
  return notes
}

/** Seconds and memory; the matrix is the largest part of both. */
function estimate(
  shape: MethodShape,
  params: TrakParams
): { seconds: number; megabytes: number; why: string } {
  if (shape.gradients !== undefined) return estimateOnMatrices(shape, params)
  const { candidates, classes, columns } = shape
  const labels = Math.max(1, classes - 1)
  const numbers = labels * (columns + 1)
  const isProjected = numbers > widestCurvature
  const n = isProjected ? params.projection : numbers
  const measured = Math.min(candidates, params.curvatureRows)
  const adding = isProjected ? measured * n * (numbers + n) : 0.5 * measured * n * n
  const { seconds, megabytes, parts } = targetCost(shape, {
    heads: params.members,
    isSplit: params.subTasks === 'labels',
    fittedRows:
      warmUpSize(candidates, classes, params.warmUpPercent) * params.warmUpEpochs * params.members,
    products: params.members * adding,
    bytes: 8 * n * n + 8 * measured * (columns + 1) + 8 * 1024 * numbers
  })
  const solving = params.members * (n ** 3 / 6 + parts * n * n)
  return { seconds: seconds + solving / 0.9e9, megabytes, why: targetWhy(shape) }
}

export default defineMethod({
  id: 'trak',
  family: 'selection',
  version: 1,
  card: trakCard,
  params: trakParams,
  inputs: { labels: 'unless-gradients', tasks: true, gradients: true },
  estimate,
  run(context, inputs, params) {
    const gradients = givenGradients(inputs)
    if (gradients === undefined) return runTarget(context, inputs, trakSpec(params))
    return runTargetOnMatrices(context, inputs, gradients, trakOnMatrices(params))
  },
  explain: explainTarget
})
