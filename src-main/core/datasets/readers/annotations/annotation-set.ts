// Label files of pictures as one thing, whatever format they came in: boxes by picture, problems,
// and the one label a picture gets from its boxes.
import type { ImportProblem } from '../../../../api/dto/datasets.ts'
import type { ItemBox } from '../../../store/records.ts'
import type { PartName } from '../split-names.ts'

/** The formats of label files. */
export type AnnotationFormat = 'coco' | 'yolo' | 'voc'

/** A box as its file gives it, in units of {@link PictureLabels.size}. */
export interface GivenBox {
  readonly category: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What the label files say about one picture. */
export interface PictureLabels {
  readonly boxes: GivenBox[]
  /** Size the boxes are measured against; undefined = the picture's own. */
  readonly size: { readonly width: number; readonly height: number } | undefined
  readonly part: PartName | undefined
}

/** Everything the label files say. */
export interface AnnotationSet {
  readonly format: AnnotationFormat
  /** By path of the picture. */
  readonly labels: ReadonlyMap<string, PictureLabels>
  /** Pictures to read, in order: labelled ones, and others that lie beside them. */
  readonly pictures: readonly string[]
  readonly problems: readonly ImportProblem[]
  /** Label files and lists of names, as paths below the root. */
  readonly files: readonly string[]
  /** False when only a part of the label files was read (previews). */
  readonly isComplete: boolean
}

/** Problems kept in memory; the rest is only counted. */
export const mostProblems = 10_000

/**
 * The one label of a picture: that of its boxes when they agree, otherwise the most frequent one;
 * of equally frequent ones that with the larger boxes, then the first by name.
 */
export function mainLabel(boxes: readonly GivenBox[]): string | undefined {
  const seen = new Map<string, { count: number; area: number }>()
  for (const { category, width, height } of boxes) {
    const sum = seen.get(category) ?? { count: 0, area: 0 }
    seen.set(category, { count: sum.count + 1, area: sum.area + width * height })
  }
  const [best] = [...seen].sort(
    ([a, x], [b, y]) => y.count - x.count || y.area - x.area || (a < b ? -1 : 1)
  )
  return best?.[0]
}

/** True when the boxes of a picture are of several kinds. */
export function isMixed(boxes: readonly GivenBox[]): boolean {
  return boxes.some(({ category }) => category !== boxes[0].category)
}

/** Boxes as shares of the picture, cut at its edges; boxes outside it are left out. */
export function toShares(labels: PictureLabels, own: { width: number; height: number }): ItemBox[] {
  const { width, height } = labels.size ?? own
  return labels.boxes.flatMap((box) => {
    const x01 = clamp01(box.x / width)
    const y01 = clamp01(box.y / height)
    const width01 = clamp01((box.x + box.width) / width) - x01
    const height01 = clamp01((box.y + box.height) / height) - y01
    // NaN fails both comparisons.
    return width01 > 0 && height01 > 0 ? [{ label: box.category, x01, y01, width01, height01 }] : []
  })
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value))
}

/** Pictures of a tree to read: labelled ones, and all others in the folders those lie in. */
export function pictureList(
  all: readonly string[],
  labels: ReadonlyMap<string, unknown>
): readonly string[] {
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)
  const folders = new Set([...labels.keys()].map(folderOf))
  return all.filter((path) => folders.has(folderOf(path)))
}
