// The parameters of addressable memories as the form, the command line and the record see them.
import { z } from 'zod'
import { changesParam } from '../matching/matching-params.ts'
import { startRules } from '../matching/start-items.ts'

export const memoryParams = z.object({
  quickSteps: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(600)
    .meta({
      title: 'Quick steps first',
      description:
        'Improvements that look at the last layer of a network only: a tenth of the work each, and without a ' +
        'graphics card more gain for the time. 0 begins with whole trainings, as published.'
    }),
  steps: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(0)
    .meta({
      title: 'Steps through whole trainings',
      description:
        'Improvements that look back through whole trainings, after the quick ones. The paper takes up to ' +
        '500,000, and nothing else.'
    }),
  bases: z.int().min(0).max(4096).default(0).meta({
    title: 'Shared pictures',
    description:
      'All items are mixed from so many. Fewer leave room for more items. 0 chooses for the space you ask for.'
  }),
  shrink: z
    .int()
    .min(0)
    .max(8)
    .default(0)
    .meta({
      title: 'Shared pictures are smaller by',
      description:
        '2 stores them at half the height and width. 1 keeps their size. 0 chooses: 2 for pictures of 14 ' +
        'pixels and more.'
    }),
  addressing: z.boolean().default(true).meta({
    title: 'Share pictures between items',
    description:
      'Off: every item is stored by itself, so there are only as many as you ask for. For comparison.'
  }),
  start: z
    .enum(startRules)
    .default('averages')
    .meta({
      title: 'Begins as',
      description:
        'averages, real: the main directions of your data, with the addresses of averages of alike items, or ' +
        'of items drawn by lot. noise: random numbers, as published; takes far longer.'
    }),
  length: z.int().min(1).max(500).default(40).meta({
    title: 'Steps of a training',
    description:
      'How long networks learn from the memory, at most, before new ones begin. The paper: 150 smaller ones.'
  }),
  window: z
    .int()
    .min(0)
    .max(500)
    .default(0)
    .meta({
      title: 'Steps looked back',
      description:
        'How many of the last steps of a training the memory is improved by. More see further and take ' +
        'longer. 0 looks back to the beginning, as published.'
    }),
  networks: z
    .int()
    .min(0)
    .max(64)
    .default(0)
    .meta({
      title: 'Networks kept in training',
      description:
        'So many networks of different ages take turns, each going on from where it was. 0 begins a new one ' +
        'in every step, as published; with a window, it ends at a random place.'
    }),
  slotsPerStep: z.int().min(1).max(256).default(16).meta({
    title: 'Items per class in each training step',
    description: 'The paper takes 32.'
  }),
  realPerClass: z.int().min(1).max(1024).default(50).meta({
    title: 'Real items per class in each test',
    description: 'What a trained network is tested with, before the memory is improved.'
  }),
  changes: changesParam.default('off'),
  follow: z.enum(['adam', 'sgd']).default('adam').meta({
    title: 'How the memory follows',
    description: 'adam: each number at its own pace, far sooner there. sgd: as published.'
  }),
  rate: z.number().min(0.001).max(1000).default(1).meta({
    title: 'Step size',
    description: 'Of the memory. 1 is the usual size; smaller when the live curve jumps.'
  }),
  stages: z
    .int()
    .min(1)
    .max(10)
    .default(1)
    .meta({
      title: 'Labels come in stages',
      description:
        '1: all labels at once. More: labels come in so many groups, one after the other, and what is kept of a ' +
        'group is made from its own data alone. The result then says how much is still known after each stage, ' +
        'beside real items of the same size.'
    }),
  innerRate: z.number().min(1e-5).max(1).default(0.08).meta({
    title: 'Step size of the networks',
    description: 'How fast networks learn from the memory. The paper: 0.01, over 150 steps.'
  })
})
export type MemoryParams = z.output<typeof memoryParams>
