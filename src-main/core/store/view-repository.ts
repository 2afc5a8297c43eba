// Saved views of a dataset, and row sets that filters name.
import type { Database } from 'better-sqlite3'
import { SavedView } from '../../api/dto/browse.ts'
import { fromBlob, toBlob } from './packed-arrays.ts'
import type { ViewRepository } from './records.ts'
import { storedAs, storedJson } from './stored-values.ts'

interface ViewRow {
  readonly id: string
  readonly dataset: string
  readonly name: string
  readonly spec: string
  readonly created_at: number
}

// Read through the schema, so that a view saved before a filter had a new part still opens.
function toView(row: ViewRow): SavedView {
  const { id, dataset, name } = row
  const spec = storedJson(row.spec) as object
  return storedAs(SavedView, { ...spec, id, dataset, name, createdAt: row.created_at })
}

/** Repository over `views` and `row_sets`. */
export function createViewRepository(db: Database): ViewRepository {
  const columns = 'id, dataset, name, spec, created_at'
  const save = db.prepare(
    `INSERT INTO views (${columns}) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, spec = excluded.spec`
  )
  const list = db.prepare<[string], ViewRow>(
    `SELECT ${columns} FROM views WHERE dataset = ? ORDER BY created_at, id`
  )
  const get = db.prepare<[string], ViewRow>(`SELECT ${columns} FROM views WHERE id = ?`)
  const remove = db.prepare('DELETE FROM views WHERE id = ?')
  const keepSet = db.prepare(
    'INSERT INTO row_sets (id, dataset, sentence, rows, created_at) VALUES (?, ?, ?, ?, ?)'
  )
  const set = db.prepare<[string], { readonly sentence: string; readonly rows: Buffer }>(
    'SELECT sentence, rows FROM row_sets WHERE id = ?'
  )
  return {
    save({ id, dataset, name, filter, sort, display, createdAt }) {
      save.run(id, dataset, name, JSON.stringify({ filter, sort, display }), createdAt)
    },
    list: (dataset) => list.all(dataset).map(toView),
    get(id) {
      const row = get.get(id)
      return row && toView(row)
    },
    remove: (id) => void remove.run(id),
    keepSet: (id, dataset, sentence, rows, at) =>
      void keepSet.run(id, dataset, sentence, toBlob(rows), at),
    set(id) {
      const row = set.get(id)
      return row && { sentence: row.sentence, rows: fromBlob(row.rows, Uint32Array) }
    }
  }
}
