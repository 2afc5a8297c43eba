// Builds an exported folder: the items byte for byte, the lists, the report, the data card, the
// recipe and the manifest. Written under a temporary name and renamed when whole.
import type { JsonValue } from '../../api/dto/common.ts'
import type { RunItem, SelectionResult } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import { portableName } from '../files/contain.ts'
import { dataCard } from './data-card.ts'
import { csvRow, jsonRow, runItems, type SelectionReader, type ValueColumn } from './export-rows.ts'
import { listColumns } from '../datasets/exported-lists.ts'
import { csvLine } from './csv.ts'
import type { ExportPart, OpenPart } from './export-part.ts'
import { HashedFile, writeHashed } from './hashed-file.ts'
import { manifestName, type Manifest, type ManifestFile } from './manifest.ts'
import { readMeText } from './read-me.ts'

/** Bytes of one item as it is exported; undefined for kinds that are lists only (text, tables). */
export type OriginalReader = (
  item: RunItem
) => Promise<{ readonly bytes: Uint8Array; readonly extension: string } | undefined>

/** Values of one item, one per column of the export. */
export type ValuesReader = (item: RunItem) => readonly JsonValue[]

export interface ExportInputs {
  readonly result: SelectionResult
  readonly reader: SelectionReader
  readonly dataset: { readonly name: string; readonly contentHash: string; readonly items: number }
  readonly original: OriginalReader
  /** Text and columns that stand in the lists; none for pictures. */
  readonly columns: readonly ValueColumn[]
  readonly values: ValuesReader
  readonly report: string
  /** The report for printing; undefined when it was not asked for. */
  readonly reportPdf?: Uint8Array | undefined
  /** Training layouts and other files made of the chosen items. */
  readonly parts?: readonly OpenPart[]
  readonly exportName: string
  readonly createdAt: string
  readonly appVersion: string
  readonly licence: string | null
  readonly spreadsheetSafe: boolean
  readonly includeLeftOut: boolean
  readonly signal: AbortSignal
  /** Called per item; may wait (pause) or throw (cancel). */
  readonly onItem: (done: number) => Promise<void>
}

/** Writes everything into `folder` (new and empty) and returns the manifest. */
export async function writeExport(folder: string, inputs: ExportInputs): Promise<Manifest> {
  const files: ManifestFile[] = []
  const add = async (path: string, bytes: Uint8Array | string): Promise<void> => {
    files.push(await writeHashed(folder, path, bytes))
  }
  files.push(...(await writeItems(folder, inputs)))
  if (inputs.includeLeftOut) files.push(await writeLeftOut(folder, inputs))
  const hasFiles = files.some(({ path }) => path.startsWith('items/'))
  const paths = files.map(({ path }) => path)
  await add(
    'README.txt',
    readMeText(inputs.result, inputs.exportName, inputs.createdAt, hasFiles, paths)
  )
  await add('report.html', inputs.report)
  if (inputs.reportPdf !== undefined) await add('report.pdf', inputs.reportPdf)
  await add('data-card.md', dataCard(inputs.result, inputs))
  await add('recipe.json', `${JSON.stringify(inputs.result.draft, null, 2)}\n`)
  files.sort((a, b) => (a.path < b.path ? -1 : 1))
  const manifest = manifestOf(inputs, files)
  await writeHashed(folder, manifestName, `${JSON.stringify(manifest, null, 1)}\n`)
  return manifest
}

function manifestOf(inputs: ExportInputs, files: ManifestFile[]): Manifest {
  const { result } = inputs
  return {
    format: 'winnow-export',
    formatVersion: 1,
    appVersion: inputs.appVersion,
    createdAt: inputs.createdAt,
    name: inputs.exportName,
    dataset: inputs.dataset,
    items: result.got,
    synthetic: false,
    method: { id: result.method, name: result.methodName, params: result.draft.method.params },
    settings: result.draft,
    check: result.check,
    provenance: result.provenance,
    licence: inputs.licence,
    files
  }
}

