// A real backend thread that is made to break: started again with its project, its jobs interrupted and
// continued to the same end, and connections made meanwhile served. What the supervisor does after many
// deaths is tried with stand-ins, whose start takes no time.
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessagePort, Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contractVersion } from '../../api/contract.ts'
import { createClient, type Client } from '../../api/rpc.ts'
import { appFolder } from '../node/node-platform.ts'
import type { BackendData } from './backend-messages.ts'
import { startBackend, type Backend, type BackendHost } from './backend-thread.ts'
import type { Break } from './breakable-backend.test-support.ts'
import { messagePort } from './message-port.ts'
import { restartsMax, restartWindowMs, startSupervisedBackend } from './supervised-backend.ts'

const script = new URL('./breakable-backend.test-support.ts', import.meta.url)
let folder = ''
let threads: Worker[] = []
let backend: Backend
const remember = (worker: Worker): void => void threads.push(worker)

const data = (): BackendData => ({
  host: 'local',
  appVersion: '0.0.0',
  paths: {
    data: join(folder, 'data'),
    projects: join(folder, 'projects'),
    temp: join(folder, 'temp'),
    resources: join(appFolder(), 'resources')
  },
  picker: 'in-page',
  roots: [folder],
  cores: 1,
  canReveal: false,
  checkOutputs: true
})

/** Starting from sources takes a while where much else runs. */
const patience = { timeout: 120_000 }

describe('a real thread', () => {
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'winnow-supervised-')))
    await mkdir(join(folder, 'projects'))
    threads = []
    process.on('worker', remember)
  })
  afterEach(async () => {
    process.off('worker', remember)
    await backend.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function start(
    host: BackendHost = {},
    onRestart: (reason: string, restarts: number) => void = () => undefined
  ): Promise<void> {
    backend = await startSupervisedBackend(data(), host, {
      now: () => 0,
      onRestart,
      start: (given, its) => startBackend(given, its, script)
    })
  }
  const clientOver = (port: MessagePort): Client => createClient(messagePort(port))
  const page = (): Client => clientOver(backend.connect())
  const tell = (message: Break): void => threads.at(-1)?.postMessage(message)
  const closed = (client: Client): Promise<void> =>
    new Promise((resolve) => client.onClose(() => resolve()))

  /** A project with an import under way, whose job is `job`. */
  async function atWork(client: Client): Promise<string> {
    const rows = Array.from({ length: 60_000 }, (_, row) => `${row},words of row ${row},${row % 3}`)
    await writeFile(join(folder, 'rows.csv'), `id,text,label\n${rows.join('\n')}\n`)
    await client.call('projects.create', { name: 'Broken off', place: null })
    const { roots } = await client.call('files.roots', {})
    const listing = await client.call('files.browse', { grant: roots[0]?.id ?? '' })
    const grant = listing.entries.find((entry) => entry.grant.name === 'rows.csv')?.grant.id ?? ''
    const { job } = await client.call('datasets.import', { grant, name: 'Rows', options: {} })
    await expect
      .poll(async () => (await client.call('jobs.get', { id: job })).state, patience)
      .toBe('running')
    return job
  }

  it(
    'starts again after an error nobody caught, and the job goes on to the same end',
    { timeout: 300_000 },
    async () => {
      const reasons: string[] = []
      const awake: boolean[] = []
      await start({ keepAwake: (isOn) => awake.push(isOn) }, (reason) => reasons.push(reason))
      const first = page()
      const job = await atWork(first)
      const gone = closed(first)
      tell({ type: 'test-throw' })
      await gone
      // Connections end a moment before their thread has.
      await expect.poll(() => reasons, patience).toHaveLength(1)
      // Made while nobody is there: served as soon as somebody is.
      const second = page()
      expect(await backend.isBusy()).toBe(true)
      expect((await second.call('app.hello', { contractVersion })).restarts).toBe(1)
      expect(reasons.join()).toContain('made to break')
      // The job that kept the computer awake does not run any more.
      expect(awake.at(-1)).toBe(false)
      const { project } = await second.call('projects.current', {})
      expect(project).toMatchObject({ name: 'Broken off', isReadOnly: false })
      const stopped = await second.call('jobs.get', { id: job })
      expect(stopped).toMatchObject({ state: 'interrupted', canResume: true })
      await second.call('jobs.resume', { id: job })
      await expect
        .poll(async () => (await second.call('jobs.get', { id: job })).state, patience)
        .toBe('finished')
      const { datasets } = await second.call('datasets.list', {})
      expect(datasets.map(({ name, items }) => [name, items])).toEqual([['Rows', 60_000]])
      expect(threads).toHaveLength(2)
    }
  )
})

/** Called as a stand-in opens a project. */
let onOpen: ((one: StandIn) => void) | undefined

