// Who moves the write-ahead log into the project file while much is written: a compute thread, over a
// connection of its own. Copying and flushing 16 MB takes a tenth of a second on a slow disk, and the
// thread that answers the window would stand still for it.
import Database, { type Database as Connection } from 'better-sqlite3'
import { existsSync } from 'node:fs'

/** Pages of 4 KB after which the writing thread does it after all, so that the log stays bounded. */
const mostPages = 32_000

/** Lets the log of a connection grow; call the result when the much is written. */
export function holdCheckpoints(db: Connection): () => void {
  const usual = Number(db.pragma('wal_autocheckpoint', { simple: true }))
  db.pragma(`wal_autocheckpoint = ${mostPages}`)
  return () => void (db.open && db.pragma(`wal_autocheckpoint = ${usual}`))
}

/**
 * Moves what was committed into the file at `path`. Waits for nobody: what is being read stays in the log
 * until the next time. For a project file that the app has open.
 */
export function checkpointFile(path: string): void {
  // The project may have been closed and moved away since it was asked for.
  if (!existsSync(path)) return
  const db = new Database(path, { fileMustExist: true })
  try {
    db.pragma('wal_checkpoint(PASSIVE)')
  } finally {
    db.close()
  }
}
