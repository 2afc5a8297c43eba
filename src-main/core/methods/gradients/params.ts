// Parameters of methods that work on gradients made elsewhere.
import { z } from 'zod'

/** Weights of the joined checkpoints, see checkpointShares. */
export const checkpointWeights = z
  .string()
  .max(400)
  .default('')
  .meta({
    title: 'Weights of the checkpoints',
    description:
      'Only with learning directions made elsewhere: one number for each checkpoint, with commas between, in ' +
      'the order they are listed. Usually the learning rates. Empty = all count alike.'
  })
