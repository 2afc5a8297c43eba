// Attacks on the local host as a process of its own: how it is started, what it prints, how it
// ends. The page is not needed here, so the host runs from sources as in development.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closing, enter, get, knock } from './local-server.test-support.ts'

const entry = join(import.meta.dirname, 'main.ts')
const commandLine = join(import.meta.dirname, 'cli.ts')

let home = ''
const children: ChildProcess[] = []
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'winnow-process-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await rm(home, { recursive: true, force: true })
})

interface Started {
  readonly child: ChildProcess
  readonly port: number
  readonly code: string
  /** Everything printed so far, both streams. */
  printed(): string
  readonly exit: Promise<number | null>
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      WINNOW_HOME: home,
      ELECTRON_RENDERER_URL: 'http://127.0.0.1:9',
      DISPLAY: undefined,
      WAYLAND_DISPLAY: undefined,
      ...env
    },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  children.push(child)
  let printed = ''
  const exit = once(child, 'close').then(([status]) => status as number | null)
  child.stderr.on('data', (bytes: Buffer) => (printed += bytes.toString()))
  child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()))
  return { child, exit, printed: () => printed }
}

async function start(args: readonly string[] = [], script = [entry]): Promise<Started> {
  const running = run([...script, '--headless', '--root', home, ...args])
  for await (const line of createInterface({ input: running.child.stdout })) {
    const found = /^Winnow is at http:\/\/127\.0\.0\.1:(\d+)\/#c=([\w-]+)$/.exec(line)
    if (found) return { ...running, port: Number(found[1]), code: found[2] ?? '' }
  }
  throw new Error(`no address: ${running.printed()}`)
}

async function ended(args: readonly string[], env?: NodeJS.ProcessEnv) {
  const running = run(args, env)
  return { status: await running.exit, printed: running.printed() }
}

describe('starting', () => {
  it('L1: --host is refused in every spelling, and so is what is not known', async () => {
    const results = await Promise.all([
      ended([entry, '--host', '0.0.0.0']),
      ended([entry, '--host=0.0.0.0']),
      ended([commandLine, 'serve', '--host', '::']),
      ended([entry, '--port', '80'])
    ])
    for (const { status } of results) expect(status).toBe(3)
    for (const { printed } of results.slice(0, 3))
      expect(printed).toContain('Winnow listens on this computer only; --host is refused.')
    expect(results[3]?.printed).toContain('--port')
    expect(results[3]?.printed).not.toMatch(/^\s+at /m)
  })

  it('L5: a development server elsewhere is not believed', async () => {
    const urls = ['http://evil.example:5173', 'https://127.0.0.1:5173', 'http://127.0.0.1', 'x']
    const results = await Promise.all(
      urls.map((url) => ended([entry, '--headless'], { ELECTRON_RENDERER_URL: url }))
    )
    for (const { status, printed } of results) {
      expect(status).toBe(3)
      expect(printed).toContain('ELECTRON_RENDERER_URL')
    }
  })

  it('L1: listens on 127.0.0.1 alone, as the system itself sees it', async () => {
    const { child, port } = await start()
    const table = await readFile(`/proc/${child.pid}/net/tcp`, 'latin1').catch(() => '')
    if (table === '') {
      // No such table on this system: the address it answers on has to do.
      expect((await get(port, '/missing')).status).toBe(404)
      return
    }
    const tables = `${table}\n${await readFile(`/proc/${child.pid}/net/tcp6`, 'latin1').catch(() => '')}`
    const hex = port.toString(16).toUpperCase().padStart(4, '0')
    const listening = tables
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => local?.endsWith(`:${hex}`) === true && state === '0A')
      .map(([, local]) => local)
    expect(listening).toEqual([`0100007F:${hex}`])
  })
})

describe('running', () => {
  it('L3: prints no token, and keeps none and no code in any file', async () => {
    const host = await start()
    const { socket, firstFrame } = await enter(host.port, host.code)
    const { token } = JSON.parse(await firstFrame) as { token: string }
    const end = closing(socket)
    host.child.kill('SIGTERM')
    expect(await host.exit).toBe(0)
    await end
    expect(host.printed()).not.toContain(token)
    for (const file of await readdir(home, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const text = await readFile(join(file.parentPath, file.name), 'latin1')
      expect(text.includes(token) || text.includes(host.code), file.name).toBe(false)
    }
  })

  it('L4: the printed code works once', async () => {
    const host = await start()
    const { socket } = await enter(host.port, host.code)
    expect(await knock(host.port, host.code)).toBe(403)
    socket.terminate()
  })

  it('L9: five wrong secrets end the process with status 5', async () => {
    const host = await start([], [commandLine, 'serve'])
    for (let i = 0; i < 5; i++) expect(await knock(host.port, `guess-${i}`)).toBe(403)
    expect(await host.exit).toBe(5)
    expect(host.printed()).toContain('Too many wrong secrets: Winnow ends.')
  })
})
