// All steps, in order. A step is never edited once released; a change is a new step.
import type { Database } from 'better-sqlite3'
import * as firstTables from './0010-first-tables.ts'

export interface Migration {
  readonly version: number
  up(db: Database): void
}

export const migrations: readonly Migration[] = [firstTables]

/** The version this app writes. */
export const currentVersion: number = migrations.at(-1)?.version ?? 0

/** Throws when the list is not strictly rising: a merge mistake, caught at start. */
export function checkMonotonic(list: readonly Migration[]): void {
  for (let i = 1; i < list.length; i++) {
    if ((list[i]?.version ?? 0) <= (list[i - 1]?.version ?? 0)) {
      throw new Error(`migration ${list[i]?.version} does not follow ${list[i - 1]?.version}`)
    }
  }
}

/** Brings a file to `target` in one transaction; `user_version` is set inside it. */
export function migrate(db: Database, target: number = currentVersion): void {
  checkMonotonic(migrations)
  const from = Number(db.pragma('user_version', { simple: true }))
  const pending = migrations.filter((step) => step.version > from && step.version <= target)
  if (pending.length === 0) return
  db.transaction(() => {
    for (const step of pending) {
      step.up(db)
      db.pragma(`user_version = ${step.version}`)
    }
  }).immediate()
}
