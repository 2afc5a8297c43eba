// A long run that ends while one is elsewhere: a message with the way to it, and its name in the title
// of the window until one comes back. A notification of the system, where there is one, is the host's.
import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue'
import { useRouter, type RouteLocationRaw } from 'vue-router'
import type { Job } from '@api/dto/jobs.ts'
import { useConnection } from '../stores/connection.ts'
import { useJobs } from '../stores/jobs.ts'
import { useRuns } from '../stores/runs.ts'
import { useSettings } from '../stores/settings.ts'
import { useToasts } from '../stores/toasts.ts'
import { shell } from '../text/shell.ts'

/** A run that took less is not worth calling anyone for. */
const longSeconds = 30

/** What the frame shows of runs that ended. */
export interface Endings {
  /** Ended while the window was not in front, and not seen since. */
  readonly unseen: Readonly<ShallowRef<Job | undefined>>
}

/** Listens for as long as the component lives. */
export function useEndings(): Endings {
  const connection = useConnection()
  const jobs = useJobs()
  const runs = useRuns()
  const settings = useSettings()
  const toasts = useToasts()
  const router = useRouter()
  const unseen = shallowRef<Job>()

  function placeOf(id: string): RouteLocationRaw {
    const job = jobs.find(id)
    if (job?.kind === 'export' && job.run !== null)
      return { name: 'result', params: { run: job.run } }
    if (job?.kind === 'import' && job.dataset !== null)
      return { name: 'dataset', params: { dataset: job.dataset } }
    return { name: runs.find(id)?.hasResult === true ? 'result' : 'run', params: { run: id } }
  }
  function onEnd(job: Job): void {
    if (job.state === 'cancelled' || job.activeSeconds < longSeconds) return
    if (!settings.settings.notifyWhenDone) return
    if (!document.hasFocus()) unseen.value = job
    // On its own page one sees it end.
    if (document.hasFocus() && router.currentRoute.value.params['run'] === job.id) return
    const hasFailed = job.state === 'failed'
    toasts.show(hasFailed ? shell.hasFailed(job.title) : shell.hasEnded(job.title), {
      severity: hasFailed ? 'error' : 'success',
      actionLabel: shell.showEnded,
      run: () => router.push(placeOf(job.id))
    })
  }
  const forget = (): void => void (unseen.value = undefined)
  const stops: (() => void)[] = []
  onMounted(() => {
    stops.push(
      jobs.onEnd(onEnd),
      connection.on('show', ({ job }) => void router.push(placeOf(job)))
    )
    window.addEventListener('focus', forget)
  })
  onBeforeUnmount(() => {
    for (const stop of stops) stop()
    window.removeEventListener('focus', forget)
  })
  return { unseen }
}
