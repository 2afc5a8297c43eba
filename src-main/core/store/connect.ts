// Connections to a project file: safe settings on every one, and a way to read a file that lies
// where nothing can be written.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Database, { type Database as Connection } from 'better-sqlite3'
import { AppError, type ErrorCode } from '../../api/errors.ts'

/** How long a statement waits for another process before it fails. */
const busyMs = 5000

/** An open connection and what has to happen when it is closed. */
export interface Connected {
  readonly db: Connection
  close(): void
}

/** Opens for reading and writing; the file is made when missing, its folder is not. */
export function connectForWriting(path: string): Connected {
  // Without its folder the driver throws an error that has no code.
  if (!existsSync(dirname(path))) throw new AppError('project-not-found')
  const db = new Database(path, { timeout: busyMs })
  try {
    harden(db)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('cache_size = -32000')
    // An import writes its index pages in random order; fewer checkpoints write each page less often.
    db.pragma('wal_autocheckpoint = 4000')
    db.pragma('journal_size_limit = 67108864')
  } catch (error) {
    db.close()
    throw error
  }
  return {
    db,
    close() {
      if (!db.open) return
      try {
        // One plain file at rest: it can be copied alone, and read where no side file can be made.
        if (!staysBeside(() => db.pragma('wal_checkpoint(TRUNCATE)'))) {
          staysBeside(() => db.pragma('journal_mode = DELETE'))
        }
      } finally {
        db.close()
      }
    }
  }
}

/**
 * Opens for reading. Where SQLite cannot make the side files a crashed session's write-ahead log
 * needs, a private copy is read and removed at the end.
 */
export function connectForReading(path: string): Connected {
  if (!existsSync(path)) throw new AppError('project-not-found')
  try {
    return openReadOnly(path)
  } catch (error) {
    if (!needsCopy(error)) throw error
  }
  return connectToCopy(path)
}

/**
 * Opens a private copy of a file for reading, which is removed at the end. `change` is called with
 * the copy open for writing: a file of an older app is brought up to date there and not in its place.
 */
export function connectToCopy(path: string, change?: (db: Connection) => void): Connected {
  if (!existsSync(path)) throw new AppError('project-not-found')
  const folder = mkdtempSync(join(tmpdir(), 'winnow-read-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, 'project.sqlite')
    copyFileSync(path, copy)
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
    if (change !== undefined) {
      const { db, close } = connectForWriting(copy)
      try {
        change(db)
      } finally {
        close()
      }
    }
    const connected = openReadOnly(copy)
    return {
      db: connected.db,
      close() {
        connected.close()
        remove()
      }
    }
  } catch (error) {
    remove()
    throw error
  }
}

function openReadOnly(path: string): Connected {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: busyMs })
  try {
    harden(db)
    // The first read finds out whether the side files can be used.
    db.pragma('schema_version')
    return { db, close: () => void db.close() }
  } catch (error) {
    db.close()
    throw error
  }
}

/** Settings without which nothing of a project file is read (security rule F6). */
function harden(db: Connection): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('foreign_keys = ON')
}

/** SQLite's code of an error, "" for others. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function needsCopy(error: unknown): boolean {
  return /^SQLITE_(CANTOPEN|READONLY)/.test(codeOf(error))
}

/** True when the log has to stay beside the file, which is as safe. */
function staysBeside(work: () => unknown): boolean {
  try {
    work()
    return false
  } catch (error) {
    // Someone else still reads, there is no room to fold it in, or the disk is gone.
    if (/^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN)/.test(codeOf(error))) return true
    throw error
  }
}

const plainCodes: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^SQLITE_NOTADB/, 'project-not-winnow'],
  [/^SQLITE_(CORRUPT|IOERR_(SHORT_READ|CORRUPTFS|DATA))/, 'project-damaged'],
  // A log that cannot grow: there is no room for it, or no disk.
  [/^SQLITE_(FULL|IOERR_SHM(SIZE|MAP))/, 'disk-full'],
  [/^SQLITE_(CANTOPEN|READONLY_DBMOVED)/, 'project-not-found'],
  [/^SQLITE_(BUSY|LOCKED)/, 'project-in-use'],
  [/^SQLITE_READONLY/, 'project-read-only'],
  [/^(ENOSPC|EDQUOT)/, 'disk-full']
]

/** What is said when the project's folder or disk was taken away while it is open. */
export function projectGone(cause?: unknown): AppError {
  return new AppError('project-not-found', 'The project folder is not there any more.', {
    hint: 'Connect its disk or put the folder back, then open the project again.',
    cause
  })
}

/** SQLite's words for a broken file or a full disk as the plain refusal; other errors unchanged. */
export function plainStoreError(error: unknown): unknown {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  const found = plainCodes.find(([pattern]) => pattern.test(code))
  if (found) return new AppError(found[1], undefined, { cause: error })
  // The disk does not answer, which says nothing about what is on it.
  if (/^(SQLITE_IOERR|EIO|ENODEV|ENXIO|ESTALE)/.test(code)) return projectGone(error)
  return error
}
