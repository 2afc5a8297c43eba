// Records of a JSON Lines file: one object a line. Lines are capped in length and depth before
// they are parsed (security.md F5); anything that is no object is a listed problem.
import type { JsonValue } from '../../../api/dto/common.ts'
import { AppError } from '../../../api/errors.ts'
import { mostColumns, rowLength, type Cell, type RawBlock, type RawRow } from './raw-row.ts'
import type { ColumnIndex } from './records/record-source.ts'
import type { TextPiece } from './text-decode.ts'

/** Deepest nesting read. */
export const jsonDepth = 64

/** Blocks of records; `columns` grows when `mayGrow`, otherwise unknown keys are left out. */
export async function* jsonlRows(
  pieces: AsyncIterable<TextPiece>,
  columns: ColumnIndex,
  mayGrow: boolean
): AsyncGenerator<RawBlock, void, void> {
  let rest = ''
  let number = 0
  let wasBad = false
  let last: TextPiece | undefined
  for await (const piece of pieces) {
    const lines = (rest + piece.text).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > rowLength)
      throw new AppError(
        'file-damaged',
        `Line ${number + lines.length + 1} is longer than 16 MB, so the file was not read further.`
      )
    const isBad = wasBad || piece.hasBadBytes
    yield { rows: toRows(lines, number, columns, mayGrow, isBad), bytesRead: piece.bytesRead }
    number += lines.length
    wasBad = piece.hasBadBytes
    last = piece
  }
  if (rest.trim() !== '' && last?.isLast === true)
    yield { rows: toRows([rest], number, columns, mayGrow, wasBad), bytesRead: last.bytesRead }
}

function toRows(
  lines: readonly string[],
  before: number,
  columns: ColumnIndex,
  mayGrow: boolean,
  mayBeBad: boolean
): RawRow[] {
  const rows: RawRow[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i].trim()
    if (line !== '') rows.push(toRow(line, before + i + 1, columns, mayGrow, mayBeBad))
  }
  return rows
}

function toRow(
  line: string,
  number: number,
  columns: ColumnIndex,
  mayGrow: boolean,
  mayBeBad: boolean
): RawRow {
  if (mayBeBad && line.includes('\uFFFD'))
    return {
      number,
      cells: [],
      problem: 'The line holds bytes that do not fit the rest of the file.'
    }
  const parsed = parseLine(line)
  if (typeof parsed === 'string') return { number, cells: [], problem: parsed }
  const cells = cellsOf(parsed, columns, mayGrow)
  return typeof cells === 'string'
    ? { number, cells: [], problem: cells }
    : { number, cells, problem: undefined }
}

/** The values of a record in the order of the columns, or a plain reason. */
export function cellsOf(
  record: { readonly [key: string]: Cell },
  columns: ColumnIndex,
  mayGrow: boolean
): Cell[] | string {
  const cells: Cell[] = []
  for (const [rawKey, value] of Object.entries(record)) {
    const key = rawKey.trim() === '' ? '(no name)' : rawKey === '__proto__' ? 'proto' : rawKey
    let index = columns.get(key)
    if (index === undefined) {
      if (!mayGrow) continue
      if (columns.size >= mostColumns)
        return `The file has more than ${mostColumns} different fields.`
      index = columns.size
      columns.set(key, index)
    }
    cells[index] = value
  }
  return cells
}

/** The object of a line, or a plain reason. */
export function parseLine(line: string): { readonly [key: string]: JsonValue } | string {
  if (line.length > rowLength) return 'The line is longer than 16 MB.'
  if (!isShallowJson(line)) return `The line is nested more than ${jsonDepth} levels deep.`
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'The line is not valid JSON.'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'The line is not a JSON object.'
  // JSON.parse gives nothing but JSON values.
  return value as { readonly [key: string]: JsonValue }
}

/** Counts brackets outside strings, so that no parser ever recurses into a hostile text. */
export function isShallowJson(line: string): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < line.length; i++) {
    const c = line.charCodeAt(i)
    if (inString) {
      if (c === 92) i++
      else if (c === 34) inString = false
    } else if (c === 34) inString = true
    else if (c === 91 || c === 123) {
      if (++depth > jsonDepth) return false
    } else if (c === 93 || c === 125) depth--
  }
  return true
}
