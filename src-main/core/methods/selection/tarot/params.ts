// The parameters of TAROT as the form, the command line and the record see them.
import { z } from 'zod'

/** How many items are kept. */
export const sizeRules = ['budget', 'automatic'] as const
export type SizeRule = (typeof sizeRules)[number]

/** Which rows of the layer that does not fit are taken, by their dual potential. */
export const overflowRules = ['published', 'closer'] as const
export type OverflowRule = (typeof overflowRules)[number]

export const tarotParams = z.object({
  size: z
    .enum(sizeRules)
    .default('budget')
    .meta({
      title: 'How many',
      description:
        'budget: as many as you asked for. automatic: neighbours are added until they come no closer to ' +
        'examples that were held back; at most as many as you asked for.'
    }),
  folds: z.int().min(2).max(50).default(10).meta({
    title: 'Parts for the automatic size',
    description: 'The examples are split into so many parts, and each in turn finds its own size.'
  }),
  overflow: z
    .enum(overflowRules)
    .default('published')
    .meta({
      title: 'In the last round',
      description:
        'When not all neighbours of the last round fit: published takes those that are hardest to match, ' +
        "as the authors' code does, which keeps more variety. closer takes those that bring the chosen " +
        'items nearest to the examples.'
    }),
  ridge: z
    .number()
    .min(1e-6)
    .max(1)
    .default(0.01)
    .meta({
      title: 'Smoothing',
      description:
        'Directions in which the data varies less than this share of the average count less. Small ' +
        'values let rare details decide; use more when there are few items.'
    }),
  temperature: z.number().min(0.001).max(1).default(0.01).meta({
    title: 'Softness of the matching',
    description: 'How exactly items and examples are matched: smaller is more exact, and slower.'
  }),
  projection: z
    .int()
    .min(64)
    .max(4000)
    .default(2048)
    .meta({
      title: 'Numbers per item when projected',
      description:
        'Only with learning directions made elsewhere: where the rows of all checkpoints together are ' +
        'longer, they are first projected at random to so many numbers. Fewer are faster and less exact.'
    })
})
export type TarotParams = z.output<typeof tarotParams>
