// Items of datasets: appended in reading order, read by row and as typed columns.
import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { AppError } from '../../api/errors.ts'
import { createItemCopier } from './item-copy.ts'
import { createColumnReader, emptyColumns, valueText } from './item-columns.ts'
import { parseKey } from './item-key.ts'
import { isRow, itemColumns, rowsPerDataset, toItem, type ItemRow } from './item-rows.ts'
import { createItemTags } from './item-tags.ts'
import { createItemTexts } from './item-texts.ts'
import { createItemWriter } from './item-writer.ts'
import type { ItemRepository, StoredItem } from './records.ts'

/** Number no dataset has: queries about unknown datasets find nothing. */
const noDataset = -1

/** Repository over the `items` table. */
export function createItemRepository(db: Database): ItemRepository {
  const numberOf = db.prepare<[string], number>('SELECT number FROM datasets WHERE id = ?').pluck()
  /** Id of row 0. */
  const start = (dataset: string): number => (numberOf.get(dataset) ?? noDataset) * rowsPerDataset
  const columns = createColumnReader(db)
  const one = db.prepare<[number], ItemRow>(`SELECT ${itemColumns} FROM items WHERE id = ?`)
  const between = db.prepare<[number, number], ItemRow>(
    `SELECT ${itemColumns} FROM items WHERE id >= ? AND id < ? ORDER BY id`
  )
  const byKey = db
    .prepare<[number, bigint, number], number>(
      'SELECT id FROM items WHERE dataset = ? AND head = ? AND repeat = ?'
    )
    .pluck()
  const pictures = db
    .prepare<[number], number>(
      `SELECT COUNT(*) FROM items INDEXED BY items_with_pictures
       WHERE dataset = ? AND pictures IS NOT NULL`
    )
    .pluck()
  const get = (first: number, row: number): StoredItem | undefined => {
    const found = isRow(row) ? one.get(first + row) : undefined
    return found && toItem(found)
  }
  function requireNumber(dataset: string): number {
    const number = numberOf.get(dataset)
    if (number === undefined) throw new AppError('dataset-not-found')
    return number
  }
  return {
    ...createItemWriter(db, requireNumber),
    ...createItemCopier(db, requireNumber),
    ...createItemTags(db, requireNumber),
    ...createItemTexts(db, requireNumber),
    count: (dataset) => columns.count(start(dataset)),
    get: (dataset, row) => get(start(dataset), row),
    rows(dataset, rows) {
      const first = start(dataset)
      return rows.map((row) => {
        const found = get(first, row)
        if (!found) throw new AppError('item-not-found')
        return found
      })
    },
    range(dataset, first, size) {
      const zero = start(dataset)
      const from = Math.max(0, first)
      const to = Math.min(rowsPerDataset, first + size)
      return between.all(zero + from, zero + to).map(toItem)
    },
    columns(dataset) {
      const zero = start(dataset)
      const items = columns.count(zero)
      const all = emptyColumns(items)
      columns.fill(zero, all, 0, items)
      return all
    },
    fillColumns: (dataset, into, first, size) => columns.fill(start(dataset), into, first, size),
    names: (dataset, first, size) => columns.names(start(dataset), first, size),
    valueSlices: (dataset, names, first, size) =>
      columns.values(start(dataset), names, first, size),
    columnValues(dataset, column) {
      const zero = start(dataset)
      return columns.values(zero, [column], 0, columns.count(zero))[0].map(valueText)
    },
    numberBlock: (dataset, names, first, size) =>
      columns.numbers(start(dataset), names, first, size),
    rowsOfKeys(dataset, keys) {
      const number = numberOf.get(dataset) ?? noDataset
      const rows: number[] = []
      const unknown: string[] = []
      for (const key of keys) {
        const parts = parseKey(key)
        const id = parts && byKey.get(number, parts.head, parts.repeat)
        if (id === undefined) unknown.push(key)
        else rows.push(id % rowsPerDataset)
      }
      return { rows: Uint32Array.from(rows), unknown }
    },
    contentHash(dataset) {
      const digest = createHash('sha256')
      columns.hash(start(dataset), digest, 0, rowsPerDataset)
      return digest.digest('hex')
    },
    hashRows: (dataset, digest, first, size) => columns.hash(start(dataset), digest, first, size),
    pictures: (dataset) => pictures.get(numberOf.get(dataset) ?? noDataset) ?? 0
  }
}
