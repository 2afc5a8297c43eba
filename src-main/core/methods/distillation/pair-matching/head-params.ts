// Settings that every set of pairs has: what its students are, and which real pairs stand for the data.
import { z } from 'zod'
import type { PairFacts } from '../../../evaluation/pairs/judge-pairs.ts'
import { AppError } from '../../../../api/errors.ts'
import type { DistillationInputs } from '../distillation-method.ts'

/** How real pairs are chosen, to be kept or to begin with. */
export const pairChoices = ['random', 'k-center', 'herding'] as const

export const pairChoice = z.enum(pairChoices)

/** What students of pairs are. */
export const headParams = {
  space: z.int().min(4).max(512).default(64).meta({
    title: 'Common space',
    description:
      'Numbers of a picture, or of a text, after the students have brought both together.'
  }),
  hidden: z.int().min(0).max(512).default(0).meta({
    title: 'Hidden units of a student',
    description: '0 for students that are one matrix for pictures and one for texts.'
  }),
  temperature: z.number().min(0.01).max(1).default(0.07).meta({
    title: 'Temperature',
    description:
      'How sharply the right text is told from the others while students learn; smaller is sharper.'
  })
}

/** The students of a set. Throws AppError "method-not-possible" when the items are no pairs. */
export function pairFacts(
  { pairs, shape }: Pick<DistillationInputs, 'pairs' | 'shape'>,
  {
    space,
    hidden,
    temperature
  }: { readonly space: number; readonly hidden: number; readonly temperature: number }
): PairFacts {
  if (pairs === undefined)
    throw new AppError('method-not-possible', 'This method works on pairs of a picture and a text.')
  const { pictureColumns } = pairs
  const textColumns = shape.channels - pictureColumns
  return { pictureColumns, textColumns, space, hidden, temperature }
}