/** The chosen items: files by group for pictures, and the two lists. */
async function writeItems(folder: string, inputs: ExportInputs): Promise<ManifestFile[]> {
  const files: ManifestFile[] = []
  const names = new ItemNames()
  const csv = await HashedFile.create(folder, 'items.csv')
  const jsonl = await HashedFile.create(folder, 'items.jsonl')
  const parts: ExportPart[] = []
  const header = [...listColumns, ...inputs.columns.map(({ name }) => name)]
  try {
    for (const open of inputs.parts ?? []) parts.push(await open(folder))
    await csv.write(csvLine(header, inputs.spreadsheetSafe))
    let done = 0
    for await (const page of runItems(inputs.reader, inputs.result.run, 'chosen')) {
      for (const item of page) {
        if (inputs.signal.aborted) throw new AppError('cancelled')
        const original = await inputs.original(item)
        const path = original ? names.next(item, original.extension) : ''
        if (original) files.push(await writeHashed(folder, path, original.bytes))
        const values = inputs.columns.length === 0 ? [] : inputs.values(item)
        await csv.write(csvRow(item, path, inputs.spreadsheetSafe, values))
        await jsonl.write(`${JSON.stringify(jsonRow(item, path, inputs.columns, values))}\n`)
        for (const part of parts) await part.item(item, path)
        await inputs.onItem(++done)
      }
    }
    files.push(await csv.finish(), await jsonl.finish())
    for (const part of parts) files.push(...(await part.finish()))
    return files
  } catch (error) {
    await Promise.all([csv, jsonl, ...parts].map((one) => one.abandon()))
    throw error
  }
}

async function writeLeftOut(folder: string, inputs: ExportInputs): Promise<ManifestFile> {
  const csv = await HashedFile.create(folder, 'left-out.csv')
  try {
    await csv.write(csvLine(listColumns, false))
    for await (const page of runItems(inputs.reader, inputs.result.run, 'left-out')) {
      if (inputs.signal.aborted) throw new AppError('cancelled')
      await csv.write(page.map((item) => csvRow(item, '', inputs.spreadsheetSafe)).join(''))
    }
    return await csv.finish()
  } catch (error) {
    await csv.abandon()
    throw error
  }
}

/** File names that every system can hold, one folder per group, unique without regard to case. */
class ItemNames {
  /** Files and folders below items/, as systems without case see them. */
  readonly #taken = new Set<string>()
  readonly #groups = new Map<string, string>()

  next(item: RunItem, extension: string): string {
    const group = item.item.label === null ? undefined : this.#group(item.item.label)
    const folder = group === undefined ? 'items' : `items/${group}`
    const last = item.item.name.split('/').at(-1) ?? ''
    const stem = safeName(last.replace(/\.[A-Za-z0-9]{1,5}$/, '')) || item.item.key
    const suffix = extension === '' ? '' : `.${extension}`
    const keyed = `${stem}-${item.item.key}`
    for (let n = 1; ; n++) {
      const name = n === 1 ? stem : n === 2 ? keyed : `${keyed}-${n}`
      const path = `${folder}/${name}${suffix}`
      if (this.#take(path)) return path
    }
  }

  #take(path: string): boolean {
    const folded = path.normalize('NFC').toUpperCase()
    if (this.#taken.has(folded)) return false
    this.#taken.add(folded)
    return true
  }

  #group(label: string): string {
    const known = this.#groups.get(label)
    if (known !== undefined) return known
    const wanted = safeName(label) || 'group'
    let name = wanted
    for (let n = 2; !this.#take(`items/${name}`); n++) name = `${wanted}-${n}`
    this.#groups.set(label, name)
    return name
  }
}

/** A name that every system can hold, with room for a key and an ending; "" when nothing is left. */
export function safeName(text: string): string {
  return portableName(text, '')
}
