// Items of datasets: appended in reading order, read by row, by page and as typed columns.
import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { JsonValue } from '../../api/dto/common.ts'
import type { ItemFilter } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import type { ItemColumns, ItemRepository, NewItem, StoredItem } from './records.ts'

interface ItemRowSql {
  row: number
  key: string
  name: string
  label: number
  split: number
  aside: number
  duplicate_of: number | null
  fingerprint: Buffer
  text: string | null
  width: number | null
  height: number | null
  locator: string
  size_bytes: number
  extra: string | null
}

const splits = ['none', 'train', 'test'] as const

function toItem(row: ItemRowSql): StoredItem {
  return {
    row: row.row,
    key: row.key,
    name: row.name,
    label: row.label,
    split: splits[row.split] ?? 'none',
    isAside: row.aside === 1,
    duplicateOf: row.duplicate_of ?? undefined,
    fingerprint: row.fingerprint,
    text: row.text ?? undefined,
    width: row.width ?? undefined,
    height: row.height ?? undefined,
    locator: row.locator,
    sizeBytes: row.size_bytes,
    values: row.extra === null ? {} : (JSON.parse(row.extra) as Record<string, JsonValue>)
  }
}

function splitNumber(split: NewItem['split']): number {
  return splits.indexOf(split)
}

