// Columns of a dataset that a draft names: groups that stay together, and where items come from.
import type { SelectDraft } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import type { Sources } from '../methods/method.ts'
import type { DatasetRecord, Store } from '../store/records.ts'

/** Group ids by value; rows without a value belong to no group (-1). */
export function groupIds(values: readonly string[]): Int32Array {
  const ids = new Map<string, number>()
  return Int32Array.from(values, (value) => {
    if (value === '') return -1
    const known = ids.get(value)
    if (known !== undefined) return known
    ids.set(value, ids.size)
    return ids.size - 1
  })
}

/** Group of each row, -1 = none. Throws AppError "column-not-found". */
export function readGroups(
  store: Store,
  draft: SelectDraft,
  dataset: DatasetRecord
): Int32Array | undefined {
  const column = draft.rules.groupColumn
  if (column === null) return undefined
  requireColumn(dataset, column, 'to keep groups together by')
  return groupIds(store.items.columnValues(draft.dataset, column))
}

/** Where each row comes from, names in order. Throws AppError "column-not-found". */
export function readSources(
  store: Store,
  draft: SelectDraft,
  dataset: DatasetRecord
): Sources | undefined {
  const column = draft.rules.sourceColumn
  if (column === null) return undefined
  requireColumn(dataset, column, 'that says where items come from')
  const values = store.items.columnValues(draft.dataset, column)
  const names = [...new Set(values)].filter((name) => name !== '').sort()
  const indexOf = new Map(names.map((name, i) => [name, i]))
  return { ids: Int32Array.from(values, (value) => indexOf.get(value) ?? -1), names }
}

function requireColumn(dataset: DatasetRecord, column: string, what: string): void {
  if (dataset.columns.some((info) => info.name === column)) return
  throw new AppError('column-not-found', `The data has no column \u201c${column}\u201d ${what}.`)
}
