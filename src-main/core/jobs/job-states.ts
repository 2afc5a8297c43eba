// Which state may follow which. The engine asks here before it writes one, so that a mistake is
// an error in a test and not a job that is both running and finished.
import type { JobState } from '../../api/dto/jobs.ts'

const next: Readonly<Record<JobState, readonly JobState[]>> = {
  queued: ['running', 'cancelled', 'failed'],
  running: ['pausing', 'finishing', 'cancelled', 'failed', 'interrupted'],
  pausing: ['paused', 'running', 'finishing', 'cancelled', 'failed', 'interrupted'],
  paused: ['running', 'cancelled', 'failed', 'interrupted'],
  finishing: ['finished', 'finished-with-notes', 'failed', 'interrupted'],
  finished: [],
  'finished-with-notes': [],
  cancelled: [],
  failed: ['queued'],
  interrupted: ['queued', 'cancelled']
}

/** True when `to` may follow `from`. */
export function mayFollow(from: JobState, to: JobState): boolean {
  return next[from].includes(to)
}

/** States in which nothing happens any more unless someone asks for it. */
export function isFinal(state: JobState): boolean {
  return ['finished', 'finished-with-notes', 'cancelled', 'failed', 'interrupted'].includes(state)
}

/** States of a job that holds a thread or waits for one to stop. */
export const activeStates: readonly JobState[] = ['running', 'pausing', 'paused', 'finishing']

/** True for {@link activeStates}. */
export function isActive(state: JobState): boolean {
  return activeStates.includes(state)
}
