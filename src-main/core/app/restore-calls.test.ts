// Restoring through the contract of a whole app: the open project and one that cannot be opened, what is
// lost, refusals, and settings that come as a file.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPortPair } from '../../api/port-pair.ts'
import { createClient, serve, type Client } from '../../api/rpc.ts'
import { commandLinePlatform } from '../../hosts/node/node-platform.ts'
import { lockProject } from '../projects/project-lock.ts'
import { datasetRecord, temporaryFolder } from '../store/store.test-support.ts'
import { openStore } from '../store/open-store.ts'
import { createApp, type App } from './create-app.ts'

let folder: ReturnType<typeof temporaryFolder>
let app: App
let client: Client
let place = ''

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
  const parent = (await app.grantPath(folder.path)).id
  await client.call('projects.create', { name: 'Shoes', place: parent })
  place = join(folder.path, 'Shoes.winnow')
})
afterEach(async () => {
  await app.dispose()
  vi.unstubAllEnvs()
  folder.remove()
})

/** A dataset made behind the app's back, in the file itself. */
function addDataset(id: string): void {
  const store = openStore(join(place, 'project.sqlite'))
  store.datasets.insert(datasetRecord(id))
  store.dispose()
}
const names = async (): Promise<string[]> =>
  (await client.call('datasets.list', {})).datasets.map(({ name }) => name)

it('brings the open project back, says what is lost before, and back again', async () => {
  addDataset('one')
  await client.call('projects.backup', {})
  addDataset('two')
  const { name, points } = await client.call('projects.restorePoints', { grant: null })
  expect(name).toBe('Shoes')
  const point = points[0]?.id ?? ''
  const loss = await client.call('projects.restoreLoss', { grant: null, point })
  expect(loss.lost).toMatchObject({ datasets: ['Data two'], datasetCount: 1, runCount: 0 })
  expect(loss.back).toMatchObject({ datasetCount: 0 })
  const opened = await client.call('projects.restore', { grant: null, point })
  expect(opened).toMatchObject({ name: 'Shoes', isReadOnly: false, datasets: 1 })
  expect(await names()).toEqual(['Data one'])
  const kept = (await client.call('projects.restorePoints', { grant: null })).points.find(
    ({ kind }) => kind === 'replaced'
  )
  await client.call('projects.restore', { grant: null, point: kept?.id ?? '' })
  expect(await names()).toEqual(['Data one', 'Data two'])
})

it('brings back a project that cannot be opened, by its grant', async () => {
  addDataset('one')
  await client.call('projects.backup', {})
  await client.call('projects.close', {})
  writeFileSync(join(place, 'project.sqlite'), 'not a database at all'.repeat(100))
  const grant = (await client.call('projects.recent', {})).projects[0]?.grant ?? ''
  await expect(client.call('projects.open', { grant })).rejects.toMatchObject({
    code: 'project-damaged'
  })
  const { points } = await client.call('projects.restorePoints', { grant })
  const point = points[0]?.id ?? ''
  expect(await client.call('projects.restoreLoss', { grant, point })).toMatchObject({
    lost: null,
    back: null
  })
  expect(await client.call('projects.restore', { grant, point })).toMatchObject({ datasets: 1 })
  expect(readdirSync(join(place, 'replaced'))).toHaveLength(1)
})

it('leaves the project open when it is refused', async () => {
  await client.call('projects.backup', {})
  const refused = client.call('projects.restore', { grant: null, point: 'project-x.sqlite' })
  await expect(refused).rejects.toMatchObject({ code: 'invalid-input' })
  expect((await client.call('projects.current', {})).project?.name).toBe('Shoes')
})

it('is refused while another window has the project', async () => {
  await client.call('projects.backup', {})
  const { points } = await client.call('projects.restorePoints', { grant: null })
  await client.call('projects.close', {})
  const grant = (await app.grantPath(place)).id
  const release = lockProject(place)
  const point = points[0]?.id ?? ''
  await expect(client.call('projects.restore', { grant, point })).rejects.toMatchObject({
    code: 'project-in-use'
  })
  release()
  expect(existsSync(join(place, 'replaced'))).toBe(false)
})

it('reads settings from a file without setting them, and writes one that can be read', async () => {
  const path = join(folder.path, 'settings.json')
  await client.call('app.setSettings', { theme: 'dark', logLevel: 'error' })
  writeFileSync(path, (await client.call('app.settingsText', {})).text)
  await client.call('app.setSettings', { theme: 'light' })
  const { id: grant } = await app.grantPath(path)
  const read = await client.call('app.readSettings', { grant })
  expect(read).toMatchObject({ settings: { theme: 'dark', logLevel: 'error' }, unknown: [] })
  expect((await client.call('app.settings', {})).theme).toBe('light')
})

it('tells and clears what can be made again', async () => {
  writeFileSync(join(place, 'features', 'x.npy'), Buffer.alloc(900))
  const { caches } = await client.call('projects.caches', {})
  expect(caches).toContainEqual({ id: 'fingerprints', files: 1, bytes: 900 })
  expect(await client.call('projects.clearCache', { cache: 'fingerprints' })).toEqual({
    freedBytes: 900
  })
})
