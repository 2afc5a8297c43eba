// What identifies a record of another file: the same canonical form an import hashes, so that an
// original record finds its item whatever its id or its place is.
import type { ColumnInfo, ChatShape, DataKind } from '../../api/dto/datasets.ts'
import { sha256Hex } from '../files/hashes.ts'
import { createStatsCollector, decimalMark } from './readers/column-stats.ts'
import type { DecimalMark } from './readers/numbers.ts'
import type { RawRow } from './readers/raw-row.ts'
import { PictureCell } from './readers/records/picture-cell.ts'
import { namesIn } from './readers/records/picture-files.ts'
import type { RowPictures } from './readers/records/row-pictures.ts'
import { createRowMapper } from './readers/row-mapper.ts'

/** What a list is compared with; plain and cloneable. */
export interface ListedDataset {
  readonly kind: DataKind
  readonly columns: readonly Pick<ColumnInfo, 'name' | 'type' | 'role'>[]
  readonly shape: ChatShape | null
}

/** First 16 hex digits of a record's fingerprint, or undefined when it cannot be an item. */
export type RecordHead = (row: RawRow) => string | undefined

const identifying = new Set(['text', 'chat', 'number', 'keep', 'group'])

/** Whether a list with these columns can hold original records of the dataset. */
export function mayHoldRecords(dataset: ListedDataset, names: readonly string[]): boolean {
  // A picture is known by its content, which a list of names does not have.
  if (dataset.kind === 'images') return false
  const must = dataset.columns.filter(({ role }) => role === 'text' || role === 'chat')
  const any = must.length > 0 ? must : dataset.columns.filter(({ role }) => identifying.has(role))
  return any.some(({ name }) => names.includes(name))
}

/** Decimal marks of the dataset's columns as the first rows of a list write them. */
export function listDecimals(
  dataset: ListedDataset,
  names: readonly string[],
  rows: readonly RawRow[]
): DecimalMark[] {
  const stats = createStatsCollector()
  for (const row of rows) if (row.problem === undefined) stats.add(names, row.cells)
  return dataset.columns.map(({ name }) => {
    const column = stats.columns[names.indexOf(name)]
    return column === undefined ? '.' : decimalMark(column)
  })
}

/** A function from a record, its cells in the order of the dataset's columns, to its head. */
export function createRecordHead(
  dataset: ListedDataset,
  decimals: readonly DecimalMark[]
): RecordHead {
  const { columns, kind, shape } = dataset
  const chat = columns.filter(({ role }) => role === 'chat').map(({ name }) => name)
  const map = createRowMapper({
    columns,
    kind,
    decimals,
    shape: shape === null ? null : { shape, columns: chat },
    // Labels and splits do not identify a record.
    classNames: [],
    hasTest: false,
    hasParts: false
  })
  const pictures = columns.flatMap(({ role }, i) => (role === 'picture' ? [i] : []))
  return (row) => {
    const item = map(row, 0, (digest) => digest, rowPictures(row, pictures))
    if (typeof item === 'string') return undefined
    return Buffer.from(item.fingerprint.subarray(0, 8)).toString('hex')
  }
}

// The pictures need not be there: their names identify them, as they do for an import.
function rowPictures(row: RawRow, places: readonly number[]): RowPictures | undefined {
  const identities: string[] = []
  for (const place of places) {
    const cell = row.cells[place]
    if (cell instanceof PictureCell)
      for (const { bytes, name } of cell.pictures)
        identities.push(bytes === undefined ? name : sha256Hex(bytes))
    else identities.push(...(namesIn(cell) ?? []))
  }
  return identities.length === 0
    ? undefined
    : { locators: [], identities, name: '', main: undefined }
}
