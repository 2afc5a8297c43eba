// Makes items from records. Identity is the canonical record: text, numbers, kept columns and
// pictures in a fixed order; never an id, and not the label or the split.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ColumnInfo, ColumnRole, DataKind } from '../../../api/dto/datasets.ts'
import { sha256Bytes } from '../../files/hashes.ts'
import type { NewItem } from '../../store/records.ts'
import { createShapeCheck, recordOf, type ShapeMatch } from '../chat/chat-shape.ts'
import { readChat, transcript } from '../chat/read-chat.ts'
import { canonicalJson } from './canonical-json.ts'
import { cellText } from './column-stats.ts'
import { isMissing, parseNumber, type DecimalMark } from './numbers.ts'
import type { Cell, RawRow } from './raw-row.ts'
import { PictureCell } from './records/picture-cell.ts'
import type { RowPictures } from './records/row-pictures.ts'
import { partOf, splitOf } from './split-names.ts'

export interface MappedColumns {
  readonly columns: readonly Pick<ColumnInfo, 'name' | 'type' | 'role'>[]
  readonly decimals: readonly DecimalMark[]
  readonly kind: DataKind
  /** The conversation the records hold; null for other data. */
  readonly shape: Pick<ShapeMatch, 'shape' | 'columns'> | null
  readonly classNames: readonly string[]
  readonly hasTest: boolean
  /** False: the split column holds one part only, so nothing is split. */
  readonly hasParts: boolean
}

/** The label a cell stands for, or undefined when it is missing. */
export function labelOf(value: Cell): string | undefined {
  if (value === undefined || value === null || value instanceof PictureCell) return undefined
  if (isMissing(value)) return undefined
  const label = cellText(value).trim()
  return label === '' ? undefined : label.slice(0, 200)
}

/** Why a record cannot be an item, undefined when it can. */
export type RowCheck = (cells: readonly Cell[]) => string | undefined

type CheckedColumns = Pick<MappedColumns, 'columns' | 'decimals' | 'kind' | 'shape'>

function placesOf(columns: MappedColumns['columns'], role: ColumnRole): number[] {
  return columns.flatMap((column, i) => (column.role === role ? [i] : []))
}

// A column set to Conversation by hand, without a shape that was recognised, is read as text.
function textPlaces({ columns, shape }: Pick<CheckedColumns, 'columns' | 'shape'>): number[] {
  const chat = shape === null ? placesOf(columns, 'chat') : []
  return [...placesOf(columns, 'text'), ...chat].sort((a, b) => a - b)
}

/** What a record must have: its shape, some text for texts, at least one number for tables. */
export function createRowCheck(mapped: CheckedColumns): RowCheck {
  const names = mapped.columns.map((column) => column.name)
  const texts = textPlaces(mapped)
  const features = placesOf(mapped.columns, 'number')
  const isTable = mapped.kind === 'table'
  const { shape } = mapped
  const shapeCheck = shape === null ? undefined : createShapeCheck(shape.shape, shape.columns)
  return (cells) => {
    if (shapeCheck !== undefined) return shapeCheck(recordOf(names, { cells }))
    if (texts.length > 0 && joinTexts(cells, texts) === '') return 'The row has no text.'
    if (isTable && features.every((i) => numberIn(cells[i], mapped.decimals[i]) === undefined))
      return 'The row has no numbers.'
    return undefined
  }
}

export type RowMapper = (
  row: RawRow,
  index: number,
  keepDigest: (digest: Uint8Array) => Uint8Array,
  pictures?: RowPictures
) => NewItem | string

interface Content {
  readonly text: string | undefined
  readonly values: Record<string, JsonValue>
  /** Canonical form of what identifies the record. */
  readonly identity: string
}

