// What a host shows of the work outside the page: how far the job in front is, and that a long one has
// ended. Nothing of the data but the title of a job gets here.
import type { Job, ProjectEvent } from '../../api/dto/jobs.ts'

/** A long job that has ended by itself. */
export interface EndedWork {
  readonly id: string
  readonly title: string
  readonly hasFailed: boolean
}

/** What is said to the host. */
export type WorkMessage =
  | { readonly type: 'work'; readonly fraction01: number | null }
  | { readonly type: 'ended'; readonly job: EndedWork }

/** A job that ran for less is not worth calling anyone for. */
export const longSeconds = 30

const working: readonly Job['state'][] = ['running', 'pausing', 'finishing']
const ended: readonly Job['state'][] = ['finished', 'finished-with-notes', 'failed']

/** Follows the events of the open project; `say` hears only what changed. */
export function createWorkWatch(
  say: (message: WorkMessage) => void,
  wantsNotice: () => boolean
): (event: ProjectEvent) => void {
  /** Jobs at work, in the order they began, with how far they are. */
  const atWork = new Map<string, number>()
  let shown: number | null = null

  function show(): void {
    const [front] = atWork.values()
    // Whole percents, rounded down: the bar is full only when it is done.
    const next = front === undefined ? null : Math.floor(front * 100) / 100
    if (next === shown) return
    shown = next
    say({ type: 'work', fraction01: next })
  }
  function take(job: Job): void {
    const wasAtWork = atWork.has(job.id)
    if (working.includes(job.state)) {
      atWork.set(job.id, Math.max(atWork.get(job.id) ?? 0, job.fraction01))
      return
    }
    atWork.delete(job.id)
    const isLong = job.activeSeconds >= longSeconds
    if (wasAtWork && isLong && ended.includes(job.state) && wantsNotice())
      say({
        type: 'ended',
        job: { id: job.id, title: job.title, hasFailed: job.state === 'failed' }
      })
  }
  return (event) => {
    if (event.kind === 'job') take(event.job)
    else if (event.kind === 'job-removed') atWork.delete(event.id)
    else return
    show()
  }
}
