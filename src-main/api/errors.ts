// Error codes and the plain sentence each one shows. The record is total: a code without a
// message does not compile. No stack ever travels in a UserError.
import { z } from './zod.ts'

/** Every reason a call can be refused. */
export const errorCodes = [
  'invalid-input',
  'contract-mismatch',
  'unknown-call',
  'internal',
  'cancelled',
  'grant-unknown',
  'grant-wrong-kind',
  'no-project',
  'project-exists',
  'project-not-found',
  'project-not-winnow',
  'project-from-future',
  'project-damaged',
  'project-in-use',
  'project-read-only',
  'dataset-not-found',
  'dataset-name-taken',
  'item-not-found',
  'file-not-readable',
  'file-not-recognised',
  'file-damaged',
  'archive-unsafe',
  'too-large',
  'nothing-to-import',
  'column-not-found',
  'method-not-found',
  'method-not-possible',
  'budget-not-possible',
  'run-not-found',
  'run-not-finished',
  'run-not-resumable',
  'destination-exists',
  'destination-not-writable',
  'disk-full',
  'not-an-export',
  'device-not-available',
  'device-failed',
  'computer-busy',
  'worker-crashed',
  'out-of-memory'
] as const

/** One of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number]

/** The sentence shown for each code when nothing more exact is known. */
export const errorMessages: Readonly<Record<ErrorCode, string>> = {
  'invalid-input': 'The request was not understood.',
  'contract-mismatch': 'This window and the app are different versions. Reload the window.',
  'unknown-call': 'The app does not know this request.',
  internal: 'Something went wrong inside the app. Nothing was lost.',
  cancelled: 'Stopped.',
  'grant-unknown': 'Access to this file has ended. Choose it again.',
  'grant-wrong-kind': 'This needs a different kind of file or folder.',
  'no-project': 'No project is open. Open or create one first.',
  'project-exists': 'A project with this name is already there.',
  'project-not-found': 'The project folder is not there any more.',
  'project-not-winnow': 'This folder is not a Winnow project.',
  'project-from-future':
    'This project was made by a newer version of the app. It is open for reading only.',
  'project-damaged': 'The project file is damaged. Restore it from a backup.',
  'project-in-use': 'This project is open in another window.',
  'project-read-only': 'This project is open for reading only, so nothing can be changed.',
  'dataset-not-found': 'This dataset is not in the project.',
  'dataset-name-taken': 'A dataset with this name is already in the project. Choose another name.',
  'item-not-found': 'This item is not in the dataset.',
  'file-not-readable': 'The file could not be opened.',
  'file-not-recognised': 'The app does not recognise this kind of data.',
  'file-damaged': 'The file is damaged or cut off.',
  'archive-unsafe': 'The archive holds an entry that is not safe to read, so nothing was imported.',
  'too-large': 'This is larger than the app can read safely.',
  'nothing-to-import': 'There is nothing here to import.',
  'column-not-found': 'A column with this name is not in the data.',
  'method-not-found': 'The app has no method with this name.',
  'method-not-possible': 'This method cannot be used with this data.',
  'budget-not-possible': 'This many items cannot be kept.',
  'run-not-found': 'This run is not in the project.',
  'run-not-finished': 'This run has no result yet.',
  'run-not-resumable': 'This run cannot be continued.',
  'destination-exists': 'A folder with this name is already there.',
  'destination-not-writable': 'The folder cannot be written to. Choose another folder.',
  'disk-full': 'There is not enough free space on the disk.',
  'not-an-export': 'This folder is not an exported set: it has no manifest.json.',
  'device-not-available': 'The chosen computing device is not available on this computer.',
  'device-failed': 'The computing device stopped working during the calculation.',
  'computer-busy': 'This has to wait until nothing else is running.',
  'worker-crashed': 'The calculation stopped unexpectedly. The rest of the app is fine.',
  'out-of-memory': 'The calculation ran out of memory. Try a smaller set.'
}

/** What a person is told: what happened, what to do, and a number that finds the log line. */
export const UserError = z.strictObject({
  code: z.enum(errorCodes),
  message: z.string(),
  hint: z.string().optional(),
  logId: z.string().optional()
})
export type UserError = z.infer<typeof UserError>

/** An error with a code. Thrown for refusals; anything else thrown becomes `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  constructor(code: ErrorCode, message?: string, options?: { hint?: string; cause?: unknown }) {
    super(
      message ?? errorMessages[code],
      options?.cause === undefined ? undefined : { cause: options.cause }
    )
    this.name = 'AppError'
    this.code = code
    this.hint = options?.hint
  }
}
