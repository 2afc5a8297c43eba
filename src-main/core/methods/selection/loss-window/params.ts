// The parameters of the loss window as the form, the command line and the record see them.
import { z } from 'zod'
import { balanceParam, dropParam } from '../../difficulty/params.ts'

/** Which rule says what a pass visits. */
export const schedules = ['window', 'below-mean'] as const
export type Schedule = (typeof schedules)[number]

/** Which items are kept in the end. */
export const windowKeepRules = ['middle', 'most-visited', 'hardest', 'easiest'] as const
export type WindowKeepRule = (typeof windowKeepRules)[number]

export const lossWindowParams = z.object({
  schedule: z
    .enum(schedules)
    .default('window')
    .meta({
      title: 'Training plan',
      description:
        'window: each pass visits items of alike loss, from easy to hard and round again (SeTa). ' +
        'below-mean: each pass skips some items with a small loss, and those left count more (InfoBatch).'
    }),
  keep: z
    .enum(windowKeepRules)
    .default('middle')
    .meta({
      title: 'Part to keep',
      description:
        'middle: items of middling average loss. most-visited: those the plan came to most often. ' +
        'hardest and easiest: the largest and the smallest average loss.'
    }),
  dropFirst: dropParam(0),
  balance: balanceParam,
  passes: z.int().min(2).max(200).default(20).meta({
    title: 'Passes',
    description: 'Passes over the items for each helper model; the last eighth draws by lot alone.'
  }),
  skipPercent: z.number().min(0).max(90).default(10).meta({
    title: 'Skipped by lot',
    description:
      'Share of the items (below-mean: of those with a small loss) that a pass leaves out by lot.',
    unit: '%'
  }),
  groups: z.int().min(2).max(50).default(10).meta({
    title: 'Groups of alike loss',
    description: 'Items are sorted into so many groups by their loss. For the window only.'
  }),
  windowPercent: z.number().min(1).max(100).default(50).meta({
    title: 'Width of the window',
    description: 'Share of the groups that a pass visits. For the window only.',
    unit: '%'
  }),
  runs: z
    .int()
    .min(1)
    .max(20)
    .default(3)
    .meta({
      title: 'Repeats',
      description:
        'Each sets other items aside for testing and trains three helper models: by the plan, with all ' +
        'items, and by lot with as few steps.'
    })
})
export type LossWindowParams = z.output<typeof lossWindowParams>
