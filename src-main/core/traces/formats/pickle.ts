// Pickle files are programs: opening one runs what is in it. Winnow never does, and says so.
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../../api/errors.ts'

const pickleName = /\.(?:pkl|pickle|joblib)(?:\.(?:gz|bz2|xz|lz4))?$/i

/** True for names that programs give pickle files. */
export function isPickleName(name: string): boolean {
  return pickleName.test(name)
}

/** Why pickle files are not read, and what to do instead. */
export const pickleReason =
  'It is a Python pickle file. Opening one would run whatever program is in it, so Winnow never does.'
export const pickleHint =
  'Export the steps as JSON instead: in BrowserGym, write every StepInfo with json.dumps(step, cls=DataclassJSONEncoder) as one line of a .jsonl file.'

/** Throws AppError "file-not-recognised" for a pickle file, told by its name or its first bytes. */
export async function refusePickle(path: string): Promise<void> {
  if (!isPickleName(path) && !(await beginsAsPickle(path))) return
  throw new AppError(
    'file-not-recognised',
    `\u201C${basename(path)}\u201D was not opened. ${pickleReason}`,
    { hint: pickleHint }
  )
}

/** Protocols 2 to 5 begin with 0x80 and their number. */
async function beginsAsPickle(path: string): Promise<boolean> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
      return bytesRead === 2 && buffer[0] === 0x80 && buffer[1] >= 2 && buffer[1] <= 5
    } finally {
      await file.close()
    }
  } catch (error) {
    throw new AppError('file-not-readable', undefined, { cause: error })
  }
}
