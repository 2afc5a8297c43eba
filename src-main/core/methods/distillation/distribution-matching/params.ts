// The parameters of distribution matching as the form, the command line and the record see them.
import { z } from 'zod'
import {
  changesParam,
  mirrorParam,
  rateParam,
  realPerClassParam,
  startParam,
  storageParam,
  tilesParam
} from '../matching/matching-params.ts'

/** What averages are taken of. */
export const featureRules = ['random', 'trained', 'pixels'] as const

export const distributionMatchingParams = z.object({
  iterations: z.int().min(1).max(100_000).default(400).meta({
    title: 'Steps',
    description:
      'Each step compares through a new network. The first hundred give most of the gain; the paper takes 20,000.'
  }),
  features: z
    .enum(featureRules)
    .default('random')
    .meta({
      title: 'Compared through',
      description:
        'random: networks that have learned nothing, as published. trained: helper models trained on your ' +
        'data, which needs a step size of its own and was worse than random ones where we measured it. ' +
        'pixels: the pictures themselves, which makes blurred averages.'
    }),
  classWeight: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .meta({
      title: 'Weight of being recognised',
      description:
        'Only with trained networks: made items are also pulled towards what such a network calls by the ' +
        "right name. 0 leaves it out; 2.5 is TGDD's for 1 and 10 per class."
    }),
  helpers: z.int().min(1).max(20).default(3).meta({
    title: 'Helper models',
    description: 'Only with trained networks: how many are trained.'
  }),
  helperEpochs: z.int().min(1).max(200).default(10).meta({
    title: 'Passes over your data for each helper',
    description: 'Only with trained networks: how long each is trained.'
  }),
  realPerClass: realPerClassParam.default(256),
  start: startParam.default('real'),
  changes: changesParam.default('usual'),
  tiles: tilesParam,
  mirror: mirrorParam,
  storage: storageParam,
  rate: rateParam
})
export type DistributionMatchingParams = z.output<typeof distributionMatchingParams>
