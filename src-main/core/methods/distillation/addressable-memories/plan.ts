// The plan of a memory for data and parameters, with a message for people where nothing fits.
import { AppError } from '../../../../api/errors.ts'
import { planMemory, plainPlan, type MemoryPlan, type MemorySpace } from './budget.ts'
import type { MemoryParams } from './params.ts'

/** The plan; throws AppError "method-not-possible" when the space is too small for the bases asked for. */
export function plannedFor(
  space: MemorySpace,
  { addressing, bases, shrink }: Pick<MemoryParams, 'addressing' | 'bases' | 'shrink'>
): MemoryPlan {
  if (!addressing) return plainPlan(space)
  try {
    return planMemory(space, bases, shrink)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new AppError(
      'method-not-possible',
      `${bases} shared pictures take all the space of ${space.perClass} per label, so no items are left.`,
      { hint: 'Ask for fewer shared pictures, or for more items per label.', cause: error }
    )
  }
}
