// Which items of a list are selected: some rows, or all that match but some rows. Either way only
// what was touched is remembered, so a million selected items cost nothing. No DOM.
import type { ItemFilter, ItemScope } from '@api/dto/browse.ts'

/** A selection. Rows are positions in the dataset, not in the list. */
export interface ItemSelection {
  /** False: `rows` are selected. True: all items of the list are, except `rows`. */
  readonly isAll: boolean
  readonly rows: ReadonlySet<number>
}

/** Nothing selected. */
export const noneSelected: ItemSelection = { isAll: false, rows: new Set() }
/** Everything in the list selected. */
export const allSelected: ItemSelection = { isAll: true, rows: new Set() }

/** True when an item is selected. */
export function isSelected(selection: ItemSelection, row: number): boolean {
  return selection.rows.has(row) !== selection.isAll
}

/** How many items are selected in a list of `total`. */
export function selectedCount(selection: ItemSelection, total: number): number {
  return selection.isAll ? Math.max(0, total - selection.rows.size) : selection.rows.size
}

/** The selection with these rows in it, or out of it. */
export function withRows(
  selection: ItemSelection,
  rows: Iterable<number>,
  isIn: boolean
): ItemSelection {
  const changed = new Set(selection.rows)
  const isListed = isIn !== selection.isAll
  for (const row of rows) {
    if (isListed) changed.add(row)
    else changed.delete(row)
  }
  return { isAll: selection.isAll, rows: changed }
}

/** What was selected is not, and the other way round. */
export function inverted(selection: ItemSelection): ItemSelection {
  return { isAll: !selection.isAll, rows: selection.rows }
}

/** The selection as the backend takes it; `filter` is the one of the list. */
export function scopeOf(selection: ItemSelection, filter: ItemFilter): ItemScope {
  if (selection.isAll) return { kind: 'filter', filter, except: [...selection.rows] }
  return { kind: 'rows', rows: Uint32Array.from(selection.rows).sort() }
}
