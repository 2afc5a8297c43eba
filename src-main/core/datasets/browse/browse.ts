// Lists of items by position: filters, orders, windows and counts over datasets of a million items,
// answered from columns in memory. The first question about a dataset loads what it needs.
import type { Facets, ItemFilter, ItemSort, Window } from '../../../api/dto/browse.ts'
import type { DatasetCounts, DatasetRecord, ItemColumns, Store } from '../../store/records.ts'
import type { ItemChange } from './loaded-dataset.ts'
import type { PreparedLists } from './prepared-lists.ts'
import { ProjectBrowse } from './project-browse.ts'

/** How alike each row is to one row, 0..1 (NaN = not compared); undefined = not known yet. */
export type AlikeTo = (record: DatasetRecord, row: number) => Promise<Float32Array | undefined>

export interface BrowseDeps {
  readonly store: Store
  readonly alike: AlikeTo
  /** Files that make the first list of a large dataset quick; none where there is no place for them. */
  readonly lists?: PreparedLists
}

/** A window of a filtered, ordered list. */
export interface RowWindow {
  readonly rows: Uint32Array
  /** In the order of `rows`; undefined for orders other than "alike". */
  readonly similarity01: Float32Array | undefined
  /** Length of the whole list. */
  readonly total: number
}

/** What selection asks of a dataset's items. */
export interface ItemLookup {
  /** Rows of a filter, ascending. */
  rows(dataset: string, filter: ItemFilter): Promise<Uint32Array<ArrayBuffer>>
  /** Columns as they are now; later changes do not reach the copy. */
  columns(dataset: string): Promise<ItemColumns>
}

/** All below throw AppError "dataset-not-found" for a dataset that is not ready. */
export interface Browse extends ItemLookup {
  window(dataset: string, filter: ItemFilter, sort: ItemSort, window: Window): Promise<RowWindow>
  /** Position of a row in a list, or undefined when it is not in it. */
  position(
    dataset: string,
    filter: ItemFilter,
    sort: ItemSort,
    row: number
  ): Promise<number | undefined>
  facets(dataset: string, filter: ItemFilter): Promise<Facets>
  counts(dataset: string): Promise<DatasetCounts>
  /** One byte per row, 1 = has the tag. */
  tagged(dataset: string, tag: string): Promise<Uint8Array>
  /** Follows a change of items that was just stored. */
  changed(dataset: string, change: ItemChange): void
  /** Frees what is kept of a dataset. */
  forget(dataset: string): void
  /** The same for a dataset that is gone, with the files that were prepared of it. */
  remove(dataset: string): Promise<void>
  dispose(): void
}

/** Browsing of one open project. */
export function createBrowse(deps: BrowseDeps): Browse {
  return new ProjectBrowse(deps)
}
