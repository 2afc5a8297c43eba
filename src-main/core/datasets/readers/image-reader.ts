// Reads a folder or zip of pictures: class folders become labels, part folders become the split,
// files that are no pictures are listed and left out.
import { basename } from 'node:path'
import type { ImportProblem } from '../../../api/dto/datasets.ts'
import { AppError } from '../../../api/errors.ts'
import { damagedFile } from '../../files/byte-limits.ts'
import type { NewItem } from '../../store/records.ts'
import type { ImageFile, ImageFiles } from './image-files.ts'
import { checkPicture, type PictureCheck } from './image-header.ts'
import { detectLayout, type PictureLayout } from './image-layout.ts'
import {
  compareNaturally,
  createDigestBlock,
  type DatasetReader,
  type ImportPlan,
  type ReadBatch,
  type ReadPosition
} from './reader.ts'
import { splitOf } from './split-names.ts'

/** Files of one batch: small enough that cancelling waits for little reading. */
export const batchFiles = 256
// Files read ahead at once; hides disk and decoder latency with little memory.
const filesAtOnce = 8
const pictureExtensions = /\.(jpe?g|jpe|jfif|png|gif|webp|tiff?|avif)$/i

/** The reader of an opened folder or zip; it owns and closes `source`. */
export function createImageReader(
  source: ImageFiles,
  format: 'image-folder' | 'image-zip'
): DatasetReader {
  const layout = detectLayout(picturePaths(source.files))
  return {
    // eslint-disable-next-line require-yield
    async *plan() {
      return planImages(source, layout, format)
    },
    read: (plan, position) => readImages(source, layout, plan, position),
    close: () => source.close()
  }
}

/** Paths that look like pictures; all paths when none does (files without extensions). */
export function picturePaths(files: readonly ImageFile[]): string[] {
  const named = files.filter((file) => pictureExtensions.test(file.path))
  return (named.length > 0 ? named : files).map((file) => file.path)
}

function planImages(
  source: ImageFiles,
  layout: PictureLayout,
  format: 'image-folder' | 'image-zip'
): ImportPlan {
  if (source.files.length === 0)
    throw new AppError('nothing-to-import', 'There are no pictures here.')
  const paths = picturePaths(source.files)
  const classes = new Set<string>()
  let hasTest = false
  for (const path of paths) {
    const name = layout.classOf(path)
    if (name !== undefined) classes.add(name)
    if (layout.partOf(path) === 'test') hasTest = true
  }
  return {
    format,
    kind: 'images',
    columns: [],
    labelColumn: null,
    shape: null,
    classNames: [...classes].sort(compareNaturally),
    total: source.files.length,
    unit: 'pictures',
    sizeBytes: source.files.reduce((sum, file) => sum + file.sizeBytes, 0),
    stamp: source.stamp,
    notes: [],
    detail: { hasTest }
  }
}

async function* readImages(
  source: ImageFiles,
  layout: PictureLayout,
  plan: ImportPlan,
  from: ReadPosition
): AsyncGenerator<ReadBatch, void, void> {
  const labelOf = new Map(plan.classNames.map((name, index) => [name, index]))
  // The plan's detail was written by planImages above.
  const { hasTest } = plan.detail as { hasTest: boolean }
  let { units, rows, skipped } = from
  while (units < source.files.length) {
    const files = source.files.slice(units, units + batchFiles)
    const checks = await checkFiles(source, files)
    const keepDigest = createDigestBlock(files.length)
    const items: NewItem[] = []
    const problems: ImportProblem[] = []
    for (let i = 0; i < files.length; i++) {
      const check = checks[i]
      if (check.isPicture) {
        const label = labelOf.get(layout.classOf(files[i].path) ?? '') ?? -1
        items.push(toItem(files[i], check, rows++, label, layout, hasTest, keepDigest))
      } else problems.push({ where: files[i].path, reason: check.reason })
    }
    if (units === 0)
      for (const path of source.refused)
        problems.push({ where: path, reason: 'This is a link or a special file; it is not read.' })
    units += files.length
    skipped += problems.length
    yield { items, problems, position: { units, rows, skipped } }
  }
}

function toItem(
  file: ImageFile,
  check: Extract<PictureCheck, { isPicture: true }>,
  row: number,
  label: number,
  layout: PictureLayout,
  hasTest: boolean,
  keepDigest: (digest: Uint8Array) => Uint8Array
): NewItem {
  const part = layout.partOf(file.path)
  return {
    row,
    name: basename(file.path),
    label,
    split: splitOf(part, hasTest),
    fingerprint: keepDigest(check.fingerprint),
    text: undefined,
    width: check.width,
    height: check.height,
    locator: file.path,
    sizeBytes: file.sizeBytes,
    values: part === 'validation' ? { part: 'validation' } : {}
  }
}

/** Checks several files at once; see {@link readAndCheck}. */
export async function checkFiles(
  source: ImageFiles,
  files: readonly ImageFile[]
): Promise<readonly PictureCheck[]> {
  const checks: PictureCheck[] = new Array<PictureCheck>(files.length)
  let next = 0
  async function work(): Promise<void> {
    while (next < files.length) {
      const index = next++
      checks[index] = await readAndCheck(source, files[index].path)
    }
  }
  await Promise.all(Array.from({ length: filesAtOnce }, work))
  return checks
}

/** Reads and checks one file; a file that cannot be read is a finding, an unsafe archive an error. */
export async function readAndCheck(source: ImageFiles, path: string): Promise<PictureCheck> {
  try {
    return await checkPicture(await source.read(path))
  } catch (error) {
    const plain = damagedFile(path, error)
    if (plain.code === 'archive-unsafe') throw plain
    return { isPicture: false, reason: plain.message }
  }
}
