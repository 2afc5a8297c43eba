// The items of a tiny set as files: one picture each, named by label and place, real items as their
// original bytes; the grid for eyes; and a folder that Hugging Face datasets load.
import type { DatasetRecord, StoredItem } from '../../store/records.ts'
import { AppError } from '../../../api/errors.ts'
import { safeName } from '../export-folder.ts'
import { writeHashed } from '../hashed-file.ts'
import type { ManifestFile } from '../manifest.ts'
import type { Breathe } from './tensors.ts'
import { isPictures, targetColumns, type TinySet } from './tiny-set.ts'

/** Pictures made in one go. */
const pictureGroup = 64

/** The real items of a set, where its items are real ones. */
export interface TinyOriginals {
  readonly record: DatasetRecord
  stored(row: number): StoredItem
  /** Bytes and file ending of the original of a row. */
  original(row: number): Promise<{ readonly bytes: Uint8Array; readonly extension: string }>
}

/** File name of each item without its ending: "sandal_0012", unique without regard to case. */
export function itemStems({
  labels,
  result
}: Pick<TinySet, 'labels' | 'result'>): readonly string[] {
  const digits = Math.max(4, String(Math.max(0, labels.length - 1)).length)
  const names = result.classNames.map((name) => safeName(name).slice(0, 80) || 'label')
  // The place alone tells items apart; labels that look alike need nothing more.
  return Array.from(
    labels,
    (label, index) => `${names[label] ?? 'label'}_${String(index).padStart(digits, '0')}`
  )
}

/** Items as students see them, as PNGs, in their order. */
async function* pngsOf(
  set: TinySet,
  breathe: Breathe
): AsyncGenerator<readonly [index: number, png: Uint8Array], void, void> {
  for (let from = 0; from < set.count; from += pictureGroup) {
    await breathe()
    const count = Math.min(pictureGroup, set.count - from)
    const indices = Array.from({ length: count }, (_, i) => from + i)
    for (const [place, png] of (await set.pictures(indices)).entries()) {
      if (place % 8 === 7) await breathe()
      yield [from + place, png]
    }
  }
}

/** Where each item is inside the export; "" for rows of numbers. */
export interface ItemFiles {
  readonly files: readonly ManifestFile[]
  readonly paths: readonly string[]
}

/** Writes `items/`. Throws AppError "file-not-readable" when an original is not there. */
export async function writeItemFiles(
  folder: string,
  set: TinySet,
  originals: TinyOriginals | undefined,
  breathe: Breathe,
  onItem: (done: number) => void
): Promise<ItemFiles> {
  const paths = Array.from({ length: set.count }, () => '')
  if (!isPictures(set)) return { files: [], paths }
  const stems = itemStems(set)
  const files: ManifestFile[] = []
  const write = async (index: number, bytes: Uint8Array, ending: string): Promise<void> => {
    paths[index] = `items/${stems[index]}${ending}`
    files.push(await writeHashed(folder, paths[index], bytes))
    onItem(files.length)
  }
  if (set.rows === undefined) {
    for await (const [index, png] of pngsOf(set, breathe)) await write(index, png, '.png')
    return { files, paths }
  }
  if (originals === undefined) throw new AppError('dataset-not-found')
  for (const [index, row] of set.rows.entries()) {
    await breathe()
    const { bytes, extension } = await originals.original(row)
    await write(index, bytes, extension === '' ? '' : `.${extension}`)
  }
  return { files, paths }
}

/** Writes `hf/`: pictures as students see them with their labels, and a dataset card. */
export async function writeHuggingFace(
  folder: string,
  set: TinySet,
  card: string,
  breathe: Breathe
): Promise<readonly ManifestFile[]> {
  const stems = itemStems(set)
  const { classNames } = set.result
  const width = targetColumns(set)
  const files: ManifestFile[] = []
  const lines: string[] = []
  for await (const [index, png] of pngsOf(set, breathe)) {
    const name = `${stems[index]}.png`
    files.push(await writeHashed(folder, `hf/train/${name}`, png))
    const { targets } = set
    const own = targets.kind === 'soft' ? targets.shares : undefined
    const free = targets.kind === 'values' ? targets.values : undefined
    const shares = (own ?? free)?.subarray(index * width, (index + 1) * width)
    lines.push(
      `${JSON.stringify({
        file_name: name,
        label: classNames[set.labels[index]] ?? '',
        label_number: set.labels[index],
        ...(shares !== undefined && { [own ? 'soft_label' : 'target']: [...shares] })
      })}\n`
    )
  }
  files.push(await writeHashed(folder, 'hf/train/metadata.jsonl', lines.join('')))
  files.push(await writeHashed(folder, 'hf/README.md', card))
  return files
}
