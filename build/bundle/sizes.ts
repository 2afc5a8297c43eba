// What the bundle and its parts may weigh, per system. A part that grows past its limit is looked
// at before it is shipped: the limits are what was measured and some room for new versions.
import type { Target } from '../shipped-files.ts'
import type { ArchiveEntry } from './tar.ts'

/** Parts of the bundle, by where their files lie below its folder. */
const parts: readonly { readonly name: PartName; readonly starts: readonly string[] }[] = [
  { name: 'runtime', starts: ['runtime/'] },
  {
    name: 'onnx',
    starts: ['app/node_modules/onnxruntime-node/', 'app/node_modules/onnxruntime-common/']
  },
  { name: 'pictures', starts: ['app/node_modules/@img/', 'app/node_modules/sharp/'] },
  { name: 'database', starts: ['app/node_modules/better-sqlite3/'] },
  { name: 'encoder', starts: ['app/node_modules/@energetic-ai/'] },
  { name: 'packages', starts: ['app/node_modules/'] },
  { name: 'models', starts: ['app/resources/models/'] },
  { name: 'samples', starts: ['app/resources/'] },
  { name: 'page', starts: ['app/out/renderer/'] },
  { name: 'app', starts: [''] }
]

/** A part of the bundle. */
export type PartName =
  | 'runtime'
  | 'onnx'
  | 'pictures'
  | 'database'
  | 'encoder'
  | 'packages'
  | 'models'
  | 'samples'
  | 'page'
  | 'app'

/** MB unpacked that each part may take, the same on every system but where it says otherwise. */
const usual: Readonly<Record<PartName, number>> = {
  // Node as its makers build it: 127 MB on Linux x64 with 24.21; they add 2 to 4 MB a year.
  runtime: 140,
  // ONNX Runtime, 25 to 55 MB by system and processor (docs/dependencies.md).
  onnx: 50,
  // sharp with libvips: 20 MB on Linux.
  pictures: 23,
  // One prebuilt SQLite of 2.3 MB and its code; the package has eight of them.
  database: 3,
  // The sentence encoder's weights are data: a change of size is a change of model.
  encoder: 30,
  // TensorFlow.js (14), Playwright's driver (8), Arrow, charts, zod and the rest: 39 in all.
  packages: 45,
  // The weights that expand small picture sets: 1.4 MB, data like the encoder's.
  models: 2,
  // Pictures, definitions and traces of the sample project.
  samples: 6,
  // The window: code, typefaces, and 0.9 MB of licence texts.
  page: 7,
  // Our own main side, launcher, licences and checksums.
  app: 8
}

/** Systems that differ. */
const others: Readonly<Record<string, Partial<Record<PartName, number>>>> = {
  // Node without its symbols in one file, ONNX Runtime with two shader compilers.
  'win32-x64': { runtime: 100, onnx: 55, pictures: 25 },
  'win32-arm64': { runtime: 95, onnx: 60, pictures: 25 },
  'darwin-arm64': { runtime: 130, onnx: 50 },
  // ONNX Runtime has nothing for Macs with Intel processors.
  'darwin-x64': { runtime: 135, onnx: 2 },
  'linux-arm64': { onnx: 30 }
}

/** MB of the archive that people download: 279 MB unpacked are 116 packed, and some room. */
export const archiveLimitMb = 125

/** Limit of every part on a system, in MB. */
export function partLimits({ platform, arch }: Target): Readonly<Record<PartName, number>> {
  return { ...usual, ...others[`${platform}-${arch}`] }
}

/** MB of every part of a bundle. */
export function partSizes(entries: readonly ArchiveEntry[]): Readonly<Record<PartName, number>> {
  const sizes = Object.fromEntries(parts.map(({ name }) => [name, 0])) as Record<PartName, number>
  for (const { path, size } of entries) {
    const below = path.slice(path.indexOf('/') + 1)
    const part = parts.find(({ starts }) => starts.some((start) => below.startsWith(start)))
    if (part !== undefined) sizes[part.name] += size / 1e6
  }
  return sizes
}

/** Parts above their limits, in plain sentences. */
export function sizeProblems(
  entries: readonly ArchiveEntry[],
  archiveBytes: number,
  target: Target
): readonly string[] {
  const limits = partLimits(target)
  const sizes = partSizes(entries)
  const over = parts
    .filter(({ name }) => sizes[name] > limits[name])
    .map(({ name }) => `${name} takes ${sizes[name].toFixed(1)} MB, more than ${limits[name]}`)
  const archive = archiveBytes / 1e6
  if (archive > archiveLimitMb)
    over.push(`the archive takes ${archive.toFixed(1)} MB, more than ${archiveLimitMb}`)
  return over
}

/** The sizes as a small table. */
export function sizeTable(entries: readonly ArchiveEntry[], archiveBytes: number): string {
  const sizes = partSizes(entries)
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0)
  const lines = parts.map(
    ({ name }) => `  ${name.padEnd(10)} ${sizes[name].toFixed(1).padStart(7)}`
  )
  const sums = [
    `  ${'unpacked'.padEnd(10)} ${total.toFixed(1).padStart(7)}`,
    `  ${'archive'.padEnd(10)} ${(archiveBytes / 1e6).toFixed(1).padStart(7)}`
  ]
  return [...lines, ...sums].join('\n')
}
