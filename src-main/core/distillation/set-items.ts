// Items of a finished tiny set as lists show them, and each as a picture.
import { join } from 'node:path'
import type { DistilItem, DistilItemsRequest, DistilResult } from '../../api/dto/distil.ts'
import { AppError } from '../../api/errors.ts'
import { itemRows } from '../datasets/item-row.ts'
import { describeSource } from '../datasets/item-source.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import { inputSize } from '../networks/network.ts'
import { toPixels } from '../networks/normalisation.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { encodePng } from './grid-picture.ts'
import { loadSplit } from './frozen-split.ts'
import { setFolder } from './make-set.ts'
import { loadNearest } from './nearest-items.ts'
import type { ReadPicturesInput, ReadPicturesOutput } from './read-pictures-task.ts'
import { loadFacts } from './run-files.ts'
import { loadSet, type SavedSet } from './set-files.ts'

export interface ItemDeps {
  readonly store: Store
  readonly pool: ComputePool
  /** media/ of the project. */
  readonly mediaFolder: string
}

/** Shares of a label that are shown. */
const shownShares = 10

/** Row of the dataset that each item is; undefined for made items. */
export async function datasetRows(folder: string, set: SavedSet): Promise<Uint32Array | undefined> {
  if (set.sourceRows === undefined || set.values !== undefined) return undefined
  const { train } = await loadSplit(join(folder, 'split'))
  return set.sourceRows.map((position) => train[position])
}

/** A window of the items, those of one label if asked. */
export async function setItems(
  deps: ItemDeps,
  folder: string,
  result: DistilResult,
  request: DistilItemsRequest
): Promise<{ items: DistilItem[]; total: number }> {
  const set = await loadSet(join(folder, setFolder))
  const wanted = request.label === null ? -1 : result.classNames.indexOf(request.label)
  const all = Array.from(set.labels, (_, index) => index).filter(
    (index) => request.label === null || set.labels[index] === wanted
  )
  const shown = all.slice(request.first, request.first + request.limit)
  const rows = await datasetRows(folder, set)
  const nearest = await loadNearest(folder, set.count)
  // Gone with its dataset: the items are still there, their originals are not.
  const dataset = deps.store.datasets.get(result.dataset)
  return {
    total: all.length,
    items: shown.map((index) => ({
      index,
      label: result.classNames[set.labels[index]] ?? '',
      shares: sharesOf(set, index, result.classNames),
      item:
        dataset === undefined || rows === undefined
          ? null
          : (itemRows(deps.store, dataset, [rows[index]])[0] ?? null),
      nearest:
        dataset === undefined || nearest === undefined
          ? []
          : nearestOf(deps.store, dataset, nearest, index)
    }))
  }
}

function nearestOf(
  store: Store,
  dataset: DatasetRecord,
  nearest: NonNullable<Awaited<ReturnType<typeof loadNearest>>>,
  index: number
): DistilItem['nearest'] {
  const { each } = nearest
  const rows = nearest.rows.subarray(index * each, (index + 1) * each)
  return itemRows(store, dataset, rows).map((item, place) => ({
    item,
    similarity01: Math.min(1, nearest.similarity01[index * each + place])
  }))
}

function sharesOf(
  set: SavedSet,
  index: number,
  classNames: readonly string[]
): DistilItem['shares'] {
  if (set.targets.kind !== 'soft') return []
  const classes = classNames.length
  const own = set.targets.shares.subarray(index * classes, (index + 1) * classes)
  return Array.from(own, (share01, label) => ({ name: classNames[label], share01 }))
    .filter(({ share01 }) => share01 > 0)
    .sort((a, b) => b.share01 - a.share01)
    .slice(0, shownShares)
}

/** One item as students see it, as a PNG; null for rows of numbers. */
export async function pictureOf(
  deps: ItemDeps,
  folder: string,
  result: DistilResult,
  index: number
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (result.picture === null) return null
  const set = await loadSet(join(folder, setFolder))
  if (index >= set.count) throw new AppError('item-not-found')
  const { shape, normalisation } = await loadFacts(folder)
  const size = inputSize(shape)
  const pixels =
    set.values === undefined
      ? await originalPixels(deps, folder, result, set, [index])
      : toPixels(
          set.values.subarray(index * size, (index + 1) * size),
          shape.channels,
          normalisation
        )
  return encodePng(pixels, shape.width, shape.height, shape.channels)
}

/** Pixels of real items, read again from the originals: items x height x width x channels. */
export async function originalPixels(
  deps: ItemDeps,
  folder: string,
  result: Pick<DistilResult, 'dataset'>,
  set: SavedSet,
  indices: readonly number[]
): Promise<Uint8Array> {
  return (await readOriginals(deps, folder, result, set, indices)).pixels
}

/** As {@link originalPixels}, with the positions in `indices` that could not be read. */
export async function readOriginals(
  deps: ItemDeps,
  folder: string,
  result: Pick<DistilResult, 'dataset'>,
  set: SavedSet,
  indices: readonly number[]
): Promise<ReadPicturesOutput> {
  const dataset = deps.store.datasets.get(result.dataset)
  const rows = await datasetRows(folder, set)
  if (dataset === undefined || rows === undefined)
    throw new AppError(
      'dataset-not-found',
      'The data this set was taken from is not in the project any more.'
    )
  const { shape } = await loadFacts(folder)
  const wanted = indices.map((index) => rows[index])
  const items = deps.store.items.rows(dataset.id, wanted)
  const input: ReadPicturesInput = {
    source: describeSource(dataset, deps.mediaFolder),
    locators: items.map(({ locator }) => locator),
    size: shape.height,
    channels: shape.channels === 1 ? 1 : 3
  }
  return deps.pool.run<ReadPicturesInput, never, ReadPicturesOutput>(
    { name: 'distil-read-pictures' },
    input,
    { signal: AbortSignal.timeout(60_000), isLight: true }
  )
}
