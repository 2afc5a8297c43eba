// The parameters of learned pairs as the form, the command line and the record see them.
import { z } from 'zod'
import { headParams, pairChoice } from './head-params.ts'

export const pairMatchingParams = z.object({
  ...headParams,
  steps: z.int().min(1).max(1_000_000).default(300).meta({
    title: 'Steps',
    description: 'Comparisons in all. The paper takes some thousand.'
  }),
  lessons: z.int().min(1).max(100).default(4).meta({
    title: 'Lessons from made pairs',
    description: 'Steps in which a student learns from the made pairs in each comparison.'
  }),
  perLesson: z.int().min(2).max(512).default(128).meta({
    title: 'Made pairs in each lesson',
    description: 'All of them where there are fewer.'
  }),
  ahead: z.int().min(1).max(20).default(1).meta({
    title: 'Distance to the goal',
    description: 'After the lessons a student should be where a helper was so many passes later.'
  }),
  latest: z.number().min(0).max(1).default(0.5).meta({
    title: 'Latest start',
    description: 'How far into the training of a helper a comparison may begin, as a share of it.'
  }),
  helpers: z.int().min(1).max(50).default(3).meta({
    title: 'Helpers',
    description: 'Students trained on all your pairs, whose way is followed. The paper: 20.'
  }),
  helperEpochs: z.int().min(1).max(100).default(10).meta({
    title: 'Passes of helpers',
    description: 'How long they are trained.'
  }),
  helperRate: z.number().min(1e-4).max(100).default(0.1).meta({
    title: 'Step size of helpers',
    description: 'They learn without momentum, so that lessons can follow them.'
  }),
  memory: z.enum(['exact', 'constant']).default('constant').meta({
    title: 'Looking back',
    description:
      'constant: each lesson by itself (TESLA), as RepBlend does. exact: through all lessons, which takes longer.'
  }),
  mix: z
    .number()
    .min(0)
    .max(5)
    .default(0)
    .meta({
      title: 'Mixing',
      description:
        'Blends pairs with each other within a lesson (RepBlend), so that not all pictures or all texts become alike. ' +
        '0 is off; 1 draws every share of the blend equally often.'
    }),
  similarity: z
    .enum(['own', 'learned'])
    .default('own')
    .meta({
      title: 'What belongs together',
      description:
        'own: a picture belongs to its own text alone. learned: how much each belongs to every other is learned with ' +
        'the pairs.'
    }),
  rank: z.int().min(1).max(64).default(8).meta({
    title: 'Detail of what belongs together',
    description: 'Numbers for each picture and each text that this is made of, where it is learned.'
  }),
  start: pairChoice.default('random').meta({
    title: 'Pairs to begin with',
    description:
      'Real pairs: by lot, far from each other (k-center), or with the average of all (herding).'
  }),
  average: z.number().min(0).max(0.9999).default(0.99).meta({
    title: 'Averaging',
    description:
      'The result is a running average of the pairs over the last steps. 0 takes the last ones.'
  }),
  lessonRate: z.number().min(1e-4).max(100).default(3).meta({
    title: 'Step size of lessons, to begin with',
    description: 'How far a student moves in each lesson. It is learned with the pairs.'
  }),
  rate: z.number().min(0.001).max(1000).default(1).meta({
    title: 'Step size',
    description: 'How far pairs move in each step: 1 is the usual size.'
  })
})
export type PairMatchingParams = z.output<typeof pairMatchingParams>
