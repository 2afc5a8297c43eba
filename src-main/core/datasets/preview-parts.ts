// What previews of every family are made of: bounds, counts by name, small pictures and the fields
// that most families leave empty.
import sharp from 'sharp'
import type { ImportPreview } from '../../api/dto/datasets.ts'
import { pixelLimit } from './readers/image-header.ts'
import { compareNaturally } from './readers/reader.ts'

/** Items shown. */
export const previewItems = 12
/** Problems listed in a preview. */
export const previewProblems = 200
const thumbnailSize = 96

/** Fields of a preview that stay as they are for most sources. */
export const plainPreview = {
  shape: null,
  sheets: [],
  arrays: [],
  notes: []
} satisfies Partial<ImportPreview>

/** Counts one more of a name; nothing for undefined. */
export function tally(counts: Map<string, number>, name: string | undefined): void {
  if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
}

/** Counts as a list, in natural order of the names. */
export function listCounts(counts: ReadonlyMap<string, number>): { name: string; count: number }[] {
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => compareNaturally(a.name, b.name))
}

/** Counts by name, in natural order. */
export function countNames(names: Iterable<string | undefined>): { name: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const name of names) tally(counts, name)
  return listCounts(counts)
}

/** `count` of `values`, evenly spread over the list. */
export function spread<T>(values: readonly T[], count: number): T[] {
  if (values.length <= count) return [...values]
  return Array.from({ length: count }, (_, i) => values[Math.floor((i * values.length) / count)])
}

/** A small PNG of an encoded picture, or null when it cannot be decoded. */
export async function smallPicture(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const made = await sharp(bytes, { limitInputPixels: pixelLimit, failOn: 'none' })
      .autoOrient()
      .resize(thumbnailSize, thumbnailSize, { fit: 'inside' })
      .png()
      .toBuffer()
    return new Uint8Array(made)
  } catch {
    return null
  }
}
