// The parameters of gradient matching as the form, the command line and the record see them.
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
import { distanceRules } from './distance.ts'

/** What the network learns from between comparisons. */
export const teachingRules = ['made', 'real'] as const

export const gradientMatchingParams = z.object({
  steps: z.int().min(1).max(1_000_000).default(400).meta({
    title: 'Steps',
    description: 'Comparisons in all. The paper takes 1,000 for 1 per class and 10,000 for 10.'
  }),
  perNetwork: z
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .meta({
      title: 'Steps with one network',
      description:
        'After so many comparisons a new network begins. 0 takes the published number for your items per ' +
        'class: 1 for 1, 10 for 10, 50 for 50.'
    }),
  lessons: z
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .meta({
      title: 'Lessons between steps',
      description:
        'How often the network learns from all made items between two comparisons. 0 takes the published ' +
        'number: 50 for 10 per class, 10 for 50.'
    }),
  teaching: z.enum(teachingRules).default('made').meta({
    title: 'Lessons from',
    description: 'made: the made items, as published first. real: your data, as IDC does.'
  }),
  distance: z
    .enum(distanceRules)
    .default('cosine')
    .meta({
      title: 'How learning is compared',
      description:
        'cosine: the direction for each part of the network. whole-cosine: one direction. squares, absolute: ' +
        "plain differences, IDC's choice for colour and for grey pictures, meant for real lessons."
    }),
  realPerClass: realPerClassParam.default(256),
  start: startParam.default('real'),
  changes: changesParam.default('usual'),
  tiles: tilesParam,
  mirror: mirrorParam,
  storage: storageParam,
  rate: rateParam
})
export type GradientMatchingParams = z.output<typeof gradientMatchingParams>
