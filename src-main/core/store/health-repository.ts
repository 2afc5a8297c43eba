// Findings of data-health checks: a few per dataset, each with its rows as packed arrays.
import type { Database } from 'better-sqlite3'
import type { JsonValue } from '../../api/dto/common.ts'
import type { FindingKind } from '../../api/dto/health.ts'
import { fromBlob, toBlob } from './packed-arrays.ts'
import type { FindingRecord, HealthRepository } from './records.ts'
import { storedJson } from './stored-values.ts'

interface FindingRow {
  readonly id: string
  readonly kind: string
  readonly spec: string
  readonly rows: Buffer
  readonly groups: Buffer
  readonly best: Buffer
  readonly scores: Buffer
  readonly suggested: Buffer
  readonly dismissed: number
}

interface CheckRow {
  readonly checked_at: number
  readonly last_edit: number
  readonly spec: string
}

function toRecord(row: FindingRow): FindingRecord {
  return {
    id: row.id,
    // Written by `save` from the same type.
    kind: row.kind as FindingKind,
    spec: storedJson(row.spec) as JsonValue,
    rows: fromBlob(row.rows, Uint32Array),
    groups: fromBlob(row.groups, Uint32Array),
    best: fromBlob(row.best, Uint8Array),
    scores: fromBlob(row.scores, Float32Array),
    suggested: fromBlob(row.suggested, Int32Array),
    isDismissed: row.dismissed === 1
  }
}

/** Repository over `findings` and `health_checks`. */
export function createHealthRepository(db: Database): HealthRepository {
  const columns = 'id, kind, spec, rows, groups, best, scores, suggested, dismissed'
  const all = db.prepare<[string], FindingRow>(
    `SELECT ${columns} FROM findings WHERE dataset = ? ORDER BY rowid`
  )
  const one = db.prepare<[string, string], FindingRow>(
    `SELECT ${columns} FROM findings WHERE dataset = ? AND id = ?`
  )
  const dismissed = db
    .prepare<[string], string>('SELECT id FROM findings WHERE dataset = ? AND dismissed = 1')
    .pluck()
  const clear = db.prepare('DELETE FROM findings WHERE dataset = ?')
  const insert = db.prepare(
    `INSERT INTO findings (dataset, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const saveCheck = db.prepare(
    `INSERT INTO health_checks (dataset, checked_at, last_edit, spec) VALUES (?, ?, ?, ?)
     ON CONFLICT (dataset) DO UPDATE SET checked_at = excluded.checked_at,
       last_edit = excluded.last_edit, spec = excluded.spec`
  )
  const readCheck = db.prepare<[string], CheckRow>(
    'SELECT checked_at, last_edit, spec FROM health_checks WHERE dataset = ?'
  )
  const setDismissed = db.prepare('UPDATE findings SET dismissed = ? WHERE dataset = ? AND id = ?')
  return {
    save: (dataset, check, findings) =>
      db
        .transaction(() => {
          const known = new Set(dismissed.all(dataset))
          clear.run(dataset)
          for (const it of findings)
            insert.run(
              dataset,
              it.id,
              it.kind,
              JSON.stringify(it.spec),
              toBlob(it.rows),
              toBlob(it.groups),
              toBlob(it.best),
              toBlob(it.scores),
              toBlob(it.suggested),
              it.isDismissed || known.has(it.id) ? 1 : 0
            )
          saveCheck.run(dataset, check.checkedAt, check.lastEdit, JSON.stringify(check.spec))
        })
        .immediate(),
    check(dataset) {
      const row = readCheck.get(dataset)
      return (
        row && {
          checkedAt: row.checked_at,
          lastEdit: row.last_edit,
          spec: storedJson(row.spec) as JsonValue
        }
      )
    },
    findings: (dataset) => all.all(dataset).map(toRecord),
    finding(dataset, id) {
      const row = one.get(dataset, id)
      return row && toRecord(row)
    },
    dismiss: (dataset, id, isDismissed) => void setDismissed.run(isDismissed ? 1 : 0, dataset, id)
  }
}