/** A backend that does nothing and dies when told. */
class StandIn implements Backend {
  readonly served: MessagePort[] = []
  readonly opened: string[] = []
  wasStopped = false
  #die: (reason: string) => void = () => undefined
  readonly data: BackendData
  readonly host: BackendHost
  constructor(data: BackendData, host: BackendHost) {
    this.data = data
    this.host = host
  }
  die = (reason: string): void => this.#die(reason)
  connect(): MessagePort {
    throw new Error('connections are handed over')
  }
  serve = (port: MessagePort): void => void this.served.push(port)
  isBusy = (): Promise<boolean> => Promise.resolve(false)
  openProject(path: string): Promise<boolean> {
    this.opened.push(path)
    if (onOpen !== undefined) {
      onOpen(this)
      return Promise.resolve(false)
    }
    this.host.project?.(path)
    return Promise.resolve(true)
  }
  showJob = (): void => undefined
  stop = (): Promise<void> => Promise.resolve(void (this.wasStopped = true))
  onDeath(callback: (reason: string) => void): void {
    this.#die = callback
  }
}

describe('the supervisor', () => {
  let made: StandIn[] = []
  let clock = 0
  let deaths: string[] = []
  let refusal: string | undefined
  const started: [string, number][] = []
  const awake: boolean[] = []
  beforeEach(async () => {
    made = []
    clock = 0
    deaths = []
    refusal = undefined
    started.length = 0
    awake.length = 0
    backend = await startSupervisedBackend(
      data(),
      { keepAwake: (isOn) => awake.push(isOn) },
      {
        now: () => clock,
        onRestart: (...told) => started.push(told),
        start: (given, host = {}) => {
          if (refusal !== undefined) return Promise.reject(new Error(refusal))
          const one = new StandIn(given, host)
          made.push(one)
          return Promise.resolve(one)
        }
      }
    )
    backend.onDeath((reason) => deaths.push(reason))
  })
  const newest = (): StandIn => made.at(-1)!
  /** Lets starts under way come to their end: each is a few turns of the queue, no time. */
  const settled = (): Promise<boolean> => backend.openProject('anything')
  async function kill(reason = 'broken'): Promise<void> {
    newest().die(reason)
    await settled()
  }

  it('opens the project again, tells why, and lets the computer sleep', async () => {
    await backend.openProject('/a/Shoes.winnow')
    newest().die('no memory')
    expect(await backend.isBusy()).toBe(true)
    const port = backend.connect()
    expect(made[0]?.served).toEqual([])
    await settled()
    expect(made).toHaveLength(2)
    expect(made[1]?.opened[0]).toBe('/a/Shoes.winnow')
    expect(made[1]?.served).toHaveLength(1)
    expect(made[1]?.data.restart).toEqual({ count: 1, reason: 'no memory' })
    expect(started).toEqual([['no memory', 1]])
    expect(awake).toEqual([false])
    expect(await backend.isBusy()).toBe(false)
    port.close()
  })

  it(`gives up at the ${restartsMax + 1}th death in a row`, async () => {
    for (let times = 0; times < restartsMax; times++) await kill()
    expect(deaths).toEqual([])
    newest().die('the last one')
    expect(deaths).toEqual(['the last one'])
    expect(made).toHaveLength(restartsMax + 1)
    expect(await backend.isBusy()).toBe(false)
    expect(await backend.openProject('/a')).toBe(false)
    // Nobody will ever serve it.
    const port = backend.connect()
    await new Promise((resolve) => port.once('close', () => resolve(undefined)))
  })

  it('forgets deaths after a while', async () => {
    for (let times = 0; times < 3 * restartsMax; times++) {
      await kill()
      clock += restartWindowMs
    }
    expect(deaths).toEqual([])
    expect(made).toHaveLength(3 * restartsMax + 1)
  })

  it('counts a start that fails as a death, with its reason', async () => {
    refusal = 'no such script'
    await kill()
    expect(deaths).toEqual(['no such script'])
    expect(started).toHaveLength(restartsMax)
  })

  it('comes up without the project when opening it is what kills', async () => {
    await backend.openProject('/a/Poison.winnow')
    onOpen = (one) => {
      onOpen = undefined
      one.die('poison')
    }
    newest().die('poison')
    await settled()
    expect(made).toHaveLength(3)
    expect(made[1]?.opened).toEqual(['/a/Poison.winnow'])
    expect(made[2]?.opened).toEqual(['anything'])
  })

  it('does not start again what is to end', async () => {
    await backend.stop()
    newest().die('ended')
    expect(made).toHaveLength(1)
    expect(newest().wasStopped).toBe(true)
    expect(deaths).toEqual([])
  })

  it('ends what is just starting', async () => {
    newest().die('broken')
    await backend.stop()
    expect(made.map(({ wasStopped }) => wasStopped)).toEqual([false, true])
  })
})
