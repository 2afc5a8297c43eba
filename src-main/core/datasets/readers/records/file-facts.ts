// Size and stamp of one file, and its listing as a source.
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../../../api/errors.ts'
import type { SourceFacts } from './record-source.ts'

/** Size and state of a file. Throws AppError "file-not-readable". */
export async function fileFacts(path: string): Promise<SourceFacts> {
  try {
    const facts = await stat(path)
    return { sizeBytes: facts.size, stamp: `${facts.size}:${facts.mtimeMs}` }
  } catch (error) {
    throw new AppError('file-not-readable', `“${basename(path)}” is not there any more.`, {
      cause: error
    })
  }
}
