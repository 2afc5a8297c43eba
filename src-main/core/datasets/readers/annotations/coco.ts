// COCO label files: one JSON object with lists of images, annotations and categories, streamed
// element by element (the training file of COCO 2017 has 450 MB).
import { basename, posix } from 'node:path'
import type { ImportProblem } from '../../../../api/dto/datasets.ts'
import { AppError } from '../../../../api/errors.ts'
import { damagedFile } from '../../../files/byte-limits.ts'
import type { ScanProgress } from '../reader.ts'
import { JsonScanner } from '../records/json-scanner.ts'
import { partOf, type PartName } from '../split-names.ts'
import {
  mostProblems,
  pictureList,
  type AnnotationSet,
  type GivenBox,
  type PictureLabels
} from './annotation-set.ts'
import type { AnnotationTree } from './annotation-tree.ts'

const lists = new Set(['images', 'annotations', 'categories'])

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(text: string | undefined): Fields | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    // Any object can be looked at by key; arrays and null are none of ours.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined
  } catch {
    return undefined
  }
}

/** True when the start of a file is a COCO object: the first element of one of its lists fits. */
export function looksLikeCoco(head: Buffer): boolean {
  const keys = new Set<string>()
  const scanner = new JsonScanner((key) => {
    keys.add(key)
    return lists.has(key) ? 'elements' : 'skip'
  })
  scanner.push(head)
  const [first] = scanner.take()
  if (first?.key === undefined) return false
  const fields = fieldsOf(first.text)
  if (fields === undefined) return false
  const has = (...names: readonly string[]): boolean =>
    names.every((name) => Object.hasOwn(fields, name))
  if (first.key === 'images') return has('id', 'file_name')
  if (first.key === 'annotations') return has('image_id', 'category_id')
  return has('id', 'name') && (keys.has('images') || keys.has('annotations') || keys.has('info'))
}

interface CocoImage {
  readonly name: string
  readonly size: PictureLabels['size']
}

interface CocoFile {
  readonly images: Map<string, CocoImage>
  readonly categories: Map<string, string>
  /** By image; categories still as ids. */
  readonly boxes: Map<string, GivenBox[]>
  readonly problems: ImportProblem[]
  isCut: boolean
}

/** Bounds of a quick look. */
export interface LookLimits {
  /** Bytes of each COCO file. */
  readonly bytes: number
  /** YOLO and VOC label files. */
  readonly files: number
}

/** Reads COCO files and matches them with the pictures of a tree. Throws AppError "file-damaged". */
export async function* readCoco(
  tree: AnnotationTree,
  paths: readonly string[],
  pictures: readonly string[],
  limits: LookLimits
): AsyncGenerator<ScanProgress, AnnotationSet, void> {
  const labels = new Map<string, PictureLabels>()
  const problems: ImportProblem[] = []
  const sizes = new Map(tree.files.map((file) => [file.path, file.sizeBytes]))
  const total = paths.reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0)
  const find = createFinder(pictures)
  let done = 0
  let isComplete = true
  for (const path of paths) {
    const file = emptyFile()
    for await (const bytes of readOne(tree, path, file, limits.bytes)) {
      done += bytes
      yield { done: Math.min(done, total), total }
    }
    if (file.isCut) isComplete = false
    addFile(file, path, find, labels, problems, tree.isCut)
  }
  return {
    format: 'coco',
    labels,
    pictures: pictureList(pictures, labels),
    problems: problems.slice(0, mostProblems),
    files: paths,
    isComplete: isComplete && !tree.isCut
  }
}

function emptyFile(): CocoFile {
  return { images: new Map(), categories: new Map(), boxes: new Map(), problems: [], isCut: false }
}

async function* readOne(
  tree: AnnotationTree,
  path: string,
  file: CocoFile,
  maxBytes: number
): AsyncGenerator<number, void, void> {
  const scanner = new JsonScanner((key) => (lists.has(key) ? 'elements' : 'skip'))
  let used = 0
  try {
    for await (const chunk of tree.stream(path)) {
      scanner.push(chunk)
      takeAll(scanner, file, path)
      used += chunk.length
      yield chunk.length
      if (used >= maxBytes) {
        file.isCut = true
        return
      }
    }
  } catch (error) {
    throw damagedFile(path, error)
  }
  const end = scanner.end()
  takeAll(scanner, file, path)
  if (!end.isClosed) throw damagedFile(path)
}

