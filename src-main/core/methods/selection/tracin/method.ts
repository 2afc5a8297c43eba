// TracIn on the gradients of a linear head: signed dot products with the examples' mean gradients,
// summed over the checkpoints of a warm-up with their learning rates (Pruthi et al. 2020, section
// 3.2). With one checkpoint it is the plain dot product of gradients ("Grad-Dot").
import { onePassCost } from '../../gradients/estimate.ts'
import { givenGradients } from '../../gradients/given-gradients.ts'
import { runTargetOnMatrices, type MatrixTarget } from '../../gradients/target-run.ts'
import { fitWarmHeads } from '../../head-gradients/head-set.ts'
import { aimAtMeans } from '../../head-gradients/mean-directions.ts'
import { targetCost, targetWhy, warmUpSize } from '../../head-gradients/target-estimate.ts'
import { explainTarget } from '../../head-gradients/target-explain.ts'
import { withoutAuto } from '../../head-gradients/target-params.ts'
import {
  lossPoints,
  runTarget,
  withProgress,
  type TargetSpec
} from '../../head-gradients/target-run.ts'
import { defineMethod } from '../../method.ts'
import { tracinCard } from './card.ts'
import { tracinParams, type TracinParams } from './params.ts'

/** What TracIn does in each step of the shared run. */
export function tracinSpec(params: TracinParams): TargetSpec {
  return {
    params: withoutAuto(params, { subTasks: 'none', balance: 'labels' }),
    rule: { kind: 'error', isUnit: false, byDoubt: false },
    heads: params.warmUpEpochs,
    keepsDirections: false,
    async *fit({ context, inputs }) {
      const set = yield* withProgress(
        'Warm-up',
        1,
        'helper models',
        fitWarmHeads(context, inputs, {
          percent: params.warmUpPercent,
          epochs: params.warmUpEpochs,
          members: 1,
          keep: 'all'
        })
      )
      yield* lossPoints(set)
      return set
    },
    aim: aimAtMeans(false),
    notes: () => []
  }
}

/** What it does with gradients made elsewhere: in the paper's form unless parameters say otherwise. */
export function tracinOnMatrices(params: TracinParams): MatrixTarget {
  return {
    params: withoutAuto(params, { subTasks: 'none', balance: 'none' }),
    as: 'dot',
    checkpointWeights: params.checkpointWeights
  }
}

export default defineMethod({
  id: 'tracin',
  family: 'selection',
  version: 1,
  card: tracinCard,
  params: tracinParams,
  inputs: { labels: 'unless-gradients', tasks: true, gradients: true },
  estimate(shape, params) {
    if (shape.gradients !== undefined) return onePassCost(shape)
    const { candidates, classes } = shape
    const fitted = warmUpSize(candidates, classes, params.warmUpPercent) * params.warmUpEpochs
    const work = {
      heads: params.warmUpEpochs,
      isSplit: params.subTasks === 'labels',
      fittedRows: fitted
    }
    const { seconds, megabytes } = targetCost(shape, work)
    return { seconds, megabytes, why: targetWhy(shape) }
  },
  run(context, inputs, params) {
    const gradients = givenGradients(inputs)
    if (gradients === undefined) return runTarget(context, inputs, tracinSpec(params))
    return runTargetOnMatrices(context, inputs, gradients, tracinOnMatrices(params))
  },
  explain: explainTarget
})
