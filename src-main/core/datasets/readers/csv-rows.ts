// Records of a CSV or TSV file, piece by piece. Papa Parse splits the cells; the caps of
// security.md F5 and everything about pieces, line ends and bad quotes is here.
import Papa from 'papaparse'
import { AppError } from '../../../api/errors.ts'
import { cellLength, mostColumns, rowLength, type RawBlock, type RawRow } from './raw-row.ts'
import type { TextPiece } from './text-decode.ts'

export interface CsvFormat {
  readonly delimiter: string
  readonly newline: '\n' | '\r'
}

interface ParserError {
  readonly row?: number
  readonly code: string
}

/** Parses `text`; the last, perhaps unfinished row is left over unless `isLast`. */
function parsePiece(
  text: string,
  format: CsvFormat,
  isLast: boolean
): { rows: string[][]; errors: readonly ParserError[]; used: number } {
  const parser = new Papa.Parser({ delimiter: format.delimiter, newline: format.newline })
  // Papa's typings leave out the arguments and the result of its own parser.
  const parse = parser.parse.bind(parser) as unknown as (
    input: string,
    baseIndex: number,
    ignoreLastRow: boolean
  ) => { data: string[][]; errors: readonly ParserError[]; meta: { cursor: number } }
  const { data, errors, meta } = parse(text, 0, !isLast)
  return { rows: data, errors, used: meta.cursor }
}

/** What the parser cannot separate by: with nothing it would never come to an end. */
function requireSeparator({ delimiter }: CsvFormat): void {
  if (delimiter !== '' && !/["\r\n\uFEFF]/.test(delimiter)) return
  throw new AppError('invalid-input', 'Columns cannot be separated by this.', {
    hint: 'Choose a comma, a semicolon, a tab or another character.'
  })
}

/** Blocks of records; an unfinished record is left out unless the last piece ends the file. Throws AppError "file-damaged" when one record is longer than the cap, "invalid-input" for a separator that is none. */
export async function* csvRows(
  pieces: AsyncIterable<TextPiece>,
  format: CsvFormat
): AsyncGenerator<RawBlock, void, void> {
  requireSeparator(format)
  let rest = ''
  let wasBad = false
  let number = 0
  let last: TextPiece | undefined
  for await (const piece of pieces) {
    const text = rest + piece.text
    const { rows, errors, used } = parsePiece(text, format, false)
    rest = text.slice(used)
    if (rest.length > rowLength) throw tooLong(number + rows.length + 1)
    yield {
      rows: toRows(rows, errors, number, wasBad || piece.hasBadBytes, format),
      bytesRead: piece.bytesRead
    }
    number += rows.length
    wasBad = piece.hasBadBytes
    last = piece
  }
  if (rest === '' || last?.isLast !== true) return
  const { rows, errors } = parsePiece(rest, format, true)
  yield { rows: toRows(rows, errors, number, wasBad, format), bytesRead: last.bytesRead }
}

function tooLong(row: number): AppError {
  return new AppError(
    'file-damaged',
    `Row ${row} is longer than 16 MB, so the file was not read further.`,
    {
      hint: 'A quotation mark that is never closed is the usual reason.'
    }
  )
}

function toRows(
  rows: readonly string[][],
  errors: readonly ParserError[],
  before: number,
  mayBeBad: boolean,
  format: CsvFormat
): RawRow[] {
  const broken = new Map<number, string>()
  for (const error of errors)
    if (error.row !== undefined && !broken.has(error.row))
      broken.set(
        error.row,
        error.code === 'MissingQuotes'
          ? 'A quotation mark is never closed.'
          : 'A quotation mark is in the wrong place.'
      )
  const found: RawRow[] = []
  for (let i = 0; i < rows.length; i++) {
    const cells = rows[i]
    if (format.newline === '\n') dropReturn(cells)
    // A blank line is no record.
    if (cells.length === 1 && cells[0].trim() === '') continue
    const problem = broken.get(i) ?? rowProblem(cells, mayBeBad)
    found.push({ number: before + i + 1, cells: problem === undefined ? cells : [], problem })
  }
  return found
}

function dropReturn(cells: string[]): void {
  const end = cells.length - 1
  if (cells[end].endsWith('\r')) cells[end] = cells[end].slice(0, -1)
}

function rowProblem(cells: readonly string[], mayBeBad: boolean): string | undefined {
  if (cells.length > mostColumns) return `The row has more than ${mostColumns} cells.`
  for (const cell of cells) {
    if (cell.length > cellLength) return 'A cell is larger than 1 MB.'
    if (mayBeBad && cell.includes('\uFFFD'))
      return 'The row holds bytes that do not fit the rest of the file.'
  }
  return undefined
}

const delimiters = ['\t', ';', '|', ','] as const
// Records looked at to find the delimiter.
const sniffedRows = 200

/**
 * The delimiter and line end of a table's first part; "," when there is only one column. The
 * delimiter is the one that gives nearly all rows the same number of cells, two or more.
 */
export function sniffCsv(text: string, isWhole: boolean): CsvFormat {
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r'
  let best: { delimiter: string; share: number } = { delimiter: ',', share: 0 }
  for (const delimiter of delimiters) {
    const { rows } = parsePiece(
      text.slice(0, pieceSniffed),
      { delimiter, newline },
      isWhole && text.length <= pieceSniffed
    )
    const counts = new Map<number, number>()
    let total = 0
    for (const cells of rows.slice(0, sniffedRows)) {
      if (cells.length === 1 && cells[0].trim() === '') continue
      total++
      if (cells.some(hasHalfQuotes)) continue
      counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
    }
    const [cells, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [1, 0]
    const share = cells < 2 || total === 0 ? 0 : count / total
    // Rarer characters come first; a later one must be clearly more regular.
    if (share > best.share + 0.02) best = { delimiter, share }
  }
  return { delimiter: best.share >= 0.5 ? best.delimiter : ',', newline }
}

// A wrong delimiter cuts through quoted cells and leaves halves of their quotes behind.
function hasHalfQuotes(cell: string): boolean {
  let quotes = 0
  for (let at = cell.indexOf('"'); at !== -1; at = cell.indexOf('"', at + 1)) quotes++
  return quotes % 2 === 1
}

const pieceSniffed = 256 * 1024
