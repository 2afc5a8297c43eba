// The local host from end to end in one process: a real backend thread behind the real server, and
// a page's side of the websocket speaking the contract.
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { contractVersion } from '../../api/contract.ts'
import type { ProjectEvent } from '../../api/dto/jobs.ts'
import type { Port } from '../../api/port.ts'
import { createClient, type Client } from '../../api/rpc.ts'
import { decodeMessage, encodeMessage } from '../../api/wire-codec.ts'
import { readStaticFiles } from '../worker/static-files.ts'
import { restartsMax } from '../worker/supervised-backend.ts'
import type { BrowserWindow } from './chromium.ts'
import { startLocalHost, type LocalHost } from './local-host.ts'
import { closing, enter, get, isListening, knock } from './local-server.test-support.ts'
import { appFolder } from './node-platform.ts'

let folder = ''
let host: LocalHost
let backendThread: Worker | undefined
let clock = 5_000_000
let said: string[] = []
let complaints: string[] = []
let launched: string[] = []

/** The newest thread of this process that is a backend: compute threads are started by it, elsewhere. */
function remember(worker: Worker): void {
  backendThread = worker
}

async function start(window?: BrowserWindow, project?: string): Promise<void> {
  // Node tells of every thread that starts: the first one is the backend's.
  backendThread = undefined
  process.on('worker', remember)
  host = await startLocalHost({
    backend: {
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
    },
    files: readStaticFiles(join(folder, 'page')),
    devOrigin: undefined,
    project,
    openWindow: (address) => {
      launched.push(address)
      return window
    },
    say: (line) => said.push(line),
    complain: (line) => complaints.push(line),
    now: () => clock,
    lookEveryMs: 0
  })
}

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'winnow-host-')))
  said = []
  complaints = []
  launched = []
  for (const name of ['projects', 'page']) await mkdir(join(folder, name))
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>Winnow</title>')
  await writeFile(join(folder, 'page', 'page.js'), 'void 0')
  await writeFile(join(folder, 'page', 'notes.txt'), 'not a kind of file a page needs')
})
afterEach(async () => {
  process.off('worker', remember)
  host.end(0)
  await host.ended
  await rm(folder, { recursive: true, force: true })
})

/** The page's end of the websocket, as src-renderer/transport does it. */
function portOver(socket: WebSocket): Port {
  return {
    send: (message) => socket.send(encodeMessage(message)),
    onMessage: (callback) =>
      void socket.on('message', (data: Buffer, isBinary) => {
        if (isBinary) callback(decodeMessage(new Uint8Array(data)))
      }),
    onClose: (callback) => void socket.on('close', callback),
    close: () => socket.close()
  }
}

const codeOf = (address: string): string => /#c=([\w-]+)$/.exec(address)?.[1] ?? ''

async function openPage(): Promise<{ socket: WebSocket; client: Client; token: string }> {
  const { socket, firstFrame } = await enter(host.port, codeOf(host.address(30_000)))
  const client = createClient(portOver(socket))
  return { socket, client, token: (JSON.parse(await firstFrame) as { token: string }).token }
}

/** Lets a minute without a page pass, again and again, until the host has ended or `times` are over. */
async function passMinutes(times: number): Promise<number | 'still here'> {
  let status: number | 'still here' = 'still here'
  void host.ended.then((value) => (status = value))
  for (let minute = 0; minute < times; minute++) {
    clock += 60_001
    await host.lookAround()
  }
  return status
}

