// Finds the IDX arrays of a folder, or around one picked file, and pairs pictures with labels: by
// their names first, by equal counts otherwise.
import { readFile, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../../api/errors.ts'
import { peekIdxHeader, type IdxHeader } from './idx-file.ts'
import { partInFileName, type PartName } from './split-names.ts'

export interface IdxPair {
  /** File names inside the folder. */
  readonly images: string
  readonly labels: string | undefined
  readonly part: PartName | undefined
  readonly count: number
  readonly height: number
  readonly width: number
  readonly channels: number
}

export interface IdxSet {
  /** Absolute folder of all files. */
  readonly folder: string
  readonly pairs: readonly IdxPair[]
  /** Names of the label values 0, 1, 2 ... when a names file is there. */
  readonly classNames: readonly string[] | undefined
  readonly notes: readonly string[]
}

interface Found {
  readonly name: string
  readonly header: IdxHeader
}

// A folder with more files than this is no folder of arrays; keeps recognising quick.
const filesLooked = 200
const nameFiles = [
  'class-names.txt',
  'class_names.txt',
  'classes.txt',
  'label-names.txt',
  'labels.txt'
]
const nameFileBytes = 1 << 20

/** Arrays of a folder, or of the folder around `path` that belong to it; undefined when none is. */
export async function findIdxSet(path: string): Promise<IdxSet | undefined> {
  const isFolder = (await stat(path)).isDirectory()
  const folder = isFolder ? path : dirname(path)
  const found = await arraysIn(folder)
  const only = isFolder ? undefined : basename(path)
  // In a crowded folder the picked file itself may not have been among those looked at.
  if (only !== undefined && !found.some((file) => file.name === only)) {
    const header = await peekIdxHeader(path)
    if (header !== undefined) found.push({ name: only, header })
  }
  const images = found.filter(({ header }) => isImages(header))
  if (images.length === 0) return undefined
  const labels = found.filter(({ header }) => header.shape.length === 1)
  const notes: string[] = []
  const pairs = pairUp(images, labels, notes).filter(
    (pair) => only === undefined || pair.images === only || pair.labels === only
  )
  if (pairs.length === 0) return undefined
  requireOneShape(pairs)
  // One part alone ("t10k" only) splits nothing, and would leave nothing to choose from.
  const isSplit = new Set(pairs.map((pair) => pair.part)).size > 1
  return {
    folder,
    pairs: pairs.map((pair) => (isSplit ? pair : { ...pair, part: undefined })).sort(byPart),
    classNames: await readClassNames(folder),
    notes: only === undefined ? notes : []
  }
}

function isImages(header: IdxHeader): boolean {
  const { type, shape } = header
  if (type !== 'uint8' || shape.slice(1).some((size) => size === 0 || size > 4096)) return false
  return shape.length === 3 || (shape.length === 4 && (shape[3] === 1 || shape[3] === 3))
}

async function arraysIn(folder: string): Promise<Found[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
  const likely = names.filter((name) => /idx|ubyte|images|labels/i.test(name))
  const found: Found[] = []
  for (const name of [...new Set([...likely.sort(), ...names.sort()])].slice(0, filesLooked)) {
    const header = await peekIdxHeader(join(folder, name)).catch(() => undefined)
    if (header !== undefined) found.push({ name, header })
  }
  return dropPackedTwins(found)
}

// "x" and "x.gz" side by side are one array.
function dropPackedTwins(found: readonly Found[]): Found[] {
  const names = new Set(found.map(({ name }) => name))
  return found.filter(({ name }) => !(name.endsWith('.gz') && names.has(name.slice(0, -3))))
}

function stem(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/idx\d/, 'idx')
    .replace(/images?|labels?|pictures?/, '*')
    .replace(/(^|[^a-z])[xy](?=[^a-z])/, '$1*')
}

function pairUp(images: readonly Found[], labels: readonly Found[], notes: string[]): IdxPair[] {
  const free = new Set(labels)
  const chosen = new Map<Found, Found>()
  for (const picture of images) {
    const match = [...free].find((label) => stem(label.name) === stem(picture.name))
    if (match === undefined) continue
    if (match.header.shape[0] !== picture.header.shape[0])
      throw new AppError(
        'file-damaged',
        `“${picture.name}” holds ${picture.header.shape[0]} pictures but “${match.name}” holds ${match.header.shape[0]} labels.`
      )
    chosen.set(picture, match)
    free.delete(match)
  }
  for (const picture of images) {
    if (chosen.has(picture)) continue
    const same = [...free].filter((label) => label.header.shape[0] === picture.header.shape[0])
    if (same.length !== 1) {
      notes.push(`No labels were found for “${picture.name}”.`)
      continue
    }
    chosen.set(picture, same[0])
    free.delete(same[0])
  }
  return images.map((picture) => toPair(picture, chosen.get(picture)))
}

function toPair(picture: Found, label: Found | undefined): IdxPair {
  const [count, height, width, channels] = picture.header.shape
  const part = partInFileName(picture.name)
  return {
    images: picture.name,
    labels: label?.name,
    part,
    count,
    height,
    width,
    channels: channels ?? 1
  }
}

const partOrder = ['train', 'validation', 'test', undefined]

function byPart(a: IdxPair, b: IdxPair): number {
  return partOrder.indexOf(a.part) - partOrder.indexOf(b.part) || (a.images < b.images ? -1 : 1)
}

function requireOneShape(pairs: readonly IdxPair[]): void {
  const [first] = pairs
  for (const pair of pairs)
    if (
      pair.height !== first.height ||
      pair.width !== first.width ||
      pair.channels !== first.channels
    )
      throw new AppError(
        'file-not-recognised',
        `“${first.images}” and “${pair.images}” hold pictures of different sizes.`,
        {
          hint: 'Choose one of the files instead of the folder.'
        }
      )
}

async function readClassNames(folder: string): Promise<readonly string[] | undefined> {
  for (const name of nameFiles) {
    const path = join(folder, name)
    try {
      if ((await stat(path)).size > nameFileBytes) continue
      const lines = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').split(/\r?\n/)
      const names = lines.map((line) => line.trim()).filter((line) => line !== '')
      if (names.length > 0 && new Set(names).size === names.length) return names
    } catch {
      // No such file: the values themselves are the names.
    }
  }
  return undefined
}
