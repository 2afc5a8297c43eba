// What exports work with: the app around them, the dataset and the stored items of a run, and the
// facts that decide which layouts are possible.
import { lstat } from 'node:fs/promises'
import type { RunItem, SelectionResult } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import { describeSource, type ItemSource } from '../datasets/item-source.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { OpenProject } from '../projects/open-project.ts'
import type { DatasetRecord, StoredItem } from '../store/records.ts'
import type { OpenPart } from './export-part.ts'
import { runItems, valueColumns, valuesOf, type SelectionReader } from './export-rows.ts'
import type { TinySets } from './distilled/tiny-set.ts'
import type { ReportCoverage, ReportMap } from './report-coverage.ts'
import type { Passes } from './layouts/epochs-part.ts'
import { layoutParts, type LayoutFacts, type LayoutWork } from './layouts/layouts.ts'

/** What other areas know of a run's data, for its report. */
export interface ReportFacts {
  readonly coverage: ReportCoverage | undefined
  readonly map: ReportMap | undefined
  /** Undefined when the data was not checked. */
  readonly issues: readonly { readonly title: string; readonly sentence: string }[] | undefined
}

/** What the export needs from the app around it. */
export interface ExportDeps {
  readonly project: OpenProject
  readonly selection: SelectionReader
  /** Runs that make tiny training sets; absent where there are none. */
  readonly tiny?: TinySets | undefined
  readonly appVersion: string
  now(): number
  /** The lists of a run that drew several; undefined for other runs. */
  readonly passes?: ((run: string) => Promise<Passes | undefined>) | undefined
  /** What the report says beside the run itself: coverage, map, problems of the data. */
  readonly reportFacts?: ((result: SelectionResult) => Promise<ReportFacts>) | undefined
  /** Prints a page of ours to PDF; absent where the host cannot. */
  readonly printPdf?: ((html: string) => Promise<Uint8Array>) | undefined
}

/** The report as PDF. Throws AppError "invalid-input" where the host cannot print. */
export async function printReport(deps: ExportDeps, html: string): Promise<Uint8Array> {
  if (deps.printPdf === undefined)
    throw new AppError('invalid-input', 'This window cannot make a PDF itself.', {
      hint: 'Open report.html in a browser and print it there to a PDF file.'
    })
  return deps.printPdf(html)
}

/** The part of an export's parameters that says what stands beside the lists. */
export interface AskedLayouts {
  readonly layouts: Parameters<typeof layoutParts>[0]
  readonly spreadsheetSafe: boolean
  readonly indentRecords: boolean
}

/** A run on its way out, with its opened source. */
export interface Exported {
  readonly result: SelectionResult
  readonly record: DatasetRecord
  readonly source: ItemSource
}

/** What writes the layouts that were asked for. Errors as {@link layoutParts}. */
export async function partsOf(
  context: JobContext,
  deps: ExportDeps,
  asked: AskedLayouts,
  { result, record, source }: Exported
): Promise<OpenPart[]> {
  if (asked.layouts.length === 0) return []
  const { store, mediaFolder } = deps.project
  const columns = valueColumns(record)
  const { path } = describeSource(record, mediaFolder)
  const isFile = (await lstat(path).catch(() => undefined))?.isFile() === true
  const stored = (row: number): StoredItem => storedRow(deps.project, record, row)
  return layoutParts(asked.layouts, {
    ...(await layoutFacts(deps, result, record, Infinity)),
    ...{ store, source, columns, stored },
    sourceFile: isFile ? path : undefined,
    pool: context.pool,
    signal: context.signal,
    appVersion: deps.appVersion,
    spreadsheetSafe: asked.spreadsheetSafe,
    indentRecords: asked.indentRecords,
    values: (item) => valuesOf(stored(item.item.row), columns),
    note: (text) => context.note(text),
    breathe: () => context.breathe()
  })
}

/** Facts about a run's layouts; sizes of pictures are compared up to about `sizesCompared`. */
export async function layoutFacts(
  deps: ExportDeps,
  result: SelectionResult,
  record: DatasetRecord,
  sizesCompared: number
): Promise<LayoutFacts & Pick<LayoutWork, 'passes'>> {
  return {
    ...{ result, record },
    passes: await deps.passes?.(result.run),
    pictureSize:
      record.kind === 'images' ? await sharedSize(deps, result, sizesCompared) : undefined
  }
}

/** Width and height of the chosen pictures when all have the same. */
async function sharedSize(
  deps: ExportDeps,
  { run }: SelectionResult,
  atMost: number
): Promise<LayoutFacts['pictureSize']> {
  let seen = 0
  let size: { width: number; height: number } | undefined
  for await (const page of runItems(deps.selection, run, 'chosen')) {
    for (const { item } of page) {
      const { width, height } = item
      if (width === null || height === null) return undefined
      size ??= { width, height }
      if (size.width !== width || size.height !== height) return undefined
    }
    seen += page.length
    if (seen >= atMost) break
  }
  return size
}

/** The stored item of a listed one. Throws AppError "item-not-found". */
export function storedOf(project: OpenProject, record: DatasetRecord, item: RunItem): StoredItem {
  return storedRow(project, record, item.item.row)
}

function storedRow(project: OpenProject, record: DatasetRecord, row: number): StoredItem {
  const stored = project.store.items.get(record.id, row)
  if (!stored) throw new AppError('item-not-found')
  return stored
}

/** A dataset of the project. Throws AppError "dataset-not-found". */
export function datasetOf(project: OpenProject, id: string): DatasetRecord {
  const record = project.store.datasets.get(id)
  if (!record) throw new AppError('dataset-not-found')
  return record
}
