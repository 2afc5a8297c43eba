// The parameters of shared changes as the form, the command line and the record see them.
import { z } from 'zod'

export const inferParams = z.object({
  helpers: z.int().min(1).max(8).default(2).meta({
    title: 'Helper models',
    description: 'Each makes a change of its own for every row of items.'
  }),
  expertEpochs: z.int().min(1).max(1000).default(8).meta({
    title: 'Passes of a helper model',
    description: 'How often it goes through all training pictures.'
  }),
  batchNorm: z.boolean().default(true).meta({
    title: 'Helper models with batch norm',
    description:
      'Their memory of averages and spreads of the data then guides the changes, too. Students stay as they are.'
  }),
  iterations: z.int().min(1).max(10_000).default(200).meta({
    title: 'Steps for a change',
    description: 'How often a change is improved.'
  }),
  rate: z.number().min(1e-4).max(10).default(0.05).meta({
    title: 'Step size for a change',
    description: 'In units of the spread of the pictures.'
  }),
  statisticsWeight: z.number().min(0).max(100).default(0.05).meta({
    title: 'Weight of averages and spreads',
    description: 'Beside naming the items rightly. Only with batch norm.'
  }),
  rates: z.int().min(1).max(5).default(2).meta({
    title: 'Step sizes tried',
    description: 'For students, with each kind of label.'
  }),
  students: z.int().min(1).max(10).default(1).meta({
    title: 'Students for each trial',
    description: 'More make the choice surer, and take longer in proportion.'
  }),
  studentEpochs: z.int().min(10).max(5000).default(300).meta({
    title: 'Passes of a student',
    description: 'How often a student goes through the items.'
  })
})

export type InferParams = z.output<typeof inferParams>
