// Tells those who look on what becomes of jobs: every state at once, progress at most ten times a
// second, and the end to whoever waits for it.
import type { Job, ProjectEvent } from '../../api/dto/jobs.ts'
import { AppError } from '../../api/errors.ts'
import { isFinal } from './job-states.ts'

export interface AnnouncerDeps {
  now(): number
  /** The job as it is now; undefined when it is gone. */
  jobOf(id: string): Job | undefined
  /** A listener threw. */
  onListenerError(error: unknown): void
}

export interface Announcer {
  watch(listener: (event: ProjectEvent) => void): () => void
  emit(event: ProjectEvent): void
  /** Shows a job now when it is urgent, else at the end of the current tenth of a second. */
  show(id: string, isUrgent: boolean): void
  /** Resolves when the job is shown in a final state, or as it is when the engine stops. */
  wait(id: string): Promise<Job>
  /** The job is not there any more: whoever waits for it is told so. */
  removed(id: string): void
  /** The end of the job could not be written. */
  lost(id: string, reason: unknown): void
  /** Answers everyone who still waits. */
  dispose(): void
}

interface Waiter {
  resolve(job: Job): void
  reject(error: unknown): void
}

/** At most this often a running job is shown. */
const showEveryMs = 100

/** Starts without listeners. */
export function createAnnouncer(deps: AnnouncerDeps): Announcer {
  const listeners = new Set<(event: ProjectEvent) => void>()
  const shownAt = new Map<string, { at: number; timer: NodeJS.Timeout | undefined }>()
  const waiters = new Map<string, Set<Waiter>>()

  function emit(event: ProjectEvent): void {
    for (const listener of [...listeners]) {
      try {
        listener(event)
      } catch (error) {
        // Whoever looks on must not stop the work.
        deps.onListenerError(error)
      }
    }
  }

  function settle(id: string, how: (waiter: Waiter) => void): void {
    const waiting = waiters.get(id)
    waiters.delete(id)
    waiting?.forEach(how)
  }

  function showNow(id: string): void {
    const job = deps.jobOf(id)
    if (!job) return
    emit({ kind: 'job', job })
    if (!isFinal(job.state)) return
    shownAt.delete(id)
    settle(id, (waiter) => waiter.resolve(job))
  }

  return {
    emit,
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show(id, isUrgent) {
      const shown = shownAt.get(id) ?? { at: 0, timer: undefined }
      shownAt.set(id, shown)
      const now = deps.now()
      if (isUrgent || now - shown.at >= showEveryMs) {
        clearTimeout(shown.timer)
        shown.timer = undefined
        shown.at = now
        showNow(id)
      } else if (!shown.timer) {
        shown.timer = setTimeout(() => {
          shown.timer = undefined
          shown.at = deps.now()
          try {
            showNow(id)
          } catch (error) {
            // The project's disk is gone: from a timer that would end the app.
            deps.onListenerError(error)
          }
        }, showEveryMs)
        shown.timer.unref()
      }
    },
    wait: (id) =>
      new Promise((resolve, reject) => {
        const waiting = waiters.get(id) ?? new Set()
        waiters.set(id, waiting.add({ resolve, reject }))
      }),
    removed(id) {
      emit({ kind: 'job-removed', id })
      settle(id, (waiter) => waiter.reject(new AppError('run-not-found')))
    },
    lost: (id, reason) => settle(id, (waiter) => waiter.reject(reason)),
    dispose() {
      for (const shown of shownAt.values()) clearTimeout(shown.timer)
      for (const id of [...waiters.keys()]) {
        const job = deps.jobOf(id)
        settle(id, (waiter) => {
          if (job) waiter.resolve(job)
          else waiter.reject(new AppError('run-not-found'))
        })
      }
      listeners.clear()
    }
  }
}