describe('the local host', () => {
  it('serves the page and answers its calls through the backend thread', async () => {
    await start()
    expect((await get(host.port, '/')).body).toContain('<title>Winnow</title>')
    expect((await get(host.port, '/notes.txt')).status).toBe(404)
    const { client } = await openPage()
    const hello = await client.call('app.hello', { contractVersion })
    expect(hello).toMatchObject({ contractVersion, host: 'local', picker: 'in-page' })

    const events: ProjectEvent[] = []
    const stop = client.stream('projects.watch', {}, (event) => events.push(event))
    const project = await client.call('projects.create', { name: 'Over the wire', place: null })
    expect(project.name).toBe('Over the wire')
    expect(await readdir(join(folder, 'projects'))).toEqual(['Over the wire.winnow'])
    await expect.poll(() => events.map(({ kind }) => kind)).toContain('project')
    stop()
    const { roots } = await client.call('files.roots', {})
    expect(roots).toHaveLength(1)
  })

  it('a reload with the token finds the project open, and the calls of the old page end', async () => {
    await start()
    const first = await openPage()
    await first.client.call('projects.create', { name: 'Kept', place: null })
    const told = closing(first.socket)
    const second = await enter(host.port, first.token)
    expect((await told).code).toBe(4001)
    const client = createClient(portOver(second.socket))
    const { project } = await client.call('projects.current', {})
    expect(project?.name).toBe('Kept')
    await expect(first.client.call('projects.current', {})).rejects.toMatchObject({
      code: 'cancelled'
    })
  })

  it('an older page that ignores "elsewhere" is not listened to', async () => {
    await start()
    const first = await openPage()
    // It reads nothing any more, so it never answers the close; but it goes on sending.
    first.socket.pause()
    const second = await openPage()
    first.socket.send(
      encodeMessage({
        type: 'request',
        id: 900,
        name: 'projects.create',
        input: { name: 'Sneaked in', place: null }
      })
    )
    // A later message over the same thread has been answered: the earlier one would have been too.
    await second.client.call('projects.create', { name: 'Allowed', place: null })
    await second.client.call('projects.recent', {})
    expect(await readdir(join(folder, 'projects'))).toEqual(['Allowed.winnow'])
    first.socket.terminate()
  })

  it('text frames and damaged frames end the socket and leave the backend well', async () => {
    await start()
    const text = await openPage()
    const toldText = closing(text.socket)
    text.socket.send(JSON.stringify({ type: 'request', id: 1, name: 'app.settings', input: {} }))
    expect((await toldText).code).toBe(1003)
    const damaged = await openPage()
    const toldDamaged = closing(damaged.socket)
    damaged.socket.send(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9]))
    expect((await toldDamaged).code).toBe(1007)
    const { client } = await openPage()
    await expect(client.call('app.hello', { contractVersion })).resolves.toBeDefined()
  })

  it('requests that are no requests are refused in words, never by falling over', async () => {
    await start()
    const { socket, client } = await openPage()
    for (const message of [undefined, null, 7, 'x', [], {}, { type: 'request' }, { id: -1 }])
      socket.send(encodeMessage(message ?? null))
    for (const name of ['__proto__', 'constructor', 'toString', 'app.nothing'])
      // A page could send any name at all.
      await expect(client.call(name as 'app.settings', {})).rejects.toMatchObject({
        code: 'unknown-call'
      })
    const more: unknown = { more: 1 }
    const refused = client.call('app.settings', more as Record<string, never>)
    await expect(refused).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(client.call('projects.open', { grant: '/etc' })).rejects.toMatchObject({
      code: 'grant-unknown'
    })
    await expect(client.call('app.settings', {})).resolves.toBeDefined()
  })

  it(
    'a backend that dies is started again, with the project that was open',
    {
      timeout: 300_000
    },
    async () => {
      await start()
      const first = await openPage()
      await first.client.call('projects.create', { name: 'Still here', place: null })
      const told = closing(first.socket)
      const unanswered = first.client.call('app.computer', { calibrate: true })
      const refused = expect(unanswered).rejects.toMatchObject({ code: 'cancelled' })
      await backendThread?.terminate()
      await refused
      // The page hears of it at once, a moment before the host does, and comes back with its token.
      expect((await told).code).toBe(1011)
      const second = await enter(host.port, first.token)
      const client = createClient(portOver(second.socket))
      const hello = await client.call('app.hello', { contractVersion })
      expect(hello.restarts).toBe(1)
      const { project } = await client.call('projects.current', {})
      expect(project).toMatchObject({ name: 'Still here', isReadOnly: false })
      expect(complaints.join()).toMatch(/^The engine stopped and is started again/)
    }
  )

  it('one that goes on dying ends the pages and the host, with a reason', async () => {
    await start()
    const { socket } = await openPage()
    const closed = once(socket, 'close')
    // From now on each one dies while it starts.
    const kill = (worker: Worker): void => void worker.terminate()
    process.on('worker', kill)
    await backendThread?.terminate()
    expect(await host.ended).toBe(5)
    process.off('worker', kill)
    await closed
    expect(complaints).toHaveLength(restartsMax + 1)
    expect(complaints.at(-1)).toMatch(/^The backend stopped/)
    expect(await isListening('127.0.0.1', host.port)).toBe(false)
  })

  it('opens the project named on the command line', async () => {
    await start()
    await (await openPage()).client.call('projects.create', { name: 'Named', place: null })
    host.end(0)
    expect(await host.ended).toBe(0)
    await start(undefined, join(folder, 'projects', 'Named.winnow'))
    const { project } = await (await openPage()).client.call('projects.current', {})
    expect(project?.name).toBe('Named')
    host.end(0)
    await host.ended
    await start(undefined, join(folder, 'projects', 'Missing.winnow'))
    expect(complaints.join()).toContain('Missing.winnow')
  })
})

