// What the portable bundle holds: the pinned Node, the built app, the packages of the local host
// for this system and processor, resources, licences, a launcher, a short text and checksums.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { shippedFolders } from '../licences/shipped-parts.ts'
import { isShipped, packageFiles, type Target } from '../shipped-files.ts'
import { launcherOf, readmeText } from './launchers.ts'
import type { ArchiveEntry } from './tar.ts'

/** One file of the bundle by its path below the bundle's own folder. */
type BundleFile = Omit<ArchiveEntry, 'size'>

/** Name of the bundle's folder, and of the archive without its ending. */
export function bundleName(version: string, { platform, arch }: Target): string {
  const system = { linux: 'linux', darwin: 'macos', win32: 'windows' }[platform]
  return `winnow-${version}-${system}-${arch}`
}

/** Version in the repository's package.json. */
export function versionOf(root: string): string {
  // Our own file.
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
    .version
}

/** Every file and folder of the bundle, in the order they are packed. */
export async function bundleEntries(root: string, target: Target): Promise<ArchiveEntry[]> {
  const files = [...bundleFiles(root, target)].sort(byPath)
  const sums: string[] = []
  for (const file of files) sums.push(`${await digestOf(file)}  ${file.path}\n`)
  const all = [...files, text('SHA256SUMS', sums.join(''))].sort(byPath)
  const top = bundleName(versionOf(root), target)
  const folders = new Set<string>([`${top}/`])
  for (const { path } of all) {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1))
      folders.add(`${top}/${path.slice(0, at + 1)}`)
  }
  const entries = all.map((file) => ({
    ...file,
    path: `${top}/${file.path}`,
    size: file.bytes?.length ?? statSync(file.source ?? '').size
  }))
  const places = [...folders].map((path) => ({ path, mode: 0o755, size: 0 }))
  return [...places, ...entries].sort(byPath)
}

function* bundleFiles(root: string, target: Target): Generator<BundleFile> {
  const node = join(root, 'node_modules', 'node', 'bin')
  const isWindows = target.platform === 'win32'
  const runtime = isWindows ? 'node.exe' : 'node'
  yield { path: `runtime/${runtime}`, mode: 0o755, source: join(node, runtime) }
  const launcher = launcherOf(target)
  yield text(launcher.name, launcher.text, isWindows ? 0o644 : 0o755)
  const version = versionOf(root)
  yield text('README.txt', readmeText(target, version))
  yield { path: 'LICENSE', mode: 0o644, source: join(root, 'LICENSE') }
  yield { path: 'LICENCES.txt', mode: 0o644, source: join(root, 'out', 'LICENCES.txt') }
  const manifest = { name: 'winnow', version, license: 'Apache-2.0', type: 'module' }
  yield text('app/package.json', `${JSON.stringify(manifest, null, 2)}\n`)
  for (const folder of ['out/main', 'out/renderer', 'resources']) {
    for (const path of filesBelow(root, folder)) {
      // The desktop app's own entry; Electron is not here.
      if (path !== 'out/main/electron.js' && !path.endsWith('.map')) yield appFile(root, path)
    }
  }
  for (const folder of shippedFolders(root, true, target)) {
    for (const path of packageFiles(root, folder)) {
      if (isShipped(path, target)) yield appFile(root, path)
    }
  }
}

function appFile(root: string, path: string): BundleFile {
  return { path: `app/${path}`, mode: 0o644, source: join(root, path) }
}

function text(path: string, content: string, mode = 0o644): BundleFile {
  return { path, mode, bytes: Buffer.from(content) }
}

function filesBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) throw new Error(`${folder} is missing: npm run build`)
  return globSync(`${folder}/**`, { cwd: root })
    .filter((path) => statSync(join(root, path)).isFile())
    .map((path) => path.replaceAll(sep, '/'))
}

/** By code units: the same on every machine, whatever its language. */
function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}

async function digestOf({ bytes, source }: BundleFile): Promise<string> {
  const hash = createHash('sha256')
  if (bytes !== undefined) hash.update(bytes)
  else await pipeline(createReadStream(source ?? ''), hash)
  return hash.digest('hex')
}
