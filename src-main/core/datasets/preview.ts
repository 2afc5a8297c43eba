// What a source looks like before anything is created: a bounded part is read, all of it when it
// is small. Runs in a compute thread.
import { basename, join } from 'node:path'
import sharp from 'sharp'
import type {
  ImportOptions,
  ImportPreview,
  ImportProblem,
  PreviewItem
} from '../../api/dto/datasets.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { describeReading, suggestName } from './preview-words.ts'
import { previewTable } from './preview-table.ts'
import { openImageFolder, openImageZip, type ImageFiles } from './readers/image-files.ts'
import { checkPicture, pixelLimit } from './readers/image-header.ts'
import { detectLayout } from './readers/image-layout.ts'
import { picturePaths, readAndCheck } from './readers/image-reader.ts'
import { openIdx, readWholeNumbers } from './readers/idx-file.ts'
import type { IdxSet } from './readers/idx-pairs.ts'
import { compareNaturally } from './readers/reader.ts'
import { recognise } from './recognise.ts'

export interface PreviewInput {
  /** Absolute. */
  readonly path: string
  readonly options: ImportOptions
}

/** Items shown. */
export const previewItems = 12
// Bounds of a quick look: files listed of a folder, files and bytes checked one by one, bytes
// searched for the encoding.
const filesListed = 50_000
const filesChecked = 400
const bytesChecked = 64 * 2 ** 20
const encodingBytes = 64 * 2 ** 20
const thumbnailSize = 96

/** Looks at a source. Errors as `recognise` and the readers throw them. */
export const previewTask: ComputeTask<PreviewInput, never, ImportPreview> = {
  name: 'datasets.preview',
  // eslint-disable-next-line require-yield
  async *run({ path, options }, { signal }) {
    signal.throwIfAborted()
    return previewSource(path, options)
  }
}

/** The preview of a source, see {@link previewTask}. */
export async function previewSource(path: string, options: ImportOptions): Promise<ImportPreview> {
  const found = await recognise(path, options, encodingBytes)
  switch (found.kind) {
    case 'image-folder':
      return previewPictures(
        path,
        'image-folder',
        options,
        await openImageFolder(path, filesListed)
      )
    case 'image-zip':
      return previewPictures(path, 'image-zip', options, await openImageZip(path))
    case 'idx':
      return previewArrays(path, found.set, options)
    case 'table':
      return previewTable(found, options)
  }
}

/** Counts by name, in natural order. */
export function countNames(names: Iterable<string | undefined>): { name: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => compareNaturally(a.name, b.name))
}

async function previewPictures(
  path: string,
  format: 'image-folder' | 'image-zip',
  options: ImportOptions,
  source: ImageFiles
): Promise<ImportPreview> {
  try {
    const paths = picturePaths(source.files)
    const layout = detectLayout(paths)
    const sizeBytes = source.files.reduce((sum, file) => sum + file.sizeBytes, 0)
    const isSmall = source.files.length <= filesChecked && sizeBytes <= bytesChecked
    const problems: ImportProblem[] = source.refused.map((where) => ({
      where,
      reason: 'This is a link or a special file; it is not read.'
    }))
    let good = paths
    if (isSmall) {
      good = []
      for (const file of source.files) {
        const check = await readAndCheck(source, file.path)
        if (check.isPicture) good.push(file.path)
        else problems.push({ where: file.path, reason: check.reason })
      }
    }
    const items: PreviewItem[] = []
    for (const shown of spread(good, previewItems)) {
      const thumbnail = await thumbnailOf(source, shown, problems, !isSmall)
      items.push({
        name: basename(shown),
        label: layout.classOf(shown) ?? null,
        split: layout.partOf(shown) ?? null,
        text: null,
        thumbnail,
        values: {}
      })
    }
    const facts = {
      format,
      kind: 'images' as const,
      suggestedName: suggestName(path),
      columns: [],
      items,
      itemsEstimate: good.length,
      isComplete: !source.isCut && isSmall,
      classes: countNames(good.map((name) => layout.classOf(name))),
      splits: countNames(good.map((name) => layout.partOf(name))),
      sizeBytes,
      problems,
      options
    }
    return { ...facts, sentence: describeReading(facts) }
  } finally {
    await source.close()
  }
}

/** `count` of `values`, evenly spread over the list. */
export function spread<T>(values: readonly T[], count: number): T[] {
  if (values.length <= count) return [...values]
  return Array.from({ length: count }, (_, i) => values[Math.floor((i * values.length) / count)])
}

async function thumbnailOf(
  source: ImageFiles,
  path: string,
  problems: ImportProblem[],
  isUnchecked: boolean
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await source.read(path).catch(() => undefined)
  if (bytes === undefined) return null
  const check = await checkPicture(bytes)
  if (!check.isPicture) {
    if (isUnchecked) problems.push({ where: path, reason: check.reason })
    return null
  }
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

async function previewArrays(
  path: string,
  set: IdxSet,
  options: ImportOptions
): Promise<ImportPreview> {
  const [first] = set.pairs
  const classes: string[] = []
  const items: PreviewItem[] = []
  let sizeBytes = 0
  for (const pair of set.pairs) {
    const values = pair.labels === undefined ? undefined : await labelsOf(set, pair.labels)
    values?.forEach((value) => classes.push(set.classNames?.[value] ?? String(value)))
    const array = await openIdx(join(set.folder, pair.images))
    try {
      sizeBytes += array.header.headerBytes + array.entries * array.entryBytes
      const share = Math.max(1, Math.floor(previewItems / set.pairs.length))
      for (const index of spread([...Array(pair.count).keys()], share)) {
        const raw = await array.read(index, 1)
        // The header check allows one or three channels only.
        const channels = pair.channels as 1 | 3
        const made = await sharp(raw, {
          raw: { width: pair.width, height: pair.height, channels }
        })
          .png()
          .toBuffer()
        const label =
          values === undefined ? null : (set.classNames?.[values[index]] ?? String(values[index]))
        items.push({
          name: `${pair.part ?? 'Picture'} ${index + 1}`,
          label,
          split: pair.part ?? null,
          text: null,
          thumbnail: new Uint8Array(made),
          values: {}
        })
      }
    } finally {
      await array.close()
    }
  }
  const facts = {
    format: 'idx' as const,
    kind: 'images' as const,
    suggestedName: suggestName(path),
    columns: [],
    items,
    itemsEstimate: set.pairs.reduce((sum, pair) => sum + pair.count, 0),
    isComplete: true,
    classes: countNames(classes),
    splits: set.pairs.flatMap((pair) =>
      pair.part === undefined ? [] : [{ name: pair.part, count: pair.count }]
    ),
    sizeBytes,
    problems: set.notes.map((reason) => ({ where: basename(path), reason })),
    options
  }
  return { ...facts, sentence: describeReading(facts, `${first.width} × ${first.height}`) }
}

async function labelsOf(set: IdxSet, name: string): Promise<Int32Array> {
  const array = await openIdx(join(set.folder, name))
  try {
    return await readWholeNumbers(array, name)
  } finally {
    await array.close()
  }
}
