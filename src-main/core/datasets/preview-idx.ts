// The preview of IDX arrays: counts are exact, a few pictures are shown.
import { basename, join } from 'node:path'
import sharp from 'sharp'
import type { ImportOptions, ImportPreview, PreviewItem } from '../../api/dto/datasets.ts'
import { countNames, plainPreview, previewItems, spread } from './preview-parts.ts'
import { describeReading, suggestName } from './preview-words.ts'
import { openIdx, readWholeNumbers } from './readers/idx-file.ts'
import type { IdxSet } from './readers/idx-pairs.ts'

/** The preview of IDX arrays: all labels, a few pictures. */
export async function previewIdx(
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
    ...plainPreview,
    copyBytes: sizeBytes,
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
