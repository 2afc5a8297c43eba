// The parameters of the kernel methods as the form, the command line and the record see them.
import { z } from 'zod'
import { realChoices } from '../real-items/choose-rows.ts'
import { startParam, storageParam } from '../matching/matching-params.ts'

const ridgeParam = z
  .number()
  .min(1e-8)
  .max(1)
  .meta({
    title: 'Smoothness (lambda)',
    description:
      'How little a single item may bend the model, as a share of the average kernel value. Larger is ' +
      'smoother and safer with wrong labels.'
  })

const widthParam = z.number().min(0.01).max(100).default(1).meta({
  title: 'Reach of an item',
  description:
    'How far the influence of an item goes, as a multiple of the median squared distance between your items.'
})

/** Computer-made items and labels. */
export const kernelRidgeParams = z.object({
  iterations: z.int().min(1).max(100_000).default(500).meta({
    title: 'Steps',
    description:
      'Each step moves all items and labels a little, by how a batch of real items is named.'
  }),
  batch: z.int().min(1).max(5000).default(500).meta({
    title: 'Real items in a step',
    description: 'How many real items are named in each step. More are steadier and slower.'
  }),
  rate: z.number().min(1e-5).max(1).default(0.04).meta({
    title: 'Step size',
    description: 'How far pixels and labels move in a step (Adam).'
  }),
  ridge: ridgeParam.default(1e-3),
  width: widthParam,
  learnLabels: z.boolean().default(true).meta({
    title: 'Learn the labels too',
    description:
      'Each item then says for every class how much it speaks for or against it. Off: items only, with plain labels.'
  }),
  start: startParam.default('averages'),
  storage: storageParam
})
export type KernelRidgeParams = z.output<typeof kernelRidgeParams>

/** Real items, labels alone. */
export const kernelLabelsParams = z.object({
  choice: z
    .enum(realChoices)
    .default('random')
    .meta({
      title: 'Items chosen',
      description:
        'random: by lot. typical, herding, k-center, k-means, layers: as the methods for choosing items ' +
        'do, within each class.'
    }),
  fitted: z.int().min(10).max(10_000_000).default(50_000).meta({
    title: 'Real items the labels are solved for',
    description: 'At most so many training items, by lot. More are slower and a little better.'
  }),
  ridge: ridgeParam.default(1e-2),
  width: widthParam
})
export type KernelLabelsParams = z.output<typeof kernelLabelsParams>
