// The process that the kill test of trace exports starts and kills: makes a project with a set of traces
// and exports it, or goes on with what was cut off. Writes one JSON object per line.
// Arguments: file of traces, folder for the project and the export, "resume" or "discard".
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createPortPair } from '../../api/port-pair.ts'
import { createClient, serve } from '../../api/rpc.ts'
import type { Job } from '../../api/dto/jobs.ts'
import { commandLinePlatform } from '../../hosts/node/node-platform.ts'
import { createApp } from './create-app.ts'

/** What the process reports while it works. */
export type Report =
  | { readonly at: 'opened'; readonly state: string | undefined }
  | { readonly at: 'imported' }
  | { readonly at: 'working'; readonly phase: number; readonly fraction01: number }
  | { readonly at: 'done' }

const [source = '', place = '', then = 'resume'] = process.argv.slice(2)
const app = await createApp(await commandLinePlatform())
const [server, page] = createPortPair()
serve(server, app.handlers, {
  checkOutputs: true,
  onError: (error) => console.error(error),
  newLogId: app.newLogId
})
const client = createClient(page)
const grant = async (path: string): Promise<string> => (await app.grantPath(path)).id

function report(line: Report): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** Waits for the end of a job; throws when it failed. */
async function ended(id: string): Promise<void> {
  const job = await new Promise<Job>((settle, fail) => {
    const see = (seen: Job): void => {
      if (seen.kind === 'trace-export')
        report({ at: 'working', phase: seen.phase?.index ?? 0, fraction01: seen.fraction01 })
      if (seen.finishedAt === null) return
      stop()
      settle(seen)
    }
    const stop = client.stream('projects.watch', {}, (event) => {
      if (event.kind === 'job' && event.job.id === id) see(event.job)
    })
    client.call('jobs.get', { id }).then(see, fail)
  })
  if (job.error) throw new Error(job.error.message)
}

const project = join(place, 'Killed.winnow')
if (existsSync(project)) await client.call('projects.open', { grant: await grant(project) })
else await client.call('projects.create', { name: 'Killed', place: await grant(place) })

const known = (await client.call('jobs.list', {})).jobs.find(({ kind }) => kind === 'trace-export')
report({ at: 'opened', state: known?.state })
let set = (await client.call('traces.sets', {})).sets[0]?.set
if (set === undefined) {
  const started = await client.call('traces.import', {
    grants: [await grant(source)],
    name: 'Flights',
    options: { hideSecrets: true, mapping: null },
    addTo: null
  })
  await ended(started.job)
  set = started.set
}
report({ at: 'imported' })

const begin = async (): Promise<string> => {
  const request = {
    set: set ?? '',
    which: 'all',
    to: await grant(place),
    name: 'Exported'
  } as const
  const { job } = await client.call('traces.export', {
    ...request,
    files: ['sft', 'sharegpt', 'pairs', 'steps', 'answers', 'atif', 'report'],
    ...{ testShare01: 0.2, seed: 3, ifExists: 'new-name' }
  })
  return job
}
if (known === undefined) await ended(await begin())
else if (then === 'discard') await client.call('jobs.discard', { id: known.id })
else if (known.state === 'interrupted') {
  await client.call('jobs.resume', { id: known.id })
  await ended(known.id)
  await ended(await begin())
}
report({ at: 'done' })
client.close()
await app.dispose()
