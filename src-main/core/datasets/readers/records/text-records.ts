// Recognises text files of records by their content: CSV and TSV tables, JSON Lines, JSON.
import type { JsonValue } from '../../../../api/dto/common.ts'
import { AppError } from '../../../../api/errors.ts'
import { headBytes, isZipHead, type FileHead, type Looking } from '../../source-family.ts'
import { parseLine } from '../jsonl-rows.ts'
import { rowLength } from '../raw-row.ts'
import { decodePieces, findEncoding, guessEncoding, type Encoding } from '../text-decode.ts'
import { findJsonShape, type JsonShape } from './json-shape.ts'
import { jsonSource } from './json-source.ts'
import type { RecordSource } from './record-source.ts'
import { textTableSource } from './text-table-source.ts'

// Lines looked at to tell JSON Lines from other JSON.
const linesLooked = 20

/** The source of a text file; undefined for other files. Throws AppError "nothing-to-import". */
export async function textRecords(
  file: FileHead,
  { options, maxBytes }: Looking
): Promise<RecordSource | undefined> {
  const { path, name, isGzip, content: head } = file
  if (isZipHead(file.raw)) return undefined
  const guess = guessEncoding(head)
  if (guess.isBinary && options.encoding === null) return undefined
  // When the start is plain ASCII only the rest of the file can tell.
  const isSettled = guess.isCertain || options.encoding !== null || head.length < headBytes
  const known = isSettled
    ? { ...guess, isCertain: true }
    : await findEncoding(path, isGzip, maxBytes)
  const encoding = options.encoding ?? known.encoding
  const text = new TextDecoder(encoding).decode(head, { stream: true }).trimStart()
  if (text === '') throw new AppError('nothing-to-import', `“${name}” holds no text.`)
  const shape = await jsonShapeOf(file, text, encoding)
  if (shape !== undefined && shape !== 'lines') return jsonSource({ path, isGzip, encoding }, shape)
  return textTableSource({ path, isGzip, encoding, isJsonl: shape === 'lines' }, known.isCertain)
}

async function jsonShapeOf(
  file: FileHead,
  text: string,
  encoding: Encoding
): Promise<JsonShape | 'lines' | undefined> {
  if (text.startsWith('[')) return findJsonShape(Buffer.from(text))
  if (!text.startsWith('{')) return undefined
  const lines = text.split('\n')
  if (lines.length > 1 || file.content.length < headBytes) return objectLines(lines, text)
  // The first line is longer than the head: a long record, or everything in one line.
  const first = await firstLine(file, encoding)
  if (first === undefined) return findJsonShape(Buffer.from(text))
  return typeof parseLine(first) === 'string' ? findJsonShape(Buffer.from(text)) : 'lines'
}

function objectLines(lines: readonly string[], text: string): JsonShape | 'lines' | undefined {
  const [first, ...others] = lines.map((line) => line.trim()).filter((line) => line !== '')
  const record = parseLine(first)
  const later = others.slice(0, linesLooked)
  const good = later.filter((line) => typeof parseLine(line) !== 'string').length
  if (typeof record !== 'string') {
    // One line alone is one record, unless it plainly holds a list of them.
    return others.length === 0 && wrapsRecords(record) ? findJsonShape(Buffer.from(text)) : 'lines'
  }
  // A broken first line does not hide the good ones after it.
  if (good >= 0.5 * later.length && good > 0 && /^\{\s*"/.test(first)) return 'lines'
  if (!/^\{\s*("|$|\})/.test(first)) return undefined
  return (
    findJsonShape(Buffer.from(text)) ??
    (/^\{\s*"/.test(first) && later.length === 0 ? 'lines' : undefined)
  )
}

function wrapsRecords(record: { readonly [key: string]: JsonValue }): boolean {
  const shape = findJsonShape(Buffer.from(JSON.stringify(record)))
  if (shape?.kind === 'by-key') return Object.keys(record).length > 1
  return shape?.kind === 'inside'
}

// The first line up to the longest a record may be; undefined when it does not end before that.
async function firstLine(file: FileHead, encoding: Encoding): Promise<string | undefined> {
  let text = ''
  for await (const piece of decodePieces(file.path, file.isGzip, encoding, rowLength)) {
    text += piece.text
    const end = text.indexOf('\n')
    // What follows the line end must be another record, or the file is one object in lines.
    if (end !== -1)
      return /^\s*(\{|$)/.test(text.slice(end + 1)) ? text.slice(0, end).trim() : undefined
    if (piece.isLast) return undefined
  }
  return undefined
}
