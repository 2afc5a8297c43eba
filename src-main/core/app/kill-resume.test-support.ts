// The process that the kill test starts and kills: opens a project, goes on with whatever was
// interrupted, and brings the main job to its end (two imports, fingerprints, a selection).
// Writes one JSON object per line: what it found at the start, each stage, and the end.
// Arguments: folder of the sources, folder for the project.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createPortPair } from '../../api/port-pair.ts'
import { createClient, serve } from '../../api/rpc.ts'
import { ImportOptions } from '../../api/dto/datasets.ts'
import type { Job } from '../../api/dto/jobs.ts'
import { commandLinePlatform } from '../../hosts/node/node-platform.ts'
import { createApp } from './create-app.ts'

/** What the process reports while it works. */
export type Report =
  | { readonly at: 'opened'; readonly jobs: readonly Pick<Job, 'id' | 'kind' | 'state'>[] }
  | { readonly at: 'begun'; readonly stage: string; readonly job: string }
  | { readonly at: 'ended'; readonly stage: string; readonly job: string; readonly state: string }
  | { readonly at: 'done'; readonly run: string }

const [sources = '', place = ''] = process.argv.slice(2)
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

/** The stage's job: the one an earlier process began, or a new one; then waits for its end. */
async function stage(
  name: string,
  isIt: (job: Job) => boolean,
  begin: () => Promise<string>
): Promise<string> {
  const known = (await client.call('jobs.list', {})).jobs.find(isIt)
  if (known?.state === 'finished' || known?.state === 'finished-with-notes') return known.id
  const id = known?.id ?? (await begin())
  if (known) await client.call('jobs.resume', { id })
  report({ at: 'begun', stage: name, job: id })
  const ended = await new Promise<Job>((settle, fail) => {
    const see = (job: Job): void => {
      if (job.id !== id || job.finishedAt === null) return
      stop()
      settle(job)
    }
    const stop = client.stream('projects.watch', {}, (event) => {
      if (event.kind === 'job') see(event.job)
    })
    client.call('jobs.get', { id }).then(see, fail)
  })
  if (ended.error) throw new Error(`${name}: ${ended.error.message}`)
  report({ at: 'ended', stage: name, job: id, state: ended.state })
  return id
}

async function importOf(name: string, path: string): Promise<string> {
  const title = `Reading “${name}”`
  const job = await stage(
    `import ${name}`,
    (known) => known.kind === 'import' && known.title === title,
    async () => {
      const options = ImportOptions.parse({
        split: { kind: 'holdout', testFraction01: 0.2, seed: 1 }
      })
      const input = { grant: await grant(path), name, options, purpose: 'pool' as const }
      return (await client.call('datasets.import', input)).job
    }
  )
  const { dataset } = await client.call('jobs.get', { id: job })
  if (dataset === null) throw new Error('an import without a dataset')
  return dataset
}

const folder = join(place, 'Killed.winnow')
if (existsSync(folder)) await client.call('projects.open', { grant: await grant(folder) })
else await client.call('projects.create', { name: 'Killed', place: await grant(place) })
const { jobs } = await client.call('jobs.list', {})
report({ at: 'opened', jobs: jobs.map(({ id, kind, state }) => ({ id, kind, state })) })

const table = await importOf('table', join(sources, 'table.csv'))
const pictures = await importOf('pictures', join(sources, 'pictures'))
await stage(
  'features',
  (job) => job.kind === 'features',
  async () => (await client.call('datasets.prepare', { dataset: pictures })).job
)
const run = await stage(
  'select',
  (job) => job.kind === 'select',
  async () => {
    const draft = await client.call('drafts.defaults', { dataset: table })
    const check = { ...draft.check, isOn: true, repeats: 3 }
    return (await client.call('runs.start', { ...draft, seed: 7, check })).run
  }
)
report({ at: 'done', run })
client.close()
await app.dispose()
