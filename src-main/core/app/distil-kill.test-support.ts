// The process that the kill test starts and kills: opens a project, goes on with whatever was cut
// off, and brings a tiny set from import to result. Writes one JSON object per line.
// Arguments: folder of the sources, folder for the project.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ImportOptions } from '../../api/dto/datasets.ts'
import type { Job } from '../../api/dto/jobs.ts'
import { serveApp } from './served-app.test-support.ts'

/** What the process reports while it works. */
export type Report =
  | { readonly at: 'opened'; readonly state: string | undefined }
  | { readonly at: 'phase'; readonly name: string; readonly fraction01: number }
  | {
      readonly at: 'done'
      readonly run: string
      readonly items: number
      readonly pictureBytes: number
      readonly listed: readonly string[]
    }

const [sources = '', place = ''] = process.argv.slice(2)
const { app, client, grant, ended: atEnd } = await serveApp()

function report(line: Report): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** Waits for the end of a job, telling its phases; throws when it failed. */
async function ended(id: string): Promise<Job> {
  let phase = ''
  const job = await atEnd(id, (seen) => {
    const name = seen.phase?.name ?? ''
    if (seen.kind === 'distil' && name !== '')
      report({ at: 'phase', name: (phase = name), fraction01: seen.fraction01 })
  })
  if (job.error) throw new Error(`${phase}: ${job.error.message}`)
  return job
}

const folder = join(place, 'Killed.winnow')
if (existsSync(folder)) await client.call('projects.open', { grant: await grant(folder) })
else await client.call('projects.create', { name: 'Killed', place: await grant(place) })

let [dataset] = (await client.call('datasets.list', {})).datasets
if (dataset === undefined) {
  const started = await client.call('datasets.import', {
    grant: await grant(sources),
    name: 'pictures',
    options: ImportOptions.parse({
      split: { kind: 'holdout', testFraction01: 0.2, seed: 1 }
    }),
    purpose: 'pool'
  })
  await ended(started.job)
  dataset = await client.call('datasets.get', { dataset: started.dataset })
}

const [known] = (await client.call('runs.list', {})).runs
report({ at: 'opened', state: known?.job.state })
let run = known?.job.id
if (run === undefined) {
  const draft = await client.call('distil.defaults', { dataset: dataset.id })
  const started = await client.call('distil.start', {
    ...draft,
    kind: 'made',
    method: {
      id: 'distribution-matching',
      params: { iterations: 4, realPerClass: 8, features: 'trained', helpers: 1, helperEpochs: 2 }
    },
    perClass: 1,
    effort: 'quick',
    width: 4,
    side: 12,
    seed: 7,
    check: { repeats: 1, otherNetwork: false, equalBytes: false, all: false }
  })
  run = started.run
} else if (known?.job.canResume === true) await client.call('jobs.resume', { id: run })
await ended(run)

const { total, items } = await client.call('distil.items', { run })
const { png } = await client.call('distil.picture', { run, index: items[0]?.index ?? 0 })
const { runs } = await client.call('runs.list', {})
await client.call('distil.preview', { run })
await client.call('distil.result', { run })
report({
  at: 'done',
  run,
  items: total,
  pictureBytes: png?.length ?? 0,
  listed: runs.map(({ kind }) => kind)
})
client.close()
await app.dispose()
