// Gradient matching (Zhao et al. 2021, sections 3.2 and 3.3; Zhao and Bilen 2021b): made items on which
// networks have the same gradients as on real ones, throughout a training.
import { defineDistillation } from '../distillation-method.ts'
import { formationOf } from '../matching/mean-run.ts'
import { gradientMatchingCard } from './card.ts'
import { gradientMatchingParams } from './params.ts'
import { loopsOf } from './rules.ts'
import { runGradientMatching } from './run.ts'

/** Seconds of a step outside networks, for each class. */
const otherSeconds = 0.002

export const gradientMatchingMethod = defineDistillation({
  id: 'gradient-matching',
  family: 'distillation',
  version: 1,
  card: gradientMatchingCard,
  params: gradientMatchingParams,
  makes: 'made',
  reads: ['pictures', 'vectors'],
  derivatives: 'second',
  efforts: {
    quick: { steps: 60, realPerClass: 64, changes: 'off' },
    standard: {},
    thorough: { steps: 5000 }
  },
  experts: () => undefined,
  work(shape, params) {
    const { factor, isMirrored } = formationOf(shape, params)
    const copies = factor * factor * (isMirrored ? 2 : 1)
    const { perNetwork, lessons } = loopsOf(shape.perClass, params)
    const real = Math.min(shape.trainItems, shape.classes * params.realPerClass)
    const made = shape.classes * shape.perClass * copies
    const learned = params.teaching === 'made' ? made : Math.min(256, shape.trainItems)
    const { height, width, channels } = shape.shape
    const lessonShare = 1 - 1 / perNetwork
    return {
      forward: 0,
      trained: params.steps * (real + lessonShare * lessons * learned),
      second: params.steps * made,
      otherSeconds: params.steps * shape.classes * otherSeconds,
      megabytes: 400 + Math.ceil((made * 3 * height * width * channels * 4) / 1e6)
    }
  },
  run: runGradientMatching
})