describe('its secrets', () => {
  it('L3: neither the address nor any served byte nor any file holds the token', async () => {
    await start()
    const { client, token } = await openPage()
    await client.call('projects.create', { name: 'Private', place: null })
    expect([...said, ...complaints, host.address(1)].join('\n')).not.toContain(token)
    for (const path of ['/', '/page.js', '/missing'])
      expect((await get(host.port, path)).text).not.toContain(token)
    host.end(0)
    await host.ended
    const codes = [...said, ...launched].map(codeOf).filter((code) => code !== '')
    expect(codes.length).toBeGreaterThan(0)
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const text = await readFile(join(entry.parentPath, entry.name), 'latin1')
      for (const secret of [token, ...codes]) expect(text.includes(secret), entry.name).toBe(false)
    }
  })

  it('L4: what the browser is started with works for 30 seconds and never again', async () => {
    await start(fakeWindow())
    expect(launched).toHaveLength(1)
    const code = codeOf(launched[0] ?? '')
    expect(said).toEqual(['Winnow is open in its own window.'])
    clock += 30_001
    expect(await knock(host.port, code)).toBe(403)
  })

  it('L4: a printed address waits for its person, and works once', async () => {
    await start()
    const code = codeOf(said[0] ?? '')
    clock += 3_600_000
    const { socket } = await enter(host.port, code)
    socket.close()
    await once(socket, 'close')
    expect(await knock(host.port, code)).toBe(403)
  })

  it('L9: five wrong secrets end the host', async () => {
    await start()
    for (let i = 0; i < 5; i++) expect(await knock(host.port, `wrong-${i}`)).toBe(403)
    expect(await host.ended).toBe(5)
    expect(complaints).toEqual(['Too many wrong secrets: Winnow ends.'])
    expect(await isListening('127.0.0.1', host.port)).toBe(false)
  })
})

interface FakeWindow extends BrowserWindow {
  leave(): void
  readonly wasClosed: boolean
}

function fakeWindow(): FakeWindow {
  const callbacks: (() => void)[] = []
  let wasClosed = false
  return {
    onExit: (callback) => void callbacks.push(callback),
    close() {
      wasClosed = true
      return Promise.resolve()
    },
    leave() {
      for (const callback of callbacks) callback()
    },
    get wasClosed() {
      return wasClosed
    }
  }
}

describe('its end', () => {
  it('L11: ends a minute after the last page left, and closes its window', async () => {
    const window = fakeWindow()
    await start(window)
    const { socket } = await openPage()
    expect(await passMinutes(5)).toBe('still here')
    socket.close()
    await expect.poll(() => passMinutes(1)).toBe(0)
    expect(window.wasClosed).toBe(true)
  })

  it('L11: a printed address may wait as long as it likes for its first page', async () => {
    await start()
    expect(await passMinutes(600)).toBe('still here')
  })

  it('L11: a window that never connects does not hold it', async () => {
    await start(fakeWindow())
    await passMinutes(1)
    expect(await host.ended).toBe(0)
  })

  it('L10: a browser that could not start leaves the person with an address', async () => {
    const window = fakeWindow()
    await start(window)
    window.leave()
    expect(said[1]).toMatch(/^Winnow is at http:\/\/127\.0\.0\.1:\d+\/#c=[\w-]{43}$/)
  })

  it('L11: a running job holds it, visibly, until the job is done', async () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => `${row},words of row ${row},${row % 3}`)
    await writeFile(join(folder, 'rows.csv'), `id,text,label\n${rows.join('\n')}\n`)
    await start()
    const { socket, client } = await openPage()
    await client.call('projects.create', { name: 'Busy', place: null })
    const { roots } = await client.call('files.roots', {})
    const listing = await client.call('files.browse', { grant: roots[0]?.id ?? '' })
    const grant = listing.entries.find((entry) => entry.grant.name === 'rows.csv')?.grant.id ?? ''
    await client.call('datasets.import', { grant, name: 'Rows', options: {}, purpose: 'pool' })
    socket.close()
    await expect.poll(async () => [await passMinutes(1), said.length]).toEqual(['still here', 2])
    expect(said[1]).toBe('No window is open; Winnow goes on until its jobs are done.')
    await expect.poll(() => passMinutes(1), { timeout: 25_000 }).toBe(0)
    expect(said).toHaveLength(2)
  })
})
