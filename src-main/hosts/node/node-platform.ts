// Where things are on this machine, for the local host and the command line. WINNOW_HOME moves
// everything the app writes into one folder.
import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { availableParallelism, homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { computerReadings } from '../../core/platform/computer-readings.ts'
import type { Platform, PlatformPaths } from '../../core/platform/platform.ts'
import { startComputeThread } from '../worker/compute-thread.ts'
import { createFileLog } from '../worker/file-log.ts'

/** The app's own folder: the one with package.json and resources/. */
export function appFolder(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'resources')))
      return folder
    if (dirname(folder) === folder) throw new Error('the folder with resources/ is missing')
  }
}

/** Version from package.json. */
export function appVersion(folder: string): string {
  const found: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return typeof found === 'object' && found !== null && 'version' in found
    ? String(found.version)
    : '0'
}

/** Folders by the system's custom, or below WINNOW_HOME. */
export function nodePaths(folder: string, env: NodeJS.ProcessEnv = process.env): PlatformPaths {
  const resources = join(folder, 'resources')
  const moved = env['WINNOW_HOME']
  if (moved) {
    return {
      data: join(moved, 'data'),
      projects: join(moved, 'projects'),
      temp: join(moved, 'temp'),
      resources
    }
  }
  const home = homedir()
  const data =
    process.platform === 'win32'
      ? join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Winnow')
      : process.platform === 'darwin'
        ? join(home, 'Library', 'Application Support', 'Winnow')
        : join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'winnow')
  return { data, projects: join(home, 'Winnow'), temp: join(tmpdir(), 'winnow'), resources }
}

/** Platform of one command: no picker, no roots, paths come from the command line. */
export async function commandLinePlatform(): Promise<Platform> {
  const folder = appFolder()
  const paths = nodePaths(folder)
  await mkdir(paths.data, { recursive: true })
  return {
    host: 'cli',
    appVersion: appVersion(folder),
    paths,
    picker: 'none',
    roots: [],
    now: () => Date.now(),
    elapsedMs: () => performance.now(),
    log: createFileLog(paths.data, () => Date.now()),
    readings: computerReadings,
    createComputeWorker: startComputeThread,
    cores: availableParallelism()
  }
}
