// The parameters of trajectory matching as the form, the command line and the record see them.
import { z } from 'zod'
import { changesParam, startParam, storageParam } from '../matching/matching-params.ts'

export const trajectoryParams = z.object({
  steps: z.int().min(1).max(1_000_000).default(300).meta({
    title: 'Steps',
    description: 'Comparisons in all. The paper takes 5,000.'
  }),
  lessons: z.int().min(1).max(200).default(10).meta({
    title: 'Lessons from made items',
    description:
      'Steps in which a network learns from the made items in each comparison. The paper: 20 to 80.'
  }),
  perLesson: z.int().min(1).max(2048).default(256).meta({
    title: 'Made items in each lesson',
    description: 'All of them where there are fewer.'
  }),
  ahead: z.int().min(1).max(50).default(2).meta({
    title: 'Distance to the goal',
    description:
      'After the lessons the network should be where a helper model was so many kept moments later.'
  }),
  latest: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .meta({
      title: 'Latest start',
      description:
        'How far into the training of a helper model a comparison may begin, as a share of it. 0 chooses by ' +
        'items per class: early for few, later for many, moving on in the run (after DATM).'
    }),
  helpers: z.int().min(1).max(100).default(3).meta({
    title: 'Helper models',
    description: 'Networks trained on your data, whose way is followed. The paper: 100.'
  }),
  helperEpochs: z.int().min(1).max(200).default(4).meta({
    title: 'Passes of helper models',
    description: 'How long they are trained. The paper: 50 passes over the data.'
  }),
  flatness: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .meta({
      title: 'Steadiness of helper models',
      description:
        'Trains helper models so that small errors matter less (FTD), which takes twice as long. 0 trains ' +
        'them plainly.'
    }),
  memory: z
    .enum(['exact', 'constant'])
    .default('exact')
    .meta({
      title: 'Looking back',
      description:
        'exact: through all lessons. constant: each lesson by itself (TESLA), with the memory of one lesson ' +
        'however many there are; not quite the same direction.'
    }),
  labels: z
    .enum(['plain', 'learned'])
    .default('plain')
    .meta({
      title: 'Labels',
      description:
        'plain: one class for each item. learned: shares of all classes, begun as a helper model has them and ' +
        'learned with the items (DATM).'
    }),
  average: z
    .number()
    .min(0)
    .max(0.9999)
    .default(0.99)
    .meta({
      title: 'Averaging',
      description:
        'The result is a running average of the items over the last steps (FTD): 0.99 goes over some hundred. ' +
        '0 takes the last ones.'
    }),
  lessonRate: z.number().min(1e-5).max(1).default(0.02).meta({
    title: 'Step size of lessons, to begin with',
    description: 'How far a network moves in each lesson. It is learned with the items.'
  }),
  follow: z.enum(['adam', 'sgd']).default('adam').meta({
    title: 'How items follow',
    description: 'adam: each number at its own pace. sgd: as published.'
  }),
  rate: z.number().min(0.001).max(1000).default(1).meta({
    title: 'Step size',
    description: 'How far items move in each step: 1 is the usual size.'
  }),
  start: startParam.default('real'),
  changes: changesParam.default('usual'),
  storage: storageParam
})
export type TrajectoryParams = z.output<typeof trajectoryParams>
