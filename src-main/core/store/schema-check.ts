// Is this project file sound and ours? Checked before anything in it is used (security rule F6).
import Database, { type Database as Connection } from 'better-sqlite3'
import { currentVersion, migrate } from './migrations/migrations.ts'
import { isOwnTextIndex } from './text-index.ts'

/** "Winn" as a big-endian number: marks the file as a Winnow project. */
export const applicationId = 0x57696e6e

// Version from which on datasets have full-text indexes.
const firstTextIndex = 20

interface SchemaRow {
  readonly type: string
  readonly name: string
  readonly sql: string | null
}

function schemaOf(db: Connection): Map<string, string> {
  // Every entry, whatever its name: a trigger called "sqlite_x" is as foreign as any other.
  const rows = db.prepare<[], SchemaRow>('SELECT type, name, sql FROM sqlite_schema').all()
  return new Map(
    rows.map((row) => [`${row.type} ${row.name}`, (row.sql ?? '').replace(/\s+/g, ' ').trim()])
  )
}

/** Schema of `version` as this app makes it. */
function expectedSchema(version: number): Map<string, string> {
  const model = new Database(':memory:')
  try {
    migrate(model, version)
    return schemaOf(model)
  } finally {
    model.close()
  }
}

/**
 * What differs from the schema of `version`, in words; foreign views and triggers are findings
 * too. Of a newer version only what this app reads is looked at, and that nothing in the file can
 * run on its own: no view, no trigger, no virtual table but full-text indexes as
 * this app makes them.
 */
export function schemaFindings(db: Connection, version: number): string[] {
  const found = schemaOf(db)
  if (version > currentVersion) return newerFindings(found)
  const findings: string[] = []
  const expected = expectedSchema(version)
  for (const [name, sql] of expected) {
    if (!found.has(name)) findings.push(`The ${name} is missing.`)
    else if (found.get(name) !== sql) findings.push(`The ${name} is not as it should be.`)
  }
  for (const [name, sql] of found) {
    if (!expected.has(name) && !(version >= firstTextIndex && isOwnTextIndex(name, sql) === true))
      findings.push(`There is a ${name} that does not belong here.`)
  }
  return findings
}

function newerFindings(found: ReadonlyMap<string, string>): string[] {
  const findings: string[] = []
  for (const [name, sql] of found) {
    const isPlain = /^(table|index) /.test(name) && !/^create\s+virtual/i.test(sql)
    // A virtual table runs the code of its module with the options in its definition: only the one
    // definition that this app writes itself is let in, together with the tables behind it.
    if (!(isOwnTextIndex(name, sql) ?? isPlain))
      findings.push(`There is a ${name} that does not belong here.`)
  }
  return findings
}

// A file larger than this is not looked through as a whole when it is opened.
const wholeBytes = 64 * 2 ** 20

/**
 * Damage SQLite itself finds. Only for files whose schema is known to be ours. `isQuick` leaves out
 * of a large file what costs most and shows when it is used: the words of the full-text index, and
 * pages that belong to nothing.
 */
export function damageFindings(db: Connection, isQuick = false): string[] {
  try {
    const size =
      Number(db.pragma('page_count', { simple: true })) *
      Number(db.pragma('page_size', { simple: true }))
    if (!isQuick || size <= wholeBytes) return quickCheck(db, '20')
    const tables = [...schemaOf(db)]
      .filter(([name, sql]) => name.startsWith('table ') && !/^create\s+virtual/i.test(sql))
      .map(([name]) => name.slice('table '.length))
    // Names of an approved schema; "sqlite_" tables cannot be named here and are SQLite's own.
    return tables
      .filter((name) => !name.startsWith('sqlite_'))
      .flatMap((name) => quickCheck(db, `"${name.replaceAll('"', '""')}"`))
  } catch (error) {
    // The text index refuses to be looked at when its own settings are broken.
    if (error instanceof Error && /fts5/.test(error.message))
      return ['The full-text index is damaged.']
    throw error
  }
}

/** All that is wrong with an open file: what does not belong there, and damage. */
export function fileFindings(db: Connection): string[] {
  const version = Number(db.pragma('user_version', { simple: true }))
  return [...schemaFindings(db, version), ...damageFindings(db)]
}

/** SQLite names pages, cells and codes; a person is told that there is damage, and how much. */
function quickCheck(db: Connection, what: string): string[] {
  const rows = db.pragma(`quick_check(${what})`) as { quick_check: string }[]
  // One row may hold many lines, the first of them a heading.
  const places = rows
    .flatMap((row) => row.quick_check.split('\n'))
    .filter((line) => line !== 'ok' && line !== '' && !line.startsWith('*** in database')).length
  if (places === 0) return []
  return [`The project file is damaged in ${places === 1 ? 'one place' : `${places} places`}.`]
}
