// The measured app: the built local host as a process of its own, with the probe beside it, and the
// contract's real client over its websocket, as a window has it.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { CallName, InputOf, OutputOf } from '../../src-main/api/contract.ts'
import type { Job } from '../../src-main/api/dto/jobs.ts'
import type { Port } from '../../src-main/api/port.ts'
import { createClient, type Client } from '../../src-main/api/rpc.ts'
import { decodeMessage, encodeMessage } from '../../src-main/api/wire-codec.ts'
import { Latencies } from './latencies.ts'
import { readProcess, type ProcessReading } from './process.ts'
import { parseReadings, type ThreadReading } from './thread-reading.ts'

/** Where the app is and works. */
export interface HostPlaces {
  /** Folder of the built app. */
  readonly app: string
  /** Its own settings, and projects. */
  readonly home: string
  /** The one folder a page may choose files from. */
  readonly root: string
}

/** A running host with a client. */
export interface LoadHost {
  readonly pid: number
  /** Of the page, without a secret. */
  readonly origin: string
  /** What a page presents to be let in. */
  readonly token: string
  readonly latencies: Latencies
  /** Milliseconds from the start of the process to its printed address. */
  readonly startMs: number
  /** A call, timed under its name or the one given. */
  call<K extends CallName>(name: K, input: InputOf<K>, as?: string): Promise<OutputOf<K>>
  /** The job in its last state; times nothing. `onProgress` sees it on the way. */
  ended(job: string, onProgress?: (job: Job) => void): Promise<Job>
  /** A permission for a path below the root. */
  grant(path: string): Promise<string>
  read(): ProcessReading
  /** All that the threads have written so far. */
  threads(): ThreadReading[]
  /** The threads after their garbage was collected. */
  atRest(): Promise<ThreadReading[]>
  /** Takes the connection back after a window had it. */
  connect(): Promise<void>
  end(): Promise<void>
}

/** What `npm start` sets for the app: scripts/environment.mjs, which a test compares. */
export const memoryEnvironment = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '262144'
}

const probe = join(import.meta.dirname, 'probe.ts')
const node = (app: string): string => join(app, 'node_modules', 'node', 'bin', 'node')

const isEnd = ({ state }: Job): boolean =>
  ['finished', 'finished-with-notes', 'failed', 'cancelled', 'interrupted'].includes(state)

async function printedAddress(host: ChildProcess): Promise<string> {
  if (!host.stdout) throw new Error('the host has no output')
  for await (const line of createInterface({ input: host.stdout })) {
    const address = /^Winnow is at (http:\S+)$/.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error('the host ended without printing its address')
}

interface Connection {
  readonly port: Port
  /** The token, when a code was presented. */
  readonly token: Promise<string>
}

async function connect(origin: string, secret: string): Promise<Connection> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, ['winnow.1', secret], {
    origin,
    perMessageDeflate: false,
    maxPayload: 512 * 1024 * 1024
  })
  let keep: (token: string) => void = () => undefined
  const token = new Promise<string>((settle) => (keep = settle))
  const callbacks: ((message: unknown) => void)[] = []
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) keep((JSON.parse(data.toString()) as { token: string }).token)
    else for (const callback of callbacks) callback(decodeMessage(new Uint8Array(data)))
  })
  await once(socket, 'open')
  return {
    token,
    port: {
      send: (message) => socket.send(encodeMessage(message)),
      onMessage: (callback) => void callbacks.push(callback),
      onClose: (callback) => void socket.on('close', callback),
      close: () => socket.close()
    }
  }
}

/** Starts the host. `probeFile` is written anew. */
export async function startLoadHost(places: HostPlaces, probeFile: string): Promise<LoadHost> {
  writeFileSync(probeFile, '')
  const began = performance.now()
  const child = spawn(
    node(places.app),
    [
      '--import',
      probe,
      join(places.app, 'out', 'main', 'node.js'),
      '--headless',
      '--root',
      places.root
    ],
    {
      env: {
        ...memoryEnvironment,
        ...process.env,
        WINNOW_HOME: places.home,
        WINNOW_LOAD_PROBE: probeFile
      },
      stdio: ['ignore', 'pipe', 'inherit']
    }
  )
  const address = await printedAddress(child)
  const startMs = performance.now() - began
  const { pid } = child
  if (pid === undefined) throw new Error('the host has no process')
  const { origin, hash } = new URL(address)
  const first = await connect(origin, hash.slice('#c='.length))
  const token = await first.token
  let client: Client = createClient(first.port)
  const latencies = new Latencies()
  const watchers = new Set<(job: Job) => void>()
  let rests = 0

  function watch(): void {
    client.stream('projects.watch', {}, (event) => {
      if (event.kind !== 'job') return
      for (const see of watchers) see(event.job)
    })
  }
  watch()

  const threads = (): ThreadReading[] =>
    existsSync(probeFile) ? parseReadings(readFileSync(probeFile, 'utf8')) : []

  async function call<K extends CallName>(
    name: K,
    input: InputOf<K>,
    as: string = name
  ): Promise<OutputOf<K>> {
    const start = performance.now()
    const answer = await client.call(name, input)
    latencies.add(as, performance.now() - start)
    return answer
  }

  return {
    pid,
    origin,
    token,
    latencies,
    startMs,
    call,
    ended(id, onProgress) {
      return new Promise<Job>((settle, fail) => {
        const see = (job: Job): void => {
          if (job.id !== id) return
          onProgress?.(job)
          if (!isEnd(job)) return
          watchers.delete(see)
          settle(job)
        }
        watchers.add(see)
        client.call('jobs.get', { id }).then(see, (error: unknown) => {
          watchers.delete(see)
          fail(error instanceof Error ? error : new Error(String(error)))
        })
      })
    },
    async grant(path) {
      const { roots } = await client.call('files.roots', {})
      let grant = roots[0]?.id ?? ''
      for (const part of relative(places.root, path).split(sep)) {
        if (part === '') continue
        const { entries } = await client.call('files.browse', { grant })
        const found = entries.find((entry) => entry.grant.name === part)
        if (found === undefined) throw new Error(`there is no “${part}” on the way to ${path}`)
        grant = found.grant.id
      }
      return grant
    },
    read: () => readProcess(pid),
    threads,
    async atRest() {
      const number = ++rests
      process.kill(pid, 'SIGUSR2')
      for (;;) {
        const found = threads().filter(({ rest }) => rest === number)
        // Compute threads may have ended; the host and the backend are always there.
        const isWhole = ['host', 'backend'].every((name) =>
          found.some(({ thread }) => thread === name)
        )
        if (isWhole) return found
        await pause(50)
      }
    },
    async connect() {
      client.close()
      const next = await connect(origin, token)
      client = createClient(next.port)
      watch()
    },
    async end() {
      client.close()
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    }
  }
}
