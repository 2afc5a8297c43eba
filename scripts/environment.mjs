// What the start-up scripts share: installing what is missing, building when sources are newer,
// and finding programs. Uses Node's own modules only and runs on Node 18 and later, because it
// must work before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** Absolute path of the repository. */
export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')

const isWindows = process.platform === 'win32'

/** The pinned Node 24, once dependencies are installed. */
export const pinnedNode = join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node')

/**
 * How the system's own memory is kept (glibc on Linux; others do not know these names). Left alone it
 * keeps most of what threads have given back, in up to eight heaps a core (measured: docs/load.md).
 */
export const memoryEnvironment = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '262144'
}

/** Environment in which `node` is the pinned one. */
export function pinnedEnvironment(extra = {}) {
  const path = [
    join(root, 'node_modules', 'node', 'bin'),
    join(root, 'node_modules', '.bin'),
    process.env.PATH ?? ''
  ].join(delimiter)
  return { ...memoryEnvironment, ...process.env, PATH: path, ...extra }
}

/** Runs a program in the repository, showing its output; returns its exit status. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: isWindows && !command.endsWith('.exe'),
    ...options
  })
  if (result.error) {
    if (options.timeout && result.error.code === 'ETIMEDOUT') return 124
    console.error(`Could not run ${command}: ${result.error.message}`)
    return 1
  }
  return result.status ?? 1
}

/** A heading for one step of a longer script. */
export function say(text) {
  console.log(`\n== ${text}`)
}

function newestChange(folder, newest = 0) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.includes('.test.')) continue
    const path = join(folder, entry.name)
    newest = entry.isDirectory()
      ? newestChange(path, newest)
      : Math.max(newest, statSync(path).mtimeMs)
  }
  return newest
}

/** Installs dependencies from the lock file unless they are there and match it. */
export function ensureInstalled() {
  const marker = join(root, 'node_modules', '.package-lock.json')
  const lock = join(root, 'package-lock.json')
  if (existsSync(marker) && existsSync(pinnedNode)) {
    if (statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return
    // A fresh checkout gives both files new times; compare what they say before reinstalling.
    if (sameInstalled(readFileSync(lock, 'utf8'), readFileSync(marker, 'utf8'))) return
  }
  say('Installing dependencies (about 480 MB to download, once)')
  const status = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' }
  })
  if (status !== 0 || !existsSync(pinnedNode)) {
    console.error('Installing failed. Check the connection to the npm registry and try again.')
    process.exit(status || 1)
  }
}

function sameInstalled(lockText, markerText) {
  const wanted = JSON.parse(lockText).packages
  const found = JSON.parse(markerText).packages
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || entry.optional || entry.peer || found[path]?.version === entry.version
  )
}

/** Builds out/ with electron-vite when it is missing or older than the sources. */
export function ensureBuilt() {
  const built = join(root, 'out', 'main', 'cli.js')
  const page = join(root, 'out', 'renderer', 'index.html')
  if (existsSync(built) && existsSync(page)) {
    const sources = Math.max(
      newestChange(join(root, 'src-main')),
      newestChange(join(root, 'src-renderer')),
      statSync(join(root, 'electron.vite.config.ts')).mtimeMs
    )
    if (Math.min(statSync(built).mtimeMs, statSync(page).mtimeMs) >= sources) return
  }
  say('Building the app')
  const status = run(
    pinnedNode,
    [
      join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
      'build',
      '--logLevel',
      'warn'
    ],
    { env: pinnedEnvironment() }
  )
  if (status !== 0) process.exit(status)
}

/** First of `names` found on PATH, or undefined. */
export function findProgram(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, isWindows ? `${name}.exe` : name)
      if (existsSync(path)) return path
    }
  }
  return undefined
}

/** An installed Chromium, Chrome or Edge, or Playwright's own download; undefined when none. */
export function findChromium() {
  if (process.env.WINNOW_CHROMIUM && existsSync(process.env.WINNOW_CHROMIUM)) {
    return process.env.WINNOW_CHROMIUM
  }
  const installed = findProgram([
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge'
  ])
  if (installed) return installed
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  if (existsSync(mac)) return mac
  const answer = spawnSync(
    pinnedNode,
    ['-e', "console.log(require('playwright').chromium.executablePath())"],
    { cwd: root, encoding: 'utf8' }
  )
  const downloaded = answer.stdout?.trim()
  return downloaded && existsSync(downloaded) ? downloaded : undefined
}

/** Finds a Chromium for the end-to-end tests, else installs one; undefined when it cannot be had. */
export function ensureChromium() {
  const found = findChromium()
  if (found) return found
  say('Getting Chromium for the end-to-end tests')
  run(pinnedNode, [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], {
    env: pinnedEnvironment(),
    timeout: 180_000
  })
  const downloaded = findChromium()
  if (downloaded) return downloaded
  if (process.platform === 'linux' && process.getuid?.() === 0 && findProgram(['apt-get'])) {
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', 'chromium'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit']
    })
  }
  return findChromium()
}

/** True when the Electron binary is installed. */
export function hasElectron() {
  return electronBinary() !== undefined
}

/** Path of the Electron binary, or undefined. */
export function electronBinary() {
  const folder = join(root, 'node_modules', 'electron')
  const marker = join(folder, 'path.txt')
  if (!existsSync(marker)) return undefined
  const path = join(folder, 'dist', readFileSync(marker, 'utf8'))
  return existsSync(path) ? path : undefined
}

/** Tries once, for at most `timeoutMs`, to fetch the Electron binary. */
export function tryFetchElectron(timeoutMs) {
  const note = join(root, 'node_modules', '.winnow-electron-not-available')
  if (existsSync(note)) return
  const result = spawnSync(pinnedNode, [join(root, 'node_modules', 'electron', 'install.js')], {
    cwd: root,
    stdio: 'ignore',
    timeout: timeoutMs,
    env: pinnedEnvironment()
  })
  // Remembered, so that later starts do not wait for a download that is not possible here.
  if (result.status !== 0) writeFileSync(note, '')
}
