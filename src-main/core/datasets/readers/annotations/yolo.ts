// YOLO label files: one text file per picture, one box per line ("class x y width height" as shares,
// the middle of the box), or the corners of an outline.
import { posix } from 'node:path'
import type { ImportProblem } from '../../../../api/dto/datasets.ts'
import type { ScanProgress } from '../reader.ts'
import {
  mostProblems,
  pictureList,
  type AnnotationSet,
  type GivenBox,
  type PictureLabels
} from './annotation-set.ts'
import type { AnnotationTree } from './annotation-tree.ts'
import { partOfFolders, type LookLimits } from './coco.ts'
import { labelFileBytes, readLabelFiles, type ReadLabel } from './label-files.ts'
import { readClassNames, yamlBytes } from './yolo-yaml.ts'

/** True when the first lines are boxes. */
export function looksLikeYoloLabels(text: string): boolean {
  const lines = text.split(/\r?\n/, 4).filter((line) => line.trim() !== '')
  return (
    lines.length > 0 && lines.slice(0, 3).every((line) => readLine(line, new Map()) !== undefined)
  )
}

/** Names, or the numbers themselves. */
type Names = ReadonlyMap<number, string>

function readLine(line: string, names: Names): GivenBox | undefined {
  const parts = line.trim().split(/\s+/)
  if (parts.length < 5 || !/^\d{1,6}$/.test(parts[0])) return undefined
  const numbers = parts.slice(1).map(Number)
  if (!numbers.every((value) => Number.isFinite(value) && value >= -1 && value <= 2))
    return undefined
  const category = names.get(Number(parts[0])) ?? String(Number(parts[0]))
  // Five numbers and a sixth for how sure a detector was; more are the corners of an outline.
  if (numbers.length <= 5) {
    const [x, y, width, height] = numbers
    if (width < 0 || height < 0) return undefined
    return { category, x: x - width / 2, y: y - height / 2, width, height }
  }
  if (numbers.length % 2 !== 0) return undefined
  const xs = numbers.filter((_, i) => i % 2 === 0)
  const ys = numbers.filter((_, i) => i % 2 === 1)
  const [x, y] = [least(xs), least(ys)]
  return {
    category,
    x,
    y,
    width: -least(xs.map((v) => -v)) - x,
    height: -least(ys.map((v) => -v)) - y
  }
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity)
}

interface YoloFile {
  readonly boxes: GivenBox[]
  readonly badLines: readonly number[]
}

function readYolo(text: string, names: Names): ReadLabel<YoloFile> {
  const boxes: GivenBox[] = []
  const badLines: number[] = []
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const box = readLine(line, names)
    if (box === undefined) badLines.push(i + 1)
    else boxes.push(box)
  }
  return { value: { boxes, badLines } }
}

/** Reads the label files beside the pictures of a tree. */
export async function* readYoloTree(
  tree: AnnotationTree,
  pictures: readonly string[],
  limits: LookLimits
): AsyncGenerator<ScanProgress, AnnotationSet, void> {
  const { names, files } = await findNames(tree)
  const labelOf = new Map<string, string>()
  for (const picture of pictures) {
    const path = labelPaths(picture).find((candidate) => tree.has(candidate))
    if (path !== undefined) labelOf.set(picture, path)
  }
  const paths = [...new Set(labelOf.values())]
  const read = yield* readLabelFiles(tree, paths.slice(0, limits.files), (text) =>
    readYolo(text, names)
  )
  const labels = new Map<string, PictureLabels>()
  const problems: ImportProblem[] = []
  for (const [picture, path] of labelOf) {
    const found = read.get(path)
    if (found === undefined) continue
    if ('problem' in found) problems.push({ where: path, reason: found.problem })
    else {
      const { boxes, badLines } = found.value
      // The boxes are shares already.
      labels.set(picture, { boxes, size: { width: 1, height: 1 }, part: partOfFolders(picture) })
      if (badLines.length > 0)
        problems.push({
          where: path,
          reason: `Line ${badLines.slice(0, 5).join(', ')} is not a box.`
        })
    }
  }
  if (!tree.isCut) problems.push(...orphans(tree, new Set(paths)))
  const isImages = (path: string): boolean => /(^|\/)images\//i.test(path)
  const beside = new Set(pictureList(pictures, labelOf))
  return {
    format: 'yolo',
    labels,
    pictures: pictures.filter((path) => beside.has(path) || isImages(path)),
    problems: problems.slice(0, mostProblems),
    files: [...paths, ...files],
    isComplete: paths.length <= limits.files && !tree.isCut
  }
}

function orphans(tree: AnnotationTree, used: ReadonlySet<string>): ImportProblem[] {
  return tree.files
    .filter(({ path }) => /(^|\/)labels\/.*\.txt$/i.test(path) && !used.has(path))
    .filter(({ path }) => posix.basename(path).toLowerCase() !== 'classes.txt')
    .slice(0, mostProblems)
    .map(({ path }) => ({ where: path, reason: 'There is no picture for this label file.' }))
}

/** Where the label file of a picture may lie, most usual first. */
function labelPaths(picture: string): string[] {
  const stem = picture.replace(/\.[^./]+$/, '')
  const segments = stem.split('/')
  const images = segments.findLastIndex((name) => /^images$/i.test(name))
  const swapped =
    images === -1
      ? []
      : [[...segments.slice(0, images), 'labels', ...segments.slice(images + 1)].join('/')]
  const folder = posix.dirname(stem)
  const beside = posix.join(folder, 'labels', posix.basename(stem))
  return [...swapped, stem, beside, `labels/${stem}`].map((path) => `${path}.txt`)
}

/** Names from data.yaml, else from classes.txt or a .names file: one name per line. */
async function findNames(tree: AnnotationTree): Promise<{ names: Names; files: string[] }> {
  const small = tree.files.filter(
    ({ sizeBytes }) => sizeBytes <= Math.min(yamlBytes, labelFileBytes)
  )
  const textOf = async (path: string): Promise<string> =>
    tree.read(path).then(
      (bytes) => bytes.toString('utf8'),
      () => ''
    )
  for (const { path } of small.filter(({ path }) => /\.ya?ml$/i.test(path)).slice(0, 20)) {
    const names = readClassNames(await textOf(path))
    if (names !== undefined) return { names, files: [path] }
  }
  for (const { path } of small
    .filter(({ path }) => /(^|\/)classes\.txt$|\.names$/i.test(path))
    .slice(0, 20)) {
    const lines = (await textOf(path)).split(/\r?\n/).map((line) => line.trim())
    while (lines.at(-1) === '') lines.pop()
    if (lines.length > 0 && !looksLikeYoloLabels(lines.join('\n')))
      return {
        names: new Map(lines.map((name, i) => [i, name === '' ? String(i) : name])),
        files: [path]
      }
  }
  return { names: new Map(), files: [] }
}
