// The parameters of the combined aims as the form, the command line and the record see them.
import { z } from 'zod'
import { mixParam } from '../../coverage/coverage-result.ts'

/** What can be aimed at, in the order it is shown. */
export const aims = ['variety', 'typical', 'hard', 'like'] as const
export type Aim = (typeof aims)[number]

const weightParam = (first: number, title: string, description: string) =>
  z.int().min(0).max(100).default(first).meta({ title, description })

export const combinedParams = z.object({
  variety: weightParam(
    60,
    'Weight of variety',
    'How much it counts that every item has a similar one among the kept. 0 = not at all.'
  ),
  typical: weightParam(
    40,
    'Weight of typical items',
    'How much it counts that an item has many others like it. 0 = not at all.'
  ),
  hard: weightParam(
    0,
    'Weight of hard items',
    'How much it counts that helper models find an item hard. Needs labels. Hard items are often ' +
      'wrongly labelled.'
  ),
  like: weightParam(
    40,
    'Weight of items like my examples',
    'How much it counts that an item is similar to your example items; within a label, to those with ' +
      'that label. Without examples it is ignored.'
  ),
  mix: mixParam,
  dropHardest: z
    .number()
    .min(0)
    .max(90)
    .default(10)
    .meta({
      title: 'Hardest that do not count',
      description:
        'This share of the items at the hard end gets nothing for being hard: many of them carry a ' +
        'wrong label.',
      unit: '%'
    }),
  pairMemory: z
    .int()
    .min(1)
    .max(8000)
    .default(600)
    .meta({
      title: 'Memory for comparing all pairs',
      description:
        'Up to this much memory every item is compared with every other one for variety: 600 MB is ' +
        'enough for 12,247 items (of one label, where the mix is kept). Larger sets are compared within ' +
        'groups of alike items.',
      unit: 'MB'
    })
})
export type CombinedParams = z.output<typeof combinedParams>
