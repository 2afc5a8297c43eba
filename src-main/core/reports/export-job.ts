// The export job: checks the place and the name, gathers what is written, writes the folder under a
// temporary name and renames it into place.
import { basename, join } from 'node:path'
import { z } from 'zod'
import { ExportLayout } from '../../api/dto/exports.ts'
import type { RunItem } from '../../api/dto/runs.ts'
import { describeSource, openItemSource, type ItemSource } from '../datasets/item-source.ts'
import { draftFolder, writeError } from '../files/atomic-write.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import type { OpenProject } from '../projects/open-project.ts'
import type { DatasetRecord } from '../store/records.ts'
import { buildReport } from './build-report.ts'
import { buildTinyReport } from './distilled/build-tiny-report.ts'
import { openOriginals } from './distilled/tiny-originals.ts'
import { tinyLayouts } from './distilled/tiny-layouts.ts'
import type { TinySets } from './distilled/tiny-set.ts'
import { writeTiny } from './distilled/write-tiny.ts'
import { writeExport } from './export-folder.ts'
import { beforeCommit, chooseTarget, committedBefore, removeCutOffDraft } from './export-place.ts'
import { valueColumns, valuesOf } from './export-rows.ts'
import { datasetOf, partsOf, printReport, storedOf, type ExportDeps } from './export-work.ts'
import type { Manifest } from './manifest.ts'
import { readManifest } from './verify-folder.ts'

/** Stored parameters of an export job; the place is a path because grants end with the app. */
export const ExportParams = z.strictObject({
  run: z.string(),
  place: z.string(),
  name: z.string(),
  conflict: z.enum(['stop', 'new-name', 'replace']),
  spreadsheetSafe: z.boolean(),
  includeLeftOut: z.boolean(),
  licence: z.string().nullable(),
  asked: z.string(),
  layouts: z.array(ExportLayout).default([]),
  indentRecords: z.boolean().default(false),
  reportPdf: z.boolean().default(false)
})
export type ExportParams = z.infer<typeof ExportParams>

/** Result of an export job: also what the command line prints. */
export interface ExportOutcome {
  readonly dir: string
  readonly items: number
  readonly bytes: number
  readonly manifest: string
}

/** The "export" kind of job. */
export function createExportJob(deps: ExportDeps): JobKind<ExportParams, ExportOutcome> {
  return {
    kind: 'export',
    params: ExportParams,
    canPause: true,
    canResume: true,
    isHeavy: false,
    phases: [
      { name: 'Writing the report', weight: 1 },
      { name: 'Copying items', weight: 6 }
    ],
    run: (context, params) => runExport(context, deps, params)
  }
}

async function runExport(
  context: JobContext,
  deps: ExportDeps,
  params: ExportParams
): Promise<ExportOutcome> {
  const before = await committedBefore(context)
  if (before !== undefined)
    return remember(context, deps, params, before, await readManifest(before))
  if (deps.tiny?.has(params.run) === true) return exportTiny(context, deps, deps.tiny, params)
  const result = deps.selection.result(params.run)
  const record = datasetOf(deps.project, result.dataset)
  await removeCutOffDraft(context, params)
  const target = await chooseTarget(params)
  const source = await openItemSource(describeSource(record, deps.project.mediaFolder))
  try {
    context.phase(0, 1, 'pages')
    const createdAt = new Date(deps.now()).toISOString()
    const report = await buildReport(deps, result, params.asked, createdAt, source)
    const reportPdf = params.reportPdf ? await printReport(deps, report) : undefined
    const columns = valueColumns(record)
    const parts = await partsOf(context, deps, params, { result, record, source })
    context.progress(1)
    context.phase(1, result.got, 'items')
    return await writeInto(context, deps, params, target, (folder) =>
      writeExport(folder, {
        result,
        reader: deps.selection,
        dataset: { name: record.name, contentHash: record.contentHash, items: record.items },
        original: (item) => originalOf(deps.project, record, source, item),
        columns,
        values: (item) => valuesOf(storedOf(deps.project, record, item), columns),
        report,
        reportPdf,
        parts,
        exportName: basename(target),
        createdAt,
        appVersion: deps.appVersion,
        licence: params.licence,
        spreadsheetSafe: params.spreadsheetSafe,
        includeLeftOut: params.includeLeftOut,
        signal: context.signal,
        onItem: async (done) => {
          context.progress(done)
          if (done % 32 === 0) await context.breathe()
        }
      })
    )
  } finally {
    await source.close()
  }
}

async function exportTiny(
  context: JobContext,
  deps: ExportDeps,
  tiny: TinySets,
  params: ExportParams
): Promise<ExportOutcome> {
  const set = await tiny.open(params.run)
  // Said before anything is read or written.
  tinyLayouts(set, params.layouts)
  await removeCutOffDraft(context, params)
  const target = await chooseTarget(params)
  const originals = await openOriginals(deps.project, set)
  try {
    context.phase(0, 1, 'pages')
    const createdAt = new Date(deps.now()).toISOString()
    const { appVersion } = deps
    const analysis = await tiny.analysis?.(params.run)
    const report = await buildTinyReport(set, { createdAt, appVersion, analysis })
    const reportPdf = params.reportPdf ? await printReport(deps, report) : undefined
    context.progress(1)
    context.phase(1, set.count, 'items')
    const { layouts, licence, spreadsheetSafe } = params
    const facts = { createdAt, appVersion, layouts, licence, spreadsheetSafe }
    const exportName = basename(target)
    return await writeInto(context, deps, params, target, (folder) =>
      writeTiny(folder, { ...facts, set, context, originals, report, reportPdf, exportName })
    )
  } finally {
    await originals?.close()
  }
}

/** Fills the folder under a temporary name, renames it into place and remembers the export. */
async function writeInto(
  context: JobContext,
  deps: ExportDeps,
  params: ExportParams,
  target: string,
  write: (folder: string) => Promise<Manifest>
): Promise<ExportOutcome> {
  const draft = await draftFolder(target, { replace: params.conflict === 'replace' })
  let manifest: Manifest
  try {
    context.saveCheckpoint({ draft: draft.folder })
    manifest = await write(draft.folder)
    context.saveCheckpoint(await beforeCommit(draft.folder, target))
    await draft.commit()
  } catch (error) {
    throw writeError(error)
  } finally {
    await draft.abort()
  }
  return remember(context, deps, params, target, manifest)
}

function remember(
  context: JobContext,
  deps: ExportDeps,
  params: ExportParams,
  target: string,
  manifest: Pick<Manifest, 'items' | 'files'>
): ExportOutcome {
  const { items } = manifest
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
  const { exports } = deps.project.store
  const isKnown = exports.list(params.run).some(({ id }) => id === context.id)
  if (!isKnown)
    exports.insert({
      id: context.id,
      run: params.run,
      name: basename(target),
      path: target,
      items,
      bytes,
      createdAt: deps.now()
    })
  return { dir: target, items, bytes, manifest: join(target, 'manifest.json') }
}

async function originalOf(
  project: OpenProject,
  record: DatasetRecord,
  source: ItemSource,
  item: RunItem
): Promise<{ bytes: Uint8Array; extension: string } | undefined> {
  if (record.kind !== 'images') return undefined
  const original = await source.originalFile(storedOf(project, record, item))
  return { bytes: original.bytes, extension: original.name.split('.').at(-1) ?? '' }
}
