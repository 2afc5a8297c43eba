// The "try-correction" kind of job: one attempt is played again up to a reviewer's correction, does what
// the correction says, and goes on; the new attempt joins the set of the old one.
import { z } from 'zod'
import { RunnerRequest } from '../../../api/dto/trace-runner.ts'
import type { JobContext, JobKind } from '../../jobs/job-kind.ts'
import { createTraceWriter } from '../stored/write-traces.ts'
import { MadeByPages, type RunPagesDeps } from './run-job.ts'
import type { AttemptAgain } from './run-trials.ts'

export const TryCorrectionParams = RunnerRequest.omit({ pages: true }).extend({
  set: z.string().min(1).max(64),
  folder: z.string().min(1),
  pagesName: z.string(),
  isOwn: z.boolean(),
  /** Made by `attemptAgain` from what is in the project, and checked there. */
  again: z.custom<AttemptAgain>((value) => typeof value === 'object' && value !== null)
})
export type TryCorrectionParams = z.infer<typeof TryCorrectionParams>

export interface TriedCorrection {
  readonly set: string
  readonly trace: number
  readonly isSolved: boolean
}

const phases = [
  { name: 'Playing the page', weight: 0.9 },
  { name: 'Looking at the attempt', weight: 0.1 }
] as const

/** The kind of job that `runner.tryCorrection` queues. */
export function createTryCorrectionJob(
  deps: RunPagesDeps
): JobKind<TryCorrectionParams, TriedCorrection> {
  return {
    kind: 'try-correction',
    params: TryCorrectionParams,
    canPause: false,
    canResume: false,
    isHeavy: true,
    phases,
    run: (context, params) => tryCorrection(deps, context, params)
  }
}

async function tryCorrection(
  { store, runner, answersPath, removals, now }: RunPagesDeps,
  context: JobContext,
  { set, pagesName, isOwn, ...settings }: TryCorrectionParams
): Promise<TriedCorrection> {
  const { signal } = context
  const kept = MadeByPages.parse({
    ...{ madeBy: 'pages', isOwn, policy: settings.policy, trials: settings.trials },
    ...{ steps: settings.steps, perScreen: settings.perScreen, settleMs: settings.settleMs },
    ...{ trialSeconds: settings.trialSeconds, pictures: settings.pictures }
  })
  const writer = createTraceWriter(store, { set, name: null, options: kept, now: now() })
  let made = { trace: 0, isSolved: false }
  try {
    writer.addSource({
      number: 0,
      name: pagesName,
      format: 'pages',
      formatName: 'Pages that were played',
      sizeBytes: 0
    })
    context.phase(0, 1, 'attempts')
    await runner.run(settings, {
      answersPath,
      signal,
      async onTrial({ record, news }) {
        await context.breathe()
        made = { trace: writer.add(record, 0), isSolved: news.state === 'correct' }
        context.progress(1)
      }
    })
    await writer.finish({
      pool: context.pool,
      signal,
      volatile: [],
      onStart: (total) => context.phase(1, total, 'attempts'),
      onProgress: (done) => context.progress(done)
    })
  } catch (error) {
    writer.discard()
    void removals.sweep()
    throw error
  }
  return { set, ...made }
}
