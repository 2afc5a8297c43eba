// Opens a project file: checks that it is ours and sound, migrates it, and hands out repositories.
import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import Database, { type Database as Connection } from 'better-sqlite3'
import type { JsonValue } from '../../api/dto/common.ts'
import { AppError } from '../../api/errors.ts'
import { createDatasetRepository, createProblemRepository } from './dataset-repository.ts'
import { createItemRepository } from './item-repository.ts'
import { createJobRepository } from './job-repository.ts'
import { currentVersion, migrate } from './migrations/migrations.ts'
import type { Store } from './records.ts'
import {
  createDraftRepository,
  createExportRepository,
  createRunRepository
} from './run-repository.ts'
import { applicationId, damageFindings, schemaFindings } from './schema-check.ts'

export interface OpenStoreOptions {
  readonly isReadOnly?: boolean
  /** Called before an existing file is migrated, to copy it. */
  readonly beforeMigration?: (fromVersion: number) => void
}

/**
 * Opens or creates the file at `path`. A file of a newer app, or in a folder that cannot be
 * written, opens read-only with the reason. Throws AppError "project-not-winnow" or
 * "project-damaged".
 */
export function openStore(path: string, options: OpenStoreOptions = {}): Store {
  const isNew = !existsSync(path)
  let readOnlyReason = options.isReadOnly === true ? 'It was opened for reading only.' : undefined
  if (!isNew && readOnlyReason === undefined && !isWritable(path)) {
    readOnlyReason = 'The project folder cannot be written to.'
  }
  let db = connect(path, readOnlyReason !== undefined)
  try {
    if (!isNew) checkOurs(db)
    const version = Number(db.pragma('user_version', { simple: true }))
    if (version > currentVersion && readOnlyReason === undefined) {
      readOnlyReason = 'This project was made by a newer version of the app.'
      db.close()
      db = connect(path, true)
    }
    if (readOnlyReason === undefined) {
      prepareForWriting(db)
      if (!isNew && version < currentVersion) options.beforeMigration?.(version)
      if (isNew) db.pragma(`application_id = ${applicationId}`)
      migrate(db)
    }
    return storeOver(db, path, readOnlyReason)
  } catch (error) {
    db.close()
    throw asDamage(error)
  }
}

function connect(path: string, isReadOnly: boolean): Connection {
  try {
    return new Database(path, { readonly: isReadOnly })
  } catch (error) {
    throw asDamage(error)
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    accessSync(dirname(path), constants.W_OK)
    return true
  } catch {
    return false
  }
}

function checkOurs(db: Connection): void {
  db.pragma('trusted_schema = OFF')
  const found = readPragma(db, 'application_id')
  if (found !== applicationId) throw new AppError('project-not-winnow')
  const damage = damageFindings(db)
  if (damage.length > 0) {
    throw new AppError('project-damaged', undefined, { hint: damage.slice(0, 3).join(' ') })
  }
  const version = readPragma(db, 'user_version')
  if (version > currentVersion) return
  const findings = schemaFindings(db, version)
  if (findings.length > 0) {
    throw new AppError('project-damaged', undefined, { hint: findings.slice(0, 3).join(' ') })
  }
}

function readPragma(db: Connection, name: string): number {
  return Number(db.pragma(name, { simple: true }))
}

function prepareForWriting(db: Connection): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  db.pragma('busy_timeout = 5000')
  db.pragma('cache_size = -32000')
}

/** SQLite's words for a broken file become the plain refusal. */
function asDamage(error: unknown): unknown {
  if (error instanceof AppError) return error
  const code = (error as { code?: unknown } | undefined)?.code
  if (code === 'SQLITE_NOTADB')
    return new AppError('project-not-winnow', undefined, { cause: error })
  if (typeof code === 'string' && /^SQLITE_(CORRUPT|IOERR)/.test(code)) {
    return new AppError('project-damaged', undefined, { cause: error })
  }
  if (code === 'SQLITE_CANTOPEN')
    return new AppError('project-not-found', undefined, { cause: error })
  if (code === 'SQLITE_FULL') return new AppError('disk-full', undefined, { cause: error })
  return error
}

function storeOver(db: Connection, path: string, readOnlyReason: string | undefined): Store {
  const readFact = db.prepare<[string], { value: string }>('SELECT value FROM facts WHERE key = ?')
  const writeFact = db.prepare(
    'INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'
  )
  return {
    path,
    isReadOnly: readOnlyReason !== undefined,
    readOnlyReason,
    datasets: createDatasetRepository(db),
    items: createItemRepository(db),
    problems: createProblemRepository(db),
    jobs: createJobRepository(db),
    runs: createRunRepository(db),
    drafts: createDraftRepository(db),
    exports: createExportRepository(db),
    fact(key) {
      const row = readFact.get(key)
      return row && (JSON.parse(row.value) as JsonValue)
    },
    setFact: (key, value) => void writeFact.run(key, JSON.stringify(value)),
    transaction: (work) => db.transaction(work).immediate(),
    backup: async (target) => {
      await db.backup(target)
    },
    check: () => [
      ...damageFindings(db),
      ...schemaFindings(db, Math.min(currentVersion, readPragma(db, 'user_version')))
    ],
    dispose() {
      if (!db.open) return
      if (readOnlyReason === undefined) db.pragma('wal_checkpoint(TRUNCATE)')
      db.close()
    }
  }
}
