// Calls about playing pages: which there are, a run that becomes a trace set, a run into a file.
import { basename, join } from 'node:path'
import type { RunnerPages, RunnerRequest, TrialNews } from '../../api/dto/trace-runner.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { nameProblem } from '../files/contain.ts'
import { newJobId } from '../jobs/engine.ts'
import { completionOf } from '../traces/runner/completion.ts'
import { createLineQueue } from '../traces/runner/line-queue.ts'
import { createNewsReader, type NewsReader } from '../traces/runner/trial-news.ts'
import { createPageRunner, type RunSettings } from '../traces/runner/runner.ts'
import { recordLine } from '../traces/runner/record-lines.ts'
import { writableArea, type AppState } from './app-state.ts'
import { createTryCorrectionHandlers, ownPagesName } from './try-correction-handlers.ts'

type RunnerHandlers = Pick<Handlers, Extract<keyof Handlers, `runner.${string}`>>

const mostAtOnce = 500

/** Handlers of `runner.*`. */
export function createRunnerHandlers(state: AppState): RunnerHandlers {
  const { platform, grants, pool } = state
  const runner = createPageRunner(platform, pool)
  const folderOf = (pages: RunnerPages): string =>
    pages.kind === 'own' ? runner.ownPages : grants.resolve(pages.grant, 'folder').path
  const settingsOf = ({ pages, ...rest }: RunnerRequest): RunSettings => ({
    ...rest,
    folder: folderOf(pages)
  })

  // The run that was asked about last: what was read of it is not read again.
  const readers = new Map<string, NewsReader>()

  return {
    ...createTryCorrectionHandlers(state, runner),
    'runner.tasks': (pages) => runner.tasks(folderOf(pages)),
    'runner.start': async ({ name, ...request }) => {
      const { engine, project } = writableArea(state)
      const settings = settingsOf(request)
      await runner.check(settings)
      if (project.store.traces.setByName(name) !== undefined)
        throw new AppError('dataset-name-taken', 'A trace set with this name is already there.')
      const set = newJobId()
      const pagesName = request.pages.kind === 'own' ? ownPagesName : basename(settings.folder)
      const params = { ...settings, set, name, pagesName, isOwn: request.pages.kind === 'own' }
      const job = engine.submit({
        kind: 'run-pages',
        title: `Playing pages for “${name}”`,
        params
      })
      return { job: job.id, set }
    },
    'runner.trials': async ({ job, from }) => {
      const { engine, project } = state.area()
      const found = engine.list().find(({ id, kind }) => id === job && kind === 'run-pages')
      if (found === undefined) throw new AppError('run-not-found')
      const reader = readers.get(job) ?? createNewsReader(join(project.runsFolder, job))
      readers.clear()
      readers.set(job, reader)
      const news = await reader.read()
      return { trials: news.slice(from, from + mostAtOnce), total: news.length }
    },
    'runner.toFile': async ({ to, file, ...request }, send, signal) => {
      const problem = nameProblem(file)
      if (problem !== undefined)
        throw new AppError('invalid-input', `The name “${file}” ${problem}.`)
      const folder = grants.resolve(to, 'folder').path
      const stop = new AbortController()
      signal.onStop(() => stop.abort())
      const news: TrialNews[] = []
      const queue = createLineQueue()
      const written = writeFileAtomic(join(folder, file), queue.lines, { signal: stop.signal })
      const played = runner
        .run(settingsOf(request), {
          answersPath: join(folder, `${file}.answers.jsonl`),
          signal: stop.signal,
          async onTrial(event) {
            await queue.push(recordLine(event.record))
            news.push(event.news)
            send({ kind: 'trial', trial: event.news })
          }
        })
        .then(
          () => queue.end(),
          (error: unknown) => {
            queue.end(error instanceof Error ? error : new Error(String(error)))
            throw error
          }
        )
      // What goes wrong with writing stops the playing, and the other way round; the first is told.
      written.catch((error: unknown) => {
        queue.end(error instanceof Error ? error : new Error(String(error)))
        stop.abort()
      })
      const [ending] = await Promise.allSettled([written, played]).then((both) =>
        both.filter((each) => each.status === 'rejected')
      )
      if (ending !== undefined) throw ending.reason
      const completion = completionOf(news, request.trials)
      send({ kind: 'done', attempts: news.length, completion })
    }
  }
}
