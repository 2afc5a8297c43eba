// Datasets as the screens and the command line see them: DTOs made from the store.
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  DatasetSummary,
  ImportProblem,
  ItemDetail,
  ItemRow,
  ItemsPage,
  ItemsRequest,
  Thumbnail
} from '../../api/dto/datasets.ts'
import type { PageRequest } from '../../api/dto/common.ts'
import { AppError } from '../../api/errors.ts'
import { placeForDisplay } from '../files/grants.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { DatasetRecord, Store, StoredItem } from '../store/records.ts'
import { describeSource } from './item-source.ts'
import { thumbnailTask, type ThumbnailInput, type ThumbnailSize } from './thumbnails.ts'

/** Characters of text shown in a list. */
const textShown = 300

export interface DatasetQueries {
  /** Ready datasets, oldest first. */
  list(): Promise<DatasetSummary[]>
  /** All below throw AppError "dataset-not-found"; `item` also "item-not-found". */
  summary(id: string): Promise<DatasetSummary>
  items(request: ItemsRequest): ItemsPage
  item(id: string, row: number): ItemDetail
  problems(
    id: string,
    page: PageRequest
  ): { problems: ImportProblem[]; next: string | null; total: number }
  setAside(id: string, rows: readonly number[], aside: boolean): { changed: number }
  /** Throws AppError "dataset-name-taken". */
  rename(id: string, name: string): Promise<DatasetSummary>
  /** Removes the dataset from the project and its copied files; originals elsewhere stay. */
  remove(id: string): Promise<void>
  thumbnails(
    id: string,
    rows: readonly number[],
    size: ThumbnailSize,
    signal: AbortSignal
  ): Promise<Thumbnail[]>
}

export interface DatasetDeps {
  readonly store: Store
  /** media/ of the project. */
  readonly mediaFolder: string
  readonly pool: ComputePool
}

/** Queries over one open project. */
export function createDatasetQueries(deps: DatasetDeps): DatasetQueries {
  const { store, mediaFolder } = deps
  const queries: DatasetQueries = {
    list: () =>
      Promise.all(store.datasets.list().map((record) => summarise(store, record, mediaFolder))),
    summary: async (id) => summarise(store, requireDataset(store, id), mediaFolder),
    items(request) {
      const record = requireDataset(store, request.dataset)
      const page = store.items.page(
        record.id,
        request.filter,
        request.page.cursor,
        request.page.limit
      )
      return {
        items: page.items.map((item) => toItemRow(item, record)),
        next: page.next,
        total: page.total
      }
    },
    item: (id, row) => itemDetail(store, requireDataset(store, id), row),
    problems(id, page) {
      requireDataset(store, id)
      const found = store.problems.page(id, page.cursor, page.limit)
      return { problems: [...found.problems], next: found.next, total: found.total }
    },
    setAside(id, rows, aside) {
      requireDataset(store, id)
      return { changed: store.items.setAside(id, rows, aside) }
    },
    async rename(id, name) {
      requireDataset(store, id)
      const other = store.datasets.byName(name)
      if (other !== undefined && other.id !== id) throw new AppError('dataset-name-taken')
      store.datasets.update(id, { name })
      return summarise(store, requireDataset(store, id), mediaFolder)
    },
    async remove(id) {
      requireDataset(store, id)
      store.datasets.remove(id)
      await rm(join(mediaFolder, id), { recursive: true, force: true })
    },
    thumbnails: (id, rows, size, signal) =>
      makeThumbnails(deps, requireDataset(store, id), rows, size, signal)
  }
  return queries
}

/** The ready dataset with this id. Throws AppError "dataset-not-found". */
export function requireDataset(store: Pick<Store, 'datasets'>, id: string): DatasetRecord {
  const record = store.datasets.get(id)
  if (record?.state !== 'ready') throw new AppError('dataset-not-found')
  return record
}

/** True when the originals are where they were. */
export async function isReachable(record: DatasetRecord, mediaFolder: string): Promise<boolean> {
  // Rows were read into the project; nothing else is needed of them.
  if (record.kind !== 'images') return true
  try {
    await stat(describeSource(record, mediaFolder).path)
    return true
  } catch {
    return false
  }
}

async function summarise(
  store: Store,
  record: DatasetRecord,
  mediaFolder: string
): Promise<DatasetSummary> {
  const counts = store.datasets.counts(record.id)
  const perClass = new Map(counts.perClass.map((entry) => [entry.index, entry]))
  return {
    id: record.id,
    name: record.name,
    kind: record.kind,
    format: record.format,
    items: record.items,
    skipped: record.skipped,
    setAside: counts.setAside,
    exactDuplicates: counts.exactDuplicates,
    missingLabels: counts.missingLabels,
    train: counts.train,
    test: counts.test,
    classes: record.classNames.map((name, index) => {
      const found = perClass.get(index)
      return {
        index,
        name,
        count: found?.count ?? 0,
        train: found?.train ?? 0,
        test: found?.test ?? 0
      }
    }),
    columns: [...record.columns],
    labelColumn: record.labelColumn ?? null,
    sizeBytes: record.sizeBytes,
    createdAt: record.createdAt,
    contentHash: record.contentHash,
    storage: record.storage,
    isReachable: await isReachable(record, mediaFolder),
    place: record.storage === 'copy' ? 'in the project' : placeForDisplay(record.sourcePath),
    purpose: record.purpose
  }
}

/** An item as lists show it. */
export function toItemRow(item: StoredItem, record: Pick<DatasetRecord, 'classNames'>): ItemRow {
  return {
    row: item.row,
    key: item.key,
    name: item.name,
    label: item.label < 0 ? null : (record.classNames[item.label] ?? null),
    split: item.split,
    isAside: item.isAside,
    duplicateOf: item.duplicateOf ?? null,
    text: item.text === undefined ? null : item.text.slice(0, textShown),
    width: item.width ?? null,
    height: item.height ?? null
  }
}

function itemDetail(store: Store, record: DatasetRecord, row: number): ItemDetail {
  const item = store.items.get(record.id, row)
  if (item === undefined) throw new AppError('item-not-found')
  return {
    item: toItemRow(item, record),
    fingerprint: Buffer.from(item.fingerprint).toString('hex'),
    sizeBytes: item.sizeBytes,
    fullText: item.text ?? null,
    values: { ...item.values }
  }
}

async function makeThumbnails(
  deps: DatasetDeps,
  record: DatasetRecord,
  rows: readonly number[],
  size: ThumbnailSize,
  signal: AbortSignal
): Promise<Thumbnail[]> {
  if (record.kind !== 'images') return rows.map((row) => ({ row, mime: 'image/png', bytes: null }))
  const items = deps.store.items.rows(record.id, rows).map((item) => ({
    row: item.row,
    locator: item.locator,
    fingerprint: Buffer.from(item.fingerprint).toString('hex'),
    width: item.width,
    height: item.height
  }))
  const input: ThumbnailInput = {
    source: describeSource(record, deps.mediaFolder),
    items,
    size,
    cacheFolder: join(deps.mediaFolder, 'thumbnails')
  }
  const made = await deps.pool.run<ThumbnailInput, never, readonly Thumbnail[]>(
    thumbnailTask,
    input,
    { signal, isLight: true }
  )
  return [...made]
}
