// The calls about sets of traces through the contract of a whole app, with its threads: every answer is
// checked against its schema.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Job } from '../../api/dto/jobs.ts'
import { createPortPair } from '../../api/port-pair.ts'
import { createClient, serve, type Client } from '../../api/rpc.ts'
import { commandLinePlatform } from '../../hosts/node/node-platform.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import { noTraceFilter } from '../../api/dto/trace-sets.ts'
import { createApp, type App } from './create-app.ts'

const fixture = fileURLToPath(
  new URL('../traces/fixtures/tau-bench/airline-excerpt.json.gz', import.meta.url)
)
const options = { hideSecrets: true, mapping: null }

let folder: ReturnType<typeof temporaryFolder>
let app: App
let client: Client

async function open(): Promise<void> {
  app = await createApp(await commandLinePlatform())
  const [server, page] = createPortPair()
  serve(server, app.handlers, {
    checkOutputs: true,
    onError: (error) => console.error(error),
    newLogId: app.newLogId
  })
  client = createClient(page)
}

beforeEach(async () => {
  folder = temporaryFolder()
  vi.stubEnv('WINNOW_HOME', join(folder.path, 'home'))
  await open()
  const place = (await app.grantPath(folder.path)).id
  await client.call('projects.create', { name: 'Runs', place })
})
afterEach(async () => {
  await app.dispose()
  vi.unstubAllEnvs()
  folder.remove()
})

async function finished(id: string): Promise<Job> {
  return new Promise<Job>((settle, fail) => {
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
}

async function imported(path: string, name: string, addTo: string | null = null): Promise<string> {
  const grants = [(await app.grantPath(path)).id]
  const { job, set } = await client.call('traces.import', { grants, name, options, addTo })
  expect((await finished(job)).error).toBeNull()
  return set
}

const listed = (set: string) =>
  client.call('traces.list', {
    ...{ set, sort: 'task', isDescending: false, first: 0, limit: 50 },
    filter: noTraceFilter
  })

it('takes a file from its preview to a page of an attempt, and away again', async () => {
  const grant = (await app.grantPath(fixture)).id
  const preview = await client.call('traces.preview', { grant, options })
  expect(preview.files[0].format).toBe('tau-bench')
  const set = await imported(fixture, 'Airline')
  const { sets } = await client.call('traces.sets', {})
  expect(sets.map(({ name }) => name)).toEqual(['Airline'])
  const { total, rows } = await listed(set)
  expect(total).toBe(sets[0].traces)
  const { trace } = rows[0]
  const detail = await client.call('traces.get', { trace })
  expect(detail.kinds).toHaveLength(detail.events)
  expect(detail.steps).toHaveLength(rows[0].steps)
  const { events } = await client.call('traces.events', { trace, from: 0, to: 5, maxChars: 100 })
  expect(events.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4])
  const { text } = await client.call('traces.text', {
    ...{ trace, seq: 0, what: 'text', from: 0, size: 10 }
  })
  expect(events[0].text.startsWith(text)).toBe(true)
  const hits = await client.call('traces.search', { trace, text: text.toUpperCase(), kinds: [] })
  expect(hits.hits.map(({ seq }) => seq)).toContain(0)
  const board = await client.call('traces.board', {
    ...{ set, filter: noTraceFilter, first: 0, limit: 3 }
  })
  expect(board).toMatchObject({ total: sets[0].tasks })
  expect(board.tasks).toHaveLength(3)
  const facets = await client.call('traces.facets', { set })
  expect(facets.tools.map(({ value }) => value)).toContain('book_reservation')
  await client.call('traces.rename', { set, name: 'Flights' })
  expect((await client.call('traces.set', { set })).name).toBe('Flights')
  await client.call('traces.remove', { set })
  expect((await client.call('traces.sets', {})).sets).toEqual([])
  await expect(client.call('traces.get', { trace })).rejects.toThrow('not in the project')
})

it('makes steps anew when tools are changed, and goes on with it when the project opens again', async () => {
  const set = await imported(fixture, 'Airline')
  const tool = async () =>
    (await client.call('traces.rules', { set })).tools.find(({ verb }) => verb === 'think')
  const { job } = await client.call('traces.setRules', { set, effects: { calculate: 'write' } })
  await finished(job)
  expect((await client.call('traces.set', { set })).isDeriving).toBe(false)
  expect(await tool()).toMatchObject({ effect: 'think', isGuess: true })
  await client.call('traces.setRules', { set, effects: { think: 'talk' } })
  // Closed in the middle of it, as likely as not.
  await app.dispose()
  await open()
  const grant = (await app.grantPath(join(folder.path, 'Runs.winnow'))).id
  await client.call('projects.open', { grant })
  await vi.waitFor(
    async () => expect((await client.call('traces.set', { set })).isDeriving).toBe(false),
    { timeout: 20_000, interval: 50 }
  )
  expect(await tool()).toMatchObject({ effect: 'talk', isGuess: false })
}, 60_000)

it('adds 200 files at once, refuses a name twice, and stops within moments', async () => {
  const grants = await Promise.all(
    Array.from({ length: 200 }, async (_, i) => {
      const path = join(folder.path, `${i}.json`)
      const messages = [
        { role: 'user', content: `Task ${i % 40}` },
        { role: 'assistant', content: 'Done.' }
      ]
      await writeFile(path, JSON.stringify([{ id: String(i), messages }]))
      return (await app.grantPath(path)).id
    })
  )
  const request = { grants, name: 'Many', options, addTo: null }
  const { job, set } = await client.call('traces.import', request)
  await finished(job)
  expect(await client.call('traces.set', { set })).toMatchObject({ traces: 200, tasks: 40 })
  await expect(client.call('traces.import', request)).rejects.toThrow('already has')
  const more = await client.call('traces.import', { ...request, name: 'More', addTo: set })
  await client.call('jobs.cancel', { id: more.job, keep: false })
  expect((await finished(more.job)).state).toBe('cancelled')
  expect((await listed(set)).total).toBe(200)
})
