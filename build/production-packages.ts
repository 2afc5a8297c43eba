// Which packages an installer carries. Packages of the window are part of its bundle already, so
// they and what only they need stay out.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Direct dependencies that nothing on the main side loads when it runs. */
export const windowPackages: readonly string[] = [
  '@fontsource-variable/inter',
  '@fontsource-variable/jetbrains-mono',
  '@lucide/vue',
  'diff',
  'pinia',
  'reka-ui',
  'vue',
  'vue-router'
]

/** Loaded by the local host alone: the desktop app plays pages in a window of its own (ADR 0020). */
export const localPackages: readonly string[] = ['playwright-core']

/** The device for NVIDIA cards: half a gigabyte that few machines can use. */
export const cudaPackage = '@tensorflow/tfjs-node-gpu'
/** WINNOW_PACK_CUDA=1 takes the device for NVIDIA cards along, where it is installed. */
export const takesCuda = process.env['WINNOW_PACK_CUDA'] === '1'

/**
 * Dependencies that a package needs only while it is installed, by package: for a download of CUDA
 * libraries that Winnow's .npmrc and package.json turn off, and for compiling what is prebuilt.
 */
export const installOnly: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['node-addon-api'],
  'onnxruntime-node': ['adm-zip', 'global-agent']
}

interface LockEntry {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Packages of a lock file by their folder, such as "node_modules/a/node_modules/b". */
type Lock = Readonly<Record<string, LockEntry>>

/**
 * Folders of `names` and all they need, from the repository's root; `without` names dependencies
 * that are not followed, by package.
 */
export function closureOf(
  lock: Lock,
  names: readonly string[],
  without: Readonly<Record<string, readonly string[]>> = {}
): ReadonlySet<string> {
  const found = new Set<string>()
  const waiting = names.map((name) => folderOf(lock, '', name))
  for (let i = 0; i < waiting.length; i++) {
    const folder = waiting[i]
    // Undefined: an optional package that this lock file does not have.
    if (folder === undefined || found.has(folder)) continue
    found.add(folder)
    const { dependencies, optionalDependencies } = lock[folder]
    const ignored = without[nameOf(folder)] ?? []
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (!ignored.includes(name)) waiting.push(folderOf(lock, folder, name))
    }
  }
  return found
}

/** Where Node finds `name` from inside `from`: the nearest node_modules upwards. */
function folderOf(lock: Lock, from: string, name: string): string | undefined {
  for (
    let place = from;
    ;
    place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))
  ) {
    const folder = `${place === '' ? '' : `${place}/`}node_modules/${name}`
    if (folder in lock) return folder
    if (place === '') return undefined
    if (!place.includes('/node_modules/')) place = ''
  }
}

/** The repository's lock file and the names in its package.json. */
export function readPackages(root: string): {
  readonly lock: Lock
  readonly dependencies: readonly string[]
  readonly optional: readonly string[]
} {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'))
  // Both are npm's own formats, written by npm.
  const lock = read('package-lock.json') as { packages: Lock }
  const manifest = read('package.json') as LockEntry
  return {
    lock: lock.packages,
    dependencies: Object.keys(manifest.dependencies ?? {}),
    optional: Object.keys(manifest.optionalDependencies ?? {})
  }
}

/**
 * Names of installed packages of which an installer carries no version. They are names and not
 * folders, because electron-builder lays packages out anew.
 */
export function packagesLeftOut(root: string, withCuda: boolean): readonly string[] {
  const { lock, dependencies, optional } = readPackages(root)
  const carried = dependencies.filter(
    (name) => !windowPackages.includes(name) && !localPackages.includes(name)
  )
  const kept = closureOf(lock, withCuda ? [...carried, cudaPackage] : carried, installOnly)
  const keptNames = new Set([...kept].map(nameOf))
  const all = new Set([...closureOf(lock, [...dependencies, ...optional])].map(nameOf))
  return [...all].filter((name) => !keptNames.has(name)).sort()
}

/**
 * Folders of the packages that a main side carries and that are installed here: those of the
 * desktop app, or with `local` those of the local host, which plays pages in a browser of its own.
 */
export function carriedFolders(root: string, local: boolean, withCuda = false): readonly string[] {
  const { lock, dependencies } = readPackages(root)
  const carried = dependencies.filter(
    (name) => !windowPackages.includes(name) && (local || !localPackages.includes(name))
  )
  const all = closureOf(lock, withCuda ? [...carried, cudaPackage] : carried, installOnly)
  return [...all].filter((folder) => existsSync(join(root, folder, 'package.json'))).sort()
}

/** Name of the package in a folder of the lock file. */
export function nameOf(folder: string): string {
  return folder.split('node_modules/').at(-1) ?? ''
}
