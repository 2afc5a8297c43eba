// A CSV, TSV or JSON Lines file opened for reading: delimiter, header and names from its first part,
// and its records from the start.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ImportOptions } from '../../../api/dto/datasets.ts'
import { AppError } from '../../../api/errors.ts'
import { csvRows, sniffCsv, type CsvFormat } from './csv-rows.ts'
import { jsonlRows } from './jsonl-rows.ts'
import { isMissing, parseNumber } from './numbers.ts'
import { mostColumns, visibleNames, type Cell, type RawBlock, type RawRow } from './raw-row.ts'
import { PictureCell } from './records/picture-cell.ts'
import { firstPartBytes, type ColumnIndex } from './records/record-source.ts'
import { decodePieces, type Encoding, type TextPiece } from './text-decode.ts'

export interface TableSettings {
  readonly path: string
  readonly isGzip: boolean
  readonly encoding: Encoding
  /** undefined for JSON Lines. */
  readonly csv: CsvFormat | undefined
  readonly hasHeader: boolean
  /** Number of columns of a table. */
  readonly width: number
}

export interface TextPart {
  readonly settings: TableSettings
  readonly names: readonly string[]
  readonly rows: readonly RawRow[]
  /** True when the part is the whole file. */
  readonly isWhole: boolean
  /** Bytes of the file used. */
  readonly bytesRead: number
}

export interface TableSource {
  readonly path: string
  readonly isGzip: boolean
  readonly encoding: Encoding
  readonly isJsonl: boolean
}

interface FoundRows {
  readonly names: readonly string[]
  readonly rows: readonly RawRow[]
  readonly csv: CsvFormat | undefined
  readonly hasHeader: boolean
}

/** Reads the first part of a file. Throws AppError "nothing-to-import" or "file-damaged". */
export async function readTextPart(
  source: TableSource,
  options: Pick<ImportOptions, 'delimiter' | 'hasHeader'>
): Promise<TextPart> {
  const { path, isGzip, encoding } = source
  const pieces: TextPiece[] = []
  for await (const piece of decodePieces(path, isGzip, encoding, firstPartBytes)) pieces.push(piece)
  const { names, rows, csv, hasHeader } = source.isJsonl
    ? await jsonlPart(pieces)
    : await csvPart(pieces, options)
  return {
    settings: { path, isGzip, encoding, csv, hasHeader, width: names.length },
    names,
    rows,
    isWhole: pieces.at(-1)?.isLast === true,
    bytesRead: pieces.at(-1)?.bytesRead ?? 0
  }
}

async function jsonlPart(pieces: readonly TextPiece[]): Promise<FoundRows> {
  const columns: ColumnIndex = new Map()
  const rows: RawRow[] = []
  for await (const block of jsonlRows(each(pieces), columns, true)) rows.push(...block.rows)
  return { names: [...columns.keys()], rows, csv: undefined, hasHeader: false }
}

async function csvPart(
  pieces: readonly TextPiece[],
  options: Pick<ImportOptions, 'delimiter' | 'hasHeader'>
): Promise<FoundRows> {
  const isWhole = pieces.at(-1)?.isLast === true
  const sniffed = sniffCsv(pieces[0]?.text ?? '', isWhole && pieces.length === 1)
  const csv = { ...sniffed, delimiter: options.delimiter ?? sniffed.delimiter }
  const all: RawRow[] = []
  for await (const block of csvRows(each(pieces), csv)) for (const row of block.rows) all.push(row)
  const [first] = all
  if (first === undefined) throw new AppError('nothing-to-import', 'The file is empty.')
  if (first.problem !== undefined)
    throw new AppError('file-damaged', `The first row cannot be read. ${first.problem}`)
  const hasHeader = options.hasHeader ?? looksLikeHeader(all)
  const names = hasHeader
    ? visibleNames(first.cells.map(String))
    : visibleNames(Array.from({ length: usualWidth(all) }, () => ''))
  const rows = (hasHeader ? all.slice(1) : all).map((row) => fitRow(row, names.length))
  return { names, rows, csv, hasHeader }
}

// The parsers take asynchronous pieces; here they are in memory already.

async function* each(pieces: readonly TextPiece[]): AsyncGenerator<TextPiece, void, void> {
  yield* pieces
}

/** Drops empty trailing cells; a row with more values than columns is a problem. */
export function fitRow(row: RawRow, columns: number): RawRow {
  if (row.problem !== undefined || row.cells.length <= columns) return row
  const extra = row.cells.slice(columns)
  if (extra.every((cell) => cell === undefined || String(cell).trim() === ''))
    return { ...row, cells: row.cells.slice(0, columns) }
  return {
    ...row,
    cells: [],
    problem: `The row has ${row.cells.length} values, but there are ${columns} columns.`
  }
}

/** Number of cells most rows have. */
export function usualWidth(rows: readonly RawRow[]): number {
  const counts = new Map<number, number>()
  for (const row of rows.slice(0, 200))
    counts.set(row.cells.length, (counts.get(row.cells.length) ?? 0) + 1)
  const [width] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1]
  return Math.min(Math.max(1, width), mostColumns)
}

// A header is a row of short, different, non-numeric cells none of which comes again below.
// Rows of text and workbooks hold no pictures.
function plainCell(cell: Cell): JsonValue | undefined {
  return cell instanceof PictureCell ? undefined : cell
}

/** Whether the first of some rows names the columns. */
export function looksLikeHeader(rows: readonly RawRow[]): boolean {
  const header = rows[0].cells.map((cell) => String(cell).trim())
  const body = rows.slice(1, 200).filter((row) => row.problem === undefined)
  if (header.every((cell) => cell === '')) return false
  const isNumeric = (cell: JsonValue | undefined): boolean =>
    parseNumber(cell, '.') !== undefined || parseNumber(cell, ',') !== undefined
  if (header.some((cell) => isNumeric(cell) || cell.length > 64)) return false
  if (body.length === 0) return true
  for (let i = 0; i < header.length; i++) {
    const below = body.map((row) => plainCell(row.cells[i])).filter((cell) => !isMissing(cell))
    if (header[i] !== '' && below.includes(header[i])) return false
    if (below.length > 0 && below.every(isNumeric)) return true
  }
  // One column of plain lines has no header unless its first line reads like a name.
  if (header.length === 1) return /^[\p{L}_][\p{L}\p{N}_]{0,30}$/u.test(header[0])
  return true
}

/** All records of the file in order, header left out, fitted to the columns. */
export async function* tableRows(
  settings: TableSettings,
  columns: ColumnIndex,
  mayGrow: boolean
): AsyncGenerator<RawBlock, void, void> {
  const pieces = decodePieces(settings.path, settings.isGzip, settings.encoding)
  if (settings.csv === undefined) {
    yield* jsonlRows(pieces, columns, mayGrow)
    return
  }
  let isHeaderDue = settings.hasHeader
  for await (const block of csvRows(pieces, settings.csv)) {
    let { rows } = block
    if (isHeaderDue && rows.length > 0) {
      rows = rows.slice(1)
      isHeaderDue = false
    }
    yield { rows: rows.map((row) => fitRow(row, settings.width)), bytesRead: block.bytesRead }
  }
}
