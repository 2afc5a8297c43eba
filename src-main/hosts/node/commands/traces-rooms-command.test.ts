// `winnow traces rooms` through the whole app: a folder is added, and what cannot be measured is refused
// before anything is learned. Learning itself is tested in core/app/rooms-calls.test.ts.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createApp } from '../../../core/app/create-app.ts'
import { writeRooms } from '../../../core/rooms/rooms.test-support.ts'
import { commandLinePlatform } from '../node-platform.ts'
import { createOutput } from './output.ts'
import { openSession, type Session } from './session.ts'
import { tracesCommand } from './traces-command.ts'

let folder = ''
let session: Session
let said = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-rooms-command-'))
  said = ''
  const platform = await commandLinePlatform()
  const home = { ...platform.paths, data: join(folder, 'data'), temp: join(folder, 'temp') }
  session = openSession(
    await createApp({ ...platform, paths: home }),
    createOutput(true, { write: (text: string) => (said += text) })
  )
  await session.client.call('projects.create', { name: 'P', place: await session.grant(folder) })
})
afterEach(async () => {
  await session.close()
  await rm(folder, { recursive: true, force: true })
})

const run = (words: string): Promise<number> =>
  tracesCommand(session, ['rooms', ...words.split(' ')])
const lastLine = (): unknown => JSON.parse(said.trim().split('\n').at(-1) ?? '')

it('adds a folder once, and refuses what it cannot do', async () => {
  const project = join(folder, 'P.winnow')
  const place = join(folder, 'rooms')
  await writeRooms(place, { train: 1, unseen: 1, paths: 6, columns: 3, rows: 3 })
  expect(await run(`${place} --into ${project} --name Houses --import-only`)).toBe(0)
  expect(lastLine()).toMatchObject({ name: 'Houses', paths: 12 })
  await expect(run(`${place} --into ${project} --name Houses`)).rejects.toThrow('already has')
  await expect(run(`--in ${project} --train nowhere`)).rejects.toThrow('no building “nowhere”')
  await expect(run(`--in ${project} --set Towers`)).rejects.toThrow('There is no set "Towers"')
}, 120_000)

it.each([
  ['DIR --in P', 'goes --into a project'],
  ['--into P', 'goes --into a project'],
  ['--in P --effort heroic', 'quick, usual or thorough'],
  ['--in P --runs 0', 'from 1 to 10'],
  ['--in P --walks 9999', 'from 1 to 2,000'],
  ['--in P --hint far', 'metres from 0 to 50']
])('%s', async (words, message) => {
  await expect(run(words)).rejects.toThrow(message)
})
