// The parameters of density and complexity pruning.
import { z } from 'zod'
import { mixParam } from '../../coverage/coverage-result.ts'

export const densityParams = z.object({
  mix: mixParam,
  inside: z
    .enum(['lot', 'hard', 'typical'])
    .default('lot')
    .meta({
      title: 'Inside a group of alike items',
      description:
        'lot: draw by lot. hard: keep those farthest from the middle (the paper; it also keeps wrong ' +
        'labels). typical: keep those nearest to it.'
    }),
  temperature: z
    .number()
    .min(0.001)
    .max(1000)
    .default(0.5)
    .meta({
      title: 'Evenness',
      description:
        'How evenly groups of alike items share the places. Small values give more to wide groups far from ' +
        'others; large ones give all the same number. 0.5 as in the paper’s code.'
    }),
  cells: z.int().min(0).max(2000).default(0).meta({
    title: 'Groups of alike items',
    description:
      'How many groups are made (of each label, where the mix is kept). 0 = automatic: one per 50 items, at most 100.'
  }),
  alikePercent: z
    .number()
    .gt(0)
    .max(100)
    .default(95)
    .meta({
      title: 'Repeats from',
      description:
        'Before anything else, items at least this much like another one are put last, so that repeats do not ' +
        'make groups of their own. 100 leaves out only what is the same.',
      unit: '%'
    })
})
export type DensityParams = z.output<typeof densityParams>
