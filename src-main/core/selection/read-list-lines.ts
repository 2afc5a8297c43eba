// Lines of a plain text list, piece by piece in bounded memory.
import { AppError } from '../../api/errors.ts'
import { rowLength } from '../datasets/readers/raw-row.ts'
import type { TextPiece } from '../datasets/readers/text-decode.ts'

export interface ListLine {
  /** 1-based, blank lines counted. */
  readonly number: number
  readonly text: string
  readonly problem: string | undefined
}

/** Longest entry of a list: names of items are shorter. */
export const entryLength = 4096

/** Lines that are not blank, without white space around them. Throws AppError "file-damaged". */
export async function* listLines(
  pieces: AsyncIterable<TextPiece>
): AsyncGenerator<ListLine[], void, void> {
  let rest = ''
  let number = 0
  for await (const piece of pieces) {
    const text = rest + piece.text
    // A line end may be cut in two by the end of a piece.
    const isCut = !piece.isLast && text.endsWith('\r')
    const lines = (isCut ? text.slice(0, -1) : text).split(/\r\n|\n|\r/)
    const last = lines.pop() ?? ''
    rest = piece.isLast ? '' : isCut ? `${last}\r` : last
    if (rest.length > rowLength)
      throw new AppError(
        'file-damaged',
        `Line ${number + lines.length + 1} is longer than 16 MB, so the list was not read further.`
      )
    if (piece.isLast) lines.push(last)
    const found = lines.flatMap((line, i) => toLine(line, number + i + 1))
    number += lines.length
    if (found.length > 0) yield found
  }
}

function toLine(line: string, number: number): ListLine[] {
  const text = unquoted(line.trim())
  if (text === '') return []
  const problem = text.length > entryLength ? 'It is longer than any name.' : undefined
  return [{ number, text: problem === undefined ? text : text.slice(0, 200), problem }]
}

// One column of a CSV file puts names with commas into quotes.
function unquoted(line: string): string {
  return line.length >= 2 && line.startsWith('"') && line.endsWith('"')
    ? line.slice(1, -1).replaceAll('""', '"').trim()
    : line
}
