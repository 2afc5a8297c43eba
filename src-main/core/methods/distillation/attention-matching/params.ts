// The parameters of attention matching as the form, the command line and the record see them.
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

export const attentionMatchingParams = z.object({
  iterations: z.int().min(1).max(100_000).default(400).meta({
    title: 'Steps',
    description: 'Each step compares through a new network. The paper takes 8,000.'
  }),
  exponent: z
    .number()
    .min(1)
    .max(8)
    .default(1)
    .meta({
      title: 'Sharpness of attention',
      description:
        'The power that activations are raised to before they are summed: larger looks at the strongest ' +
        "places only. The paper says 4, the authors' code uses 1, which did better where we measured it."
    }),
  outputWeight: z.number().min(0).max(10).default(0.01).meta({
    title: 'Weight of the last layer',
    description: 'How much the averages of the last layer count beside attention. Published: 0.01.'
  }),
  realPerClass: realPerClassParam.default(64),
  start: startParam.default('real'),
  changes: changesParam.default('usual'),
  tiles: tilesParam,
  mirror: mirrorParam,
  storage: storageParam,
  rate: rateParam
})
export type AttentionMatchingParams = z.output<typeof attentionMatchingParams>
