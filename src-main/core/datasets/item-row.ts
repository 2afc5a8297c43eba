// Items as lists show them: the one place where a stored item becomes a row.
import type { ItemRow } from '../../api/dto/datasets.ts'
import type { DatasetRecord, Store, StoredItem } from '../store/records.ts'

/** Characters of text shown in a list. */
const textShown = 300

/** Items as lists show them, in the order of `rows`. */
export function itemRows(
  store: Pick<Store, 'items'>,
  record: Pick<DatasetRecord, 'id' | 'classNames' | 'kind'>,
  rows: ArrayLike<number> | Iterable<number>
): ItemRow[] {
  const wanted = Array.from(rows)
  const tags = store.items.tagsOf(record.id, wanted)
  return store.items.rows(record.id, wanted).map((item, i) => toItemRow(item, record, tags[i]))
}

/** An item as lists show it. */
export function toItemRow(
  item: StoredItem,
  record: Pick<DatasetRecord, 'classNames' | 'kind'>,
  tags: readonly string[] = []
): ItemRow {
  const nameOf = (label: number): string | null =>
    label < 0 ? null : (record.classNames[label] ?? null)
  return {
    row: item.row,
    key: item.key,
    name: item.name,
    label: nameOf(item.label),
    split: item.split,
    isAside: item.isAside,
    duplicateOf: item.duplicateOf ?? null,
    text: item.text === undefined ? null : item.text.slice(0, textShown),
    width: item.width ?? null,
    height: item.height ?? null,
    hasPicture: record.kind === 'images' || (item.pictures?.length ?? 0) > 0,
    tags: [...tags],
    hasNote: item.note !== '',
    givenLabel: item.givenLabel === undefined ? null : nameOf(item.givenLabel)
  }
}
