// Datasets as the screens and the command line see them: DTOs made from the store.
import type { Facets, ItemFilter, ItemSort } from '../../api/dto/browse.ts'
import type { PageRequest } from '../../api/dto/common.ts'
import type {
  ClassCount,
  DatasetSummary,
  ImportProblem,
  ItemDetail,
  ItemsPage,
  ItemsRequest,
  Thumbnail
} from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { DatasetCounts, DatasetRecord, Store } from '../store/records.ts'
import type { Browse } from './browse/browse.ts'
import { itemDetail } from './item-detail.ts'
import { makePicture, makeThumbnails } from './item-pictures.ts'
import { itemRows } from './item-row.ts'
import { isReachable, placeOf } from './origins.ts'
import type { Removals } from './removals.ts'
import type { ThumbnailSize } from './thumbnails.ts'

// Counting this many items by their index takes a few milliseconds.
const countedAtOnce = 20_000

export interface DatasetQueries {
  /** Ready datasets, oldest first. */
  list(): Promise<DatasetSummary[]>
  /** All below throw AppError "dataset-not-found"; `item` and `picture` also "item-not-found". */
  summary(id: string): Promise<DatasetSummary>
  items(request: ItemsRequest): Promise<ItemsPage>
  position(id: string, filter: ItemFilter, sort: ItemSort, row: number): Promise<number | null>
  rows(id: string, filter: ItemFilter): Promise<Uint32Array<ArrayBuffer>>
  facets(id: string, filter: ItemFilter): Promise<Facets>
  item(id: string, row: number): ItemDetail
  problems(
    id: string,
    page: PageRequest
  ): { problems: ImportProblem[]; next: string | null; total: number }
  /** Throws AppError "dataset-name-taken". */
  rename(id: string, name: string): Promise<DatasetSummary>
  /**
   * Removes the dataset from the project and its copied files; originals elsewhere stay. It is
   * gone from every list at once; a large one is taken apart afterwards.
   */
  remove(id: string): Promise<void>
  thumbnails(
    id: string,
    rows: readonly number[],
    size: ThumbnailSize,
    signal: AbortSignal
  ): Promise<Thumbnail[]>
  /** One of an item's pictures in full size, re-encoded. */
  picture(id: string, row: number, index: number, signal: AbortSignal): Promise<Thumbnail>
}

export interface DatasetDeps {
  readonly store: Store
  /** media/ of the project. */
  readonly mediaFolder: string
  readonly pool: ComputePool
  readonly browse: Browse
  readonly removals: Pick<Removals, 'remove'>
}

/** Queries over one open project. */
export function createDatasetQueries(deps: DatasetDeps): DatasetQueries {
  const { store, browse, removals } = deps
  const summary = async (id: string): Promise<DatasetSummary> =>
    summarise(deps, requireDataset(store, id), store.datasets.list())
  return {
    list() {
      const all = store.datasets.list()
      return Promise.all(all.map((record) => summarise(deps, record, all)))
    },
    summary,
    async items({ dataset, filter, sort, window }) {
      const found = await browse.window(dataset, filter, sort, window)
      return {
        items: itemRows(store, requireDataset(store, dataset), found.rows),
        similarity01: found.similarity01 === undefined ? null : [...found.similarity01],
        total: found.total
      }
    },
    position: async (id, filter, sort, row) =>
      (await browse.position(id, filter, sort, row)) ?? null,
    rows: (id, filter) => browse.rows(id, filter),
    facets: (id, filter) => browse.facets(id, filter),
    item: (id, row) => itemDetail(deps, requireDataset(store, id), row),
    problems(id, page) {
      requireDataset(store, id)
      const found = store.problems.page(id, page.cursor, page.limit)
      return { problems: [...found.problems], next: found.next, total: found.total }
    },
    async rename(id, name) {
      requireDataset(store, id)
      const other = store.datasets.byName(name)
      if (other !== undefined && other.id !== id) throw new AppError('dataset-name-taken')
      store.datasets.update(id, { name })
      return summary(id)
    },
    remove: (id) => removals.remove(requireDataset(store, id)),
    thumbnails: (id, rows, size, signal) =>
      makeThumbnails(deps, requireDataset(store, id), rows, size, signal),
    picture: (id, row, index, signal) =>
      makePicture(deps, requireDataset(store, id), row, index, signal)
  }
}

/** The ready dataset with this id. Throws AppError "dataset-not-found". */
export function requireDataset(store: Pick<Store, 'datasets'>, id: string): DatasetRecord {
  const record = store.datasets.get(id)
  if (record?.state !== 'ready') throw new AppError('dataset-not-found')
  return record
}

/** Counts of a dataset; counted once after every change, and never long at once. */
export async function countsOf(
  { store, browse }: Pick<DatasetDeps, 'store' | 'browse'>,
  record: DatasetRecord
): Promise<DatasetCounts> {
  const known = store.datasets.knownCounts(record.id)
  if (known !== undefined) return known
  if (record.items <= countedAtOnce) return store.datasets.counts(record.id)
  const counts = await browse.counts(record.id)
  if (!store.isReadOnly) store.datasets.saveCounts(record.id, counts)
  return counts
}

async function summarise(
  deps: DatasetDeps,
  record: DatasetRecord,
  all: readonly DatasetRecord[]
): Promise<DatasetSummary> {
  const { store } = deps
  const { setAside, exactDuplicates, missingLabels, train, test, perClass } = await countsOf(
    deps,
    record
  )
  const { id, name, kind, format, version, items, skipped, sizeBytes, createdAt } = record
  const pictures = kind === 'images' ? items : store.items.pictures(id)
  const previous = all.find((other) => other.id === record.previous)
  return {
    ...{ id, name, kind, format, version, items, skipped, sizeBytes, createdAt, pictures },
    ...{ setAside, exactDuplicates, missingLabels, train, test },
    shape: record.shape ?? null,
    previous: previous?.id ?? null,
    isLatest: !all.some((other) => other.previous === id),
    edits: store.edits.list(id).filter((step) => !step.isUndone).length,
    classes: classCounts(record, perClass),
    columns: [...record.columns],
    labelColumn: record.labelColumn ?? null,
    contentHash: record.contentHash,
    storage: record.storage,
    isReachable: pictures === 0 || (await isReachable(record, deps.mediaFolder)),
    place: placeOf(record),
    purpose: record.purpose
  }
}

function classCounts(record: DatasetRecord, perClass: DatasetCounts['perClass']): ClassCount[] {
  const found = new Map(perClass.map((entry) => [entry.index, entry]))
  return record.classNames.map((name, index) => {
    const { count = 0, train = 0, test = 0 } = found.get(index) ?? {}
    return { index, name, count, train, test }
  })
}
