// The process that the kill test of expanding starts and kills: opens a project, goes on with whatever
// was cut off, trains a model of pictures and expands a few with it. Writes one JSON object per line.
// Arguments: folder of the sources, folder for the project.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { noFilter } from '../../api/dto/browse.ts'
import { ImportOptions } from '../../api/dto/datasets.ts'
import { ExpandPlan } from '../../api/dto/expand.ts'
import type { JobKindName } from '../../api/dto/jobs.ts'
import { serveApp } from './served-app.test-support.ts'

/** What the process reports while it works. */
export type Report =
  | {
      readonly at: 'phase'
      readonly kind: JobKindName
      readonly done: number
      readonly total: number
    }
  | { readonly at: 'done'; readonly model: string; readonly job: string }

const [sources = '', place = ''] = process.argv.slice(2)
const { app, client, grant, ended: atEnd } = await serveApp()

function report(line: Report): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

async function ended(id: string): Promise<void> {
  const job = await atEnd(id, (seen) => {
    if (seen.phase !== null && seen.phase.done > 0)
      report({ at: 'phase', kind: seen.kind, done: seen.phase.done, total: seen.phase.total })
  })
  if (job.error) throw new Error(job.error.message)
}

/** Starts a job of a kind, or goes on with the one there is, and waits for its end. */
async function once(kind: JobKindName, start: () => Promise<{ job: string }>): Promise<string> {
  const { jobs } = await client.call('jobs.list', {})
  const known = jobs.find((job) => job.kind === kind)
  if (known?.canResume === true) await client.call('jobs.resume', { id: known.id })
  const id = known?.id ?? (await start()).job
  await ended(id)
  return id
}

const folder = join(place, 'Killed.winnow')
if (existsSync(folder)) await client.call('projects.open', { grant: await grant(folder) })
else await client.call('projects.create', { name: 'Killed', place: await grant(place) })
let [dataset] = (await client.call('datasets.list', {})).datasets
if (dataset === undefined) {
  const started = await client.call('datasets.import', {
    grant: await grant(sources),
    name: 'pictures',
    options: ImportOptions.parse({}),
    purpose: 'pool'
  })
  await ended(started.job)
  dataset = await client.call('datasets.get', { dataset: started.dataset })
}
const { id } = dataset
const model = await once('train-pictures', () =>
  client.call('expand.train', { dataset: id, name: 'Bars', steps: 12, side: 8, seed: 3 })
)
const [{ name: label }] = dataset.classes
const plan = ExpandPlan.parse({
  ...{ dataset: id, model, most: 10, make: 6, seed: 5 },
  filter: { ...noFilter, labels: [label] }
})
const job = await once('expand-set', () => client.call('expand.start', plan))
report({ at: 'done', model, job })
client.close()
await app.dispose()
