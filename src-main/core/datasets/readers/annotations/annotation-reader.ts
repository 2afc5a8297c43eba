// Reads annotated pictures: one item per picture with its boxes, a label from its boxes, and the
// kinds and number of its boxes as columns.
import { basename } from 'node:path'
import type { ColumnInfo, ImportProblem } from '../../../../api/dto/datasets.ts'
import { AppError } from '../../../../api/errors.ts'
import type { NewItem } from '../../../store/records.ts'
import type { PictureCheck } from '../image-header.ts'
import { batchFiles, checkFiles, picturePaths } from '../image-reader.ts'
import {
  compareNaturally,
  createDigestBlock,
  type DatasetReader,
  type ImportPlan,
  type ReadBatch,
  type ReadPosition,
  type ScanProgress
} from '../reader.ts'
import { splitOf } from '../split-names.ts'
import {
  isMixed,
  mainLabel,
  toShares,
  type AnnotationSet,
  type PictureLabels
} from './annotation-set.ts'
import type { AnnotationTree } from './annotation-tree.ts'
import { partOfFolders, readCoco, type LookLimits } from './coco.ts'
import type { FoundAnnotations } from './find-annotations.ts'
import { readVocTree } from './voc.ts'
import { readYoloTree } from './yolo.ts'

/** Columns beside the label. */
export const annotationColumns: readonly ColumnInfo[] = [
  column('Categories', 'list'),
  column('Boxes', 'number')
]

function column(name: string, type: ColumnInfo['type']): ColumnInfo {
  return { name, type, role: 'keep', confidence01: 1, distinct: null, missing: 0, examples: [] }
}

/** Reads the label files of an opened tree. Throws AppError "nothing-to-import" without a picture. */
export async function* readAnnotations(
  tree: AnnotationTree,
  { format, cocoFiles }: FoundAnnotations,
  limits: LookLimits
): AsyncGenerator<ScanProgress, AnnotationSet, void> {
  const pictures = picturePaths(tree.files).filter((path) => pictureEnding.test(path))
  if (pictures.length === 0)
    throw new AppError('nothing-to-import', 'There are labels here, but no pictures beside them.', {
      hint: 'Choose the folder that holds both the pictures and the labels.'
    })
  if (format === 'coco') return yield* readCoco(tree, cocoFiles, pictures, limits)
  if (format === 'yolo') return yield* readYoloTree(tree, pictures, limits)
  return yield* readVocTree(tree, pictures, limits)
}

// Label files lie among the pictures, so that here only names tell which is which at first.
const pictureEnding = /\.(jpe?g|jpe|jfif|png|gif|webp|tiff?|avif)$/i

/** The part of a picture: what its labels say, or the folder it lies in. */
export function pictureParts(
  set: AnnotationSet
): (path: string) => ReturnType<typeof partOfFolders> {
  const of = (path: string): ReturnType<typeof partOfFolders> =>
    set.labels.get(path)?.part ?? partOfFolders(path)
  // One part alone splits nothing, and would leave nothing to choose from.
  const parts = new Set(set.pictures.map(of))
  return parts.size > 1 ? of : () => undefined
}

/** How many pictures have boxes of several kinds, as a sentence. */
export function annotationNotes(set: AnnotationSet): string[] {
  const mixed = set.pictures.filter((path) => isMixed(set.labels.get(path)?.boxes ?? [])).length
  const bare = set.pictures.filter(
    (path) => (set.labels.get(path)?.boxes ?? []).length === 0
  ).length
  const notes: string[] = []
  if (mixed > 0)
    notes.push(
      `${mixed} ${mixed === 1 ? 'picture has' : 'pictures have'} boxes of several kinds; the most frequent one is the label.`
    )
  if (bare > 0)
    notes.push(`${bare} ${bare === 1 ? 'picture has' : 'pictures have'} no boxes and no label.`)
  return notes
}

/** The reader of annotated pictures; it owns and closes `tree`. */
export function createAnnotationReader(
  tree: AnnotationTree,
  found: FoundAnnotations
): DatasetReader {
  let set: AnnotationSet | undefined
  return {
    async *plan() {
      set = yield* readAnnotations(tree, found, { bytes: Infinity, files: Infinity })
      return planAnnotated(tree, set)
    },
    async *read(plan, position) {
      if (set === undefined) throw new AppError('internal')
      yield* readPictures(tree, set, plan, position)
    },
    close: () => tree.close()
  }
}

function planAnnotated(tree: AnnotationTree, set: AnnotationSet): ImportPlan {
  const classes = new Set<string>()
  for (const path of set.pictures) {
    const label = mainLabel(set.labels.get(path)?.boxes ?? [])
    if (label !== undefined) classes.add(label)
  }
  const used = new Set([...set.pictures, ...set.files])
  const sizeBytes = tree.files.reduce(
    (sum, file) => sum + (used.has(file.path) ? file.sizeBytes : 0),
    0
  )
  return {
    format: set.format,
    kind: 'images',
    columns: annotationColumns,
    labelColumn: null,
    shape: null,
    classNames: [...classes].sort(compareNaturally),
    total: set.pictures.length,
    unit: 'pictures',
    sizeBytes,
    stamp: tree.stamp,
    notes: annotationNotes(set),
    detail: null
  }
}

async function* readPictures(
  tree: AnnotationTree,
  set: AnnotationSet,
  plan: ImportPlan,
  from: ReadPosition
): AsyncGenerator<ReadBatch, void, void> {
  const sizes = new Map(tree.files.map((file) => [file.path, file.sizeBytes]))
  const labelIndex = new Map(plan.classNames.map((name, index) => [name, index]))
  const partOf = pictureParts(set)
  const hasTest = set.pictures.some((path) => partOf(path) === 'test')
  let { units, rows, skipped } = from
  while (units < set.pictures.length) {
    const paths = set.pictures.slice(units, units + batchFiles)
    const files = paths.map((path) => ({ path, sizeBytes: sizes.get(path) ?? 0 }))
    const checks = await checkFiles(tree, files)
    const keepDigest = createDigestBlock(files.length)
    const items: NewItem[] = []
    const problems: ImportProblem[] = units === 0 ? [...set.problems] : []
    for (const [i, file] of files.entries()) {
      const check = checks[i]
      if (!check.isPicture) {
        problems.push({ where: file.path, reason: check.reason })
        continue
      }
      const labels = set.labels.get(file.path)
      const part = partOf(file.path)
      items.push({
        ...annotatedItem(file.path, check, labels, labelIndex),
        row: rows++,
        split: splitOf(part, hasTest),
        fingerprint: keepDigest(check.fingerprint),
        sizeBytes: file.sizeBytes
      })
    }
    units += files.length
    skipped += problems.length
    yield { items, problems, position: { units, rows, skipped } }
  }
}

function annotatedItem(
  path: string,
  check: Extract<PictureCheck, { isPicture: true }>,
  labels: PictureLabels | undefined,
  labelIndex: ReadonlyMap<string, number>
): Omit<NewItem, 'row' | 'split' | 'fingerprint' | 'sizeBytes'> {
  const { width, height } = check
  const given = labels?.boxes ?? []
  const label = mainLabel(given)
  return {
    name: basename(path),
    label: label === undefined ? -1 : (labelIndex.get(label) ?? -1),
    text: undefined,
    width,
    height,
    locator: path,
    boxes: labels === undefined ? [] : toShares(labels, { width, height }),
    values: {
      Categories: [...new Set(given.map(({ category }) => category))].sort(compareNaturally),
      Boxes: given.length
    }
  }
}
