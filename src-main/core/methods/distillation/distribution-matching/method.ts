// Distribution matching (Zhao and Bilen 2023, section 3.2): made items whose class averages agree with
// those of real items in the features of random networks.
import type { ExpertRequest } from '../../../networks/experts.ts'
import { defineDistillation, type DistillationInputs } from '../distillation-method.ts'
import { matchingNetwork, runMeanMatching, type MeanRunOptions } from '../matching/mean-run.ts'
import { meanMatchingWork } from '../matching/mean-work.ts'
import type { Describe } from '../matching/mean-matching.ts'
import { distributionMatchingCard } from './card.ts'
import { distributionMatchingParams, type DistributionMatchingParams } from './params.ts'

/** What the last linear layer reads. */
const features: Describe = (_, outputs) => outputs.features

/** The items themselves. */
const pixels: Describe = (tf, _, seen) => tf.reshape(seen, [seen.shape[0], -1])

/** Epochs between the network that is matched in and the one that names items (TGDD). */
const mostEpochsApart = 7

export const distributionMatchingMethod = defineDistillation({
  id: 'distribution-matching',
  family: 'distillation',
  version: 1,
  card: distributionMatchingCard,
  params: distributionMatchingParams,
  makes: 'made',
  reads: ['pictures', 'vectors'],
  derivatives: 'first',
  efforts: {
    quick: { iterations: 100, realPerClass: 128, changes: 'off' },
    standard: {},
    thorough: { iterations: 5000 }
  },
  experts(shape, params): ExpertRequest | undefined {
    if (params.features !== 'trained') return undefined
    return {
      network: matchingNetwork(shape.network),
      count: params.helpers,
      epochs: params.helperEpochs,
      firstEpochParts: 4,
      rate: 0.01,
      momentum: 0,
      decay: 0,
      batch: 256,
      augment: null,
      sharpness: 0
    }
  },
  work: (shape, params) => meanMatchingWork(shape, params),
  run: (context, inputs, params) =>
    runMeanMatching(context, inputs, distributionOptions(inputs, params))
})

/** The run that the parameters ask for. */
export function distributionOptions(
  inputs: Pick<DistillationInputs, 'data' | 'network' | 'perClass'>,
  params: DistributionMatchingParams
): MeanRunOptions {
  const isPlain = params.features === 'pixels' || inputs.network.kind === 'linear'
  const isTrained = params.features === 'trained' && !isPlain
  return {
    ...params,
    rate: params.rate * (isPlain ? inputs.perClass / 4 : publishedRate(inputs.perClass)),
    momentum: isPlain ? 0 : 0.5,
    describe: isPlain ? pixels : features,
    ...(isTrained ? { trained: { classWeight: params.classWeight, mostEpochsApart } } : {}),
    notes: notesOf(inputs, params)
  }
}

/**
 * The published rates, for any number of filters: raising them for narrower networks, as the sum over
 * fewer features suggests, made the distance grow where we tried it (docs/methods).
 */
export function publishedRate(perClass: number): number {
  return perClass >= 100 ? 10 : 1
}

function notesOf(
  { data, network }: Pick<DistillationInputs, 'data' | 'network'>,
  params: DistributionMatchingParams
): readonly string[] {
  const notes: string[] = []
  if (data === 'vectors' && (params.tiles > 1 || params.mirror))
    notes.push(
      'Rows of numbers have no tiles and no mirror images, so these settings changed nothing.'
    )
  if (network.kind === 'linear' && params.features !== 'pixels')
    notes.push('A linear model has no features of its own, so the items themselves were compared.')
  if (network.norm === 'batch')
    notes.push('Compared through networks with instance norm: batch norm would mix the classes.')
  return notes
}
