// The preview of annotated pictures: a part of the label files and a few pictures.
import { basename } from 'node:path'
import type { ImportOptions, ImportPreview, PreviewItem } from '../../../../api/dto/datasets.ts'
import {
  countNames,
  plainPreview,
  previewItems,
  previewProblems,
  smallPicture,
  spread
} from '../../preview-parts.ts'
import { suggestName } from '../../preview-words.ts'
import {
  annotationColumns,
  annotationNotes,
  pictureParts,
  readAnnotations
} from './annotation-reader.ts'
import { mainLabel, type AnnotationSet } from './annotation-set.ts'
import type { AnnotationTree } from './annotation-tree.ts'
import type { FoundAnnotations } from './find-annotations.ts'

// Read for a quick look; an import reads everything.
const limits = { bytes: 64 * 2 ** 20, files: 2000 }

/** The preview of an opened tree, which it closes. */
export async function previewAnnotations(
  path: string,
  tree: AnnotationTree,
  found: FoundAnnotations,
  options: ImportOptions
): Promise<ImportPreview> {
  try {
    const set = await lastOf(readAnnotations(tree, found, limits))
    const partOf = pictureParts(set)
    const used = new Set([...set.pictures, ...set.files])
    const sizeBytes = tree.files.reduce(
      (sum, file) => sum + (used.has(file.path) ? file.sizeBytes : 0),
      0
    )
    const labelOf = (picture: string): string | undefined =>
      mainLabel(set.labels.get(picture)?.boxes ?? [])
    return {
      ...plainPreview,
      format: set.format,
      kind: 'images',
      sentence: describe(set),
      suggestedName: suggestName(path),
      notes: annotationNotes(set),
      copyBytes: sizeBytes,
      columns: [...annotationColumns],
      items: await sampleItems(tree, set, labelOf, partOf),
      itemsEstimate: set.pictures.length,
      isComplete: set.isComplete,
      classes: countNames(set.pictures.map(labelOf)),
      splits: countNames(set.pictures.map(partOf)),
      sizeBytes,
      problems: set.problems.slice(0, previewProblems),
      options
    }
  } finally {
    await tree.close()
  }
}

/** Runs a generator to its end. */
async function lastOf<T>(steps: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const step = await steps.next()
    if (step.done === true) return step.value
  }
}

async function sampleItems(
  tree: AnnotationTree,
  set: AnnotationSet,
  labelOf: (picture: string) => string | undefined,
  partOf: (picture: string) => string | undefined
): Promise<PreviewItem[]> {
  const items: PreviewItem[] = []
  for (const picture of spread(set.pictures, previewItems)) {
    const bytes = await tree.read(picture).catch(() => undefined)
    const boxes = set.labels.get(picture)?.boxes ?? []
    items.push({
      name: basename(picture),
      label: labelOf(picture) ?? null,
      split: partOf(picture) ?? null,
      text: null,
      thumbnail: bytes === undefined ? null : await smallPicture(bytes),
      values: {
        Categories: [...new Set(boxes.map(({ category }) => category))].join(', '),
        Boxes: String(boxes.length)
      }
    })
  }
  return items
}

const formatNames = { coco: 'COCO', yolo: 'YOLO', voc: 'Pascal VOC' } as const

function describe(set: AnnotationSet): string {
  const kinds = new Set<string>()
  let boxes = 0
  for (const labels of set.labels.values()) {
    boxes += labels.boxes.length
    for (const { category } of labels.boxes) kinds.add(category)
  }
  const about = set.isComplete ? '' : 'at least '
  const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`
  return `Looks like pictures with ${formatNames[set.format]} labels: ${about}${count(boxes, 'box', 'boxes')} of ${count(kinds.size, 'kind', 'kinds')}.`
}
