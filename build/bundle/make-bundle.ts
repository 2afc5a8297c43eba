// Makes the portable bundle of this machine's system: `node build/bundle/make-bundle.ts [FOLDER]`.
import { mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { missingOutput } from '../built-output.ts'
import { thisTarget } from '../shipped-files.ts'
import { writeArchive, writeChecksum } from './archive.ts'
import { bundleEntries, bundleName, versionOf } from './bundle-files.ts'
import { sizeTable } from './sizes.ts'
import type { ArchiveEntry } from './tar.ts'

/** A bundle that was made. */
export interface MadeBundle {
  readonly path: string
  readonly name: string
  readonly bytes: number
  readonly digest: string
  readonly entries: readonly ArchiveEntry[]
}

/** Writes the bundle and its checksum into `folder`. */
export async function makeBundle(root: string, folder: string): Promise<MadeBundle> {
  const missing = missingOutput(root)
  if (missing.length > 0) throw new Error(missing.join('\n'))
  const target = thisTarget()
  const name = bundleName(versionOf(root), target)
  const path = join(folder, `${name}${target.platform === 'win32' ? '.zip' : '.tar.gz'}`)
  mkdirSync(folder, { recursive: true })
  const entries = await bundleEntries(root, target)
  await writeArchive(entries, path)
  const digest = await writeChecksum(path)
  return { path, name, bytes: statSync(path).size, digest, entries }
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..', '..')
  const made = await makeBundle(root, resolve(process.argv[2] ?? join(root, 'dist')))
  console.log(`${made.path}\nMB of its parts:\n${sizeTable(made.entries, made.bytes)}`)
}
