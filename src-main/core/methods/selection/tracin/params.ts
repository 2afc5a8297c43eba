// The parameters of TracIn as the form, the command line and the record see them.
import { z } from 'zod'
import { checkpointWeights } from '../../gradients/params.ts'
import {
  autoTargetParams,
  warmUpEpochs,
  warmUpPercent
} from '../../head-gradients/target-params.ts'

export const tracinParams = z.object({
  ...autoTargetParams('mean', 'none'),
  warmUpPercent: warmUpPercent(5),
  warmUpEpochs: warmUpEpochs(4),
  checkpointWeights
})
export type TracinParams = z.output<typeof tracinParams>
