// Trying a correction on the page the attempt was made at: whether it can be done, the run, and the new
// attempt beside the old one.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { CorrectionPlayer, CorrectionTry } from '@api/dto/trace-runner.ts'
import type { StepCorrection } from '@api/dto/trace-reviews.ts'
import type { TraceRow } from '@api/dto/trace-sets.ts'
import { useConnection } from './connection.ts'
import { useFiles } from './files.ts'
import { useJobs } from './jobs.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useTraceReview } from './trace-review.ts'

/** A correction that is tried, or was. */
export interface CorrectionRun {
  readonly step: number
  readonly job: string
  /** The new attempt; undefined until it is there. */
  readonly made?: TraceRow | undefined
}

/** Corrections of the attempt under review that are tried. */
export const useReviewTries = defineStore('trace-review-tries', () => {
  const connection = useConnection()
  const review = useTraceReview()
  const jobs = useJobs()
  const files = useFiles()
  /** Whether it can be done; undefined until something was corrected. */
  const info = shallowRef<CorrectionTry>()
  const player = ref<CorrectionPlayer>('same')
  const run = shallowRef<CorrectionRun>()
  const problem = shallowRef<Pick<Problem, 'message'> & { readonly hint?: string | undefined }>()
  const isStarting = ref(false)
  const job = computed(() => (run.value === undefined ? undefined : jobs.find(run.value.job)))
  const isRunning = computed(
    () => isStarting.value || (run.value !== undefined && run.value.made === undefined)
  )
  let generation = 0
  watch(
    () => review.detail?.row.trace,
    () => {
      generation += 1
      info.value = undefined
      run.value = undefined
      problem.value = undefined
      isStarting.value = false
    },
    { flush: 'sync' }
  )

  /** Asks whether corrections of this attempt can be tried; once. */
  async function load(): Promise<void> {
    const trace = review.detail?.row.trace
    if (trace === undefined || info.value !== undefined) return
    const mine = generation
    // Without an answer nothing is offered; what is marked does not depend on it.
    const answer = await connection.call('runner.canTry', { trace }).catch(() => undefined)
    if (mine !== generation || answer === undefined) return
    info.value = answer
    player.value = answer.players[0] ?? 'chance'
  }
  /** Plays the attempt again with the correction of a step, and opens what came of it beside this one. */
  async function start(step: number): Promise<void> {
    const trace = review.detail?.row.trace
    const correction = review.body.corrections[step]
    if (trace === undefined || correction === undefined || isRunning.value) return
    const mine = generation
    problem.value = undefined
    isStarting.value = true
    try {
      let pages: string | null = null
      if (info.value?.needsFolder === true) {
        const grant = await files.pick({ purpose: 'import', kind: 'folder' })
        if (grant === undefined || mine !== generation) return
        pages = grant.id
      }
      const started = await connection.call('runner.tryCorrection', {
        ...{ trace, step, correction, player: player.value, pages }
      })
      if (mine !== generation) return
      run.value = { step, job: started.job }
      isStarting.value = false
      await finish(mine, step, correction, started)
    } catch (thrown) {
      if (mine !== generation) return
      run.value = undefined
      problem.value = describeProblem(thrown)
    } finally {
      if (mine === generation) isStarting.value = false
    }
  }
  async function finish(
    mine: number,
    step: number,
    correction: StepCorrection,
    { job: id, trial }: { readonly job: string; readonly trial: number }
  ): Promise<void> {
    const ended = await jobs.whenEnded(id)
    if (mine !== generation) return
    if (ended.state !== 'finished' && ended.state !== 'finished-with-notes') {
      run.value = undefined
      problem.value = ended.state === 'failed' ? (ended.error ?? undefined) : undefined
      return
    }
    await review.loadSiblings()
    if (mine !== generation) return
    const made = review.detail?.siblings.find((row) => row.trial === trial)
    if (made === undefined) {
      run.value = undefined
      return
    }
    run.value = { step, job: id, made }
    // The correction may have been changed meanwhile; then nothing is known of the new one.
    if (isSameCall(review.body.corrections[step], correction))
      review.act({
        ...{ kind: 'correction', step },
        correction: {
          ...correction,
          verified: made.outcome === 'pass' ? 'replay-ok' : 'replay-fail'
        }
      })
    beside()
  }
  /** Puts the new attempt beside this one. */
  function beside(): void {
    const made = run.value?.made
    if (made === undefined || review.isBlind) return
    review.openPanel('compare')
    void review.compareWith(made.trace)
  }
  /** Stops the run; nothing of it is kept. */
  async function stop(): Promise<void> {
    if (run.value !== undefined) await jobs.cancel(run.value.job, false)
  }
  return { info, player, run, job, problem, isRunning, isStarting, load, start, stop, beside }
})

function isSameCall(now: StepCorrection | undefined, tried: StepCorrection): boolean {
  return (
    now !== undefined &&
    now.verb === tried.verb &&
    JSON.stringify(now.args) === JSON.stringify(tried.args)
  )
}
