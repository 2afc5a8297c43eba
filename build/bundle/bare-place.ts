// A place with nothing in it but the bundle, to run it in: on Linux as root a new root folder with
// the C library alone, as a user who may do nothing there; elsewhere an empty home and environment.
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  realpathSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'

/** Path with blanks and letters beyond ASCII, below which the bundle lies. */
const awkward = 'Wörk of daten 資料'
/** A user that owns nothing: "nobody" on most systems. */
const nobody = 65534

/** How a command ended. */
export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Where a bundle is tried out. */
export interface BarePlace {
  /** What is special about it, for the log. */
  readonly description: string
  /** The unpacked bundle, and the home folder, as seen from here. */
  readonly bundle: string
  readonly home: string
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Ended
  start(args: readonly string[], env?: Readonly<Record<string, string>>): ChildProcess
  /** Puts a program where the bundle looks for browsers; resolves with the folder for PATH. */
  addBrowser(script: string): string
  remove(): void
}

/** Unpacks `archive`, whose only folder is `name`, into a new bare place below `work`. */
export function barePlace(work: string, archive: string, name: string): BarePlace {
  const root = join(work, 'root')
  mkdirSync(join(root, 'proc'), { recursive: true })
  const isOwnRoot = canMount(join(root, 'proc'))
  const inside = (path: string): string => join(root, path)
  mkdirSync(inside(awkward), { recursive: true })
  unpack(archive, inside(awkward))
  const bundle = join(inside(awkward), name)
  mkdirSync(inside('home'))
  mkdirSync(inside('tmp'))
  if (isOwnRoot) {
    chownSync(inside('home'), nobody, nobody)
    chmodSync(inside('tmp'), 0o1777)
    addLibraries(root, bundle)
    addDevice(inside('dev/null'))
  }
  setReadOnly(bundle, true)
  const seen = (path: string): string => (isOwnRoot ? path.slice(root.length) : path)
  const isWindows = process.platform === 'win32'
  const command = (args: readonly string[]): [string, string[]] => {
    const launcher = join(seen(bundle), isWindows ? 'winnow.cmd' : 'winnow')
    if (isWindows) return ['cmd.exe', ['/d', '/c', launcher, ...args]]
    // In the bundle's own folder, where nothing can be written.
    const sh = ['/bin/sh', '-c', 'cd "$0" && exec "$@"', seen(bundle), launcher, ...args]
    if (!isOwnRoot) return [sh[0], sh.slice(1)]
    // What Linux itself says about processes is mounted for the command alone, and gone with it.
    const enter = `${mount} --bind /proc "$0/proc" && exec ${chroot} "$@"`
    const user = `--userspec=${nobody}:${nobody}`
    return [unshare, [...ownMounts, '/bin/sh', '-c', enter, root, user, root, ...sh]]
  }
  const options = (env: Readonly<Record<string, string>> = {}): SpawnOptions => ({
    cwd: isOwnRoot ? root : bundle,
    env: { ...ownVariables(seen(inside('home')), seen(inside('tmp'))), ...env }
  })
  return {
    description: isOwnRoot
      ? 'an empty root with the C library alone, as a user without rights'
      : 'an empty home and environment',
    bundle,
    home: inside('home'),
    run(args, env) {
      const [program, rest] = command(args)
      const ended = spawnSync(program, rest, { ...options(env), encoding: 'utf8' })
      return { ...ended, stderr: ended.error?.message ?? ended.stderr }
    },
    start(args, env) {
      const [program, rest] = command(args)
      return spawn(program, rest, { ...options(env), stdio: ['ignore', 'pipe', 'inherit'] })
    },
    addBrowser(script) {
      const folder = inside('browser')
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'chromium'), script, { mode: 0o755 })
      return seen(folder)
    },
    remove() {
      setReadOnly(bundle, false)
      rmSync(root, { recursive: true, force: true })
    }
  }
}

/** Tools that set the place up, by their full paths: the place itself has no PATH. */
const [unshare, mount, chroot] = ['unshare', 'mount', 'chroot'].map(
  (name) =>
    ['/usr/bin', '/usr/sbin', '/bin', '/sbin']
      .map((folder) => join(folder, name))
      .find(existsSync) ?? name
) as [string, string, string]
const ownMounts = ['--mount', '--propagation', 'private']

/** Whether this machine lets us have a root folder of our own: on Linux, as root, unlimited. */
function canMount(proc: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  return spawnSync(unshare, [...ownMounts, mount, '--bind', '/proc', proc]).status === 0
}

/** With the system's own tool, as people do; the one of Windows unpacks zip as well. */
function unpack(archive: string, folder: string): void {
  const run = spawnSync('tar', ['-xf', archive, '-C', folder], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`tar ended with ${run.status}: ${run.stderr}`)
}

/** The environment of somebody who has nothing: no PATH, so no other Node is ever found. */
function ownVariables(home: string, temp: string): Record<string, string> {
  if (process.platform !== 'win32') return { HOME: home, TMPDIR: temp }
  const kept = ['SystemRoot', 'ComSpec', 'NUMBER_OF_PROCESSORS', 'PROCESSOR_ARCHITECTURE']
  const system = kept.map((name) => [name, process.env[name] ?? ''])
  const own = { USERPROFILE: home, APPDATA: join(home, 'AppData'), TEMP: temp, TMP: temp, PATH: '' }
  return { ...Object.fromEntries(system), ...own }
}

function setReadOnly(folder: string, isReadOnly: boolean): void {
  if (process.platform === 'win32') return
  spawnSync('chmod', ['-R', isReadOnly ? 'a-w' : 'u+w', folder])
}

/** Copies a shell and the libraries that the bundle's own files name and do not bring. */
function addLibraries(root: string, bundle: string): void {
  const shell = join(root, 'bin', 'sh')
  mkdirSync(dirname(shell))
  cpSync(realpathSync('/bin/sh'), shell)
  const natives = globSync('{runtime/node,app/**/*.node,app/**/*.so*}', { cwd: bundle })
  const named = spawnSync('ldd', ['/bin/sh', ...natives.map((path) => join(bundle, path))], {
    encoding: 'utf8'
  })
  const paths = named.stdout.matchAll(/^\t(?:\S+ => )?(\/.*) \(0x/gm)
  for (const path of new Set([...paths].map(([, found]) => found))) {
    if (path.startsWith(root)) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    cpSync(realpathSync(path), join(root, path))
  }
}

/** The one device that starting a process needs; an empty file will do where none can be made. */
function addDevice(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const made = spawnSync('mknod', ['-m', '666', path, 'c', '1', '3'])
  if (made.status !== 0) writeFileSync(path, '', { mode: 0o666 })
}
