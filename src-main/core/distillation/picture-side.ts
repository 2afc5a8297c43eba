// The side that pictures are brought to: as asked, or their own where that is small enough.
import type { DistilDraft } from '../../api/dto/distil.ts'
import type { ItemLookup } from '../datasets/browse/browse.ts'
import { percentile } from '../compute/kernels/percentile.ts'
import type { DatasetRecord } from '../store/records.ts'

/** Larger pictures take too long to learn from here. */
export const largestSide = 64
const smallestSide = 8
/** Where the size of the originals is not known. */
const usualSide = 32

/** The pictures' own side: the median of their longer sides; undefined when it is not known. */
export async function ownSide(
  items: ItemLookup,
  dataset: Pick<DatasetRecord, 'id' | 'kind'>,
  rows: Uint32Array
): Promise<number | undefined> {
  if (dataset.kind !== 'images') return undefined
  const { widths, heights } = await items.columns(dataset.id)
  const sides = Array.from(rows, (row) => Math.max(widths[row], heights[row])).filter(
    (side) => side > 0
  )
  return sides.length === 0 ? undefined : Math.round(percentile(sides, 50))
}

/** The side of a draft. */
export async function pictureSideOf(
  items: ItemLookup,
  draft: Pick<DistilDraft, 'side'>,
  dataset: Pick<DatasetRecord, 'id' | 'kind'>,
  rows: Uint32Array
): Promise<number> {
  if (draft.side !== null) return draft.side
  const own = (await ownSide(items, dataset, rows)) ?? usualSide
  return Math.min(largestSide, Math.max(smallestSide, own))
}
