// LESS on the gradients of a linear head: mean cosine with the examples of a part, summed over the
// checkpoints of a warm-up with their learning rates; a task takes the best of its parts (LESS,
// arXiv 2402.04333, section 4). The mean over examples is one product with their mean, exactly.
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
import { fitAdamHeads, scoreAdam } from './adam.ts'
import { lessCard } from './card.ts'
import { lessParams, type LessParams } from './params.ts'

/** What LESS does in each step of the shared run. */
export function lessSpec(params: LessParams): TargetSpec {
  const { warmUpPercent: percent, warmUpEpochs: epochs } = params
  return {
    params: withoutAuto(params, { subTasks: 'labels', balance: 'labels' }),
    rule: { kind: 'error', isUnit: true, byDoubt: false },
    heads: epochs,
    keepsDirections: false,
    async *fit({ context, inputs }) {
      const set =
        params.steps === 'adam'
          ? yield* withProgress(
              'Warm-up',
              epochs,
              'passes',
              fitAdamHeads(context, inputs, percent, epochs)
            )
          : yield* withProgress(
              'Warm-up',
              1,
              'helper models',
              fitWarmHeads(context, inputs, { percent, epochs, members: 1, keep: 'all' })
            )
      yield* lossPoints(set)
      return set
    },
    aim: aimAtMeans(true),
    ...(params.steps === 'adam' ? { score: scoreAdam } : {}),
    notes: () => []
  }
}

/** What it does with gradients made elsewhere: in the paper's form unless parameters say otherwise. */
export function lessOnMatrices(params: LessParams): MatrixTarget {
  return {
    params: withoutAuto(params, { subTasks: 'none', balance: 'none' }),
    as: 'cosine',
    checkpointWeights: params.checkpointWeights
  }
}

export default defineMethod({
  id: 'less',
  family: 'selection',
  version: 1,
  card: lessCard,
  params: lessParams,
  inputs: { labels: 'unless-gradients', tasks: true, gradients: true },
  estimate(shape, params) {
    if (shape.gradients !== undefined) return onePassCost(shape)
    const { candidates, classes, columns } = shape
    const fitted = warmUpSize(candidates, classes, params.warmUpPercent) * params.warmUpEpochs
    const entries = candidates * Math.max(2, classes) * (columns + 1) * params.warmUpEpochs
    const isAdam = params.steps === 'adam'
    const work = {
      heads: params.warmUpEpochs,
      isSplit: params.subTasks === 'labels',
      fittedRows: fitted,
      // A root and a division per entry, about six plain steps.
      loops: isAdam ? 6 * entries : 0,
      bytes: isAdam ? 64e6 : 0
    }
    const { seconds, megabytes } = targetCost(shape, work)
    return { seconds, megabytes, why: targetWhy(shape) }
  },
  run(context, inputs, params) {
    const gradients = givenGradients(inputs)
    if (gradients === undefined) return runTarget(context, inputs, lessSpec(params))
    return runTargetOnMatrices(context, inputs, gradients, lessOnMatrices(params))
  },
  explain: explainTarget
})
