// Attention matching (Sajedi et al. 2023): made pictures that make random networks active in the same
// places as real ones do, on average over each class.
import { defineDistillation, type DistillationInputs } from '../distillation-method.ts'
import { runMeanMatching, type MeanRunOptions } from '../matching/mean-run.ts'
import { meanMatchingWork } from '../matching/mean-work.ts'
import { attentionDescription } from './attention.ts'
import { attentionMatchingCard } from './card.ts'
import { attentionMatchingParams, type AttentionMatchingParams } from './params.ts'

export const attentionMatchingMethod = defineDistillation({
  id: 'attention-matching',
  family: 'distillation',
  version: 1,
  card: attentionMatchingCard,
  params: attentionMatchingParams,
  makes: 'made',
  reads: ['pictures'],
  derivatives: 'first',
  efforts: {
    quick: { iterations: 100, changes: 'off' },
    standard: {},
    thorough: { iterations: 5000 }
  },
  experts: () => undefined,
  work: (shape, params) => meanMatchingWork(shape, params),
  run: (context, inputs, params) =>
    runMeanMatching(context, inputs, attentionOptions(inputs, params))
})

/** The run that the parameters ask for. */
export function attentionOptions(
  { perClass }: Pick<DistillationInputs, 'perClass'>,
  params: AttentionMatchingParams
): MeanRunOptions {
  return {
    ...params,
    // Attention has length 1 for any number of filters, so the rate does not depend on them.
    rate: params.rate * (perClass > 50 ? 10 : 1),
    momentum: 0.5,
    describe: attentionDescription(params.exponent, params.outputWeight),
    notes: []
  }
}
