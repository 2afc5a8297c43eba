// What a gallery shows: an item of a dataset with what a screen adds to it, and where its pictures
// come from. Shapes only.
import type { ItemDetail, ItemRow } from '@api/dto/datasets.ts'
import type { RunItem } from '@api/dto/runs.ts'

/** An item as a tile. */
export interface GalleryItem extends ItemRow {
  /** One line shown on hover and in the quick look: why it was kept or left out. */
  readonly why?: string | undefined
  /** Bottom-right corner: a rank, a score or votes, already formatted. */
  readonly score?: string | undefined
  /** Kept items have a filled dot, left-out ones a hollow one. */
  readonly part?: 'kept' | 'left-out' | undefined
  readonly isMustKeep?: boolean | undefined
  /** A change by hand that was not checked yet: it goes into the chosen set, or comes out. */
  readonly pending?: 'in' | 'out' | undefined
  /** Why it cannot be put into the chosen set by hand; null or undefined when it can. */
  readonly whyFixed?: string | null | undefined
  /** An item to look at beside it. */
  readonly evidence?: RunItem['evidence'] | undefined
}

/** Sizes pictures come in, in pixels. */
export type PictureSize = 96 | 192 | 512

/** One screen's claim on pictures: what it no longer wants may be dropped. */
export interface PictureLease {
  /** Rows shown now; requests for others are given up. */
  want(rows: readonly number[], size: PictureSize): void
  /** Address of a picture, null when there is none, undefined while it is on its way. Reactive. */
  get(row: number, size: PictureSize): string | null | undefined
  dispose(): void
}

/** Pictures and full texts of one dataset. */
export interface ItemSource {
  readonly kind: 'images' | 'text' | 'table'
  lease(): PictureLease
  detail(row: number): Promise<ItemDetail>
}

/** Tile edges in pixels. */
export const tileSizes = [96, 128, 192] as const
/** One of {@link tileSizes}. */
export type TileSize = (typeof tileSizes)[number]
