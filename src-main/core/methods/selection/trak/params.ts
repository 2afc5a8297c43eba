// The parameters of TRAK as the form, the command line and the record see them.
import { z } from 'zod'
import {
  autoTargetParams,
  curvatureRows,
  warmUpEpochs,
  warmUpPercent
} from '../../head-gradients/target-params.ts'

export const trakParams = z.object({
  ...autoTargetParams('mean', 'none'),
  members: z
    .int()
    .min(1)
    .max(50)
    .default(3)
    .meta({
      title: 'Helper models',
      description:
        'Each learns in an order (and, below 100 %, from a sample) of its own, and their answers are ' +
        'averaged. Time grows with their number.'
    }),
  warmUpPercent: warmUpPercent(100),
  warmUpEpochs: warmUpEpochs(30),
  damping: z
    .number()
    .min(0)
    .max(1000)
    .default(3)
    .meta({
      title: 'Damping',
      description:
        'Keeps rare directions from deciding everything, in units of the average one. 0 is the ' +
        "paper's and fits many times more items than numbers; it is raised by itself where the items " +
        'cannot be told apart without.'
    }),
  projection: z
    .int()
    .min(64)
    .max(4000)
    .default(2048)
    .meta({
      title: 'Numbers per item when projected',
      description:
        'Where labels x columns exceed 4,000, gradients are first projected at random to so many ' +
        'numbers, and so are learning directions made elsewhere of more than 4,000 numbers. Fewer are ' +
        'faster and less exact.'
    }),
  curvatureRows
})
export type TrakParams = z.output<typeof trakParams>
