// An hour of scripted use in the local host as built: an analyst works over the websocket with the
// contract's real client, a window in Chromium comes by now and then, and every 15 seconds memory,
// threads, open files and the times of calls are noted. At the end growth is told with its interval, and
// charts are drawn.
//   node bench/load/soak.ts [--minutes 60] [--rows 100000] [--pictures 3000] [--traces 1000]
//     [--app FOLDER] [--root FOLDER] [--out FILE.jsonl] [--charts FOLDER] [--seed 1] [--pause 150]
//     [--visits 6]
//   node bench/load/soak.ts --from FILE.jsonl [--charts FOLDER]    tells and draws an earlier one
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { Analyst } from './analyst.ts'
import { soakCharts } from './charts.ts'
import { startLoadHost } from './host.ts'
import { buildProject } from './project.ts'
import { growthTable, parseSoak, sayGrowth, timesTable, type SoakLine } from './soak-lines.ts'
import { visit } from './visit.ts'

const repository = resolve(import.meta.dirname, '../..')
const results = join(repository, 'bench-results')
const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rows: { type: 'string', default: '100000' },
    pictures: { type: 'string', default: '3000' },
    traces: { type: 'string', default: '1000' },
    app: { type: 'string', default: repository },
    root: { type: 'string', default: join('/tmp', 'winnow-soak') },
    out: { type: 'string', default: join(results, 'soak.jsonl') },
    charts: { type: 'string', default: results },
    seed: { type: 'string', default: '1' },
    pause: { type: 'string', default: '150' },
    visits: { type: 'string', default: '6' },
    from: { type: 'string' }
  }
})

/** Runs the soak; its lines, which are also written down as they come. */
async function soak(): Promise<SoakLine[]> {
  const place = resolve(options.root)
  mkdirSync(place, { recursive: true })
  mkdirSync(dirname(options.out), { recursive: true })
  writeFileSync(options.out, '')
  const lines: SoakLine[] = []
  const note = (line: SoakLine): void => {
    lines.push(line)
    appendFileSync(options.out, `${JSON.stringify(line)}\n`)
  }
  const places = { app: resolve(options.app), home: join(place, 'home'), root: place }
  const host = await startLoadHost(places, join(place, 'probe.jsonl'))
  console.log(`the host answers after ${host.startMs.toFixed(0)} ms`)
  const random = createRandom(Number(options.seed))
  const sizes = {
    rows: Number(options.rows),
    pictures: Number(options.pictures),
    traces: Number(options.traces)
  }
  const project = await buildProject(host, place, 'Soak', sizes, (line) => console.log(line))
  await host.call('projects.close', {})
  host.latencies.takeRecent()

  const began = performance.now()
  const minute = (): number => (performance.now() - began) / 60_000
  let seenThreads = host.threads().length
  const read = (): void => {
    const all = host.threads()
    const threads = all.slice(seenThreads).filter(({ rest }) => rest === null)
    seenThreads = all.length
    const calls = host.latencies.takeRecent()
    note({ kind: 'reading', minute: minute(), process: host.read(), threads, calls })
  }
  const rest = async (): Promise<void> => {
    const threads = await host.atRest()
    note({ kind: 'rest', minute: minute(), process: host.read(), threads })
  }
  const trouble = (what: string): void => {
    console.log(`trouble in minute ${minute().toFixed(1)}: ${what}`)
    note({ kind: 'trouble', minute: minute(), what })
  }
  const wordsOf = (error: unknown): string =>
    error instanceof Error ? error.message : String(error)

  let isOver = false
  process.on('SIGINT', () => (isOver = true))
  const timer = setInterval(read, 15_000)
  let rounds = 0
  try {
    const analyst = new Analyst(host, random, Number(options.pause))
    await rest()
    while (!isOver && minute() < Number(options.minutes)) {
      try {
        await analyst.round(project, place)
      } catch (error) {
        // A mistake is told and counted; the soak goes on with what comes after it.
        trouble(wordsOf(error))
        await host.call('projects.close', {}).catch(() => undefined)
      }
      await rest()
      rounds++
      if (rounds % 6 !== 3 || options.visits === '0') continue
      try {
        const seen = await visit(host, project, Number(options.visits), random)
        const { rounds: pages, troubles } = seen
        note({ kind: 'visit', minute: minute(), pages, troubles })
        for (const each of troubles) console.log(`trouble in a window: ${each}`)
      } catch (error) {
        trouble(`in a window: ${wordsOf(error)}`)
      }
      await rest()
    }
    read()
  } finally {
    clearInterval(timer)
    note({ kind: 'times', minute: minute(), calls: host.latencies.rows() })
    await host.end()
  }
  console.log(`rounds: ${rounds} in ${minute().toFixed(1)} minutes`)
  await rm(place, { recursive: true, force: true })
  return lines
}

const lines =
  options.from === undefined ? await soak() : parseSoak(readFileSync(options.from, 'utf8'))
mkdirSync(options.charts, { recursive: true })
for (const [name, svg] of Object.entries(soakCharts(lines)))
  writeFileSync(join(options.charts, `load-${name}.svg`), svg)
console.log(`troubles: ${lines.filter(({ kind }) => kind === 'trouble').length}`)
sayGrowth(lines, (line) => console.log(line))
console.log(`\n${growthTable(lines)}\n\n${timesTable(lines)}`)
