// Is this project file sound and ours? Checked before anything in it is used (security rule F6).
import Database, { type Database as Connection } from 'better-sqlite3'
import { migrate } from './migrations/migrations.ts'

/** "Winn" as a big-endian number: marks the file as a Winnow project. */
export const applicationId = 0x57696e6e

interface SchemaRow {
  readonly type: string
  readonly name: string
  readonly sql: string | null
}

function schemaOf(db: Connection): Map<string, string> {
  const rows = db
    .prepare<[], SchemaRow>(
      `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'`
    )
    .all()
  return new Map(
    rows.map((row) => [`${row.type} ${row.name}`, (row.sql ?? '').replace(/\s+/g, ' ')])
  )
}

/** What differs from the schema of `version`; foreign views and triggers are findings too. */
export function schemaFindings(db: Connection, version: number): string[] {
  const model = new Database(':memory:')
  try {
    migrate(model, version)
    const expected = schemaOf(model)
    const found = schemaOf(db)
    const findings: string[] = []
    for (const [name, sql] of expected) {
      if (!found.has(name)) findings.push(`The ${name} is missing.`)
      else if (found.get(name) !== sql) findings.push(`The ${name} is not as it should be.`)
    }
    for (const name of found.keys()) {
      if (!expected.has(name)) findings.push(`There is a ${name} that does not belong here.`)
    }
    return findings
  } finally {
    model.close()
  }
}

/** Damage SQLite itself finds. */
export function damageFindings(db: Connection): string[] {
  const rows = db.pragma('quick_check(20)') as { quick_check: string }[]
  return rows.map((row) => row.quick_check).filter((text) => text !== 'ok')
}
