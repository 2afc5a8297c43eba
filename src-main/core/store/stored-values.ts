// Values as they come back from a project file. This app wrote them, so that anything else there is
// damage, or somebody else's work: it is refused as such and never as a mistake of the program.
import type { z } from 'zod'
import { AppError } from '../../api/errors.ts'

/** The value of a JSON text. Throws AppError "project-damaged". */
export function storedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('project-damaged', undefined, { cause: error })
  }
}

/** The value, of one form. Throws AppError "project-damaged". */
export function storedAs<T>(form: z.ZodType<T>, value: unknown): T {
  const found = form.safeParse(value)
  if (found.success) return found.data
  throw new AppError('project-damaged', undefined, { cause: found.error })
}
