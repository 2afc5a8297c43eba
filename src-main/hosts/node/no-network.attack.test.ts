// The app works with the cable pulled: a whole job from new project to checked export in a process in
// which every attempt to reach a network is counted, and where the system allows it in a network
// namespace without any network. `npm run fuzz -- --no-network` does the same with the sample project.
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const watch = pathToFileURL(join(import.meta.dirname, 'network-watch.test-support.ts')).href
const cli = pathToFileURL(join(import.meta.dirname, 'cli.ts')).href
const fixture = fileURLToPath(
  new URL('../../core/traces/fixtures/tau-bench/airline-excerpt.json.gz', import.meta.url)
)

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-cable-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program under the watch; without a network where `isAlone`. */
async function watched(program: string, isAlone = false): Promise<Ended> {
  const path = join(folder, 'program.mjs')
  await writeFile(path, program)
  const node = [process.execPath, '--import', watch, path]
  const [command = '', ...args] = isAlone ? ['unshare', '-rn', ...node] : node
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, WINNOW_HOME: join(folder, 'home') },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()))
  return new Promise((settle, fail) => {
    child.on('error', fail)
    child.on('close', (status) => settle({ status, stdout, stderr }))
  })
}

describe('the watch', () => {
  it('sees every way to a network, in threads as well', async () => {
    const ways: Readonly<Record<string, string>> = {
      'net.connect': "(await import('node:net')).connect(9, '127.0.0.1')",
      'net listen': "(await import('node:net')).createServer().listen(0)",
      'tls.connect': "(await import('node:tls')).connect(9, '127.0.0.1')",
      'http.get': "(await import('node:http')).get('http://127.0.0.1:9/').on('error', () => {})",
      'https.get': "(await import('node:https')).get('https://127.0.0.1:9/').on('error', () => {})",
      'http2.connect': "(await import('node:http2')).connect('http://127.0.0.1:9')",
      'http.listen': "(await import('node:http')).createServer().listen(0)",
      'dgram send': "(await import('node:dgram')).createSocket('udp4').send('x', 9, '127.0.0.1')",
      'dns lookup': "(await import('node:dns')).default.lookup('example.org', () => {})",
      'dns promises': "await (await import('node:dns')).promises.lookup('example.org')",
      fetch: "await fetch('http://127.0.0.1:9/')",
      websocket: "new WebSocket('ws://127.0.0.1:9/')"
    }
    const lines = Object.entries(ways).map(
      ([name, code]) =>
        `process.stderr.write('way ${name}\\n'); try { ${code} } catch {} await new Promise((go) => setImmediate(go));`
    )
    const thread = `await fetch('http://127.0.0.1:9/').catch(() => {})`
    const { stderr } = await watched(`process.on('uncaughtException', () => {})
${lines.join('\n')}
process.stderr.write('way thread\\n')
const { Worker } = await import('node:worker_threads')
const worker = new Worker(${JSON.stringify(`try { ${thread} } catch {}`)}, { eval: true })
worker.on('error', () => {})
await new Promise((go) => worker.on('exit', go))
process.exit(0)`)
    const seen = stderr.split('way ').slice(1)
    expect(seen).toHaveLength(Object.keys(ways).length + 1)
    const unseen = seen.filter((part) => !part.includes('NETWORK-ATTEMPT'))
    expect(unseen).toEqual([])
  })
})

/** From a table to a chosen, tested, exported and verified set; then a review of agents' attempts. */
const job: readonly (readonly string[])[] = [
  ['new', 'P.winnow'],
  ['import', 'rows.csv', '--into', 'P.winnow', '--name', 'Rows', '--test-fraction', '0.25'],
  [
    ...['select', '--project', 'P.winnow', '--dataset', 'Rows', '--method', 'icons'],
    ...['--budget', '20%', '--check', '--repeats', '3']
  ],
  ['traces', 'import', fixture, '--into', 'P.winnow', '--name', 'Runs'],
  ['traces', 'export', '--in', 'P.winnow', '--to', '.', '--which', 'all', '--name', 'runs'],
  ['check', '--project', 'P.winnow']
]

const program = `const { runCommandLine } = await import(${JSON.stringify(cli)})
const quiet = { write: () => true }
const statuses = []
let run
for (const args of ${JSON.stringify(job)}) {
  let last = ''
  statuses.push(await runCommandLine([...args, '--json'], { write: (text) => (last = text) }))
  if (args[0] === 'select') run = JSON.parse(last).run
}
statuses.push(await runCommandLine(['export', run, '--project', 'P.winnow', '--to', 'out', '--json'], {
  write: (text) => { const { dir } = JSON.parse(text); if (dir) globalThis.dir = dir }
}))
statuses.push(await runCommandLine(['verify', globalThis.dir], quiet))
console.log(JSON.stringify({ statuses, dir: globalThis.dir }))
process.exit(0)`

const isAllowed = spawnSync('unshare', ['-rn', 'true']).status === 0
if (!isAllowed)
  console.info('Left out: this system lets nobody make an empty network namespace (unshare -rn).')

it(`a whole job makes no attempt${isAllowed ? ', in a place without any network' : ''}`, async () => {
  const rows = Array.from({ length: 120 }, (_, i) => {
    const group = i % 3
    return `${(i % 7) + group * 4},${(i % 5) - group},group ${group}`
  })
  await writeFile(join(folder, 'rows.csv'), ['a,b,label', ...rows].join('\n'))
  const { stdout, stderr } = await watched(program, isAllowed)
  expect(stderr.split('\n').filter((line) => line.includes('NETWORK-ATTEMPT'))).toEqual([])
  const { statuses, dir } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as {
    statuses: number[]
    dir: string
  }
  expect(statuses).toHaveLength(job.length + 2)
  // 2 is done with notes; anything else would mean that a step did not happen.
  const failed = statuses.flatMap((status, at) =>
    status === 0 || status === 2 ? [] : [`${job[at]?.slice(0, 2).join(' ') ?? at}: ${status}`]
  )
  expect(failed, stderr).toEqual([])
  // F7: what leaves names no place of this computer, nor whose it is.
  const exported = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile()
  )
  expect(exported.length).toBeGreaterThan(3)
  const telling = exported.filter(({ parentPath, name }) => {
    const text = readFileSync(join(parentPath, name), 'latin1')
    return text.includes(folder) || text.includes(homedir()) || text.includes(tmpdir())
  })
  expect(telling.map(({ name }) => name)).toEqual([])
}, 600_000)
