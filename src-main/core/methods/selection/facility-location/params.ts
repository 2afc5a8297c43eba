// The parameters of facility location.
import { z } from 'zod'
import { mixParam } from '../../coverage/coverage-result.ts'

export const facilityLocationParams = z.object({
  mix: mixParam,
  pairMemory: z
    .int()
    .min(1)
    .max(8000)
    .default(600)
    .meta({
      title: 'Memory for comparing all pairs',
      description:
        'Up to this much memory every item is compared with every other one: 600 MB is enough for ' +
        '12,247 items (of one label, where the mix is kept), 1600 MB for 20,000. Larger sets are ' +
        'compared within groups of alike items.',
      unit: 'MB'
    })
})
export type FacilityLocationParams = z.output<typeof facilityLocationParams>