/** A function from a record and its item row to an item, or to the reason it cannot be one. */
export function createRowMapper(mapped: MappedColumns): RowMapper {
  const [label] = placesOf(mapped.columns, 'label')
  const [split] = placesOf(mapped.columns, 'split')
  const [id] = placesOf(mapped.columns, 'id')
  const check = createRowCheck(mapped)
  const contentOf = mapped.shape === null ? plainContent(mapped) : chatContent(mapped, mapped.shape)
  const classIndex = new Map(mapped.classNames.map((name, i) => [name, i]))

  return (row, index, keepDigest, pictures) => {
    const { cells } = row
    const reason = check(cells)
    if (reason !== undefined) return reason
    const { text, values, identity } = contentOf(cells)
    const part =
      split === undefined || !mapped.hasParts ? undefined : partOf(cellText(cells[split] ?? ''))
    const named = id === undefined ? undefined : labelOf(cells[id])
    const main = pictures?.main
    const record = withPictures(identity, pictures)
    return {
      row: index,
      name: named ?? pictureName(pictures) ?? `Row ${row.number}`,
      label: label === undefined ? -1 : (classIndex.get(labelOf(cells[label]) ?? '') ?? -1),
      split: splitOf(part, mapped.hasTest),
      fingerprint: keepDigest(main?.fingerprint ?? sha256Bytes(record)),
      text,
      width: main?.width,
      height: main?.height,
      locator: main === undefined ? String(row.number) : (pictures?.locators[0] ?? ''),
      sizeBytes: main?.sizeBytes ?? Buffer.byteLength(record),
      pictures: shownPictures(pictures),
      values
    }
  }
}

// An item that is a picture is called like its file.
function pictureName(pictures: RowPictures | undefined): string | undefined {
  if (pictures?.main === undefined) return undefined
  const name = pictures.name.split(/[\\/]/).at(-1)
  return name === '' ? undefined : name
}

// An item that is one picture needs no list beside its locator.
function shownPictures(pictures: RowPictures | undefined): readonly string[] | undefined {
  if (pictures === undefined) return undefined
  const { locators, main } = pictures
  return locators.length === 0 || (main !== undefined && locators.length === 1)
    ? undefined
    : locators
}

function withPictures(identity: string, pictures: RowPictures | undefined): string {
  return pictures === undefined || pictures.identities.length === 0
    ? identity
    : `${identity}${JSON.stringify(pictures.identities)}`
}

function plainContent(mapped: MappedColumns): (cells: readonly Cell[]) => Content {
  const { columns, decimals } = mapped
  const texts = textPlaces(mapped)
  const roles: readonly ColumnRole[] = ['number', 'keep', 'group', 'picture']
  const kept = roles
    .flatMap((role) => placesOf(columns, role))
    .sort((a, b) => (columns[a].name < columns[b].name ? -1 : 1))
  const numeric = new Set(
    kept.filter((i) => columns[i].role === 'number' || columns[i].type === 'number')
  )
  return (cells) => {
    const text = texts.length === 0 ? undefined : joinTexts(cells, texts)
    const values: [string, JsonValue][] = kept.map((i) => [
      columns[i].name,
      valueOf(cells[i], numeric.has(i), decimals[i])
    ])
    const identity = canonicalJson(text === undefined ? values : [['text', text], ...values])
    // fromEntries defines the keys, so that no name can reach the object's prototype.
    return { text, values: Object.fromEntries(values), identity }
  }
}

// A conversation keeps its record as it was, so that it can be shown and written again.
function chatContent(
  { columns }: MappedColumns,
  { shape }: Pick<ShapeMatch, 'shape'>
): (cells: readonly Cell[]) => Content {
  const unidentifying: ReadonlySet<ColumnRole> = new Set(['id', 'label', 'split', 'ignore'])
  return (cells) => {
    const values: [string, JsonValue][] = []
    const content: [string, JsonValue][] = []
    for (let i = 0; i < columns.length; i++) {
      const cell = cells[i]
      if (cell === undefined) continue
      const entry: [string, JsonValue] = [columns[i].name, jsonOf(cell)]
      values.push(entry)
      if (!unidentifying.has(columns[i].role)) content.push(entry)
    }
    const record = Object.fromEntries(values)
    return {
      text: transcript(readChat(record, shape)),
      values: record,
      identity: canonicalJson(Object.fromEntries(content))
    }
  }
}

function jsonOf(cell: JsonValue | PictureCell): JsonValue {
  return cell instanceof PictureCell ? cell.names() : cell
}

function joinTexts(cells: readonly Cell[], places: readonly number[]): string {
  const parts = places.map((i) => cells[i]).filter((cell) => cell !== undefined && cell !== null)
  return parts
    .map((cell) => cellText(cell).trim())
    .filter((part) => part !== '')
    .join('\n')
}

function numberIn(cell: Cell, mark: DecimalMark): number | undefined {
  if (cell instanceof PictureCell) return undefined
  return isMissing(cell) ? undefined : parseNumber(cell, mark)
}

function valueOf(cell: Cell, isNumeric: boolean, mark: DecimalMark): JsonValue {
  if (isNumeric) return numberIn(cell, mark) ?? null
  if (cell === undefined) return null
  if (cell instanceof PictureCell) return cell.names()
  return isMissing(cell) ? null : cell
}
