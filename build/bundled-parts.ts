// What comes with the app and under which licences, read from the lock file, for the About page.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One bundled package. */
export interface BundledPart {
  readonly name: string
  readonly version: string
  readonly licence: string
}

interface LockedPackage {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly optional?: boolean
}

/** Every package that is not for development or for one platform only, by name. */
export function bundledParts(root: string): BundledPart[] {
  // npm writes this file; its shape is npm's version 3 lock file.
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>
  }
  const parts = new Map<string, BundledPart>()
  for (const [place, locked] of Object.entries(lock.packages)) {
    const name = place.split('node_modules/').at(-1) ?? ''
    const isOurs = place === ''
    if (isOurs || locked.dev === true || locked.devOptional === true || locked.optional === true)
      continue
    const version = locked.version ?? ''
    parts.set(`${name}@${version}`, { name, version, licence: locked.license ?? 'not stated' })
  }
  return [...parts.values()].sort((a, b) => a.name.localeCompare(b.name))
}
