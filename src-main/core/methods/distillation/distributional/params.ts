// The parameters of the distributional method as the form, the command line and the record see them.
import { z } from 'zod'
import { realPerClassParam } from '../matching/matching-params.ts'

/** Whose view of items is compared. */
export const viewRules = ['random', 'trained'] as const
/** What one stored number takes. */
export const numberRules = ['bytes', 'half', 'numbers'] as const
export type NumberRule = (typeof numberRules)[number]

export const distributionalParams = z.object({
  iterations: z.int().min(1).max(100_000).default(600).meta({
    title: 'Steps',
    description: 'Each step compares fresh made items with real ones. The paper takes 10,000.'
  }),
  warmSteps: z
    .int()
    .min(0)
    .max(20_000)
    .default(800)
    .meta({
      title: 'Steps of drawing real items first',
      description:
        'Before anything is compared, the decoder learns to draw real items from a few numbers each. 0 starts ' +
        'from noise as the paper does, which takes many times as many steps.'
    }),
  priors: z
    .int()
    .min(0)
    .max(50)
    .default(0)
    .meta({
      title: 'Kinds of item in each class',
      description:
        'A class is kept as this many clouds of similar items. 0 = as in the paper: as many as items asked for, ' +
        '10 at most.'
    }),
  latent: z
    .int()
    .min(0)
    .max(1024)
    .default(0)
    .meta({
      title: 'Numbers of each item',
      description:
        'What the decoder draws an item from. 0 = fitted to the room asked for. More numbers leave less room for the ' +
        'decoder.'
    }),
  groups: z
    .int()
    .min(1)
    .max(50)
    .default(1)
    .meta({
      title: 'Groups of classes',
      description:
        'Classes are split into this many groups, each with a decoder of its own and its share of the room, and put ' +
        'together at the end. For hundreds of classes; 1 = all together.'
    }),
  view: z
    .enum(viewRules)
    .default('random')
    .meta({
      title: 'Compared through',
      description:
        'random: networks that have learned nothing, a new one in each step. trained: helper models trained on your ' +
        'data, as in the paper.'
    }),
  labels: z
    .enum(['plain', 'try-soft'])
    .default('plain')
    .meta({
      title: 'Labels',
      description:
        'plain: one class for each item. try-soft: what a helper model says early in its training, where check models ' +
        'learn more from it on items kept apart; takes its room out of the same budget.'
    }),
  helpers: z.int().min(1).max(10).default(1).meta({
    title: 'Helper models',
    description: 'Only with trained views or richer labels: how many are trained.'
  }),
  helperEpochs: z.int().min(1).max(200).default(8).meta({
    title: 'Passes of a helper model',
    description: 'Only with trained views or richer labels: how often each goes through your data.'
  }),
  realPerClass: realPerClassParam.default(32),
  madePerClass: z.int().min(2).max(512).default(16).meta({
    title: 'Made items per class',
    description: 'How many are drawn for every comparison. More are steadier and slower.'
  }),
  rate: z.number().min(0.001).max(1000).default(1).meta({
    title: 'Step size',
    description: 'Smaller when the live curve jumps, larger when it hardly falls.'
  }),
  drawsPerClass: z.int().min(1).max(200).default(10).meta({
    title: 'Items of a pass',
    description:
      'Items of each class that check models see in one pass, fresh ones every time. They take no room.'
  }),
  storage: z
    .enum(numberRules)
    .default('bytes')
    .meta({
      title: 'One stored number takes',
      description:
        'bytes: one byte like a pixel, rounded to 255 steps. half: two bytes. numbers: four bytes, exact. Fewer bytes ' +
        'leave room for a larger decoder.'
    }),
  studentEpochs: z.int().min(10).max(5000).default(300).meta({
    title: 'Passes of a check model',
    description: 'How often a check model goes through the set, with fresh items each time.'
  })
})
export type DistributionalParams = z.output<typeof distributionalParams>
