// The preview of a folder or zip of pictures: a part of the files is checked one by one, all of
// them when they are few.
import { basename } from 'node:path'
import type {
  ImportOptions,
  ImportPreview,
  ImportProblem,
  PreviewItem
} from '../../api/dto/datasets.ts'
import { countNames, plainPreview, previewItems, smallPicture, spread } from './preview-parts.ts'
import { describeReading, suggestName } from './preview-words.ts'
import type { ImageFiles } from './readers/image-files.ts'
import { checkPicture } from './readers/image-header.ts'
import { detectLayout } from './readers/image-layout.ts'
import { picturePaths, readAndCheck } from './readers/image-reader.ts'

// Files and bytes checked one by one for a quick look.
const filesChecked = 400
const bytesChecked = 64 * 2 ** 20

/** The preview of an opened folder or zip, which it closes. */
export async function previewPictures(
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
      ...plainPreview,
      copyBytes: sizeBytes,
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
  return smallPicture(bytes)
}
