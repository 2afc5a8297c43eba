// The set of a run as it is now: read again when the run has something new to say, but not more
// often than every few seconds, and drawn again only when the picture is another one.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { DistilPreview } from '@api/dto/distil.ts'
import { useJobs } from '../../stores/jobs.ts'
import { isActive } from '../../stores/job-progress.ts'
import { describeProblem, type Problem } from '../../stores/problem.ts'
import { useTinyRuns } from '../../stores/distil-runs.ts'

/** Quiet time between two readings. */
export const previewEveryMs = 2500

/** What the running view shows of a set. */
export interface TinyPreview {
  readonly preview: ShallowRef<DistilPreview | undefined>
  /** Address of the picture; undefined while there is none. */
  readonly src: Ref<string | undefined>
  readonly problem: ShallowRef<Problem | undefined>
  /** Reads again now. */
  read(): Promise<void>
}

/** Follows one run for as long as the component lives. */
export function useTinyPreview(run: () => string): TinyPreview {
  const tiny = useTinyRuns()
  const jobs = useJobs()
  const preview = shallowRef<DistilPreview>()
  const src = ref<string>()
  const problem = shallowRef<Problem>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastRead = 0
  let isReading = false
  let isStale = false
  let session = 0

  function show(answer: DistilPreview): void {
    const isSame = preview.value?.version === answer.version && src.value !== undefined
    preview.value = answer
    if (isSame) return
    if (src.value !== undefined) URL.revokeObjectURL(src.value)
    src.value =
      answer.png === null
        ? undefined
        : URL.createObjectURL(new Blob([new Uint8Array(answer.png)], { type: 'image/png' }))
  }
  async function read(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (isReading) {
      isStale = true
      return
    }
    isReading = true
    const mine = session
    try {
      do {
        isStale = false
        const answer = await tiny.preview(run())
        if (mine === session) show(answer)
      } while (isStale && mine === session)
      if (mine === session) problem.value = undefined
    } catch (thrown) {
      if (mine === session) problem.value = describeProblem(thrown)
    } finally {
      isReading = false
      lastRead = Date.now()
    }
  }
  function readSoon(): void {
    timer ??= setTimeout(() => void read(), Math.max(0, lastRead + previewEveryMs - Date.now()))
  }
  function forget(): void {
    session += 1
    clearTimeout(timer)
    timer = undefined
    if (src.value !== undefined) URL.revokeObjectURL(src.value)
    src.value = undefined
    preview.value = undefined
    problem.value = undefined
  }
  watch(
    run,
    () => {
      forget()
      void read()
    },
    { immediate: true }
  )
  // The job's own events pace the reading: a run that waits or has ended is not asked.
  watch(
    () => {
      const job = jobs.find(run())
      if (job === undefined || !isActive(job)) return ''
      return `${job.state}:${job.phase?.index ?? 0}:${job.phase?.done ?? 0}:${jobs.live(run()).length}`
    },
    (now) => {
      if (now !== '') readSoon()
    }
  )
  onScopeDispose(forget)
  return { preview, src, problem, read }
}
