// Programs that do a part of the same with the same rows on the same machine: pandas with everything in
// memory, SQLite without indexes as DB Browser for SQLite asks it, and that program's own window.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { quantileOf } from './page-watch.ts'
import { treeMb } from './process.ts'
import { writeTable } from './sources.ts'

const python = process.env['PYTHON'] ?? '/usr/bin/python3'
const display = ':97'

/** What a peer in Python says of itself. */
export interface PeerTimes {
  readonly name: string
  readonly readSeconds: number
  readonly mostMb?: number
  readonly steps: Readonly<Record<string, readonly number[]>>
  readonly error?: string
}

/** What the window of a peer took. */
export interface PeerWindow {
  readonly name: string
  readonly startMs: readonly number[]
  readonly megabytes: number
}

/** All that was measured of others. */
export interface Peers {
  readonly times: readonly PeerTimes[]
  readonly windows: readonly PeerWindow[]
}

function inPython(script: string, args: readonly string[]): PeerTimes {
  const { stdout, stderr } = spawnSync(python, [join(import.meta.dirname, script), ...args], {
    encoding: 'utf8',
    maxBuffer: 1e8
  })
  const last = stdout.trim().split('\n').at(-1) ?? ''
  if (last === '') throw new Error(`${script} said nothing: ${stderr}`)
  return JSON.parse(last) as PeerTimes
}

const program = '/usr/bin/sqlitebrowser'

/** Whether DB Browser's window with a table is on the screen of `display`. */
function isShown(): boolean {
  const { stdout } = spawnSync('xwininfo', ['-display', display, '-root', '-tree'], {
    encoding: 'utf8'
  })
  return /DB Browser for SQLite - \S*rows\.sqlite/.test(stdout)
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** Starts DB Browser on a table until its window shows, some times. */
async function browserWindow(
  root: string,
  database: string,
  times: number
): Promise<PeerWindow | undefined> {
  if (!existsSync(program) || !existsSync('/usr/bin/Xvfb')) return undefined
  const screen = spawn('Xvfb', [display, '-screen', '0', '1600x1000x24'], { stdio: 'ignore' })
  const home = join(root, 'peer-home')
  const startMs: number[] = []
  let megabytes = 0
  try {
    while (spawnSync('xwininfo', ['-display', display, '-root']).status !== 0) await pause(50)
    for (let turn = 0; turn < times; turn++) {
      const began = performance.now()
      const child = spawn(program, ['-t', 'rows', database], {
        env: { ...process.env, DISPLAY: display, HOME: home, XDG_RUNTIME_DIR: root },
        stdio: 'ignore'
      })
      while (!isShown()) {
        if (child.exitCode !== null) throw new Error('DB Browser ended by itself')
        await pause(10)
      }
      startMs.push(performance.now() - began)
      // It goes on reading rows after its window has come.
      await pause(3000)
      megabytes = treeMb(child.pid ?? 0)
      await stop(child)
    }
  } finally {
    await stop(screen)
    await rm(home, { recursive: true, force: true })
  }
  return { name: 'DB Browser for SQLite', startMs, megabytes }
}

/** Runs every peer that is here. */
export async function runPeers(
  root: string,
  rows: number,
  say: (line: string) => void
): Promise<Peers> {
  const table = join(root, 'sources', `rows-${rows}.csv`)
  await writeTable(table, rows)
  const database = join(root, 'rows.sqlite')
  const times: PeerTimes[] = []
  for (const [script, args] of [
    ['pandas_peer.py', [table, String(rows)]],
    ['sqlite_peer.py', [table, database]]
  ] as const) {
    const told = inPython(script, args)
    if (told.error !== undefined) {
      say(`peer left out: ${told.error}`)
      continue
    }
    times.push(told)
    say(`peer ${told.name}, reading: ${told.readSeconds.toFixed(1)} s`)
    if (told.mostMb !== undefined)
      say(`peer ${told.name}, most memory: ${told.mostMb.toFixed(0)} MB`)
    for (const [name, each] of Object.entries(told.steps))
      say(`peer ${told.name}, ${name}: ${quantileOf(each, 0.5).toFixed(1)} ms`)
  }
  const window = await browserWindow(root, database, 5)
  if (window === undefined) say('peer left out: sqlitebrowser or Xvfb is not installed')
  else
    say(
      `peer ${window.name}, start to its window: ${quantileOf(window.startMs, 0.5).toFixed(0)} ms, ` +
        `${window.megabytes.toFixed(0)} MB`
    )
  return { times, windows: window === undefined ? [] : [window] }
}
