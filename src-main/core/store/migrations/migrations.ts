// All steps, in order. A step is never edited once released; a change is a new step. No step may
// create a view or a trigger: files that hold one are refused (security rule F6).
import type { Database } from 'better-sqlite3'
import * as firstTables from './0010-first-tables.ts'
import * as browsing from './0020-browsing.ts'
import * as traces from './0030-traces.ts'
import * as traceReviews from './0040-trace-reviews.ts'

/** One step from the version before to `version`. */
export interface Migration {
  readonly version: number
  up(db: Database): void
}

/** Every step, oldest first. */
export const migrations: readonly Migration[] = [firstTables, browsing, traces, traceReviews]

/** The version a list of steps leads to. */
export function lastVersion(list: readonly Migration[]): number {
  return list.at(-1)?.version ?? 0
}

/** The version this app writes. */
export const currentVersion: number = lastVersion(migrations)

/** Throws when the list is not strictly rising: a merge mistake, caught at start. */
export function checkMonotonic(list: readonly Migration[]): void {
  for (let i = 1; i < list.length; i++) {
    if (list[i].version <= list[i - 1].version) {
      throw new Error(`migration ${list[i].version} does not follow ${list[i - 1].version}`)
    }
  }
}

/**
 * Brings a file to `target` in one transaction with `user_version` inside it: all pending steps
 * happen or none.
 */
export function migrate(
  db: Database,
  target: number = currentVersion,
  list: readonly Migration[] = migrations
): void {
  checkMonotonic(list)
  db.transaction(() => {
    // Read inside the transaction, so that two processes cannot both find the same step pending.
    const from = Number(db.pragma('user_version', { simple: true }))
    for (const step of list) {
      if (step.version <= from || step.version > target) continue
      step.up(db)
      db.pragma(`user_version = ${step.version}`)
    }
  }).immediate()
}
