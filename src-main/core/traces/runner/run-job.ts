// The "run-pages" kind of job: plays pages and keeps every attempt in a new set of traces, which is seen
// once it is whole.
import { appendFile, rm } from 'node:fs/promises'
import { z } from 'zod'
import { RunnerRequest, type TrialNews } from '../../../api/dto/trace-runner.ts'
import type { ComputePool } from '../../jobs/compute-task.ts'
import type { JobContext, JobKind } from '../../jobs/job-kind.ts'
import type { Store } from '../../store/records.ts'
import type { TraceRemovals } from '../stored/removals.ts'
import { createTraceWriter, type TraceWriter } from '../stored/write-traces.ts'
import { completionOf } from './completion.ts'
import type { PageRunner } from './runner.ts'
import { newsPath } from './trial-news.ts'

export const RunPagesParams = RunnerRequest.omit({ pages: true }).extend({
  /** Id and name of the set that is made. */
  set: z.string().min(1).max(64),
  name: z.string().min(1).max(80),
  /** Absolute path of the pages, and what they are called. */
  folder: z.string().min(1),
  pagesName: z.string(),
  /** Winnow's own pages: attempts can be played again without asking where the pages are. */
  isOwn: z.boolean().default(false)
})
export type RunPagesParams = z.infer<typeof RunPagesParams>

export interface RanPages {
  readonly set: string
  readonly attempts: number
  readonly solved: number
}

export interface RunPagesDeps {
  readonly store: Store
  readonly runner: PageRunner
  readonly pool: ComputePool
  /** File that questions to models and their answers are kept in, over all runs of the project. */
  readonly answersPath: string
  /** Takes away the rows of a run that was given up. */
  readonly removals: Pick<TraceRemovals, 'sweep'>
  now(): number
}

const phases = [
  { name: 'Playing the pages', weight: 0.95 },
  { name: 'Looking at the attempts', weight: 0.05 }
] as const

/** The kind of job that `runner.start` queues. What was tried is kept on a stop where that is asked for. */
export function createRunPagesJob(deps: RunPagesDeps): JobKind<RunPagesParams, RanPages> {
  return {
    kind: 'run-pages',
    params: RunPagesParams,
    canPause: true,
    canResume: false,
    isHeavy: true,
    phases,
    run: (context, params) => runPages(deps, context, params),
    discard: (_params, folder) => rm(folder, { recursive: true, force: true })
  }
}

async function runPages(
  deps: RunPagesDeps,
  context: JobContext,
  params: RunPagesParams
): Promise<RanPages> {
  const { store, runner, answersPath } = deps
  const { set, name, pagesName, isOwn, ...settings } = params
  const path = newsPath(await context.folder())
  const news: TrialNews[] = []
  // Refused before anything of it is in the project.
  await runner.check(settings)
  const writer = createTraceWriter(store, {
    set,
    name,
    options: madeByPages(settings, isOwn),
    now: deps.now()
  })
  try {
    writer.addSource({
      number: 0,
      name: pagesName,
      format: 'pages',
      formatName: 'Pages that were played',
      sizeBytes: 0
    })
    const most = settings.tasks.length * settings.seeds.length * settings.trials
    context.phase(0, most, 'attempts')
    const places = new Set<string>()
    await runner
      .run(settings, {
        answersPath,
        signal: context.signal,
        async onTrial(event) {
          await context.breathe()
          writer.add(event.record, 0)
          news.push(event.news)
          places.add(`${event.news.task} ${event.news.seed}`)
          await appendFile(path, `${JSON.stringify(event.news)}\n`)
          // A task that is solved early needs no more attempts: its share of the work is done.
          const { trial, state } = event.news
          const rest = state === 'correct' ? settings.trials : trial + 1
          context.progress((places.size - 1) * settings.trials + rest)
        }
      })
      .catch((error: unknown) => {
        const isKept = context.signal.aborted && context.keepOnCancel && writer.traces > 0
        if (!isKept) throw error
        context.note('It was stopped; the attempts made until then are kept.')
      })
    await finish(deps, context, writer)
  } catch (error) {
    writer.discard()
    void deps.removals.sweep()
    throw error
  }
  const last = completionOf(news, settings.trials).at(-1)
  return { set, attempts: news.length, solved: last?.solved ?? 0 }
}

/** What is kept with the attempts, so that one of them can be played again. */
export const MadeByPages = RunnerRequest.pick({
  policy: true,
  trials: true,
  steps: true,
  perScreen: true,
  trialSeconds: true,
  pictures: true,
  settleMs: true
}).extend({ madeBy: z.literal('pages'), isOwn: z.boolean() })
export type MadeByPages = z.infer<typeof MadeByPages>

function madeByPages(settings: Omit<MadeByPages, 'madeBy' | 'isOwn'>, isOwn: boolean): MadeByPages {
  const { policy, trials, steps, perScreen, trialSeconds, pictures, settleMs } = settings
  return {
    ...{ madeBy: 'pages', isOwn, policy, trials },
    ...{ steps, perScreen, trialSeconds, pictures, settleMs }
  }
}

/** After a stop that keeps the attempts, the job's own signal and pool say stop: the app's pool goes on. */
async function finish(
  { pool }: RunPagesDeps,
  context: JobContext,
  writer: TraceWriter
): Promise<void> {
  const isStopped = context.signal.aborted
  await writer.finish({
    pool: isStopped ? pool : context.pool,
    signal: isStopped ? new AbortController().signal : context.signal,
    volatile: [],
    onStart: (total) => {
      if (!isStopped) context.phase(1, total, 'attempts')
    },
    onProgress: (done) => {
      if (!isStopped) context.progress(done)
    }
  })
}