function takeAll(scanner: JsonScanner, file: CocoFile, path: string): void {
  for (const { key, text, problem, number } of scanner.take()) {
    const fields = fieldsOf(text)
    const isRead = fields !== undefined && problem === undefined && readElement(key, fields, file)
    if (!isRead && file.problems.length < mostProblems)
      file.problems.push({
        where: `${basename(path)}, element ${number}`,
        reason: problem ?? 'This entry of the labels is not readable.'
      })
  }
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

function readElement(key: string | undefined, fields: Fields, file: CocoFile): boolean {
  if (key === 'images') return readImage(fields, file)
  if (key === 'annotations') return readBox(fields, file)
  const id = idOf(fields['id'])
  const name = fields['name']
  if (id === undefined || typeof name !== 'string' || name.trim() === '') return false
  file.categories.set(id, name.trim().slice(0, 200))
  return true
}

function readImage(fields: Fields, file: CocoFile): boolean {
  const id = idOf(fields['id'])
  const name = fields['file_name']
  if (id === undefined || typeof name !== 'string') return false
  const { width, height } = fields
  const isSized = typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0
  file.images.set(id, { name, size: isSized ? { width, height } : undefined })
  return true
}

function readBox(fields: Fields, file: CocoFile): boolean {
  const image = idOf(fields['image_id'])
  const category = idOf(fields['category_id'])
  const { bbox } = fields
  if (image === undefined || category === undefined) return false
  // Plain arrays of numbers only: anything else is no box.
  const numbers: readonly unknown[] = Array.isArray(bbox) ? bbox : []
  const [x, y, width, height] = numbers
  const isBox =
    typeof x === 'number' &&
    typeof y === 'number' &&
    typeof width === 'number' &&
    typeof height === 'number' &&
    width >= 0 &&
    height >= 0
  if (!isBox) return false
  const boxes = file.boxes.get(image)
  const box = { category, x, y, width, height }
  if (boxes === undefined) file.boxes.set(image, [box])
  else boxes.push(box)
  return true
}

function addFile(
  file: CocoFile,
  path: string,
  find: Finder,
  labels: Map<string, PictureLabels>,
  problems: ImportProblem[],
  isTreeCut: boolean
): void {
  if (file.images.size === 0 && !file.isCut)
    throw new AppError('nothing-to-import', `“${basename(path)}” names no pictures.`)
  const part = partOfLabelFile(path)
  for (const [id, { name, size }] of file.images) {
    const picture = find(name, path)
    if (picture === undefined) {
      if (!isTreeCut)
        problems.push({ where: name, reason: 'The labels name this picture, but it is not there.' })
      continue
    }
    const boxes = (file.boxes.get(id) ?? []).map((box) => ({
      ...box,
      category: file.categories.get(box.category) ?? `Category ${box.category}`
    }))
    const known = labels.get(picture)
    // Two files about one picture add up.
    if (known === undefined) labels.set(picture, { boxes, size, part })
    else known.boxes.push(...boxes)
  }
  for (const [id, boxes] of file.boxes)
    if (!file.images.has(id) && !file.isCut)
      problems.push({
        where: `Picture ${id}`,
        reason: `${boxes.length} labels belong to a picture that “${basename(path)}” does not name.`
      })
  problems.push(...file.problems)
}

/** The part the folders of a path name, the nearest first. */
export function partOfFolders(path: string): PartName | undefined {
  for (const folder of path.split('/').slice(0, -1).reverse()) {
    const part = partOf(folder)
    if (part !== undefined) return part
  }
  return undefined
}

// "instances_val2017.json" is about the validation part.
function partOfLabelFile(path: string): PartName | undefined {
  const name = posix.basename(path)
  const found = /(?:^|[^a-z])(train|valid|validation|val|test)(?:[^a-z]|$)/i.exec(name)
  return partOfFolders(path) ?? (found === null ? undefined : partOf(found[1]))
}

type Finder = (name: string, from: string) => string | undefined

/** Finds the picture a label file means: beside it, or the one whose path ends so. */
function createFinder(pictures: readonly string[]): Finder {
  const all = new Set(pictures)
  const byName = new Map<string, string[]>()
  for (const path of pictures) {
    const name = posix.basename(path)
    const same = byName.get(name)
    if (same === undefined) byName.set(name, [path])
    else same.push(path)
  }
  return (given, from) => {
    const name = given.replaceAll('\\', '/').replace(/^\.?\//, '')
    const folder = posix.dirname(from)
    for (const path of [posix.join(folder, name), posix.join(folder, 'images', name), name])
      if (all.has(path)) return path
    const same = byName.get(posix.basename(name)) ?? []
    const ending = same.filter((path) => path === name || path.endsWith(`/${name}`))
    const fits = ending.length > 0 ? ending : same
    // "instances_val2017.json" means the picture in "val2017".
    const stem = posix.basename(from).replace(/\.json$/i, '')
    return fits.find((path) => stem.includes(posix.basename(posix.dirname(path)))) ?? fits[0]
  }
}
