// The local host's entry: reads the command line, starts the host, prints where it is. Built and
// from sources alike.
import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { availableParallelism, homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { BackendData } from '../worker/backend-messages.ts'
import { readStaticFiles, type StaticFile } from '../worker/static-files.ts'
import { findPrinter, openBrowser } from './chromium.ts'
import { startLocalHost } from './local-host.ts'
import { appFolder, appVersion, nodePaths } from './node-platform.ts'
import { printReport } from './print-report.ts'

/** A command line that cannot be followed; the process ends with 3. */
class Refusal extends Error {}

const usage =
  'Usage: winnow serve [P.winnow] [--project P.winnow] [--headless] [--root DIR] (npm start is the same)'

interface Arguments {
  readonly isHeadless: boolean
  readonly roots: readonly string[] | undefined
  readonly project: string | undefined
}

function readCommandLine(args: readonly string[]): Arguments {
  if (args.some((arg) => arg === '--host' || arg.startsWith('--host=')))
    throw new Refusal('Winnow listens on this computer only; --host is refused.')
  let parsed
  try {
    parsed = parseArgs({
      args: [...args],
      options: {
        headless: { type: 'boolean' },
        local: { type: 'boolean' },
        root: { type: 'string', multiple: true },
        project: { type: 'string' }
      },
      allowPositionals: true
    })
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
  const { values, positionals } = parsed
  if (positionals.length > 1) throw new Refusal(usage)
  return {
    isHeadless: values.headless === true,
    roots: values.root,
    project: values.project ?? positionals[0]
  }
}

/** The development server's origin; only one on this computer is believed. */
function developmentOrigin(): string | undefined {
  const url = process.env['ELECTRON_RENDERER_URL']
  if (url === undefined || url === '') return undefined
  const origin = URL.parse(url)?.origin
  if (origin === undefined || !/^http:\/\/(127\.0\.0\.1|localhost):\d+$/.test(origin))
    throw new Refusal('ELECTRON_RENDERER_URL must be a development server on this computer.')
  return origin
}

/** The built page; in development the development server has it. */
function pageFiles(folder: string, devOrigin: string | undefined): ReadonlyMap<string, StaticFile> {
  const place = join(folder, 'out', 'renderer')
  if (existsSync(join(place, 'index.html'))) return readStaticFiles(place)
  if (devOrigin !== undefined) return new Map()
  throw new Refusal('The window is not built yet. Run: npm run build')
}

function realFolder(path: string): string {
  try {
    return realpathSync(resolve(path))
  } catch {
    throw new Refusal(`The folder "${path}" is not there.`)
  }
}

async function main(): Promise<number> {
  const { isHeadless, roots, project } = readCommandLine(process.argv.slice(2))
  const folder = appFolder()
  const paths = nodePaths(folder)
  const devOrigin = developmentOrigin()
  const files = pageFiles(folder, devOrigin)
  for (const place of [paths.data, paths.projects]) mkdirSync(place, { recursive: true })
  const backend: BackendData = {
    host: 'local',
    appVersion: appVersion(folder),
    paths,
    picker: 'in-page',
    roots: [...new Set((roots ?? [homedir(), paths.projects]).map(realFolder))],
    cores: availableParallelism(),
    canReveal: false,
    checkOutputs: process.env['WINNOW_CHECK_OUTPUTS'] === '1'
  }
  const printer = findPrinter()
  const host = await startLocalHost({
    backend,
    print: printer === undefined ? undefined : (html) => printReport(printer, html),
    files,
    devOrigin,
    project: project === undefined ? undefined : resolve(project),
    openWindow: (address) => (isHeadless ? undefined : openBrowser(address)),
    say: (line) => console.log(line),
    complain: (line) => console.error(line),
    now: Date.now,
    lookEveryMs: 1000
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => host.end(0))
  return host.ended
}

try {
  process.exit(await main())
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exit(3)
}
