// The parameters of recovery as the form, the command line and the record see them.
import { z } from 'zod'

export const recoveryParams = z.object({
  iterations: z.int().min(1).max(20_000).default(500).meta({
    title: 'Steps of each picture',
    description: 'The paper takes 1,000 for small pictures and 4,000 for large ones.'
  }),
  start: z
    .enum(['noise', 'real'])
    .default('real')
    .meta({
      title: 'Pictures begin as',
      description:
        'noise: random numbers, as in SRe2L. real: real pictures drawn by lot, as in DWA; closer to your data after ' +
        'few steps.'
    }),
  teachers: z.int().min(1).max(5).default(1).meta({
    title: 'Helper models',
    description:
      'Each batch of pictures is made with one of them, or with two drawn by lot where there are more (CV-DD).'
  }),
  teacherEpochs: z.int().min(1).max(300).default(12).meta({
    title: 'Passes of a helper model',
    description: 'How often it goes through all training pictures.'
  }),
  statisticsWeight: z
    .number()
    .min(0)
    .max(100)
    .default(0.05)
    .meta({
      title: 'Weight of looking like your data',
      description:
        'How much the averages and spreads inside the helper model count beside naming the picture rightly. SRe2L ' +
        'has 0.01 for small pictures.'
    }),
  push: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .meta({
      title: 'Push of the helper model',
      description:
        'Before each batch its weights are moved this far away from what they know about the real pictures (DWA: 0.015), ' +
        'so that batches differ. 0 = off.'
    }),
  zoom: z.enum(['off', 'falling']).default('off').meta({
    title: 'From whole pictures to parts',
    description:
      'falling: the helper model first sees whole pictures and then smaller and smaller parts (CDA). For large pictures.'
  }),
  rate: z.number().min(0.001).max(10).default(0.1).meta({
    title: 'Step size',
    description: 'SRe2L has 0.25 from noise; real pictures need smaller steps.'
  }),
  rates: z.int().min(1).max(4).default(1).meta({
    title: 'Step sizes tried for check models',
    description: 'With each kind of label.'
  }),
  students: z.int().min(1).max(10).default(1).meta({
    title: 'Check models for each trial',
    description: 'More make the choice of labels surer, and take longer in proportion.'
  }),
  studentEpochs: z.int().min(10).max(5000).default(300).meta({
    title: 'Passes of a check model',
    description: 'How often a check model goes through the tiny set.'
  })
})
export type RecoveryParams = z.output<typeof recoveryParams>
