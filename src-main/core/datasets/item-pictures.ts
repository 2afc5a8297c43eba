// Pictures of items: small ones for galleries and one in full size, made in compute threads.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Thumbnail } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { DatasetRecord, Store, StoredItem } from '../store/records.ts'
import { describeSource } from './item-source.ts'
import {
  pictureTask,
  thumbnailTask,
  type PictureInput,
  type ThumbnailInput,
  type ThumbnailItem,
  type ThumbnailSize
} from './thumbnails.ts'

interface PictureDeps {
  readonly store: Store
  readonly mediaFolder: string
  readonly pool: ComputePool
}

/** Locators of an item's pictures: the item itself, or the pictures its row names. */
export function pictureLocators(
  record: Pick<DatasetRecord, 'kind'>,
  item: Pick<StoredItem, 'locator' | 'pictures'>
): readonly string[] {
  return record.kind === 'images' ? [item.locator] : (item.pictures ?? [])
}

function thumbnailItem(record: DatasetRecord, item: StoredItem): ThumbnailItem | undefined {
  const [locator] = pictureLocators(record, item)
  if (locator === undefined) return undefined
  const isPicture = record.kind === 'images'
  return {
    row: item.row,
    locator,
    // A row's fingerprint covers the name of its picture, not the picture's content.
    fingerprint: isPicture
      ? Buffer.from(item.fingerprint).toString('hex')
      : createHash('sha256').update(`${record.sourcePath}\0${locator}`).digest('hex'),
    width: isPicture ? item.width : undefined,
    height: isPicture ? item.height : undefined
  }
}

/** Thumbnails of rows, in their order; bytes are null where there is no picture. */
export async function makeThumbnails(
  deps: PictureDeps,
  record: DatasetRecord,
  rows: readonly number[],
  size: ThumbnailSize,
  signal: AbortSignal
): Promise<Thumbnail[]> {
  const items = deps.store.items
    .rows(record.id, rows)
    .flatMap((item) => thumbnailItem(record, item) ?? [])
  const made = new Map<number, Thumbnail>()
  if (items.length > 0) {
    const input: ThumbnailInput = {
      source: describeSource(record, deps.mediaFolder),
      items,
      size,
      cacheFolder: join(deps.mediaFolder, 'thumbnails')
    }
    const thumbnails = await deps.pool.run<ThumbnailInput, never, readonly Thumbnail[]>(
      thumbnailTask,
      input,
      { signal, isLight: true }
    )
    for (const thumbnail of thumbnails) made.set(thumbnail.row, thumbnail)
  }
  return rows.map((row) => made.get(row) ?? { row, mime: 'image/png', bytes: null })
}

/** One picture of an item in full size. Throws AppError "item-not-found". */
export async function makePicture(
  deps: PictureDeps,
  record: DatasetRecord,
  row: number,
  index: number,
  signal: AbortSignal
): Promise<Thumbnail> {
  const item = deps.store.items.get(record.id, row)
  const locator = item && pictureLocators(record, item)[index]
  if (locator === undefined) throw new AppError('item-not-found')
  const input: PictureInput = {
    source: describeSource(record, deps.mediaFolder),
    locator
  }
  const picture = await deps.pool.run<PictureInput, never, Omit<Thumbnail, 'row'>>(
    pictureTask,
    input,
    { signal, isLight: true }
  )
  return { row, ...picture }
}
