// Entry of a local host whose free memory and disk are given, for specs about what the app says when
// there is little left. It runs from sources with the built page; the app itself has no such switch.
// Arguments: the home folder and the readings as JSON.
import { mkdirSync, realpathSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import type { GivenReadings } from '../../src-main/core/platform/computer-readings.ts'
import { startLocalHost } from '../../src-main/hosts/node/local-host.ts'
import { appFolder, appVersion, nodePaths } from '../../src-main/hosts/node/node-platform.ts'
import { readStaticFiles } from '../../src-main/hosts/worker/static-files.ts'

// Its backend thread is ended when a spec says so: what an error nobody caught does to it.
let backend: Worker | undefined
process.on('worker', (worker) => (backend = worker))
process.on('SIGUSR2', () => void backend?.terminate())

const [home = '', given = '{}'] = process.argv.slice(2)
const folder = appFolder()
const paths = nodePaths(folder, { WINNOW_HOME: home })
for (const place of [paths.data, paths.projects]) mkdirSync(place, { recursive: true })
const host = await startLocalHost({
  backend: {
    host: 'local',
    appVersion: appVersion(folder),
    paths,
    picker: 'in-page',
    roots: [realpathSync(home)],
    cores: availableParallelism(),
    canReveal: false,
    checkOutputs: true,
    // Our own driver writes exactly this.
    readings: JSON.parse(given) as GivenReadings
  },
  files: readStaticFiles(join(folder, 'out', 'renderer')),
  devOrigin: undefined,
  project: undefined,
  openWindow: () => undefined,
  say: (line) => console.log(line),
  complain: (line) => console.error(line),
  now: Date.now,
  lookEveryMs: 1000
})
process.on('SIGTERM', () => host.end(0))
process.exit(await host.ended)
