// The parameters of LESS as the form, the command line and the record see them.
import { z } from 'zod'
import { checkpointWeights } from '../../gradients/params.ts'
import {
  autoTargetParams,
  warmUpEpochs,
  warmUpPercent
} from '../../head-gradients/target-params.ts'

/** How the helper model takes its learning steps. */
export const stepRules = ['plain', 'adam'] as const
export type StepRule = (typeof stepRules)[number]

export const lessParams = z.object({
  ...autoTargetParams('max', 'labels'),
  steps: z
    .enum(stepRules)
    .default('plain')
    .meta({
      title: 'Learning steps',
      description:
        'plain: the direction an item pulls in is its gradient. adam: it is the step the optimiser Adam ' +
        'would take from where it is (the paper), some ten times slower.'
    }),
  warmUpPercent: warmUpPercent(5),
  warmUpEpochs: warmUpEpochs(4),
  checkpointWeights
})
export type LessParams = z.output<typeof lessParams>
