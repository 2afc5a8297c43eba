// Kill -9 and cancel while reviewed attempts are exported: what has the export's name is whole, nothing
// half-written stays behind, and going on gives the same files as an export that nobody disturbed.
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job } from '../../api/dto/jobs.ts'
import { createPortPair } from '../../api/port-pair.ts'
import { createClient, serve, type Client } from '../../api/rpc.ts'
import { commandLinePlatform } from '../../hosts/node/node-platform.ts'
import { verifyFolder } from '../reports/verify-folder.ts'
import { checkConversations } from '../traces/exports/check-conversations.ts'
import { createApp } from './create-app.ts'
import { runUntil, type Ended } from './run-until.test-support.ts'
import type { Report } from './trace-export-kill.test-support.ts'

const script = join(import.meta.dirname, 'trace-export-kill.test-support.ts')
const fixture = fileURLToPath(
  new URL('../traces/fixtures/tau-bench/airline-excerpt.json.gz', import.meta.url)
)

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-export-kill-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function runOnce(
  place: string,
  then: 'resume' | 'discard',
  isTime?: (seen: Report) => boolean
): Promise<Ended<Report>> {
  return runUntil(folder, [script, fixture, place, then], isTime)
}

/** What lies beside the project. */
const leftIn = async (place: string): Promise<string[]> =>
  (await readdir(place)).filter((name) => name !== 'Killed.winnow')

/** Files of an export but for what tells the time. */
async function contentsOf(exported: string): Promise<Record<string, string>> {
  const names = (await readdir(exported)).filter(
    (name) => name !== 'manifest.json' && name !== 'report.html'
  )
  const texts = names
    .sort()
    .map(async (name) => [name, await readFile(join(exported, name), 'utf8')] as const)
  return Object.fromEntries(await Promise.all(texts))
}

const isWorking =
  (from01: number) =>
  (seen: Report): boolean =>
    seen.at === 'working' && seen.fraction01 > from01

describe('an export of traces whose process is killed with SIGKILL', () => {
  it('goes on anew and ends with the same files, and leaves nothing when it is given up', async () => {
    const place = join(folder, 'killed')
    await mkdir(place)
    const cut = await runOnce(place, 'resume', isWorking(0.2))
    expect(cut.wasKilled).toBe(true)
    // What there is has a name that says it is no export.
    for (const name of await leftIn(place)) expect(name).toMatch(/^\.winnow-part-/)
    // Goes on with the one that was cut off, then makes another that nobody disturbs.
    const last = await runOnce(place, 'resume')
    expect(last.reports).toContainEqual({ at: 'opened', state: 'interrupted' })
    expect((await leftIn(place)).sort()).toEqual(['Exported', 'Exported (2)'])
    const verified = await verifyFolder(join(place, 'Exported'))
    expect(verified).toMatchObject({ ok: true, missing: [], changed: [], extra: [] })
    const checked = await checkConversations(join(place, 'Exported'))
    expect(checked?.lines).toBeGreaterThan(50)
    expect(checked?.problems).toEqual([])
    expect(await contentsOf(join(place, 'Exported'))).toEqual(
      await contentsOf(join(place, 'Exported (2)'))
    )
    const other = join(folder, 'given-up')
    await mkdir(other)
    expect((await runOnce(other, 'discard', isWorking(0.2))).wasKilled).toBe(true)
    expect(await leftIn(other)).toHaveLength(1)
    await runOnce(other, 'discard')
    expect(await leftIn(other)).toEqual([])
  }, 240_000)
})

describe('an export of traces that is cancelled', () => {
  it('leaves nothing, whenever that is', async () => {
    vi.stubEnv('WINNOW_HOME', join(folder, 'home'))
    const app = await createApp(await commandLinePlatform())
    try {
      const [server, page] = createPortPair()
      const onError = (error: unknown): void => console.error(error)
      serve(server, app.handlers, { checkOutputs: true, onError, newLogId: app.newLogId })
      const client = createClient(page)
      const to = (await app.grantPath(folder)).id
      await client.call('projects.create', { name: 'Killed', place: to })
      const { job, set } = await client.call('traces.import', {
        grants: [(await app.grantPath(fixture)).id],
        name: 'Flights',
        options: { hideSecrets: true, mapping: null },
        addTo: null
      })
      await ended(client, job)
      for (const from01 of [0, 0.4]) {
        const { job: id } = await client.call('traces.export', {
          ...{ set, which: 'all', to, name: 'Exported', testShare01: 0 },
          files: ['sft', 'answers', 'atif', 'report']
        })
        const end = await ended(client, id, (seen) => {
          if (seen.state === 'running' && seen.fraction01 > from01)
            void client.call('jobs.cancel', { id, keep: false })
        })
        expect(end.state).toBe('cancelled')
        // Cleaning up goes on behind the answer.
        await client.call('jobs.discard', { id })
        expect(await leftIn(folder)).toEqual(['home'])
      }
    } finally {
      await app.dispose()
      vi.unstubAllEnvs()
    }
  }, 120_000)
})

/** The end of a job; `watch` sees it on the way. */
function ended(client: Client, id: string, watch: (job: Job) => void = () => {}): Promise<Job> {
  return new Promise((settle, fail) => {
    const see = (job: Job): void => {
      if (job.finishedAt === null) watch(job)
      else {
        stop()
        settle(job)
      }
    }
    const stop = client.stream('projects.watch', {}, (event) => {
      if (event.kind === 'job' && event.job.id === id) see(event.job)
    })
    client.call('jobs.get', { id }).then(see, fail)
  })
}
