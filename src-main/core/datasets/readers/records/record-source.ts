// What every file of records (tables, JSON, Parquet, Arrow, workbooks, dataset folders) offers: a
// first part with names, rows and settings, and all records from the start. Everything above this
// interface (columns, labels, chat shapes, items) is the same for all of them.
import type { JsonValue } from '../../../../api/dto/common.ts'
import type { ColumnRole, ImportOptions, SourceFormat } from '../../../../api/dto/datasets.ts'
import type { Cell, RawBlock, RawRow } from '../raw-row.ts'

/** Columns by name, in order; grows as records bring new fields. */
export type ColumnIndex = Map<string, number>

/** What the file itself says of a column. */
export interface ColumnHint {
  readonly role: ColumnRole
}

/** The start of a source and how it was read. */
export interface FirstPart {
  readonly format: SourceFormat
  readonly names: readonly string[]
  readonly rows: readonly RawRow[]
  /** True when the part is everything. */
  readonly isWhole: boolean
  /** Number of records, where the format says it. */
  readonly rowsTotal: number | undefined
  /** Bytes of the file used. */
  readonly bytesRead: number
  /** How to read the same way again; plain. */
  readonly settings: JsonValue
  readonly hints: ReadonlyMap<string, ColumnHint>
  /** What the analyst should know, in sentences. */
  readonly notes: readonly string[]
  /** Sheets of a workbook or parts to choose from; empty for others. */
  readonly sheets: readonly string[]
  /** Options in force after guessing. */
  readonly inForce: Partial<ImportOptions>
}

export interface RowRequest {
  /** Grows when `mayGrow`, otherwise unknown fields are left out. */
  readonly columns: ColumnIndex
  readonly mayGrow: boolean
  /** Records to pass over. */
  readonly skip: number
  /** Leave the bytes of pictures out: they are not read at all where that is possible. */
  readonly withoutPictures: boolean
}

export interface SourceFacts {
  readonly sizeBytes: number
  /** Changes when the source changes. */
  readonly stamp: string
}

/**
 * A source of records. All functions throw AppError only: "nothing-to-import", "file-damaged",
 * "file-not-readable", "too-large", "archive-unsafe".
 */
export interface RecordSource {
  /** Absolute path of the file or folder. */
  readonly path: string
  /** Absolute folder that names of picture files and locators start from. */
  readonly baseFolder: string
  /** True when the source is one file. */
  readonly isFile: boolean
  first(options: ImportOptions): Promise<FirstPart>
  /** All records in a fixed order, in blocks of bounded size. */
  rows(settings: JsonValue, request: RowRequest): AsyncGenerator<RawBlock, void, void>
  /** Number of rows that `rows` gives, where finding out is quick. */
  count?(): Promise<number>
  facts(): Promise<SourceFacts>
  /** Its files as names below `baseFolder`, pictures beside it not counted. */
  files(): Promise<readonly string[]>
}

/** Passes over the first `skip` records of blocks that cannot be entered in the middle. */
export async function* afterSkipping(
  blocks: AsyncIterable<RawBlock>,
  skip: number
): AsyncGenerator<RawBlock, void, void> {
  let left = skip
  for await (const block of blocks) {
    const passed = Math.min(left, block.rows.length)
    left -= passed
    yield passed === 0 ? block : { ...block, rows: block.rows.slice(passed) }
  }
}

/**
 * Puts the cells of rows that all have the same columns where the index wants them; columns it does
 * not know are added or left out.
 */
export function placeByName(
  names: readonly string[],
  { columns, mayGrow }: Pick<RowRequest, 'columns' | 'mayGrow'>
): (row: RawRow) => RawRow {
  const places = names.map((name) => {
    if (mayGrow && !columns.has(name)) columns.set(name, columns.size)
    return columns.get(name)
  })
  if (places.every((place, i) => place === i)) return (row) => row
  return (row) => {
    const cells: Cell[] = []
    row.cells.forEach((cell, i) => {
      const place = places[i]
      if (place !== undefined) cells[place] = cell
    })
    return { ...row, cells }
  }
}

/** Bytes of text looked at for the first part. */
export const firstPartBytes = 4 * 2 ** 20
/** Records looked at for the first part where bytes do not tell. */
export const firstPartRows = 5_000
