// Rows of items.csv, items.jsonl and left-out.csv, read page by page from a finished run.
import type { JsonValue } from '../../api/dto/common.ts'
import type { RunItem, RunItemsPage, RunItemsRequest, SelectionResult } from '../../api/dto/runs.ts'
import { listColumns, ownMark } from '../datasets/exported-lists.ts'
import type { DatasetRecord, StoredItem } from '../store/records.ts'
import { csvLine } from './csv.ts'

/** What reports read from finished selections. */
export interface SelectionReader {
  result(run: string): SelectionResult
  items(request: RunItemsRequest): RunItemsPage | Promise<RunItemsPage>
}

const pageSize = 500

/** All items of one part of a run, in rank order, page by page. */
export async function* runItems(
  reader: SelectionReader,
  run: string,
  part: 'chosen' | 'left-out'
): AsyncGenerator<readonly RunItem[], void, void> {
  for (let first = 0; ;) {
    const page = await reader.items({
      run,
      part,
      label: null,
      reasonCode: null,
      votes: null,
      window: { first, limit: pageSize }
    })
    if (page.items.length > 0) yield page.items
    first += page.items.length
    if (page.items.length === 0 || first >= page.total) return
  }
}

/** One column of a text or table dataset, as it is called in the lists. */
export interface ValueColumn {
  readonly name: string
  /** Column of the dataset; undefined for the text of the item. */
  readonly source: string | undefined
}

/**
 * The text and the kept columns of a dataset, which stand in the lists because there are no files.
 * A column that is called like one of ours gets " (source)" behind its name.
 */
export function valueColumns(
  dataset: Pick<DatasetRecord, 'kind' | 'columns' | 'shape'>
): ValueColumn[] {
  if (dataset.kind === 'images') return []
  const taken = new Set<string>(listColumns)
  const columns: ValueColumn[] = []
  const add = (wanted: string, source: string | undefined): void => {
    let name = wanted
    for (let n = 1; taken.has(name); n++)
      name = n === 1 ? `${wanted}${ownMark}` : `${wanted} (source ${n})`
    taken.add(name)
    columns.push({ name, source })
  }
  const hasText = dataset.kind === 'text' || dataset.columns.some(({ role }) => role === 'text')
  if (hasText) add('text', undefined)
  for (const { name, role } of dataset.columns) {
    const isKept = role === 'number' || role === 'keep' || role === 'group' || role === 'chat'
    // A conversation is kept as it was, with its id and the names of its pictures.
    const isOfChat = dataset.shape !== undefined && (role === 'id' || role === 'picture')
    if (isKept || isOfChat) add(name, name)
  }
  return columns
}

/** An item's values in the order of the columns; null where one is missing. */
export function valuesOf(
  item: Pick<StoredItem, 'text' | 'values'>,
  columns: readonly ValueColumn[]
): readonly JsonValue[] {
  return columns.map(({ source }) => {
    if (source === undefined) return item.text ?? null
    return Object.hasOwn(item.values, source) ? (item.values[source] ?? null) : null
  })
}

/** A value as a cell of a table. */
export function cellOf(value: JsonValue): string | number | null {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value
  return JSON.stringify(value)
}

/**
 * One line of items.csv; `path` is relative to the exported folder, "" when there is no file.
 * `values` follow for data that has none.
 */
export function csvRow(
  item: RunItem,
  path: string,
  spreadsheetSafe: boolean,
  values: readonly JsonValue[] = []
): string {
  return csvLine(
    [
      item.item.key,
      path,
      item.item.label,
      item.item.split,
      item.rank,
      Number(item.score.toPrecision(7)),
      item.votes,
      item.reasonCode,
      item.reason,
      item.item.name,
      ...values.map(cellOf)
    ],
    spreadsheetSafe
  )
}

/** The same facts as {@link csvRow} for programs; `columns` name the values. */
export function jsonRow(
  item: RunItem,
  path: string,
  columns: readonly ValueColumn[] = [],
  values: readonly JsonValue[] = []
): Record<string, unknown> {
  return {
    id: item.item.key,
    path,
    label: item.item.label,
    split: item.item.split,
    rank: item.rank,
    score: item.score,
    votes: item.votes,
    reason_code: item.reasonCode,
    reason: item.reason,
    original: item.item.name,
    // fromEntries defines the keys, so that no name can reach the object's prototype.
    ...Object.fromEntries(columns.map(({ name }, i) => [name, values[i]]))
  }
}
