// The two ways an array file can fail, as plain sentences.
import { AppError } from '../../../../api/errors.ts'
import { shorten } from '../../../files/contain.ts'

/** The file is broken: what it says of itself is not true. */
export function damagedArray(name: string, reason: string, cause?: unknown): AppError {
  return new AppError('file-damaged', `“${shorten(name)}” cannot be read: ${reason}.`, { cause })
}

/** The file is whole, but of a kind that is not read. */
export function refusedArray(name: string, reason: string, hint?: string): AppError {
  return new AppError('file-not-recognised', `“${shorten(name)}” cannot be used: ${reason}.`, {
    ...(hint === undefined ? {} : { hint })
  })
}
