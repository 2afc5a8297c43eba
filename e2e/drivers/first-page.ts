// Tests begin on the first page, also with a home that holds projects: what a person has left off at
// would be opened otherwise. A home with settings of its own is left as it is.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Turns opening the last project off in a home that has no settings yet. */
export function beginOnFirstPage(home: string): void {
  const folder = join(home, 'data')
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, 'settings.json'), '{ "reopenLast": false }\n', { flag: 'wx' })
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error
  }
}
