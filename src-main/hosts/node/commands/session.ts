// One command's work on a project: the app in this process, reached through the same client and
// contract as a window, with no port opened (security rule L12).
import { resolve } from 'node:path'
import { createPortPair } from '../../../api/port-pair.ts'
import { createClient, serve, type Client } from '../../../api/rpc.ts'
import type { Job } from '../../../api/dto/jobs.ts'
import { AppError } from '../../../api/errors.ts'
import type { App } from '../../../core/app/create-app.ts'
import { UsageError, type Output } from './output.ts'

export interface Session {
  readonly client: Client
  readonly output: Output
  /** Grant for a path typed on the command line. */
  grant(path: string): Promise<string>
  /** Opens a project folder; throws AppError when it is not one. */
  open(path: string): Promise<void>
  /** Waits for a job's end, showing progress; Ctrl+C cancels it. Throws its error when it failed. */
  finish(id: string): Promise<Job>
  close(): Promise<void>
}

/** Connects a client to `app` inside this process. */
export function openSession(app: App, output: Output): Session {
  const [server, page] = createPortPair()
  serve(server, app.handlers, {
    checkOutputs: false,
    onError: app.logError,
    newLogId: app.newLogId
  })
  const client = createClient(page)
  return {
    client,
    output,
    grant: async (path) => (await app.grantPath(resolve(path))).id,
    async open(path) {
      await client.call('projects.open', { grant: (await app.grantPath(resolve(path))).id })
    },
    finish: (id) => waitForJob(client, output, id),
    async close() {
      client.close()
      await app.dispose()
    }
  }
}

const finalStates = new Set([
  'finished',
  'finished-with-notes',
  'cancelled',
  'failed',
  'interrupted'
])

async function waitForJob(client: Client, output: Output, id: string): Promise<Job> {
  const cancel = (): void => {
    client.call('jobs.cancel', { id, keep: false }).catch(() => undefined)
  }
  process.once('SIGINT', cancel)
  try {
    const job = await new Promise<Job>((settle, fail) => {
      const see = (seen: Job): void => {
        if (seen.id !== id) return
        output.progress(seen)
        if (!finalStates.has(seen.state)) return
        stop()
        settle(seen)
      }
      const stop = client.stream('projects.watch', {}, (event) => {
        if (event.kind === 'job') see(event.job)
      })
      // The job may have ended before the stream began.
      client.call('jobs.get', { id }).then(see, fail)
      client.onClose(() => fail(new AppError('internal')))
    })
    if (job.state === 'cancelled') throw new AppError('cancelled')
    if (job.error) {
      throw new AppError(
        job.error.code,
        job.error.message,
        job.error.hint ? { hint: job.error.hint } : {}
      )
    }
    return job
  } finally {
    process.off('SIGINT', cancel)
  }
}

/** Id of the dataset called `name` (or with that id); throws UsageError listing what is there. */
export async function datasetNamed(session: Session, name: string | undefined): Promise<string> {
  const { datasets } = await session.client.call('datasets.list', {})
  if (name === undefined) {
    const pools = datasets.filter((dataset) => dataset.purpose === 'pool')
    if (pools.length === 1 && pools[0]) return pools[0].id
  }
  const found = datasets.find((dataset) => dataset.name === name || dataset.id === name)
  if (found) return found.id
  const names = datasets.map((dataset) => `"${dataset.name}"`).join(', ')
  throw new UsageError(
    name === undefined
      ? `--dataset is missing. The project holds ${names || 'no datasets'}.`
      : `There is no dataset "${name}". The project holds ${names || 'no datasets'}.`
  )
}
