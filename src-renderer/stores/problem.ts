// Turns anything thrown by a call into what a message needs: plain words, a hint, and details that
// can be copied for whoever looks after the app.
import { AppError, errorMessages, type ErrorCode } from '@api/errors.ts'
import { coreWords } from '../text/core-words.ts'

/** A refusal or a failure as a screen shows it. */
export interface Problem {
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string | undefined
  /** Code, place in the log, versions: for "Copy details". Never data. */
  readonly details: string
}

/** Describes what a call threw. Unknown things become `internal`. */
export function describeProblem(thrown: unknown): Problem {
  if (thrown instanceof AppError) {
    const logId = 'logId' in thrown && typeof thrown.logId === 'string' ? thrown.logId : undefined
    return {
      code: thrown.code,
      message: coreWords(thrown.message),
      hint: thrown.hint === undefined ? undefined : coreWords(thrown.hint),
      details: [thrown.code, thrown.message, logId === undefined ? '' : `log ${logId}`]
        .filter((part) => part !== '')
        .join('\n')
    }
  }
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  return {
    code: 'internal',
    message: coreWords(errorMessages.internal),
    hint: undefined,
    details: text
  }
}
