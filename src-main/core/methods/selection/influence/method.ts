// Influence functions on a linear head trained to its end (Koh and Liang 2017; EK-FAC form: Grosse
// et al. 2023). Positive = with the item in the training the examples' loss is lower.
import { widestCurvature } from '../../head-gradients/curvature.ts'
import { sampledRows } from '../../head-gradients/curvature-rows.ts'
import { fitFinishedHead, type HeadSet } from '../../head-gradients/head-set.ts'
import { targetCost, targetWhy } from '../../head-gradients/target-estimate.ts'
import { explainTarget } from '../../head-gradients/target-explain.ts'
import { runTarget, type Facts, type TargetSpec } from '../../head-gradients/target-run.ts'
import { defineMethod, type MethodShape } from '../../method.ts'
import { influenceCard } from './card.ts'
import { aimInfluence } from './directions.ts'
import { influenceParams, type InfluenceParams } from './params.ts'

/** What influence functions do in each step of the shared run. */
export function influenceSpec(params: InfluenceParams): TargetSpec {
  return {
    params,
    rule: { kind: 'error', isUnit: false, byDoubt: false },
    heads: 1,
    keepsDirections: true,
    async *fit({ context, inputs }) {
      yield { phase: 'Warm-up', done: 0, total: 1, unit: 'helper models' }
      const rows = sampledRows(context, inputs, params.curvatureRows)
      const l2 = params.holdBack > 0 ? params.holdBack : 0.25 / Math.sqrt(rows.length)
      return fitFinishedHead(context, inputs, rows, l2)
    },
    aim: (scene, set, parts, facts) => aimInfluence(scene, set, parts, facts, params),
    notes: (facts, set) => notesOf(facts, set, params)
  }
}

function notesOf(facts: Facts, set: HeadSet, params: InfluenceParams): string[] {
  const notes: string[] = []
  if (facts['form'] === 'ek-fac' && params.form === 'auto') {
    notes.push(
      'There are many labels and columns, so the shorter form of the correction (EK-FAC) was used.'
    )
  }
  if (Number(facts['damping'] ?? 0) > params.damping) {
    notes.push(
      `The damping was raised to ${Number(facts['damping'])}: without it the items could not be told apart.`
    )
  }
  if (set.fittedRows === params.curvatureRows) {
    notes.push(
      `The helper model learned from ${set.fittedRows.toLocaleString('en-US')} items drawn by lot; the others are judged as if added to them.`
    )
  }
  return notes
}

function estimate(
  shape: MethodShape,
  params: InfluenceParams
): { seconds: number; megabytes: number; why: string } {
  const { candidates, classes, columns } = shape
  const width = columns + 1
  const labels = Math.max(1, classes - 1)
  const n = labels * width
  const isExact = params.form === 'exact' || (params.form === 'auto' && n <= widestCurvature)
  const measured = Math.min(candidates, params.curvatureRows)
  const { seconds, megabytes } = targetCost(shape, {
    heads: 1,
    isSplit: params.subTasks === 'labels',
    // About 100 passes to the end.
    fittedRows: 12 * measured,
    products: isExact ? 0.5 * measured * n * n : 2 * measured * width * width,
    bytes: 8 * measured * width + (isExact ? 8 * n * n : 32 * width * width)
  })
  const solving = isExact ? n ** 3 / 6 : 6 * width ** 3 + measured * labels * (width + classes)
  return { seconds: seconds + solving / 0.9e9, megabytes, why: targetWhy(shape) }
}

export default defineMethod({
  id: 'influence',
  family: 'selection',
  version: 1,
  card: influenceCard,
  params: influenceParams,
  inputs: { labels: true, tasks: true },
  estimate,
  run: (context, inputs, params) => runTarget(context, inputs, influenceSpec(params)),
  explain: explainTarget
})
