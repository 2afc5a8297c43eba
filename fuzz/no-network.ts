// `npm run fuzz -- --no-network`: the sample project's whole job, a tiny set, a review of agents'
// attempts and their exports with every attempt to reach a network counted, in a place without any
// network where the system allows one, and once more under strace where that is installed.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const nodeHost = join(import.meta.dirname, '..', 'src-main', 'hosts', 'node')
const watch = pathToFileURL(join(nodeHost, 'network-watch.test-support.ts')).href
const cli = join(nodeHost, 'cli.ts')
const traces = fileURLToPath(
  new URL('../src-main/core/traces/fixtures/tau-bench/airline-excerpt.json.gz', import.meta.url)
)

/** The job, in order; every line is a process of its own. */
const commands = (place: string): readonly (readonly string[])[] => {
  const project = join(place, 'home', 'projects', 'Sample.winnow')
  return [
    ['demo', '--to', join(place, 'out')],
    ['runs', 'list', '--project', project],
    [
      ...['distil', '--project', project, '--dataset', 'Fashion pictures', '--method', 'random'],
      ...['--per-class', '1', '--effort', 'quick']
    ],
    ['new', join(place, 'R.winnow')],
    ['traces', 'import', traces, '--into', join(place, 'R.winnow'), '--name', 'Runs'],
    ['traces', 'score', '--in', join(place, 'R.winnow')],
    [
      'traces',
      'export',
      '--in',
      join(place, 'R.winnow'),
      '--to',
      join(place, 'runs'),
      '--which',
      'all'
    ],
    ['devices'],
    ['check', '--project', join(place, 'R.winnow')]
  ]
}

interface Ended {
  readonly status: number | null
  readonly told: string
  readonly attempts: readonly string[]
}

function run(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env })
  let told = ''
  child.stderr.on('data', (bytes: Buffer) => (told += bytes.toString()))
  return new Promise((settle, fail) => {
    child.on('error', fail)
    child.on('close', (status) =>
      settle({
        status,
        told,
        attempts: told.split('\n').filter((line) => line.includes('NETWORK-ATTEMPT'))
      })
    )
  })
}

/** Calls of the system that reach for a network; sockets between processes of one computer are none. */
function internetCalls(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('trace.'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => /\bAF_INET6?\b|\bAF_PACKET\b|\bAF_NETLINK\b/.test(line))
}

/** Runs everything; the exit status. */
export async function runWithoutNetwork(): Promise<number> {
  const isAlone = spawnSync('unshare', ['-rn', 'true']).status === 0
  const hasStrace = spawnSync('strace', ['-V']).status === 0
  console.log(
    isAlone
      ? 'In a network namespace with nothing in it (unshare -rn).'
      : 'Left out: this system lets nobody make an empty network namespace; attempts are counted.'
  )
  if (!hasStrace)
    console.log('Left out: strace is not installed; attempts are counted within Node.')
  const place = mkdtempSync(join(tmpdir(), 'winnow-no-network-'))
  const env = { ...process.env, WINNOW_HOME: join(place, 'home') }
  mkdirSync(join(place, 'runs'))
  let broken = 0
  try {
    for (const args of commands(place)) {
      const began = performance.now()
      const node = [process.execPath, '--import', watch, cli, ...args]
      const traced = hasStrace
        ? ['strace', '-ff', '-qq', '-e', 'trace=network', '-o', join(place, 'trace'), ...node]
        : node
      const ended = await run(isAlone ? ['unshare', '-rn', ...traced] : traced, env)
      const calls = hasStrace ? internetCalls(place) : []
      for (const name of readdirSync(place))
        if (name.startsWith('trace.')) rmSync(join(place, name))
      const isDone = ended.status === 0 || ended.status === 2
      if (!isDone || ended.attempts.length > 0 || calls.length > 0) broken++
      const shown = args.map((arg) => arg.replaceAll(place, '…')).join(' ')
      console.log(
        `${ended.attempts.length} attempts, ${hasStrace ? calls.length : '-'} system calls, exit ${ended.status}, ${Math.round((performance.now() - began) / 1000)} s: winnow ${shown}`
      )
      for (const line of [...ended.attempts, ...calls].slice(0, 5)) console.log(`    ${line}`)
      if (!isDone) console.log(`    ${ended.told.trim().split('\n').slice(-3).join('\n    ')}`)
    }
  } finally {
    if (existsSync(place)) rmSync(place, { recursive: true, force: true })
  }
  return broken > 0 ? 1 : 0
}
