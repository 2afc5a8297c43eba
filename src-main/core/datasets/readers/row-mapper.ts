// Makes items from the records of a table. Identity is the canonical record: text, numbers and
// kept columns in a fixed order; never an id, and not the label or the split.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ColumnInfo, DataKind } from '../../../api/dto/datasets.ts'
import { sha256Bytes } from '../../files/hashes.ts'
import type { NewItem } from '../../store/records.ts'
import { cellText } from './column-stats.ts'
import { isMissing, parseNumber, type DecimalMark } from './numbers.ts'
import type { Cell, RawRow } from './raw-row.ts'
import { partOf, splitOf } from './split-names.ts'

export interface MappedColumns {
  readonly columns: readonly Pick<ColumnInfo, 'name' | 'type' | 'role'>[]
  readonly decimals: readonly DecimalMark[]
  readonly kind: DataKind
  readonly classNames: readonly string[]
  readonly hasTest: boolean
  /** False: the split column holds one part only, so nothing is split. */
  readonly hasParts: boolean
}

/** The label a cell stands for, or undefined when it is missing. */
export function labelOf(value: Cell): string | undefined {
  if (value === undefined || value === null || isMissing(value)) return undefined
  const label = cellText(value).trim()
  return label === '' ? undefined : label.slice(0, 200)
}

/** Why a record cannot be an item, undefined when it can. */
export type RowCheck = (cells: readonly Cell[]) => string | undefined

/** What a record must have: some text for texts, at least one number for tables. */
export function createRowCheck(
  mapped: Pick<MappedColumns, 'columns' | 'decimals' | 'kind'>
): RowCheck {
  const places = (role: string): number[] =>
    mapped.columns.flatMap((column, i) => (column.role === role ? [i] : []))
  const texts = places('text')
  const features = places('number')
  const isTable = mapped.kind === 'table'
  return (cells) => {
    if (texts.length > 0 && joinTexts(cells, texts) === '') return 'The row has no text.'
    if (isTable && features.every((i) => numberIn(cells[i], mapped.decimals[i]) === undefined))
      return 'The row has no numbers.'
    return undefined
  }
}

export type RowMapper = (
  row: RawRow,
  index: number,
  keepDigest: (digest: Uint8Array) => Uint8Array
) => NewItem | string

/** A function from a record and its item row to an item, or to the reason it cannot be one. */
export function createRowMapper(mapped: MappedColumns): RowMapper {
  const places = (role: string): number[] =>
    mapped.columns.flatMap((column, i) => (column.role === role ? [i] : []))
  const texts = places('text')
  const [label] = places('label')
  const [split] = places('split')
  const [id] = places('id')
  const kept = [...places('number'), ...places('keep'), ...places('group')].sort((a, b) =>
    mapped.columns[a].name < mapped.columns[b].name ? -1 : 1
  )
  const numeric = new Set(
    kept.filter((i) => mapped.columns[i].role === 'number' || mapped.columns[i].type === 'number')
  )
  const check = createRowCheck(mapped)
  const classIndex = new Map(mapped.classNames.map((name, i) => [name, i]))

  return (row, index, keepDigest) => {
    const { cells } = row
    const reason = check(cells)
    if (reason !== undefined) return reason
    const text = texts.length === 0 ? undefined : joinTexts(cells, texts)
    const values: [string, JsonValue][] = kept.map((i) => [
      mapped.columns[i].name,
      valueOf(cells[i], numeric.has(i), mapped.decimals[i])
    ])
    const record = JSON.stringify(text === undefined ? values : [['text', text], ...values])
    const part =
      split === undefined || !mapped.hasParts ? undefined : partOf(cellText(cells[split] ?? ''))
    const named = id === undefined ? undefined : labelOf(cells[id])
    return {
      row: index,
      name: named ?? `Row ${row.number}`,
      label: label === undefined ? -1 : (classIndex.get(labelOf(cells[label]) ?? '') ?? -1),
      split: splitOf(part, mapped.hasTest),
      fingerprint: keepDigest(sha256Bytes(record)),
      text,
      width: undefined,
      height: undefined,
      locator: String(row.number),
      sizeBytes: Buffer.byteLength(record),
      // fromEntries defines the keys, so that no name can reach the object's prototype.
      values: Object.fromEntries(values)
    }
  }
}

function joinTexts(cells: readonly Cell[], places: readonly number[]): string {
  const parts = places.map((i) => cells[i]).filter((cell) => cell !== undefined && cell !== null)
  return parts
    .map((cell) => cellText(cell).trim())
    .filter((part) => part !== '')
    .join('\n')
}

function numberIn(cell: Cell, mark: DecimalMark): number | undefined {
  return isMissing(cell) ? undefined : parseNumber(cell, mark)
}

function valueOf(cell: Cell, isNumeric: boolean, mark: DecimalMark): JsonValue {
  if (isNumeric) return numberIn(cell, mark) ?? null
  return cell === undefined || isMissing(cell) ? null : cell
}
