// Filtered pages of items. SQLite has no statistics here, so the choice between the small index of
// labels and marks and the rows in order is made by hand.
import type { Database } from 'better-sqlite3'
import type { ItemFilter } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import { facetConditions, isSelective, searchConditions } from './item-filter.ts'
import { isRow, itemColumns, rowsPerDataset, toItem, type ItemRow } from './item-rows.ts'
import type { ItemRepository } from './records.ts'

/** Reads labels, splits and marks from their index, without touching names and texts. */
const byIndex = 'FROM items INDEXED BY items_by_facets'
/** Reads the rows in order. */
const inOrder = 'FROM items NOT INDEXED'

interface Query {
  readonly where: string
  readonly values: readonly (string | number)[]
}

/** Pages and row lists of a filter; `numberOf` gives a dataset's number. */
export function createPages(
  db: Database,
  numberOf: (dataset: string) => number
): Pick<ItemRepository, 'page' | 'matching'> {
  const classNames = db
    .prepare<[number], string>('SELECT class_names FROM datasets WHERE number = ?')
    .pluck()
  const one = db.prepare<[number], ItemRow>(`SELECT ${itemColumns} FROM items WHERE id = ?`)

  function query(number: number, filter: ItemFilter, fromRow: number): Query {
    const names = JSON.parse(classNames.get(number) ?? '[]') as string[]
    const facets = facetConditions(number, filter, names)
    const search = searchConditions(filter.search)
    const first = number * rowsPerDataset
    return {
      where: `WHERE ${facets.sql} AND ${search.sql} AND id >= ? AND id < ?`,
      values: [...facets.values, ...search.values, first + fromRow, first + rowsPerDataset]
    }
  }

  function numbers(sql: string, values: readonly (string | number)[]): number[] {
    return db
      .prepare<unknown[], number>(sql)
      .pluck()
      .all(...values)
  }

  return {
    page(dataset, filter, cursor, limit) {
      const number = numberOf(dataset)
      const rest = query(number, filter, cursorRow(cursor))
      const all = query(number, filter, 0)
      const hasSearch = filter.search !== ''
      const rows = !hasSearch && isSelective(filter) ? byIndex : inOrder
      const ids = numbers(`SELECT id ${rows} ${rest.where} ORDER BY id LIMIT ?`, [
        ...rest.values,
        limit + 1
      ])
      const [total] = numbers(
        `SELECT COUNT(*) ${hasSearch ? inOrder : byIndex} ${all.where}`,
        all.values
      )
      const next = ids[limit]
      return {
        items: ids.slice(0, limit).flatMap((id) => {
          const row = one.get(id)
          return row ? [toItem(row)] : []
        }),
        next: next === undefined ? null : String(next % rowsPerDataset),
        total: total ?? 0
      }
    },
    matching(dataset, filter) {
      const { where, values } = query(numberOf(dataset), filter, 0)
      const ids = numbers(`SELECT id ${filter.search === '' ? byIndex : inOrder} ${where}`, values)
      return Uint32Array.from(ids, (id) => id % rowsPerDataset).sort()
    }
  }
}

function cursorRow(cursor: string | null): number {
  if (cursor === null) return 0
  const row = /^\d{1,10}$/.test(cursor) ? Number(cursor) : -1
  if (!isRow(row)) throw new AppError('invalid-input', 'This page of the list does not exist.')
  return row
}
