// The jobs of the open project, live. Owned once: every screen reads this list, and the one stream
// of project events feeds it.
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef, watch } from 'vue'
import type { OutputOf } from '@api/contract.ts'
import type { Job, LivePoint } from '@api/dto/jobs.ts'
import { coreWords } from '../text/core-words.ts'
import { useConnection } from './connection.ts'
import { hasEnded, inOrder, isActive, isUnfinished, isWorking, mergeJob } from './job-progress.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/**
 * Least time between two changes of what is measured live. A quick method measures hundreds of times
 * a second; drawing its charts each time would leave the window no time for anything else.
 */
const liveEveryMs = 250

/** A job with what is said of it in the language of the page. */
function inWords(job: Job): Job {
  const { phase, error } = job
  return {
    ...job,
    title: coreWords(job.title),
    notes: job.notes.map(coreWords),
    error:
      error === null
        ? null
        : {
            ...error,
            message: coreWords(error.message),
            ...(error.hint === undefined ? {} : { hint: coreWords(error.hint) })
          },
    phase:
      phase === null
        ? null
        : {
            ...phase,
            name: coreWords(phase.name),
            names: phase.names.map(coreWords),
            unit: coreWords(phase.unit)
          }
  }
}

/** Jobs of the open project. */
export const useJobs = defineStore('jobs', () => {
  const connection = useConnection()
  const project = useProject()
  const byId = shallowReactive(new Map<string, Job>())
  const isLoaded = ref(false)
  const problem = shallowRef<Problem>()
  const liveByJob = shallowReactive(new Map<string, readonly LivePoint[]>())
  /** Measured points not shown yet. */
  const arrived = new Map<string, LivePoint[]>()
  let liveTimer: ReturnType<typeof setTimeout> | undefined
  let shownAt = 0
  const endListeners = new Set<(job: Job) => void>()
  let loadNumber = 0

  const jobs = computed(() => inOrder(byId.values()))
  const active = computed(() => jobs.value.filter(isActive))
  const working = computed(() => jobs.value.filter(isWorking))
  const queued = computed(() => jobs.value.filter((job) => job.state === 'queued'))
  const unfinished = computed(() => jobs.value.filter(isUnfinished))
  /** The job the title and the jobs button show: the first that is running. */
  const foremost = computed(() => working.value[0] ?? active.value[0])

  function forgetAll(): void {
    loadNumber += 1
    byId.clear()
    liveByJob.clear()
    arrived.clear()
    isLoaded.value = false
  }
  watch(
    () => project.generation,
    () => {
      forgetAll()
      if (project.current !== undefined) void load()
    },
    { flush: 'sync', immediate: true }
  )
  connection.on('job', ({ job }) => take(job))
  connection.on('job-removed', ({ id }) => drop(id))
  function showArrived(): void {
    clearTimeout(liveTimer)
    liveTimer = undefined
    shownAt = Date.now()
    for (const [job, points] of arrived)
      liveByJob.set(job, [...(liveByJob.get(job) ?? []), ...points])
    arrived.clear()
  }
  connection.on('live', ({ job, live }) => {
    arrived.set(job, [...(arrived.get(job) ?? []), live])
    const waitMs = shownAt + liveEveryMs - Date.now()
    if (waitMs <= 0) showArrived()
    else liveTimer ??= setTimeout(showArrived, waitMs)
  })

  function take(update: Job): Job {
    const known = byId.get(update.id)
    const job = mergeJob(known, inWords(update))
    byId.set(job.id, job)
    if (known !== undefined && !hasEnded(known) && hasEnded(job)) {
      for (const listener of endListeners) listener(job)
    }
    return job
  }
  function drop(id: string): void {
    byId.delete(id)
    liveByJob.delete(id)
    arrived.delete(id)
  }

  /** Reads the list again. Jobs that changed while it was on its way keep the newer state. */
  async function load(): Promise<void> {
    const mine = ++loadNumber
    try {
      const answer = await connection.call('jobs.list', {})
      if (mine !== loadNumber) return
      const listed = new Set(answer.jobs.map((job) => job.id))
      for (const id of [...byId.keys()]) if (!listed.has(id)) drop(id)
      for (const job of answer.jobs) take(job)
      problem.value = undefined
      isLoaded.value = true
    } catch (thrown) {
      if (mine === loadNumber) problem.value = describeProblem(thrown)
    }
  }
  function find(id: string): Job | undefined {
    return byId.get(id)
  }
  /** Calls back once for every job that ends while this window is open; returns how to stop. */
  function onEnd(listener: (job: Job) => void): () => void {
    endListeners.add(listener)
    return () => endListeners.delete(listener)
  }
  /** Waits until a job has ended or was interrupted. */
  function whenEnded(id: string): Promise<Job> {
    return new Promise((resolve) => {
      const stop = watch(
        () => byId.get(id),
        (job) => {
          if (job === undefined || !(hasEnded(job) || job.state === 'interrupted')) return
          resolve(job)
          queueMicrotask(() => stop())
        },
        { immediate: true }
      )
    })
  }

  async function cancel(id: string, keep: boolean): Promise<Job> {
    return take(await connection.call('jobs.cancel', { id, keep }))
  }
  async function pause(id: string): Promise<Job> {
    return take(await connection.call('jobs.pause', { id }))
  }
  /** Lets a paused job go on. */
  async function unpause(id: string): Promise<Job> {
    return take(await connection.call('jobs.continue', { id }))
  }
  /** Continues an interrupted or failed job from where it stopped. */
  async function resume(id: string): Promise<Job> {
    return take(await connection.call('jobs.resume', { id }))
  }
  /** Removes a stopped job and what it had made. */
  async function discard(id: string): Promise<void> {
    await connection.call('jobs.discard', { id })
    drop(id)
  }
  /** Moves a waiting job to a place in the line, 0 = next. */
  async function move(id: string, position: number): Promise<void> {
    await connection.call('jobs.move', { id, position })
    await load()
  }
  function log(id: string, after: number): Promise<OutputOf<'jobs.log'>> {
    return connection.call('jobs.log', { id, after })
  }
  /** Reads the measured points of a run made so far; later ones arrive as events. */
  async function loadLive(run: string): Promise<void> {
    const { points } = await connection.call('runs.live', { run })
    showArrived()
    const known = liveByJob.get(run) ?? []
    // Events that came meanwhile are in the answer too, unless they are newer than it.
    if (points.length >= known.length) liveByJob.set(run, points)
  }
  function live(run: string): readonly LivePoint[] {
    return liveByJob.get(run) ?? []
  }
  return {
    jobs,
    active,
    working,
    queued,
    unfinished,
    foremost,
    isLoaded,
    problem,
    load,
    find,
    onEnd,
    whenEnded,
    cancel,
    pause,
    unpause,
    resume,
    discard,
    move,
    log,
    loadLive,
    live
  }
})
