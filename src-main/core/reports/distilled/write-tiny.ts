// Builds the folder of an exported tiny set: items, labels, numbers in the asked layouts, the report,
// the cards, the recipe and the manifest. Written under a temporary name and renamed when whole.
import type { ExportLayout } from '../../../api/dto/exports.ts'
import { AppError } from '../../../api/errors.ts'
import { narrowNumbers } from '../../compute/narrow-numbers.ts'
import { portableName } from '../../files/contain.ts'
import type { JobContext } from '../../jobs/job-kind.ts'
import { csvLine } from '../csv.ts'
import { cellOf, valueColumns, valuesOf } from '../export-rows.ts'
import { HashedFile, writeHashed } from '../hashed-file.ts'
import { manifestName, type Manifest, type ManifestFile } from '../manifest.ts'
import { helperTensors } from './helper-tensors.ts'
import { labelTable, writeLabelsCsv, writeLabelsParquet } from './label-tables.ts'
import {
  tensorsOf,
  viewTensors,
  writeNpyFile,
  writeNpz,
  writeSafetensors,
  type Breathe,
  type NamedTensor
} from './tensors.ts'
import { huggingFaceCard, tinyCard, type CardFacts } from './tiny-card.ts'
import { writeHuggingFace, writeItemFiles, type TinyOriginals } from './tiny-files.ts'
import { tinyLayouts } from './tiny-layouts.ts'
import { tinyReadMe } from './tiny-read-me.ts'
import { isSynthetic, type TinyArray, type TinySet } from './tiny-set.ts'
import { trainingScript } from './training-script.ts'

export interface TinyExport extends CardFacts {
  readonly set: TinySet
  readonly context: JobContext
  /** Where real items come from; undefined when the dataset is gone, or is not needed. */
  readonly originals: TinyOriginals | undefined
  readonly layouts: readonly ExportLayout[]
  readonly report: string
  /** The report for printing; undefined when it was not asked for. */
  readonly reportPdf: Uint8Array | undefined
  readonly appVersion: string
  readonly spreadsheetSafe: boolean
}

/**
 * Writes everything into `folder` (new and empty) and returns the manifest. Throws AppError
 * "invalid-input" for a layout that is not possible, and when originals cannot be read.
 */
export async function writeTiny(folder: string, made: TinyExport): Promise<Manifest> {
  const { set, context } = made
  const layouts = tinyLayouts(set, made.layouts)
  const breathe: Breathe = async () => {
    if (context.signal.aborted) throw new AppError('cancelled')
    await context.breathe()
  }
  const files: ManifestFile[] = []
  const add = async (path: string, bytes: Uint8Array | string): Promise<void> => {
    files.push(await writeHashed(folder, path, bytes))
  }
  const values = await set.values(context)
  const items = await writeItemFiles(folder, set, made.originals, breathe, (done) =>
    context.progress(done)
  )
  files.push(...items.files)
  const grid = await set.grid(values)
  if (grid !== null) await add('grid.png', grid)
  const table = labelTable(set, items.paths, made.originals)
  files.push(await writeLabelsCsv(folder, table, made.spreadsheetSafe, breathe))
  if (layouts.has('parquet'))
    files.push(await writeLabelsParquet(folder, table, made.appVersion, breathe))
  const contents = await writeContents(folder, made, breathe)
  if (contents !== undefined) files.push(contents)
  files.push(...(await writeNumbers(folder, made, layouts, values, breathe)))
  files.push(...(await writeParts(folder, set, breathe)))
  if (layouts.has('hf-folder'))
    files.push(...(await writeHuggingFace(folder, set, huggingFaceCard(set, made), breathe)))
  const extra = await set.files()
  for (const file of extra) {
    const name = portableName(file.name)
    if ('bytes' in file) await add(name, file.bytes)
    else files.push(await writeNpyFile(folder, name, { name, ...file.array }, breathe))
  }
  await add('report.html', made.report)
  if (made.reportPdf !== undefined) await add('report.pdf', made.reportPdf)
  await add('data-card.md', tinyCard(set, made))
  await add('recipe.json', `${JSON.stringify(set.result.draft, null, 2)}\n`)
  const paths = files.map(({ path }) => path)
  await add('README.txt', tinyReadMe(set, { ...made, paths, extra }))
  files.sort((a, b) => (a.path < b.path ? -1 : 1))
  const manifest = manifestOf(made, files)
  await writeHashed(folder, manifestName, `${JSON.stringify(manifest, null, 1)}\n`)
  return manifest
}

