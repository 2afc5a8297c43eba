// Recognises folders of record files: datasets saved by Hugging Face's `datasets` (save_to_disk),
// folders as its hub holds them (data/train-00000-of-00001.parquet), its cache of Arrow files, and
// plain folders of train and test files. Only these few names matter here; what a file is, its
// content tells.
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, posix } from 'node:path'
import type { SourceFormat } from '../../../../api/dto/datasets.ts'
import { AppError } from '../../../../api/errors.ts'
import { realContainedPath } from '../../../files/contain.ts'
import { headBytes, type FolderHead, type Looking } from '../../source-family.ts'
import { readHead } from '../idx-file.ts'
import { isIgnoredPath } from '../image-layout.ts'
import { compareNaturally } from '../reader.ts'
import { partInFileName, partOf } from '../split-names.ts'
import { isArrowHead } from './arrow/arrow-file.ts'
import { arrowSource } from './arrow-source.ts'
import { readFeatures, type Features } from './hf-features.ts'
import { manyFilesSource, type OneFile } from './many-files-source.ts'
import { parquetSource } from './parquet-source.ts'
import type { RecordSource } from './record-source.ts'
import { textRecords } from './text-records.ts'

const deepestFolder = 5
const entriesLooked = 50_000
const mostFiles = 10_000
const descriptionBytes = 16 * 2 ** 20
// A few pictures beside the records are decoration; more of them are the data.
const picturesBeside = 20

interface DataFile {
  /** Below the folder. */
  readonly path: string
  readonly part: string | undefined
}

interface Found {
  readonly files: readonly DataFile[]
  readonly described: readonly string[]
  readonly features: Features | undefined
  readonly notes: readonly string[]
  readonly sheets: readonly string[]
  readonly sheet: string | null
}

/** The source of a folder of records; undefined for other folders. */
export async function folderRecords(
  folder: FolderHead,
  looking: Looking
): Promise<RecordSource | undefined> {
  const found =
    (await savedParts(folder)) ??
    (await savedFolder(folder.path, '', undefined)) ??
    (await looseFiles(folder, looking.options.sheet))
  if (found !== undefined) return binarySource(folder, found)
  return textFiles(folder, looking)
}

async function readJson(folder: string, path: string): Promise<unknown> {
  try {
    const place = await realContainedPath(folder, path)
    if ((await stat(place)).size > descriptionBytes) return undefined
    return JSON.parse(await readFile(place, 'utf8'))
  } catch {
    return undefined
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

// dataset_dict.json: one saved dataset in a folder for each part.
async function savedParts(folder: FolderHead): Promise<Found | undefined> {
  if (!folder.entries.some((entry) => entry.name === 'dataset_dict.json')) return undefined
  const splits = field(await readJson(folder.path, 'dataset_dict.json'), 'splits')
  if (!Array.isArray(splits)) return undefined
  const parts: Found[] = []
  for (const split of splits.slice(0, 100)) {
    if (typeof split !== 'string') continue
    const part = await savedFolder(folder.path, split, split)
    if (part === undefined)
      throw new AppError(
        'file-damaged',
        `The part “${split}” of this dataset is not there or damaged.`
      )
    parts.push(part)
  }
  if (parts.length === 0) return undefined
  return {
    files: parts.flatMap((part) => part.files),
    described: ['dataset_dict.json', ...parts.flatMap((part) => part.described)],
    features: parts[0].features,
    notes: [],
    sheets: [],
    sheet: null
  }
}

// state.json: the files of a saved dataset, in order.
async function savedFolder(
  root: string,
  below: string,
  part: string | undefined
): Promise<Found | undefined> {
  const at = (name: string): string => (below === '' ? name : `${below}/${name}`)
  const state = await readJson(root, at('state.json'))
  const listed = field(state, '_data_files')
  if (!Array.isArray(listed) || listed.length > mostFiles) return undefined
  const files: DataFile[] = []
  for (const one of listed) {
    const name = field(one, 'filename')
    if (typeof name !== 'string') return undefined
    const path = at(name)
    const place = await realContainedPath(root, path)
    if ((await stat(place).catch(() => undefined)) === undefined)
      throw new AppError('file-damaged', `The file “${path}” of this dataset is not there.`)
    files.push({ path, part })
  }
  if (files.length === 0) throw new AppError('nothing-to-import', 'This dataset holds no rows.')
  const info = await readJson(root, at('dataset_info.json'))
  const notes =
    typeof field(state, '_indices_data_files') === 'object' &&
    field(state, '_indices_data_files') !== null
      ? [
          'The dataset was saved with a choice of rows that is not applied: all rows of its files are read.'
        ]
      : []
  return {
    files,
    described:
      info === undefined ? [at('state.json')] : [at('state.json'), at('dataset_info.json')],
    features: featuresOf(info),
    notes,
    sheets: [],
    sheet: null
  }
}

function featuresOf(info: unknown): Features | undefined {
  const features = field(info, 'features')
  return features === undefined || features === null ? undefined : readFeatures(features)
}

interface Walked {
  readonly files: string[]
  readonly infos: string[]
  pictures: number
  entries: number
}

async function walk(root: string, below: string, depth: number, walked: Walked): Promise<void> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (++walked.entries > entriesLooked || isIgnoredPath(entry.name)) continue
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory() && depth < deepestFolder) await walk(root, path, depth + 1, walked)
    else if (!entry.isFile()) continue
    else if (/\.(parquet|arrow|feather)$/i.test(entry.name)) walked.files.push(path)
    else if (entry.name === 'dataset_info.json') walked.infos.push(path)
    else if (/\.(jpe?g|png|gif|webp|tiff?|avif)$/i.test(entry.name)) walked.pictures++
  }
}

