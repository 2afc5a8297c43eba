// The parameters of TracIn as the form, the command line and the record see them.
import { z } from 'zod'
import { targetParams, warmUpEpochs, warmUpPercent } from '../../head-gradients/target-params.ts'

export const tracinParams = z.object({
  ...targetParams('mean', 'none'),
  warmUpPercent: warmUpPercent(5),
  warmUpEpochs: warmUpEpochs(4)
})
export type TracinParams = z.output<typeof tracinParams>
