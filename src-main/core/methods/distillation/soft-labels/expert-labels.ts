// What helper models say about items at a kept moment: logits on unchanged items, averaged over the
// helper models; and how sure they are from moment to moment.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import type { ExpertSource } from '../../../networks/experts.ts'
import type { InputShape } from '../../../networks/network.ts'
import { predictLogits } from '../../../networks/predict.ts'
import type { LabelledRows } from '../distillation-method.ts'
import { meanLogits } from '../label-compression/shares.ts'

/** Reads what helper models say; each moment of each is looked at once for the same items. */
export interface ExpertLabels {
  /** Mean logits of all helper models (and averaged moments), count x classes. */
  logitsAt(moment: number): Promise<Float32Array>
}

/**
 * The moments whose logits are averaged for labels of one moment: itself and up to `averaged` - 1
 * before it that are past half of its age.
 */
export function averagedMoments(
  moments: readonly { readonly epoch: number }[],
  moment: number,
  averaged: number
): number[] {
  const near: number[] = []
  for (let at = moment; at >= 0 && near.length < averaged; at--)
    if (at === moment || moments[at].epoch > moments[moment].epoch / 2) near.push(at)
  return near.reverse()
}

/**
 * @param items the items that get labels, in the order of their labels
 * @param averaged how many moments are averaged, see {@link averagedMoments}
 */
export function createExpertLabels(
  tf: TensorFlow,
  experts: ExpertSource,
  shape: InputShape,
  classes: number,
  items: LabelledRows,
  signal: AbortSignal,
  averaged = 1
): ExpertLabels {
  const network = createNetwork(experts.network, shape, classes)
  const known = new Map<number, Promise<Float32Array>>()
  const single = async (moment: number): Promise<Float32Array> => {
    if (experts.answer !== undefined) return experts.answer(items, signal)
    const each: Float32Array[] = []
    for (let expert = 0; expert < experts.count; expert++) {
      const parameters = await experts.read(expert, moment)
      const statistics = await experts.readStatistics(expert, moment)
      each.push(await predictLogits(tf, network, parameters, items, signal, statistics))
    }
    return meanLogits(each)
  }
  return {
    async logitsAt(moment) {
      const parts: Float32Array[] = []
      for (const at of averagedMoments(experts.moments[0], moment, averaged)) {
        const logits = known.get(at) ?? single(at)
        known.set(at, logits)
        parts.push(await logits)
      }
      return meanLogits(parts)
    }
  }
}

/** One kept moment, averaged over all helper models. */
export interface MeanMoment {
  readonly epoch: number
  /** Share of validation items named rightly. */
  readonly accuracy01: number
  /** Mean entropy of what they say about validation items, in nats. */
  readonly entropy: number
}

/** The moments of all helper models as one list. */
export function meanMoments(experts: Pick<ExpertSource, 'moments'>): MeanMoment[] {
  const [first, ...others] = experts.moments
  return first.map(({ epoch, accuracy01, entropy }, place) => {
    const mean = (own: number, of: 'accuracy01' | 'entropy'): number =>
      others.reduce((sum, moments) => sum + moments[place][of], own) / experts.moments.length
    return { epoch, accuracy01: mean(accuracy01, 'accuracy01'), entropy: mean(entropy, 'entropy') }
  })
}