/** The arrays in the asked forms, and the program that trains on them. */
async function writeNumbers(
  folder: string,
  { set, appVersion }: TinyExport,
  layouts: ReadonlySet<ExportLayout>,
  values: Float32Array,
  breathe: Breathe
): Promise<ManifestFile[]> {
  const files: ManifestFile[] = []
  const tensors = tensorsOf(set, values)
  const { classNames } = set.result
  if (layouts.has('arrays')) {
    files.push(await writeNpz(folder, 'train.npz', tensors, classNames, breathe))
    const script = trainingScript(set)
    if (script !== undefined) files.push(await writeHashed(folder, 'train.py', script))
  }
  const helpers = helperTensors(set)
  const views = set.views?.()
  if (layouts.has('arrays')) {
    if (helpers.length > 0)
      files.push(await writeNpz(folder, 'helper.npz', helpers, classNames, breathe))
    if (views !== undefined) {
      const table = viewTensors(views, classNames.length)
      files.push(await writeNpz(folder, 'views.npz', table, classNames, breathe))
    }
  }
  if (layouts.has('npy'))
    for (const tensor of tensors)
      files.push(await writeNpyFile(folder, `arrays/${tensor.name}.npy`, tensor, breathe))
  if (layouts.has('safetensors')) {
    const metadata = {
      format: 'pt',
      synthetic: String(isSynthetic(set.result)),
      classes: JSON.stringify(classNames),
      made_with: `Winnow ${appVersion}`
    }
    files.push(await writeSafetensors(folder, 'train.safetensors', tensors, metadata, breathe))
    if (helpers.length > 0)
      files.push(await writeSafetensors(folder, 'helper.safetensors', helpers, metadata, breathe))
    if (views !== undefined) {
      const table = viewTensors(views, classNames.length)
      files.push(await writeSafetensors(folder, 'views.safetensors', table, metadata, breathe))
    }
  }
  return files
}

/** Names of the parts of memories, as people who know the method call them. */
const partNames: Readonly<Record<string, string>> = { addresses: 'coefficients' }

/** What has to be kept to make the items again, where they are stored in parts. */
async function writeParts(
  folder: string,
  set: TinySet,
  breathe: Breathe
): Promise<readonly ManifestFile[]> {
  if (set.form === 'rows' || set.form === 'pixels') return []
  const files: ManifestFile[] = []
  const taken = new Set<string>()
  for (const array of set.stored) {
    const tensor = tensorOf(array)
    if (tensor === undefined) continue
    const stem = portableName((partNames[array.name] ?? array.name).replaceAll(' ', '-'), 'part')
    let name = stem
    for (let n = 2; taken.has(name.toUpperCase()); n++) name = `${stem}-${n}`
    taken.add(name.toUpperCase())
    files.push(await writeNpyFile(folder, `parts/${name}.npy`, tensor, breathe))
  }
  return files
}

function tensorOf({ name, part, shape, values, bytesEach }: TinyArray): NamedTensor | undefined {
  // Helper models have files of their own.
  if (values === undefined || part === 'teacher') return undefined
  const narrow = narrowNumbers({ values, bytesEach })
  return { name, shape, values: narrow.values, isHalf: narrow.descr === '<f2' }
}

/** items.csv with the texts and columns of real items that are no pictures; undefined without. */
async function writeContents(
  folder: string,
  { set, originals, spreadsheetSafe }: TinyExport,
  breathe: Breathe
): Promise<ManifestFile | undefined> {
  if (set.rows === undefined || originals === undefined || set.result.picture !== null)
    return undefined
  const columns = valueColumns(originals.record)
  const file = await HashedFile.create(folder, 'items.csv')
  try {
    const header = ['id', 'label', 'original', ...columns.map(({ name }) => name)]
    await file.write(csvLine(header, spreadsheetSafe))
    for (const [item, row] of set.rows.entries()) {
      if (item % 64 === 0) await breathe()
      const stored = originals.stored(row)
      const label = set.result.classNames[set.labels[item]] ?? ''
      const cells = valuesOf(stored, columns).map(cellOf)
      await file.write(csvLine([stored.key, label, stored.name, ...cells], spreadsheetSafe))
    }
    return await file.finish()
  } catch (error) {
    await file.abandon()
    throw error
  }
}

function manifestOf(made: TinyExport, files: ManifestFile[]): Manifest {
  const { result, manifest } = made.set
  const { provenance } = result
  return {
    format: 'winnow-export',
    formatVersion: 1,
    appVersion: made.appVersion,
    createdAt: made.createdAt,
    name: made.exportName,
    dataset: {
      name: result.datasetName,
      contentHash: String(provenance['contentHash'] ?? ''),
      items: made.originals?.record.items ?? result.trainItems
    },
    items: made.set.count,
    synthetic: isSynthetic(result),
    method: { id: result.method, name: result.methodName, params: result.draft.method.params },
    settings: result.draft,
    check: result.check,
    provenance,
    tiny: manifest,
    licence: made.licence,
    files
  }
}
