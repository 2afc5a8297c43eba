// One large project under load: 1,000,000 rows, some thousand labelled pictures with 200 choices of
// them, 10,000 traces, all read and made by the app's own calls; then everything a window asks of it is
// timed over the contract, on the local host as built, beside the product's own budgets.
//   node bench/load/load.ts [--rows 1000000] [--pictures 4000] [--runs 200] [--traces 10000]
//     [--app FOLDER] [--root FOLDER] [--out FILE.json] [--only-build] [--keep] [--parts first,measure,window,peers]
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { quickMethods } from './analyst.ts'
import { measureCalls, measureFirst } from './calls.ts'
import { startLoadHost, type LoadHost } from './host.ts'
import { Measure, budgets } from './measure.ts'
import { runPeers } from './peers.ts'
import { buildProject, type LoadProject } from './project.ts'
import { measureWindow } from './window-budgets.ts'

const repository = resolve(import.meta.dirname, '../..')
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    pictures: { type: 'string', default: '4000' },
    runs: { type: 'string', default: '200' },
    traces: { type: 'string', default: '10000' },
    app: { type: 'string', default: repository },
    root: { type: 'string', default: join('/tmp', 'winnow-load') },
    out: { type: 'string', default: join(repository, 'bench-results', 'load-steps.json') },
    parts: { type: 'string', default: 'first,measure,window,peers' },
    'only-build': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false }
  }
})
const root = resolve(options.root)
const app = resolve(options.app)
const parts = new Set(options.parts.split(','))
const say = (line: string): void => console.log(line)
mkdirSync(root, { recursive: true })
mkdirSync(dirname(options.out), { recursive: true })
if (!existsSync(join(app, 'out', 'main', 'node.js')))
  throw new Error('The app is not built yet. Run: npm run build')
const places = { app, home: join(root, 'home'), root }
const start = (): Promise<LoadHost> => startLoadHost(places, join(root, 'probe.jsonl'))

/** Choices until there are as many as wanted; tells the seconds each took. */
async function makeRuns(host: LoadHost, project: LoadProject, wanted: number): Promise<number[]> {
  const { runs } = await host.call('runs.list', {})
  const random = createRandom(runs.length + 1)
  const seconds: number[] = []
  const draft = await host.call('drafts.defaults', { dataset: project.pictures })
  for (let made = runs.length; made < wanted; made++) {
    const method = quickMethods[made % quickMethods.length] ?? 'random'
    const began = performance.now()
    const { run } = await host.call('runs.start', {
      ...draft,
      name: `Choice ${made + 1}`,
      method: { id: method, params: {} },
      budget: { kind: 'percent', percent: 5 + random.below(20) },
      seed: made,
      check: { ...draft.check, isOn: false }
    })
    const { state } = await host.ended(run)
    if (!state.startsWith('finished')) throw new Error(`choice ${made + 1} is ${state}`)
    seconds.push((performance.now() - began) / 1000)
  }
  return seconds
}

const sizes = {
  rows: Number(options.rows),
  pictures: Number(options.pictures),
  traces: Number(options.traces)
}
let host = await start()
const project = await buildProject(host, root, 'Load', sizes, say)
const seconds = await makeRuns(host, project, Number(options.runs))
if (seconds.length > 0) {
  seconds.sort((a, b) => a - b)
  const middle = seconds[Math.floor(seconds.length / 2)] ?? 0
  say(`choices: ${seconds.length}, median ${middle.toFixed(2)} s, longest ${seconds.at(-1)} s`)
  say(`most memory while building: ${host.read().mostResidentMb.toFixed(0)} MB`)
}
await host.end()

const results: Record<string, unknown> = { sizes, runs: Number(options.runs) }
const save = (): void => writeFileSync(options.out, `${JSON.stringify(results, undefined, 2)}\n`)
if (!options['only-build'] && parts.has('first')) {
  await rm(join(project.folder, 'lists'), { recursive: true, force: true })
  host = await start()
  say('The first time ever:')
  const measure = new Measure(host, say)
  await measureFirst(host, project, measure)
  Object.assign(results, { first: measure.steps })
  save()
  await host.end()
  say('After opening the project again:')
}
if (!options['only-build'] && parts.has('measure')) {
  // A fresh process: nothing is warm but the system's own cache of files.
  host = await start()
  const measure = new Measure(host, say)
  await measureCalls(host, project, measure)
  const most = host.read().mostResidentMb
  const verdict = most <= budgets.memory.limit ? 'kept' : 'MISSED'
  say(`most memory: ${most.toFixed(0)} MB; ${verdict} (${budgets.memory.limit} MB)`)
  Object.assign(results, { steps: measure.steps, mostMb: most, hostStartMs: host.startMs })
  save()
  await host.end()
}
if (!options['only-build'] && parts.has('window')) {
  results['window'] = await measureWindow(places, join(root, 'probe.jsonl'), project, say)
  save()
}
if (!options['only-build'] && parts.has('peers')) {
  results['peers'] = await runPeers(root, sizes.rows, say)
  save()
}
if (!options.keep && !options['only-build']) await rm(root, { recursive: true, force: true })
