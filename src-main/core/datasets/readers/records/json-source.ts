// Records of a JSON file that is one list or one object, streamed element by element.
import { basename, dirname } from 'node:path'
import type { JsonValue } from '../../../../api/dto/common.ts'
import { AppError } from '../../../../api/errors.ts'
import { damagedFile, openBytes } from '../../../files/byte-limits.ts'
import { cellsOf } from '../jsonl-rows.ts'
import { cellLength, type Cell, type RawBlock, type RawRow } from '../raw-row.ts'
import { partOf } from '../split-names.ts'
import { decodePieces, type Encoding } from '../text-decode.ts'
import { fileFacts } from './file-facts.ts'
import { JsonScanner, type Entering, type ScanEnd, type ScannedElement } from './json-scanner.ts'
import { findJsonShape, type JsonShape } from './json-shape.ts'
import {
  afterSkipping,
  firstPartBytes,
  type ColumnIndex,
  type FirstPart,
  type RecordSource
} from './record-source.ts'

export interface JsonFile {
  readonly path: string
  readonly isGzip: boolean
  readonly encoding: Encoding
}

interface JsonSettings extends JsonFile {
  readonly shape: JsonShape
}

/** Elements handed on at once: bounds memory when they are tiny. */
const blockRows = 5_000
/** Column with the key of each record, where records stand by key. */
const keyColumn = 'key'
const splitColumn = 'split'

/** The source of a JSON file. `shape` comes from its first bytes. */
export function jsonSource(file: JsonFile, shape: JsonShape): RecordSource {
  const { path } = file
  return {
    path,
    baseFolder: dirname(path),
    isFile: true,
    first: () => firstPart(file, shape),
    rows(settings, request) {
      // Written by firstPart below.
      const known = settings as unknown as JsonSettings
      const blocks = jsonRows(known, request.columns, request.mayGrow, Infinity)
      return afterSkipping(blocks, request.skip)
    },
    facts: () => fileFacts(path),
    files: async () => [basename(path)]
  }
}

async function firstPart(file: JsonFile, guessed: JsonShape): Promise<FirstPart> {
  const shape = (await widerShape(file)) ?? guessed
  const settings: JsonSettings = { ...file, shape }
  const columns: ColumnIndex = new Map()
  const rows: RawRow[] = []
  const { sizeBytes } = await fileFacts(file.path)
  let bytesRead = 0
  let isWhole = false
  for await (const block of jsonRows(settings, columns, true, firstPartBytes)) {
    rows.push(...block.rows)
    bytesRead = block.bytesRead
    isWhole = block.isLast
  }
  return {
    format: 'json',
    names: [...columns.keys()],
    rows,
    isWhole,
    rowsTotal: undefined,
    bytesRead: isWhole ? sizeBytes : bytesRead,
    // Strings, booleans and lists of strings only.
    settings: settings as unknown as JsonValue,
    hints: new Map(),
    notes:
      shape.kind === 'inside' ? [`The records are the list “${shape.keys.join('”, “')}”.`] : [],
    sheets: [],
    inForce: {}
  }
}

// More of the file tells more of its keys than the few bytes it was recognised by.
async function widerShape(file: JsonFile): Promise<JsonShape | undefined> {
  const pieces: Buffer[] = []
  for await (const { bytes } of jsonBytes(file, firstPartBytes)) pieces.push(bytes)
  return findJsonShape(Buffer.concat(pieces))
}

interface JsonBytes {
  readonly bytes: Buffer
  readonly bytesRead: number
}

/** The file as UTF-8. Stops after about `maxBytes`. */
async function* jsonBytes(file: JsonFile, maxBytes: number): AsyncGenerator<JsonBytes, void, void> {
  if (file.encoding !== 'utf-8') {
    for await (const piece of decodePieces(file.path, file.isGzip, file.encoding, maxBytes))
      yield { bytes: Buffer.from(piece.text), bytesRead: piece.bytesRead }
    return
  }
  const { stream, bytesRead } = await openBytes(file.path, file.isGzip)
  let used = 0
  try {
    for await (const chunk of stream) {
      // Without an encoding the stream yields Buffers.
      const bytes = chunk as Buffer
      yield { bytes, bytesRead: bytesRead() }
      used += bytes.length
      if (used >= maxBytes) return
    }
  } catch (error) {
    throw damagedFile(basename(file.path), error)
  } finally {
    stream.destroy()
  }
}

