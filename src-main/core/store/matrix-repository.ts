// Matrices computed elsewhere that are joined to datasets.
import type { Database } from 'better-sqlite3'
import type { MatrixDtype, MatrixUse } from '../../api/dto/matrices.ts'
import type { MatrixRecord, MatrixRepository } from './records.ts'

interface MatrixRow {
  readonly id: string
  readonly dataset: string
  readonly name: string
  readonly use: string
  readonly task: string | null
  readonly path: string
  readonly array: string
  readonly rows: number
  readonly columns: number
  readonly dtype: string
  readonly size_bytes: number
  readonly storage: string
  readonly stamp: string
  readonly created_at: number
}

function toRecord(row: MatrixRow): MatrixRecord {
  const { size_bytes, created_at, ...rest } = row
  return {
    ...rest,
    // Written by `insert` from these types.
    use: row.use as MatrixUse,
    dtype: row.dtype as MatrixDtype,
    storage: row.storage === 'copy' ? 'copy' : 'link',
    task: row.task ?? undefined,
    sizeBytes: size_bytes,
    createdAt: created_at
  }
}

/** Repository over `matrices`. */
export function createMatrixRepository(db: Database): MatrixRepository {
  const columns = `id, dataset, name, use, task, path, array, rows, columns, dtype, size_bytes,
    storage, stamp, created_at`
  const insert = db.prepare(
    `INSERT INTO matrices (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const list = db.prepare<[string], MatrixRow>(
    `SELECT ${columns} FROM matrices WHERE dataset = ? ORDER BY created_at, id`
  )
  const get = db.prepare<[string], MatrixRow>(`SELECT ${columns} FROM matrices WHERE id = ?`)
  const remove = db.prepare('DELETE FROM matrices WHERE id = ?')
  return {
    insert: (it) =>
      void insert.run(
        it.id,
        it.dataset,
        it.name,
        it.use,
        it.task ?? null,
        it.path,
        it.array,
        it.rows,
        it.columns,
        it.dtype,
        it.sizeBytes,
        it.storage,
        it.stamp,
        it.createdAt
      ),
    list: (dataset) => list.all(dataset).map(toRecord),
    get(id) {
      const row = get.get(id)
      return row && toRecord(row)
    },
    remove: (id) => void remove.run(id)
  }
}
