// What the command line prints: words for people, or with --json one object per line, the last
// being the result. Exit codes are those of the product: 0 ok, 2 finished with notes, 3 invalid
// input, 4 cancelled, 5 failed.
import type { Job } from '../../../api/dto/jobs.ts'
import type { ErrorCode } from '../../../api/errors.ts'

export const exitCodes = { ok: 0, notes: 2, invalid: 3, cancelled: 4, failed: 5 } as const

/** A mistake in how the command was typed; shown with the usage line. */
export class UsageError extends Error {}

export interface Output {
  readonly isJson: boolean
  /** A line for people; not printed with --json. */
  say(text: string): void
  /** An intermediate object of --json; not printed for people. */
  event(value: Readonly<Record<string, unknown>>): void
  /** The result: the last line of --json. */
  result(value: object): void
  /** Shows progress of a job in place (terminal) or as events (--json). */
  progress(job: Job): void
}

/** Output to the given stream; progress is redrawn in place only on a terminal. */
export function createOutput(
  isJson: boolean,
  stream: { write(text: string): unknown; readonly isTTY?: boolean }
): Output {
  let last = ''
  let isLineOpen = false
  const closeLine = (): void => {
    if (isLineOpen) stream.write('\n')
    isLineOpen = false
  }
  return {
    isJson,
    say(text) {
      if (isJson) return
      closeLine()
      stream.write(`${text}\n`)
    },
    event(value) {
      if (isJson) stream.write(`${JSON.stringify(value)}\n`)
    },
    result(value) {
      closeLine()
      if (isJson) stream.write(`${JSON.stringify(value)}\n`)
    },
    progress(job) {
      const phase = job.phase
      if (!phase) return
      const line = progressLine(job)
      if (line === last) return
      last = line
      if (isJson) {
        stream.write(
          `${JSON.stringify({ event: 'progress', job: job.id, phase: phase.name, index: phase.index, of: phase.count, done: phase.done, total: phase.total, fraction: Number(job.fraction01.toFixed(4)) })}\n`
        )
      } else if (stream.isTTY === true) {
        stream.write(`\r${line.padEnd(78).slice(0, 78)}`)
        isLineOpen = true
      }
    }
  }
}

/** "3 of 5 · Comparing pictures · 8,200 of 12,400" */
export function progressLine(job: Job): string {
  const phase = job.phase
  if (!phase) return job.state
  const counts =
    phase.total > 0
      ? ` · ${phase.done.toLocaleString('en')} of ${phase.total.toLocaleString('en')}`
      : ''
  return `${phase.index} of ${phase.count} · ${phase.name}${counts}`
}

/** Exit code of a job that came to its end: notes are told apart from a plain success. */
export function exitCodeOfEnd(job: Pick<Job, 'state' | 'notes'>): number {
  return job.state === 'finished-with-notes' || job.notes.length > 0
    ? exitCodes.notes
    : exitCodes.ok
}

/** Exit code of a refusal. */
export function exitCodeOf(code: ErrorCode): number {
  switch (code) {
    case 'cancelled':
      return exitCodes.cancelled
    case 'internal':
    case 'contract-mismatch':
    case 'unknown-call':
    case 'worker-crashed':
    case 'device-failed':
    case 'out-of-memory':
    case 'disk-full':
      return exitCodes.failed
    default:
      return exitCodes.invalid
  }
}
