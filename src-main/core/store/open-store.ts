// Opens a project file: checks that it is ours and sound, migrates it, and hands out repositories.
import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Database as Connection } from 'better-sqlite3'
import type { JsonValue } from '../../api/dto/common.ts'
import { AppError } from '../../api/errors.ts'
import {
  connectForReading,
  connectForWriting,
  connectToCopy,
  plainStoreError,
  type Connected
} from './connect.ts'
import { createChangeRepository } from './change-repository.ts'
import { createDatasetRepository, createProblemRepository } from './dataset-repository.ts'
import { createEditRepository } from './edit-repository.ts'
import { createHealthRepository } from './health-repository.ts'
import { createItemRepository } from './item-repository.ts'
import { createJobRepository } from './job-repository.ts'
import { createMatrixRepository } from './matrix-repository.ts'
import { currentVersion, migrate } from './migrations/migrations.ts'
import type { Store } from './records.ts'
import { createReviewRepository } from './review-repository.ts'
import {
  createDraftRepository,
  createExportRepository,
  createRunRepository
} from './run-repository.ts'
import { createTraceRepository } from './trace-repository.ts'
import { createViewRepository } from './view-repository.ts'
import { applicationId, damageFindings, fileFindings, schemaFindings } from './schema-check.ts'
import { storedJson } from './stored-values.ts'

/** How a project file is opened. */
export interface OpenStoreOptions {
  readonly isReadOnly?: boolean
  /** Called before an existing file is migrated, to copy it; the file is whole and at rest then. */
  readonly beforeMigration?: (fromVersion: number) => void
}

const readOnlyReasons = {
  asked: 'It was opened for reading only.',
  folder: 'The project folder cannot be written to.',
  newer:
    'This project was made by a newer version of the app. Update the app to make changes to it.'
} as const

/**
 * Opens or creates the file at `path`. A file of a newer app, or in a folder that cannot be
 * written, opens read-only with the reason. Throws AppError "project-not-winnow",
 * "project-damaged", "project-from-future" (newer, and not even readable) or "project-in-use".
 */
export function openStore(path: string, options: OpenStoreOptions = {}): Store {
  try {
    const isNew = sizeOf(path) === 0
    const version = isNew ? 0 : inspect(path)
    const reason = readOnlyReason(path, isNew, version, options)
    if (reason !== undefined) return openForReading(path, version, reason)
    if (!isNew && version < currentVersion) copyAtRest(path, version, options)
    return openForWriting(path, isNew)
  } catch (error) {
    throw plainStoreError(error)
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** Version of a file that is ours and sound. Looks through a connection that cannot write. */
function inspect(path: string): number {
  const { db, close } = connectForReading(path)
  try {
    const version = readPragma(db, 'user_version')
    if (readPragma(db, 'application_id') !== applicationId) throw new AppError('project-not-winnow')
    // The schema first: looking for damage would start a foreign virtual table.
    const foreign = schemaFindings(db, version)
    const findings = foreign.length > 0 ? foreign : damageFindings(db, true)
    if (findings.length > 0) {
      throw new AppError('project-damaged', undefined, { hint: findings.slice(0, 3).join(' ') })
    }
    return version
  } finally {
    close()
  }
}

function readOnlyReason(
  path: string,
  isNew: boolean,
  version: number,
  options: OpenStoreOptions
): string | undefined {
  if (options.isReadOnly === true) return readOnlyReasons.asked
  if (version > currentVersion) return readOnlyReasons.newer
  return isNew || isWritable(path) ? undefined : readOnlyReasons.folder
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

/** Opening and closing folds what a crash left in the log into the file, so that a copy is whole. */
function copyAtRest(path: string, version: number, options: OpenStoreOptions): void {
  if (!options.beforeMigration) return
  connectForWriting(path).close()
  options.beforeMigration(version)
}

function openForWriting(path: string, isNew: boolean): Store {
  const connected = connectForWriting(path)
  const { db } = connected
  try {
    if (isNew) {
      db.transaction(() => {
        db.pragma(`application_id = ${applicationId}`)
        migrate(db)
      }).immediate()
    } else migrate(db)
    return storeOver(connected, path, undefined)
  } catch (error) {
    connected.close()
    throw error
  }
}

function openForReading(path: string, version: number, reason: string): Store {
  // The file itself stays as the older app left it.
  const connected =
    version < currentVersion ? connectToCopy(path, (db) => migrate(db)) : connectForReading(path)
  try {
    return storeOver(connected, path, reason)
  } catch (error) {
    connected.close()
    if (version <= currentVersion) throw error
    // Its tables have changed so much that our statements do not fit them.
    const message =
      'This project was made by a newer version of the app. Update the app to open it.'
    throw new AppError('project-from-future', message, { cause: error })
  }
}

function readPragma(db: Connection, name: string): number {
  return Number(db.pragma(name, { simple: true }))
}

function storeOver(connected: Connected, path: string, readOnlyReason: string | undefined): Store {
  const { db } = connected
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
    edits: createEditRepository(db),
    changes: createChangeRepository(db),
    views: createViewRepository(db),
    health: createHealthRepository(db),
    matrices: createMatrixRepository(db),
    traces: createTraceRepository(db),
    reviews: createReviewRepository(db),
    fact(key) {
      const row = readFact.get(key)
      return row && (storedJson(row.value) as JsonValue)
    },
    setFact: (key, value) => void writeFact.run(key, JSON.stringify(value)),
    transaction: (work) => db.transaction(work).immediate(),
    backup: async (target) => {
      await db.backup(target)
    },
    check: () => fileFindings(db),
    dispose: () => connected.close()
  }
}
