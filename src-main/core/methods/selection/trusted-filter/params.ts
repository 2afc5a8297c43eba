// The parameters of the trusted-set filter as the form, the command line and the record see them.
import { z } from 'zod'
import { balanceParam } from '../../difficulty/params.ts'

export const filterParams = z.object({
  leastScore: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .meta({
      title: 'Least score',
      description:
        'Items below this score (0 to 1) are never kept, even if fewer than asked for remain. 0 = the ' +
        'best ones are kept, whatever their score.'
    }),
  samplePerTrusted: z
    .number()
    .min(1)
    .max(5)
    .default(3)
    .meta({
      title: 'Random items per trusted item',
      description:
        'So many random items of the data stand against each trusted item when the helper model learns; ' +
        'at least 200 in all.'
    }),
  folds: z
    .int()
    .min(2)
    .max(20)
    .default(5)
    .meta({
      title: 'Helper models',
      description:
        'Each leaves out another part of the items and judges only that part, so that no item is judged ' +
        'by a model that has seen it.'
    }),
  balance: balanceParam
})
export type FilterParams = z.output<typeof filterParams>
