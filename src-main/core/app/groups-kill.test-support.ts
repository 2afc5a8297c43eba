// The process that the kill test starts and kills: opens a project, goes on with whatever was cut off,
// and brings a learning from import to result. Writes one JSON object per line.
// Arguments: folder of the sources, folder for the project.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ImportOptions } from '../../api/dto/datasets.ts'
import { GroupsPlan } from '../../api/dto/groups.ts'
import type { Job } from '../../api/dto/jobs.ts'
import { serveApp } from './served-app.test-support.ts'

/** What the process reports while it works. */
export type Report =
  | { readonly at: 'opened'; readonly state: string | undefined }
  | { readonly at: 'phase'; readonly name: string; readonly fraction01: number }
  | { readonly at: 'done'; readonly job: string; readonly verdict: string }

const [sources = '', place = ''] = process.argv.slice(2)
const { app, client, grant, ended: atEnd } = await serveApp()

function report(line: Report): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** Waits for the end of a job, telling its phases; throws when it failed. */
async function ended(id: string): Promise<Job> {
  const job = await atEnd(id, (seen) => {
    const name = seen.phase?.name ?? ''
    if (seen.kind === 'learn-groups' && name !== '')
      report({ at: 'phase', name, fraction01: seen.fraction01 })
  })
  if (job.error) throw new Error(job.error.message)
  return job
}

const folder = join(place, 'Killed.winnow')
if (existsSync(folder)) await client.call('projects.open', { grant: await grant(folder) })
else await client.call('projects.create', { name: 'Killed', place: await grant(place) })

let [dataset] = (await client.call('datasets.list', {})).datasets
if (dataset === undefined) {
  const started = await client.call('datasets.import', {
    grant: await grant(sources),
    name: 'bars',
    options: ImportOptions.parse({ split: { kind: 'holdout', testFraction01: 0.3, seed: 1 } }),
    purpose: 'pool'
  })
  await ended(started.job)
  dataset = await client.call('datasets.get', { dataset: started.dataset })
}
const [known] = (await client.call('groups.runs', { dataset: dataset.id })).runs
let job = known?.job
if (job === undefined) {
  const plan = GroupsPlan.parse({ dataset: dataset.id, useLabels: false, seed: 3 })
  job = (await client.call('groups.start', plan)).job
} else {
  const { state } = await client.call('jobs.get', { id: job })
  report({ at: 'opened', state })
  await client.call('jobs.resume', { id: job })
}
await ended(job)
const { sentences } = await client.call('groups.result', { job })
report({ at: 'done', job, verdict: sentences[0] })
await app.dispose()