// Folders of the hub and of the cache: Parquet or Arrow files, perhaps for several configurations.
async function looseFiles(folder: FolderHead, sheet: string | null): Promise<Found | undefined> {
  const walked: Walked = { files: [], infos: [], pictures: 0, entries: 0 }
  await walk(folder.path, '', 0, walked)
  // What the library itself derived from the data is no more data.
  const own = walked.files.filter((path) => !/(^|\/)(cache|tmp|indices)-[^/]*\.arrow$/i.test(path))
  if (own.length === 0 || (walked.pictures > picturesBeside && walked.pictures > own.length))
    return undefined
  if (own.length > mostFiles)
    throw new AppError('too-large', `The folder holds more than ${mostFiles} files of records.`)
  const isParquet = own.some((path) => /\.parquet$/i.test(path))
  const kind = own.filter((path) => /\.parquet$/i.test(path) === isParquet).sort(compareNaturally)
  const groups = Map.groupBy(kind, configurationOf)
  const names = [...groups.keys()].sort(compareNaturally)
  const chosen = sheet !== null && names.includes(sheet) ? sheet : names[0]
  const files = (groups.get(chosen) ?? []).map((path) => ({ path, part: partOfPath(path) }))
  const isMany = names.length > 1
  const info = walked.infos.find((path) => posix.dirname(path) === posix.dirname(files[0].path))
  return {
    files,
    described: info === undefined ? [] : [info],
    features: info === undefined ? undefined : featuresOf(await readJson(folder.path, info)),
    notes: isMany ? [`The folder holds ${names.length} sets of files; “${chosen}” is read.`] : [],
    sheets: isMany ? names.map((name) => name || '.') : [],
    sheet: isMany ? chosen : null
  }
}

/** Folders of a file, those named like a part or just "data" left out. */
function configurationOf(path: string): string {
  const folders = posix.dirname(path).split('/')
  return folders
    .filter((name) => name !== '.' && name !== 'data' && partOf(name) === undefined)
    .join('/')
}

function partOfPath(path: string): string | undefined {
  const inName = partInFileName(basename(path))
  if (inName !== undefined) return inName
  for (const folder of posix.dirname(path).split('/').reverse()) {
    const part = partOf(folder)
    if (part !== undefined) return part
  }
  return undefined
}

async function binarySource(folder: FolderHead, found: Found): Promise<RecordSource> {
  const files: OneFile[] = []
  for (const { path, part } of found.files) {
    const place = await realContainedPath(folder.path, path)
    const head = await readHead(place, 4096)
    if (head.toString('latin1', 0, 4) === 'PAR1')
      files.push({ path, part, source: parquetSource(place, folder.path, found.features) })
    else if (isArrowHead(head))
      files.push({ path, part, source: arrowSource(place, folder.path, found.features) })
    else throw new AppError('file-damaged', `“${path}” is neither a Parquet nor an Arrow file.`)
  }
  return manyFilesSource({
    ...found,
    folder: folder.path,
    files,
    format: 'hf-folder',
    areAlike: true
  })
}

// "train.jsonl" and "test.jsonl", or tables, right in the folder; nothing but these.
async function textFiles(folder: FolderHead, looking: Looking): Promise<RecordSource | undefined> {
  const named = folder.entries.filter(
    (entry) =>
      entry.isFile() &&
      /\.(csv|tsv|jsonl|ndjson|json)(\.gz)?$/i.test(entry.name) &&
      partInFileName(entry.name) !== undefined
  )
  const parts = new Set(named.map((entry) => partInFileName(entry.name)))
  if (parts.size < 2 || named.length !== parts.size) return undefined
  const files: OneFile[] = []
  const formats = new Set<SourceFormat>()
  for (const { name } of named) {
    const path = join(folder.path, name)
    const raw = await readHead(path, headBytes)
    const size = (await stat(path)).size
    if (size === 0 || raw[0] === 0x1f) return undefined
    const head = { path, name, size, raw, isGzip: false, content: raw }
    const source = await textRecords(head, looking)
    if (source === undefined) return undefined
    files.push({ path: name, part: partInFileName(name), source })
    formats.add((await source.first(looking.options)).format)
  }
  const [format, ...others] = formats
  if (format === undefined || others.length > 0) return undefined
  const nothing = { described: [], notes: [], sheets: [], sheet: null }
  return manyFilesSource({ ...nothing, folder: folder.path, files, format, areAlike: false })
}