/** Repository over the `items` table. */
export function createItemRepository(db: Database): ItemRepository {
  const insert = db.prepare(
    `INSERT INTO items (dataset, row, key, name, label, split, duplicate_of, fingerprint, text,
       width, height, locator, size_bytes, extra)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const sameContent = db.prepare<[string, Buffer], { first: number | null; count: number }>(
    'SELECT MIN(row) AS first, COUNT(*) AS count FROM items WHERE dataset = ? AND fingerprint = ?'
  )
  const one = db.prepare<[string, number], ItemRowSql>(
    'SELECT * FROM items WHERE dataset = ? AND row = ?'
  )
  const between = db.prepare<[string, number, number], ItemRowSql>(
    'SELECT * FROM items WHERE dataset = ? AND row >= ? AND row < ? ORDER BY row'
  )
  const byKey = db.prepare<[string, string], { row: number }>(
    'SELECT row FROM items WHERE dataset = ? AND key = ?'
  )
  const count = db.prepare<[string], { total: number }>(
    'SELECT COUNT(*) AS total FROM items WHERE dataset = ?'
  )
  const columnRows = db
    .prepare<[string], number[]>(
      `SELECT row, label, split, aside, duplicate_of, size_bytes, COALESCE(LENGTH(text), 0)
       FROM items WHERE dataset = ? ORDER BY row`
    )
    .raw()
  const setAside = db.prepare(
    'UPDATE items SET aside = ? WHERE dataset = ? AND row = ? AND aside <> ?'
  )
  const setSplit = db.prepare('UPDATE items SET split = ? WHERE dataset = ? AND row = ?')
  const truncate = db.prepare('DELETE FROM items WHERE dataset = ? AND row >= ?')
  const extras = db
    .prepare<[string, number, number], [number, string | null]>(
      'SELECT row, extra FROM items WHERE dataset = ? AND row >= ? AND row < ? ORDER BY row'
    )
    .raw()
  const prints = db
    .prepare<[string], [Buffer, number]>(
      'SELECT fingerprint, label FROM items WHERE dataset = ? ORDER BY row'
    )
    .raw()

  function append(dataset: string, items: readonly NewItem[]): void {
    for (const item of items) {
      const fingerprint = Buffer.from(item.fingerprint)
      const same = sameContent.get(dataset, fingerprint)
      const first = same?.first ?? undefined
      const key =
        fingerprint.toString('hex', 0, 8) +
        (first === undefined ? '' : `-${(same?.count ?? 0) + 1}`)
      const extra = Object.keys(item.values).length === 0 ? null : JSON.stringify(item.values)
      insert.run(
        dataset,
        item.row,
        key,
        item.name,
        item.label,
        splitNumber(item.split),
        first ?? null,
        fingerprint,
        item.text ?? null,
        item.width ?? null,
        item.height ?? null,
        item.locator,
        item.sizeBytes,
        extra
      )
    }
  }

  return {
    append: (dataset, items) => db.transaction(() => append(dataset, items)).immediate(),
    truncate: (dataset, row) => void truncate.run(dataset, row),
    count: (dataset) => count.get(dataset)?.total ?? 0,
    get(dataset, row) {
      const found = one.get(dataset, row)
      return found && toItem(found)
    },
    rows(dataset, rows) {
      return rows.map((row) => {
        const found = one.get(dataset, row)
        if (!found) throw new AppError('item-not-found')
        return toItem(found)
      })
    },
    range: (dataset, first, size) => between.all(dataset, first, first + size).map(toItem),
    page(dataset, filter, cursor, limit) {
      const where = conditions(db, dataset, filter)
      const rows = db
        .prepare<unknown[], ItemRowSql>(
          `SELECT * FROM items WHERE ${where.sql} AND row >= ? ORDER BY row LIMIT ?`
        )
        .all(...where.values, cursor === null ? 0 : Number(cursor), limit + 1)
      const total = db
        .prepare<unknown[], { total: number }>(
          `SELECT COUNT(*) AS total FROM items WHERE ${where.sql}`
        )
        .get(...where.values)
      const more = rows.length > limit ? rows[limit] : undefined
      return {
        items: rows.slice(0, limit).map(toItem),
        next: more ? String(more.row) : null,
        total: total?.total ?? 0
      }
    },
    matching(dataset, filter) {
      const where = conditions(db, dataset, filter)
      const rows = db
        .prepare<unknown[], number>(`SELECT row FROM items WHERE ${where.sql} ORDER BY row`)
        .pluck()
        .all(...where.values)
      return Uint32Array.from(rows as number[])
    },
    columns(dataset): ItemColumns {
      const total = count.get(dataset)?.total ?? 0
      const labels = new Int32Array(total)
      const splitColumn = new Uint8Array(total)
      const aside = new Uint8Array(total)
      const firstSame = new Uint32Array(total)
      const sizes = new Float64Array(total)
      const textLengths = new Uint32Array(total)
      for (const [row, label, split, isAside, duplicate, size, length] of columnRows.iterate(
        dataset
      )) {
        labels[row] = label
        splitColumn[row] = split
        aside[row] = isAside
        firstSame[row] = (duplicate as number | null) ?? row
        sizes[row] = size
        textLengths[row] = length
      }
      return { labels, splits: splitColumn, aside, firstSame, sizes, textLengths }
    },
    columnValues(dataset, column) {
      const total = count.get(dataset)?.total ?? 0
      const values = new Array<string>(total).fill('')
      for (const [row, extra] of extras.iterate(dataset, 0, total)) {
        if (extra === null) continue
        const value = (JSON.parse(extra) as Record<string, JsonValue>)[column]
        if (value !== undefined && value !== null) {
          values[row] = typeof value === 'object' ? JSON.stringify(value) : String(value)
        }
      }
      return values
    },
    numberBlock(dataset, columns, first, size) {
      const block = new Float64Array(size * columns.length).fill(Number.NaN)
      for (const [row, extra] of extras.iterate(dataset, first, first + size)) {
        if (extra === null) continue
        const values = JSON.parse(extra) as Record<string, JsonValue>
        columns.forEach((column, index) => {
          const value = values[column]
          if (typeof value === 'number') block[(row - first) * columns.length + index] = value
        })
      }
      return block
    },
    rowsOfKeys(dataset, keys) {
      const rows: number[] = []
      const unknown: string[] = []
      for (const key of keys) {
        const found = byKey.get(dataset, key)
        if (found) rows.push(found.row)
        else unknown.push(key)
      }
      return { rows: Uint32Array.from(rows), unknown }
    },
    setAside(dataset, rows, aside) {
      const value = aside ? 1 : 0
      return db
        .transaction(() =>
          rows.reduce((sum, row) => sum + setAside.run(value, dataset, row, value).changes, 0)
        )
        .immediate()
    },
    setSplits(dataset, values) {
      db.transaction(() => {
        for (let row = 0; row < values.length; row++) setSplit.run(values[row], dataset, row)
      }).immediate()
    },
    contentHash(dataset) {
      const digest = createHash('sha256')
      const label = Buffer.alloc(4)
      for (const [fingerprint, index] of prints.iterate(dataset)) {
        label.writeInt32LE(index)
        digest.update(fingerprint).update(label)
      }
      return digest.digest('hex')
    }
  }
}

/** A filter as SQL; every value is bound, and LIKE's own signs are escaped. */
function conditions(
  db: Database,
  dataset: string,
  filter: ItemFilter
): { readonly sql: string; readonly values: unknown[] } {
  const parts = ['dataset = ?']
  const values: unknown[] = [dataset]
  if (filter.labels.length > 0) {
    const row = db
      .prepare<[string], { names: string }>(
        'SELECT class_names AS names FROM datasets WHERE id = ?'
      )
      .get(dataset)
    const names = row ? (JSON.parse(row.names) as string[]) : []
    const wanted = filter.labels.map((label) => names.indexOf(label)).filter((index) => index >= 0)
    parts.push(wanted.length === 0 ? '0' : `label IN (${wanted.map(() => '?').join(', ')})`)
    values.push(...wanted)
  }
  if (filter.splits.length > 0) {
    parts.push(`split IN (${filter.splits.map(() => '?').join(', ')})`)
    values.push(...filter.splits.map((split) => splits.indexOf(split)))
  }
  if (filter.search !== '') {
    const pattern = `%${filter.search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    parts.push(`(name LIKE ? ESCAPE '\\' OR text LIKE ? ESCAPE '\\')`)
    values.push(pattern, pattern)
  }
  if (filter.aside !== 'show') parts.push(filter.aside === 'only' ? 'aside = 1' : 'aside = 0')
  if (filter.duplicates === 'only') parts.push('duplicate_of IS NOT NULL')
  return { sql: parts.join(' AND '), values }
}
