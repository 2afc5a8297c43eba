// The calls of browsing, changing and versions, through the contract of a whole app: every answer is
// checked against its schema.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPortPair } from '../../api/port-pair.ts'
import { createClient, serve, type Client } from '../../api/rpc.ts'
import { noFilter, ownOrder } from '../../api/dto/browse.ts'
import { ImportOptions } from '../../api/dto/datasets.ts'
import type { Job } from '../../api/dto/jobs.ts'
import { commandLinePlatform } from '../../hosts/node/node-platform.ts'
import { pngOf, writeTree } from '../datasets/testing/fixtures.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import { createApp, type App } from './create-app.ts'

let folder: ReturnType<typeof temporaryFolder>
let app: App
let client: Client

beforeEach(async () => {
  folder = temporaryFolder()
  vi.stubEnv('WINNOW_HOME', join(folder.path, 'home'))
  app = await createApp(await commandLinePlatform())
  const [server, page] = createPortPair()
  serve(server, app.handlers, {
    checkOutputs: true,
    onError: (error) => console.error(error),
    newLogId: app.newLogId
  })
  client = createClient(page)
  const place = (await app.grantPath(folder.path)).id
  await client.call('projects.create', { name: 'Birds', place })
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

async function imported(source: string, addTo: string | null, name: string): Promise<string> {
  const grant = (await app.grantPath(source)).id
  const options = ImportOptions.parse({})
  const { job, dataset } = await client.call('datasets.import', { grant, name, options, addTo })
  expect((await finished(job)).error).toBeNull()
  return dataset
}

it('browses, changes, takes back, adds and removes', async () => {
  const first = join(folder.path, 'first')
  const second = join(folder.path, 'second')
  await writeTree(first, {
    'cat/1.png': await pngOf(1),
    'cat/2.png': await pngOf(2),
    'dog/10.png': await pngOf(3, 300, 200),
    'dog/notes.txt': '=1+1'
  })
  await writeTree(second, { 'owl/9.png': await pngOf(9) })
  const dataset = await imported(first, null, 'Animals')

  const all = await client.call('datasets.items', { dataset })
  expect(all.items.map((item) => [item.name, item.hasPicture])).toEqual([
    ['1.png', true],
    ['2.png', true],
    ['10.png', true]
  ])
  const byName = { by: { kind: 'name' as const }, descending: true }
  const last = await client.call('datasets.position', {
    ...{ dataset, filter: noFilter, sort: byName, row: 0 }
  })
  expect(last).toEqual({ position: 2 })
  const search = { ...noFilter, search: '10' }
  expect((await client.call('datasets.rows', { dataset, filter: search })).rows).toEqual(
    Uint32Array.of(2)
  )
  const { set } = await client.call('datasets.keepSet', {
    ...{ dataset, rows: Uint32Array.of(2, 0), sentence: 'A corner of the map' }
  })
  const lassoed = await client.call('datasets.items', { dataset, filter: { ...noFilter, set } })
  expect(lassoed.items.map((item) => item.row)).toEqual([0, 2])
  await expect(
    client.call('datasets.keepSet', { dataset, rows: Uint32Array.of(9), sentence: '' })
  ).rejects.toMatchObject({ code: 'item-not-found' })
  const { csv } = await client.call('datasets.problemsCsv', { dataset })
  expect(csv).toMatch(/^where,reason\r\ndog\/notes\.txt,.+\r\n$/)

  const view = await client.call('views.save', {
    ...{ id: null, dataset, name: 'Dogs', filter: { ...noFilter, labels: ['dog'] } },
    ...{ sort: ownOrder, display: 'table' as const }
  })
  const { createdAt, ...again } = view
  const renamed = await client.call('views.save', { ...again, name: 'All dogs' })
  expect(renamed.createdAt).toBe(createdAt)
  expect((await client.call('views.list', { dataset })).views).toEqual([
    { ...view, name: 'All dogs' }
  ])
  await client.call('views.remove', { id: view.id })
  expect((await client.call('views.list', { dataset })).views).toEqual([])

  const { step } = await client.call('edits.apply', {
    dataset,
    scope: { kind: 'filter', filter: { ...noFilter, labels: ['cat'] }, except: [1] },
    change: { kind: 'label', label: 'lynx' },
    because: 'Likely wrong labels'
  })
  expect(step?.sentence).toBe('Labelled 1 item “lynx”: likely wrong labels')
  const facets = await client.call('datasets.facets', { dataset, filter: noFilter })
  expect(facets.labels).toEqual([
    { value: 'cat', count: 1 },
    { value: 'dog', count: 1 },
    { value: 'lynx', count: 1 }
  ])
  expect((await client.call('datasets.get', { dataset })).edits).toBe(1)
  await client.call('edits.stepTo', { dataset, number: 0 })
  expect((await client.call('edits.list', { dataset })).steps).toMatchObject([{ isUndone: true }])
  expect((await client.call('datasets.get', { dataset })).classes).toHaveLength(2)
  await client.call('edits.stepTo', { dataset, number: 1 })

  const detail = await client.call('datasets.item', { dataset, row: 0 })
  expect(detail).toMatchObject({ item: { label: 'lynx', givenLabel: 'cat' }, note: '' })
  expect(detail.pictures).toHaveLength(1)
  const picture = await client.call('datasets.picture', { dataset, row: 2, index: 0 })
  expect(picture.bytes?.length).toBeGreaterThan(20)
  await expect(
    client.call('datasets.picture', { dataset, row: 2, index: 1 })
  ).rejects.toMatchObject({ code: 'item-not-found' })

  const next = await imported(second, dataset, 'Animals 2')
  expect(await client.call('datasets.get', { dataset: next })).toMatchObject({
    ...{ version: 2, previous: dataset, items: 4, isLatest: true }
  })
  await rm(first, { recursive: true })
  await client.call('datasets.remove', { dataset })
  expect((await client.call('datasets.list', {})).datasets).toMatchObject([
    { id: next, previous: null, isReachable: false }
  ])
}, 60_000)
