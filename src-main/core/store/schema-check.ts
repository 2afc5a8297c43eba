// Is this project file sound and ours? Checked before anything in it is used (security rule F6).
import Database, { type Database as Connection } from 'better-sqlite3'
import { currentVersion, migrate } from './migrations/migrations.ts'

/** "Winn" as a big-endian number: marks the file as a Winnow project. */
export const applicationId = 0x57696e6e

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
 * run on its own: no view, no trigger, no virtual table.
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
  for (const name of found.keys()) {
    if (!expected.has(name)) findings.push(`There is a ${name} that does not belong here.`)
  }
  return findings
}

function newerFindings(found: ReadonlyMap<string, string>): string[] {
  const findings: string[] = []
  for (const [name, sql] of found) {
    if (!/^(table|index) /.test(name) || /^create\s+virtual/i.test(sql)) {
      findings.push(`There is a ${name} that does not belong here.`)
    }
  }
  return findings
}

/** Damage SQLite itself finds. */
export function damageFindings(db: Connection): string[] {
  const rows = db.pragma('quick_check(20)') as { quick_check: string }[]
  return rows.map((row) => row.quick_check).filter((text) => text !== 'ok')
}
