// The parameters of Gradient Trajectory Pursuit as the form, the command line and the record see them.
import { z } from 'zod'
import { checkpointWeights } from '../../gradients/params.ts'

/** What the chosen items are to stand in for. */
export const targetRules = ['auto', 'all-items', 'examples'] as const
export type TargetRule = (typeof targetRules)[number]

/** Whether items are chosen all together or label by label. */
export const splitRules = ['auto', 'together', 'labels'] as const
export type SplitRule = (typeof splitRules)[number]

/** Whether an item counts by how much it teaches, or all items alike. */
export const lengthRules = ['as-they-are', 'equal'] as const
export type LengthRule = (typeof lengthRules)[number]

/** What becomes of items whose label looks wrong. */
export const wrongLabelRules = ['count', 'do-not-copy'] as const
export type WrongLabelRule = (typeof wrongLabelRules)[number]

export const gtpParams = z.object({
  target: z
    .enum(targetRules)
    .default('auto')
    .meta({
      title: 'What to stand in for',
      description:
        'all-items: the chosen items should teach what all items teach. examples: they should teach ' +
        'what your example items ask for. auto: examples where there are any, else all items.'
    }),
  split: z
    .enum(splitRules)
    .default('auto')
    .meta({
      title: 'Choose label by label',
      description:
        'together: one choice over all items. labels: each label on its own, with places in proportion. ' +
        'auto: label by label where each label has five places or more and all items are the goal; ' +
        'together with learning directions made elsewhere.'
    }),
  wrongLabels: z
    .enum(wrongLabelRules)
    .default('do-not-copy')
    .meta({
      title: 'Items whose label looks wrong',
      description:
        'do-not-copy: items whose label a second helper model speaks clearly against are not chosen while ' +
        'there are others, and the chosen items need not stand in for them. count: they count like ' +
        'all others. Without labels, and with learning directions made elsewhere, all items count.'
    }),
  parts: z
    .int()
    .min(0)
    .max(10000)
    .default(0)
    .meta({
      title: 'Parts',
      description:
        'Deals the items into so many parts and chooses in each, which needs less memory. 0 = automatic: ' +
        'as many as are needed to fill the places.'
    }),
  reserve: z
    .number()
    .min(1)
    .max(10)
    .default(2)
    .meta({
      title: 'Items each part proposes',
      description:
        'With parts, each proposes this many times its places, and a last choice is made among all ' +
        'proposals. 1 = no last choice.'
    }),
  rounds: z.int().min(1).max(200).default(30).meta({
    title: 'Rounds',
    description:
      'A choice is improved in so many rounds at most; it ends earlier when nothing improves.'
  }),
  spread: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .meta({
      title: 'Spread of the weights',
      description:
        'Above 0, weights are spread more evenly over the chosen items, at the price of a worse match. ' +
        'In units of the average squared gradient.'
    }),
  lengths: z
    .enum(lengthRules)
    .default('as-they-are')
    .meta({
      title: 'Strong and weak items',
      description:
        'as-they-are: items the helper model gets wrong pull harder, which is needed to match an average. ' +
        'equal: all items pull alike, for data where long texts would outweigh short ones.'
    }),
  warmUpPercent: z
    .number()
    .gt(0)
    .max(100)
    .default(5)
    .meta({
      title: 'Items for the warm-up',
      description:
        'Share of the items the helper model learns from before items are compared; at least 200 ' +
        'items and 20 per label.',
      unit: '%'
    }),
  checkpointWeights,
  warmUpEpochs: z.int().min(1).max(20).default(4).meta({
    title: 'Warm-up passes',
    description:
      'Passes over the warm-up items. Items are compared at the end of each, so more passes take longer.'
  })
})
export type GtpParams = z.output<typeof gtpParams>
