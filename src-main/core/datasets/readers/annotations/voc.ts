// Pascal VOC label files: one XML file per picture, and lists of the pictures of each part in
// ImageSets/Main.
import { posix } from 'node:path'
import type { ImportProblem } from '../../../../api/dto/datasets.ts'
import type { ScanProgress } from '../reader.ts'
import { partOf, type PartName } from '../split-names.ts'
import {
  mostProblems,
  pictureList,
  type AnnotationSet,
  type GivenBox,
  type PictureLabels
} from './annotation-set.ts'
import type { AnnotationTree } from './annotation-tree.ts'
import { partOfFolders, type LookLimits } from './coco.ts'
import { readLabelFiles, type ReadLabel } from './label-files.ts'
import { childOf, numberOf, readXml, textOf } from './xml-elements.ts'

interface VocFile {
  readonly fileName: string | undefined
  readonly size: PictureLabels['size']
  readonly boxes: GivenBox[]
}

/** Reads one label file. */
export function readVoc(text: string): ReadLabel<VocFile> {
  const outer = readXml(text)
  if (outer?.name !== 'annotation') return { problem: 'This is not a label file the app can read.' }
  const size = childOf(outer, 'size')
  const width = size === undefined ? undefined : numberOf(size, 'width')
  const height = size === undefined ? undefined : numberOf(size, 'height')
  const isSized = width !== undefined && height !== undefined && width > 0 && height > 0
  const boxes: GivenBox[] = []
  for (const object of outer.children.filter(({ name }) => name === 'object')) {
    const category = textOf(object, 'name')?.slice(0, 200)
    const box = childOf(object, 'bndbox')
    if (category === undefined || box === undefined) continue
    const [left, top] = [numberOf(box, 'xmin'), numberOf(box, 'ymin')]
    const [right, bottom] = [numberOf(box, 'xmax'), numberOf(box, 'ymax')]
    if (left === undefined || top === undefined || right === undefined || bottom === undefined)
      continue
    if (right >= left && bottom >= top)
      boxes.push({ category, x: left, y: top, width: right - left, height: bottom - top })
  }
  const fileName = textOf(outer, 'filename')
  return { value: { fileName, size: isSized ? { width, height } : undefined, boxes } }
}

/** Reads the label files of a tree and matches them with its pictures. */
export async function* readVocTree(
  tree: AnnotationTree,
  pictures: readonly string[],
  limits: LookLimits
): AsyncGenerator<ScanProgress, AnnotationSet, void> {
  const paths = tree.files.map(({ path }) => path).filter((path) => /\.xml$/i.test(path))
  const read = yield* readLabelFiles(tree, paths.slice(0, limits.files), (text) => readVoc(text))
  const { parts, files } = await readParts(tree)
  const find = createFinder(pictures)
  const labels = new Map<string, PictureLabels>()
  const problems: ImportProblem[] = []
  for (const [path, found] of read) {
    if ('problem' in found) {
      problems.push({ where: path, reason: found.problem })
      continue
    }
    const { fileName, size, boxes } = found.value
    const picture = find(path, fileName)
    if (picture !== undefined) {
      const part = parts.get(stemOf(picture)) ?? partOfFolders(picture)
      labels.set(picture, { boxes, size, part })
    } else if (!tree.isCut)
      problems.push({ where: path, reason: 'There is no picture for this label file.' })
  }
  const list = pictureList(pictures, labels)
  for (const picture of list) {
    const part = parts.get(stemOf(picture))
    if (part !== undefined && !labels.has(picture))
      labels.set(picture, { boxes: [], size: undefined, part })
  }
  return {
    format: 'voc',
    labels,
    pictures: list,
    problems: problems.slice(0, mostProblems),
    files: [...paths, ...files],
    isComplete: paths.length <= limits.files && !tree.isCut
  }
}

function stemOf(path: string): string {
  return posix.basename(path).replace(/\.[^.]+$/, '')
}

/** The picture of a label file: in JPEGImages or beside it, by its own name or the one it names. */
function createFinder(
  pictures: readonly string[]
): (path: string, fileName: string | undefined) => string | undefined {
  const byStem = new Map<string, string[]>()
  for (const path of pictures) {
    const same = byStem.get(stemOf(path))
    if (same === undefined) byStem.set(stemOf(path), [path])
    else same.push(path)
  }
  return (path, fileName) => {
    const root = posix.dirname(posix.dirname(path))
    for (const stem of [stemOf(path), ...(fileName === undefined ? [] : [stemOf(fileName)])]) {
      const same = byStem.get(stem) ?? []
      // Masks of segments carry the same names as the pictures.
      const plain = same.filter((picture) => !/(^|\/)Segmentation/i.test(picture))
      const near = plain.find((picture) => posix.dirname(posix.dirname(picture)) === root)
      const found = near ?? plain[0]
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** Parts by picture name, from ImageSets/Main/train.txt and its like. */
async function readParts(
  tree: AnnotationTree
): Promise<{ readonly parts: Map<string, PartName>; readonly files: string[] }> {
  const parts = new Map<string, PartName>()
  const files: string[] = []
  for (const { path, sizeBytes } of tree.files) {
    if (!/(^|\/)ImageSets\/Main\/[^/]+\.txt$/i.test(path) || sizeBytes > 64 * 2 ** 20) continue
    const part = partOf(stemOf(path))
    // "trainval" says no more than its two halves; "cat_train" lists the pictures of one class.
    if (part === undefined) continue
    files.push(path)
    const text = await tree.read(path).then(
      (bytes) => bytes.toString('utf8'),
      () => ''
    )
    for (const line of text.split(/\r?\n/)) {
      const [name] = line.trim().split(/\s+/)
      if (name !== '') parts.set(name, part)
    }
  }
  return { parts, files }
}
