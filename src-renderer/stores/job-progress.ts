// What screens read out of a job. Pure: merging of updates so that progress never runs backwards,
// and which buttons a state allows.
import type { Job, JobState } from '@api/dto/jobs.ts'

const activeStates: readonly JobState[] = ['queued', 'running', 'pausing', 'paused', 'finishing']
const workingStates: readonly JobState[] = ['running', 'pausing', 'finishing']
const endStates: readonly JobState[] = ['finished', 'finished-with-notes', 'cancelled', 'failed']

/** True while a job waits, runs or is paused. */
export function isActive(job: Job): boolean {
  return activeStates.includes(job.state)
}
/** True while a job uses the computer. */
export function isWorking(job: Job): boolean {
  return workingStates.includes(job.state)
}
/** True when a job has ended for good; an interrupted one has not. */
export function hasEnded(job: Job): boolean {
  return endStates.includes(job.state)
}
/** True when a job needs the analyst to say what happens next. */
export function isUnfinished(job: Job): boolean {
  return job.state === 'interrupted' || (job.state === 'failed' && job.canResume)
}

/**
 * The newer of two states of one job. Events and list answers can cross on the way, so while a job
 * goes on its progress only ever grows; a job that starts again from the queue starts afresh.
 */
export function mergeJob(known: Job | undefined, update: Job): Job {
  if (known === undefined) return update
  const startsAgain = update.state === 'queued' || hasEnded(known) || known.state === 'interrupted'
  if (startsAgain) return update
  if (known.fraction01 <= update.fraction01) return update
  const phase = isBehind(known, update) ? known.phase : update.phase
  return { ...update, fraction01: known.fraction01, phase }
}

function isBehind(known: Job, update: Job): boolean {
  if (known.phase === null || update.phase === null) return false
  if (update.phase.index !== known.phase.index) return update.phase.index < known.phase.index
  return update.phase.done < known.phase.done
}

/** Which in line a job that waits is: 1 = the next one. */
export function placeInLine(job: Job): number {
  return (job.queuePosition ?? 0) + 1
}

/** The jobs in the order people look for them: working, paused, waiting by place, then newest end. */
export function inOrder(jobs: Iterable<Job>): Job[] {
  const rank = (job: Job): number =>
    isWorking(job) ? 0 : job.state === 'paused' ? 1 : job.state === 'queued' ? 2 : 3
  return [...jobs].sort((a, b) => {
    const byRank = rank(a) - rank(b)
    if (byRank !== 0) return byRank
    if (a.state === 'queued') return (a.queuePosition ?? 0) - (b.queuePosition ?? 0)
    return (b.finishedAt ?? b.createdAt) - (a.finishedAt ?? a.createdAt)
  })
}
