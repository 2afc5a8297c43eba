// Helpers of pair matching: heads trained on all pairs with plain gradient steps, kept after each pass.
// They are small, so they are trained anew in every run, and again when it goes on: the same seed gives
// the same helpers.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { Random } from '../../../compute/random.ts'
import type { PairHeads } from '../../../evaluation/pairs/pair-heads.ts'
import { trainHeads } from '../../../evaluation/pairs/train-heads.ts'
import type { LabelledRows } from '../distillation-method.ts'

/** Parameters of one helper after each pass, before the first one included. */
export type HelperHeads = readonly (readonly Float32Array[])[]

export interface HelperRules {
  readonly helpers: number
  readonly helperEpochs: number
  readonly helperRate: number
  readonly temperature: number
}

/** Pairs that helpers tell a pair from in one step. */
export const helperBatch = 128
/** Steps between two kept moments at least: few pairs are passed several times. */
const leastSteps = 20

/** Trains the helpers one after the other; yields how many are done. `enableGradients` comes first. */
export async function* trainHelpers(
  tf: TensorFlow,
  heads: PairHeads,
  train: LabelledRows,
  rules: HelperRules,
  random: Random,
  signal: AbortSignal
): AsyncGenerator<number, HelperHeads[], void> {
  const helpers: HelperHeads[] = []
  const perPass = Math.max(1, Math.floor(train.count / helperBatch))
  const passes = Math.ceil(leastSteps / perPass)
  for (let helper = 0; helper < rules.helpers; helper++) {
    const moments: Float32Array[][] = []
    await trainHeads(
      tf,
      heads,
      train,
      {
        optimizer: 'sgd',
        momentum: 0,
        decay: 0,
        rate: rules.helperRate,
        epochs: rules.helperEpochs * passes,
        batch: helperBatch,
        temperature: rules.temperature
      },
      random.fork(`helper ${helper}`),
      signal,
      (parameters, epoch) => {
        if (epoch % passes === 0) moments.push(parameters())
      }
    )
    helpers.push(moments)
    yield helper + 1
  }
  return helpers
}
