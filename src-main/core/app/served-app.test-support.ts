// A whole app with its threads and a page joined to it, for tests of the contract and for the processes
// that tests kill. Answers are checked by their schemas.
import type { Job } from '../../api/dto/jobs.ts'
import { createPortPair } from '../../api/port-pair.ts'
import { createClient, serve, type Client } from '../../api/rpc.ts'
import { commandLinePlatform } from '../../hosts/node/node-platform.ts'
import { createApp, type App } from './create-app.ts'

/** The app and what a page does with it. */
export interface ServedApp {
  readonly app: App
  readonly client: Client
  /** Lets the page use a place on the disk. */
  grant(path: string): Promise<string>
  /** The job at its end, however that came; `onSeen` is told of it whenever it changes. */
  ended(id: string, onSeen?: (job: Job) => void): Promise<Job>
}

/** Starts an app in the home folder of the environment. */
export async function serveApp(): Promise<ServedApp> {
  const app = await createApp(await commandLinePlatform())
  const [server, page] = createPortPair()
  serve(server, app.handlers, {
    checkOutputs: true,
    onError: (error) => console.error(error),
    newLogId: app.newLogId
  })
  const client = createClient(page)
  return {
    app,
    client,
    grant: async (path) => (await app.grantPath(path)).id,
    ended: (id, onSeen = () => undefined) =>
      new Promise<Job>((settle, fail) => {
        const see = (job: Job): void => {
          onSeen(job)
          if (job.finishedAt === null) return
          stop()
          settle(job)
        }
        const stop = client.stream('projects.watch', {}, (event) => {
          if (event.kind === 'job' && event.job.id === id) see(event.job)
        })
        client.call('jobs.get', { id }).then(see, fail)
      })
  }
}
