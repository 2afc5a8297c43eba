// Parameters that the methods with helper models share.
import { z } from 'zod'

export const aimAtParam = z
  .string()
  .max(200)
  .default('')
  .meta({
    title: 'Aim at',
    description:
      'Name of one source, or of one example task where you use them, whose loss is to fall. Empty = all of them: ' +
      'example tasks by their importance, sources equally.'
  })

/** Steps of 32 items. */
export function stepsParam(
  title: string,
  description: string,
  usual: number
): z.ZodDefault<z.ZodInt> {
  return z.int().min(1).max(2000).default(usual).meta({ title, description, unit: 'steps' })
}