function enteringOf(shape: JsonShape): Entering {
  if (shape.kind === 'by-key') return () => 'value'
  if (shape.kind === 'inside')
    // A part may come up only after the bytes that were looked at.
    return (key) =>
      shape.keys.includes(key) || (shape.areParts && partOf(key) !== undefined)
        ? 'elements'
        : 'skip'
  return () => 'skip'
}

interface JsonBlock extends RawBlock {
  readonly isLast: boolean
}

async function* jsonRows(
  settings: JsonSettings,
  columns: ColumnIndex,
  mayGrow: boolean,
  maxBytes: number
): AsyncGenerator<JsonBlock, void, void> {
  const { shape } = settings
  if (shape.kind === 'one') return yield await oneRecord(settings, columns, mayGrow)
  const scanner = new JsonScanner(enteringOf(shape))
  const toRow = rowMaker(shape, columns, mayGrow)
  let used = 0
  let read = 0
  for await (const { bytes, bytesRead } of jsonBytes(settings, maxBytes)) {
    scanner.push(bytes)
    used += bytes.length
    read = bytesRead
    const found = scanner.take()
    for (let at = 0; at < found.length; at += blockRows)
      yield { rows: found.slice(at, at + blockRows).map(toRow), bytesRead: read, isLast: false }
  }
  // A part of a file ends anywhere; that is no damage.
  if (used >= maxBytes && (await fileFacts(settings.path)).sizeBytes > read) return
  const end = scanner.end()
  const rows = scanner.take().map(toRow)
  const broken = endProblem(end, rows)
  yield { rows: broken === undefined ? rows : [...rows, broken], bytesRead: read, isLast: true }
}

// The end of the list is missing: said once, unless a cut-off element says it already.
function endProblem(end: ScanEnd, rows: readonly RawRow[]): RawRow | undefined {
  const isSaid = rows.some((row) => row.problem !== undefined)
  if ((end.isClosed && !end.hasMore) || isSaid) return undefined
  const problem = end.isClosed
    ? 'Something follows after the list; it was not read.'
    : 'The file ends or breaks off before its list is closed; what follows could not be read.'
  return { number: 0, cells: [], problem, where: 'End of the file' }
}

async function oneRecord(
  settings: JsonSettings,
  columns: ColumnIndex,
  mayGrow: boolean
): Promise<JsonBlock> {
  const pieces: Buffer[] = []
  let read = 0
  let size = 0
  for await (const { bytes, bytesRead } of jsonBytes(settings, Infinity)) {
    pieces.push(bytes)
    size += bytes.length
    read = bytesRead
    if (size > 16 * cellLength)
      throw new AppError('too-large', 'The only record is larger than 16 MB.')
  }
  const text = Buffer.concat(pieces)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  const element = { number: 1, line: 1, key: undefined, text, problem: undefined }
  // A list around the record lets the scanner check its depth and its brackets.
  const scanner = new JsonScanner(() => 'skip')
  scanner.push(Buffer.from(`[${text}]`))
  scanner.end()
  const [checked] = scanner.take()
  const row = rowMaker({ kind: 'one' }, columns, mayGrow)(checked ?? element)
  return { rows: [row], bytesRead: read, isLast: true }
}

function rowMaker(
  shape: JsonShape,
  columns: ColumnIndex,
  mayGrow: boolean
): (element: ScannedElement) => RawRow {
  const hasParts = shape.kind === 'inside' && shape.areParts
  return (element) => {
    const where = `Element ${element.number} (line ${element.line})`
    const base = { number: element.number, where }
    const record = element.problem ?? parseElement(element.text ?? '')
    if (typeof record === 'string') return { ...base, cells: [], problem: record }
    if (hasParts && !Object.hasOwn(record, splitColumn)) {
      const part = partOf(element.key ?? '')
      record[splitColumn] = part ?? element.key
    }
    if (shape.kind === 'by-key' && !Object.hasOwn(record, keyColumn))
      record[keyColumn] = element.key
    const cells = cellsOf(record, columns, mayGrow)
    return typeof cells === 'string'
      ? { ...base, cells: [], problem: cells }
      : { ...base, cells, problem: undefined }
  }
}

// The scanner has checked length and depth, so that JSON.parse never recurses far.
function parseElement(text: string): Record<string, Cell> | string {
  let value: JsonValue
  try {
    // JSON.parse gives nothing but JSON values.
    value = JSON.parse(text) as JsonValue
  } catch {
    return 'It is not valid JSON.'
  }
  if (Array.isArray(value))
    return Object.fromEntries(value.map((cell, i) => [`Column ${i + 1}`, cell]))
  if (typeof value === 'object' && value !== null) return value
  return typeof value === 'string' ? { text: value } : { value }
}
