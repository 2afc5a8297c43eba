// Compute task: plays pages in a thread of its own, with an installed browser beside it.
import type { ComputeTask } from '../../jobs/compute-task.ts'
import type { BrowserChoice } from '../../platform/browsers.ts'
import { openChromium } from './chromium-session.ts'
import { openModelAnswers } from './model-answers.ts'
import { runTrials, type RunPlan, type TrialEvent } from './run-trials.ts'

export interface RunTrialsInput {
  readonly plan: RunPlan
  readonly browser: BrowserChoice
  /** File of model answers; only with a model. */
  readonly answersPath: string | null
}

/** {@link runTrials} in a compute thread. */
export const runTrialsTask: ComputeTask<RunTrialsInput, TrialEvent, null> = {
  name: 'traces.run',
  async *run({ plan, browser, answersPath }, { signal }) {
    const answers = answersPath === null ? null : await openModelAnswers(answersPath)
    yield* runTrials(plan, {
      openPages: (folder) => openChromium(folder, browser),
      answers,
      signal,
      now: () => Date.now()
    })
    return null
  }
}
