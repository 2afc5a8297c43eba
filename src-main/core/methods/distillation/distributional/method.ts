// Distributional distillation (D3, Qin et al. 2024): per class, clouds in a latent space, and a decoder
// that draws items from them.
import type { ExpertRequest } from '../../../networks/experts.ts'
import { inputSize } from '../../../networks/network.ts'
import { defineDistillation } from '../distillation-method.ts'
import { mostValidation } from '../real-items/student-trials.ts'
import { expertBatch } from '../soft-labels/plan.ts'
import { distributionalCard } from './card.ts'
import { momentsTried } from './choose-labels.ts'
import { readGroups, recoverItems } from './latent-set.ts'
import { latentLayout } from './layout.ts'
import { decoderFiles } from './export-files.ts'
import { distributionalParams } from './params.ts'
import { runDistributional } from './run.ts'

export const distributionalMethod = defineDistillation({
  id: 'distributional',
  family: 'distillation',
  version: 1,
  card: distributionalCard,
  params: distributionalParams,
  makes: 'made',
  reads: ['pictures'],
  derivatives: 'first',
  efforts: {
    quick: { warmSteps: 500, iterations: 200 },
    standard: {},
    thorough: {
      warmSteps: 3000,
      iterations: 5000,
      labels: 'try-soft',
      helperEpochs: 20,
      madePerClass: 32,
      realPerClass: 64
    }
  },
  experts(shape, params): ExpertRequest | undefined {
    if (params.labels === 'plain' && params.view === 'random') return undefined
    // Equal to what soft labels ask for where the numbers are equal, so that they are shared.
    return {
      network: shape.network,
      count: params.helpers,
      epochs: params.helperEpochs,
      firstEpochParts: 4,
      rate: 0.02,
      momentum: 0.9,
      decay: 0,
      batch: expertBatch(shape.trainItems),
      augment: null,
      sharpness: 0
    }
  },
  firstCandidate01: (_shape, { warmSteps, iterations }) =>
    Math.min(1, warmSteps / (warmSteps + iterations) + 0.01),
  work(shape, params) {
    const steps = params.groups * params.iterations
    const perGroup = shape.classes / params.groups
    const trials = params.labels === 'plain' ? 0 : momentsTried + 1
    return {
      forward:
        steps * perGroup * params.realPerClass +
        trials * Math.min(mostValidation, shape.trainItems / 5),
      trained:
        steps * perGroup * params.madePerClass +
        trials * params.studentEpochs * shape.classes * params.drawsPerClass,
      second: 0,
      // The decoder is small beside the networks.
      otherSeconds: params.groups * (params.warmSteps * 0.02 + params.iterations * 0.02),
      megabytes: 400 + (3000 * inputSize(shape.shape) * 8) / 1e6
    }
  },
  run: runDistributional,
  sample(device, { stored, info }, shape, random) {
    const layout = latentLayout.parse(info.latents)
    const groups = readGroups(stored, layout, shape)
    return Promise.resolve(recoverItems(device.tf, groups, layout, shape, random))
  },
  exportFiles: (set, { shape }) => Promise.resolve(decoderFiles(set, shape))
})
