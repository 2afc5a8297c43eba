// The parameters of RegMix as the form, the command line and the record see them.
import { z } from 'zod'

export const regmixParams = z.object({
  mixtures: z
    .int()
    .min(16)
    .max(512)
    .default(64)
    .meta({
      title: 'Mixtures to try',
      description:
        'Helper models, each trained on another mixture of the sources. More give a steadier fit and take longer; the ' +
        'paper used 512.'
    }),
  items: z.int().min(50).max(5000).default(400).meta({
    title: 'Items per helper model',
    description: 'So many items, mixed from the sources, each helper model learns from.',
    unit: 'items'
  }),
  passes: z.int().min(1).max(50).default(8).meta({
    title: 'Passes over the items',
    description: 'How often each helper model goes through its items.'
  }),
  simulated: z
    .int()
    .min(1000)
    .max(200_000)
    .default(50_000)
    .meta({
      title: 'Simulated mixtures',
      description:
        'So many mixtures are judged by the fit alone; the average of the best 128 gives the shares. The ' +
        'paper used 100,000.'
    }),
  aimAt: z
    .string()
    .max(200)
    .default('')
    .meta({
      title: 'Aim at',
      description:
        'Name of one source, example task or loss column whose loss is to fall. Empty = all of them together: example ' +
        'tasks by their importance, sources and loss columns equally.'
    }),
  lossTable: z
    .string()
    .max(2_000_000)
    .default('')
    .meta({
      title: 'Loss table',
      description:
        'Losses from training runs of your own, as CSV with a header: first one column per source with its share, ' +
        'then one or more columns with losses. It replaces the helper models. Empty = helper models are trained here.',
      rows: 6
    })
})
export type RegmixParams = z.output<typeof regmixParams>
