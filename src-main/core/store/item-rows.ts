// A row of the `items` table as the object others see.
import type { JsonValue } from '../../api/dto/common.ts'
import { keyText } from './item-key.ts'
import type { ItemBox, NewItem, StoredItem } from './records.ts'
import { storedJson } from './stored-values.ts'

/** Rows of one dataset at most: an id is its dataset's number x this + its row. */
export const rowsPerDataset = 2 ** 32

/** Columns a {@link StoredItem} is made of. */
export const itemColumns = `id, repeat, label, split, aside, duplicate_of, size_bytes, width, height,
  fingerprint, name, locator, text, extra, pictures, boxes, note, given_label`

const splits = ['none', 'train', 'test'] as const

/** Number a split is stored as. */
export function splitNumber(split: NewItem['split']): number {
  return splits.indexOf(split)
}

/** Split of a stored number. */
export function splitOf(number: number): NewItem['split'] {
  return splits[number] ?? 'none'
}

/** One row as SQLite returns it. */
export interface ItemRow {
  readonly id: number
  readonly repeat: number
  readonly label: number
  readonly split: number
  readonly aside: number
  readonly duplicate_of: number | null
  readonly size_bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly fingerprint: Buffer
  readonly name: string
  readonly locator: string
  readonly text: string | null
  readonly extra: string | null
  readonly pictures: string | null
  readonly boxes: string | null
  readonly note: string | null
  readonly given_label: number | null
}

/** True for a number that can be a row. */
export function isRow(row: number): boolean {
  return Number.isInteger(row) && row >= 0 && row < rowsPerDataset
}

/** Values of the other columns, as they were stored by the importer. */
export function parseExtra(extra: string | null): Record<string, JsonValue> {
  return extra === null ? {} : (storedJson(extra) as Record<string, JsonValue>)
}

/** The item of a row. */
export function toItem(row: ItemRow): StoredItem {
  return {
    row: row.id % rowsPerDataset,
    key: keyText(row.fingerprint, row.repeat),
    name: row.name,
    label: row.label,
    split: splitOf(row.split),
    isAside: row.aside === 1,
    duplicateOf: row.duplicate_of ?? undefined,
    fingerprint: row.fingerprint,
    text: row.text ?? undefined,
    width: row.width ?? undefined,
    height: row.height ?? undefined,
    locator: row.locator,
    sizeBytes: row.size_bytes,
    // Both were written by `append` from the same types.
    pictures: row.pictures === null ? undefined : (storedJson(row.pictures) as string[]),
    boxes: row.boxes === null ? undefined : (storedJson(row.boxes) as ItemBox[]),
    values: parseExtra(row.extra),
    note: row.note ?? '',
    givenLabel: row.given_label ?? undefined
  }
}
