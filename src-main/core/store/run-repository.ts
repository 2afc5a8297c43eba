// Runs, drafts and exports.
import type { Database } from 'better-sqlite3'
import type { JsonValue } from '../../api/dto/common.ts'
import type { DraftRepository, ExportRepository, RunRecord, RunRepository } from './records.ts'
import { storedJson } from './stored-values.ts'

interface RunRow {
  id: string
  name: string
  dataset: string
  dataset_name: string
  method: string
  draft: string
  result: string | null
  created_at: number
}

function toRun(row: RunRow): RunRecord {
  return {
    id: row.id,
    name: row.name,
    dataset: row.dataset,
    datasetName: row.dataset_name,
    method: row.method,
    draft: storedJson(row.draft) as JsonValue,
    result: row.result === null ? undefined : (storedJson(row.result) as JsonValue),
    createdAt: row.created_at
  }
}

/** Repository over the `runs` table. */
export function createRunRepository(db: Database): RunRepository {
  const insert = db.prepare(
    `INSERT INTO runs (id, name, dataset, dataset_name, method, draft, result, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const get = db.prepare<[string], RunRow>('SELECT * FROM runs WHERE id = ?')
  const list = db.prepare<[], RunRow>('SELECT * FROM runs ORDER BY created_at DESC, id DESC')
  const replace = db.prepare(
    `UPDATE runs SET name = ?, dataset = ?, dataset_name = ?, method = ?, draft = ?, result = ?,
       created_at = ? WHERE id = ?`
  )
  const remove = db.prepare('DELETE FROM runs WHERE id = ?')
  const json = (value: JsonValue | undefined): string | null =>
    value === undefined ? null : JSON.stringify(value)
  return {
    insert(run) {
      insert.run(
        run.id,
        run.name,
        run.dataset,
        run.datasetName,
        run.method,
        JSON.stringify(run.draft),
        json(run.result),
        run.createdAt
      )
    },
    update(id, change) {
      const row = get.get(id)
      if (!row) return
      const run = { ...toRun(row), ...change }
      replace.run(
        run.name,
        run.dataset,
        run.datasetName,
        run.method,
        JSON.stringify(run.draft),
        json(run.result),
        run.createdAt,
        id
      )
    },
    get(id) {
      const row = get.get(id)
      return row && toRun(row)
    },
    list: () => list.all().map(toRun),
    remove: (id) => void remove.run(id)
  }
}

/** Repository over the `drafts` table. */
export function createDraftRepository(db: Database): DraftRepository {
  const save = db.prepare(
    `INSERT INTO drafts (id, step, draft, saved_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET step = excluded.step, draft = excluded.draft, saved_at = excluded.saved_at`
  )
  const list = db.prepare<[], { id: string; step: string; draft: string; savedAt: number }>(
    'SELECT id, step, draft, saved_at AS savedAt FROM drafts ORDER BY saved_at DESC'
  )
  const remove = db.prepare('DELETE FROM drafts WHERE id = ?')
  return {
    save: (id, step, draft, savedAt) => void save.run(id, step, JSON.stringify(draft), savedAt),
    list: () => list.all().map((row) => ({ ...row, draft: storedJson(row.draft) as JsonValue })),
    remove: (id) => void remove.run(id)
  }
}

type ExportRow = Parameters<ExportRepository['insert']>[0]

/** Repository over the `exports` table. */
export function createExportRepository(db: Database): ExportRepository {
  const insert = db.prepare(
    'INSERT OR REPLACE INTO exports (id, run, name, path, items, bytes, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)'
  )
  const columns = 'id, run, name, path, items, bytes, created_at AS createdAt'
  const list = db.prepare<[string], ExportRow>(
    `SELECT ${columns} FROM exports WHERE run = ? ORDER BY created_at DESC`
  )
  const get = db.prepare<[string], ExportRow>(`SELECT ${columns} FROM exports WHERE id = ?`)
  return {
    insert: (record) =>
      void insert.run(
        record.id,
        record.run,
        record.name,
        record.path,
        record.items,
        record.bytes,
        record.createdAt
      ),
    list: (run) => list.all(run),
    get: (id) => get.get(id)
  }
}
