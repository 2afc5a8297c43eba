// The export job and its plan: checks the place and the name, gathers examples for the report,
// writes the folder under a temporary name and renames it into place.
import { lstat, readdir, rm, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { ExportPlan } from '../../api/dto/exports.ts'
import type { RunItem, SelectionResult } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import { describeSource, openItemSource, type ItemSource } from '../datasets/item-source.ts'
import { draftFolder, temporaryMark, writeError } from '../files/atomic-write.ts'
import { nameProblem } from '../files/contain.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import type { OpenProject } from '../projects/open-project.ts'
import type { DatasetRecord, StoredItem } from '../store/records.ts'
import { safeName, writeExport } from './export-folder.ts'
import { valueColumns, valuesOf, type SelectionReader } from './export-rows.ts'
import { reportHtml, type ReportExample } from './report-html.ts'
import { readManifest } from './verify-folder.ts'
import { bytesText, countText } from './words.ts'

/** What the export needs from the app around it. */
export interface ExportDeps {
  readonly project: OpenProject
  readonly selection: SelectionReader
  readonly appVersion: string
  now(): number
}

/** Stored parameters of an export job; the place is a path because grants end with the app. */
export const ExportParams = z.strictObject({
  run: z.string(),
  place: z.string(),
  name: z.string(),
  conflict: z.enum(['stop', 'new-name', 'replace']),
  spreadsheetSafe: z.boolean(),
  includeLeftOut: z.boolean(),
  licence: z.string().nullable(),
  asked: z.string()
})
export type ExportParams = z.infer<typeof ExportParams>

/** Result of an export job: also what the command line prints. */
export interface ExportOutcome {
  readonly dir: string
  readonly items: number
  readonly bytes: number
  readonly manifest: string
}

const examplesShown = 24

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
  const result = deps.selection.result(params.run)
  const record = datasetOf(deps.project, result.dataset)
  await removeCutOffDraft(context, params)
  const target = await chooseTarget(params)
  const source = await openItemSource(describeSource(record, deps.project.mediaFolder))
  try {
    context.phase(0, 1, 'pages')
    const createdAt = new Date(deps.now()).toISOString()
    const report = await buildReport(deps, result, params.asked, createdAt, source)
    context.progress(1)
    context.phase(1, result.got, 'items')
    let bytes = 0
    const draft = await draftFolder(target, { replace: params.conflict === 'replace' })
    const columns = valueColumns(record)
    try {
      context.saveCheckpoint({ draft: draft.folder })
      const manifest = await writeExport(draft.folder, {
        result,
        reader: deps.selection,
        dataset: { name: record.name, contentHash: record.contentHash, items: record.items },
        original: (item) => originalOf(deps.project, record, source, item),
        columns,
        values: (item) => valuesOf(storedOf(deps.project, record, item), columns),
        report,
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
      bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
      await draft.commit()
    } catch (error) {
      throw writeError(error)
    } finally {
      await draft.abort()
    }
    deps.project.store.exports.insert({
      id: context.id,
      run: params.run,
      name: basename(target),
      path: target,
      items: result.got,
      bytes,
      createdAt: deps.now()
    })
    return { dir: target, items: result.got, bytes, manifest: join(target, 'manifest.json') }
  } finally {
    await source.close()
  }
}

/** report.html of a finished run, also shown inside the app. */
export async function buildReport(
  deps: ExportDeps,
  result: SelectionResult,
  asked: string,
  createdAt: string,
  opened?: ItemSource
): Promise<string> {
  const record = datasetOf(deps.project, result.dataset)
  const source = opened ?? (await openItemSource(describeSource(record, deps.project.mediaFolder)))
  try {
    const counts = deps.project.store.datasets.counts(record.id)
    return reportHtml({
      result,
      asked,
      kept: await examples(deps, record, source, result.run, 'chosen'),
      leftOut: await examples(deps, record, source, result.run, 'left-out'),
      createdAt,
      appVersion: deps.appVersion,
      problems: {
        skipped: record.skipped,
        duplicates: counts.exactDuplicates,
        sizeBytes: record.sizeBytes
      }
    })
  } finally {
    if (!opened) await source.close()
  }
}

async function examples(
  deps: ExportDeps,
  record: DatasetRecord,
  source: ItemSource,
  run: string,
  part: 'chosen' | 'left-out'
): Promise<ReportExample[]> {
  const page = await deps.selection.items({
    run,
    part,
    label: null,
    reasonCode: null,
    votes: null,
    window: { first: 0, limit: examplesShown }
  })
  const found: ReportExample[] = []
  for (const item of page.items) {
    const stored = record.kind === 'images' ? storedOf(deps.project, record, item) : undefined
    const picture = stored
      ? await source.readImageBytes(stored.locator).catch(() => undefined)
      : undefined
    // A picture too large for a report is named instead of shown.
    found.push({
      item,
      picture: picture && picture.bytes.byteLength < 400_000 ? picture : undefined
    })
  }
  return found
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

function storedOf(project: OpenProject, record: DatasetRecord, item: RunItem): StoredItem {
  const stored = project.store.items.get(record.id, item.item.row)
  if (!stored) throw new AppError('item-not-found')
  return stored
}

function datasetOf(project: OpenProject, id: string): DatasetRecord {
  const record = project.store.datasets.get(id)
  if (!record) throw new AppError('dataset-not-found')
  return record
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined
}

const Checkpoint = z.object({ draft: z.string() })

/** What this very job left when the app was killed: its folder under a temporary name. */
async function removeCutOffDraft(context: JobContext, params: ExportParams): Promise<void> {
  const found = Checkpoint.safeParse(context.checkpoint)
  if (!found.success) return
  const { draft } = found.data
  const isOurs = dirname(draft) === dirname(join(params.place, params.name))
  if (isOurs && basename(draft).startsWith(temporaryMark)) {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Only what an export made is ever replaced: a mistyped name must not cost anyone a folder. */
async function mayBeReplaced(folder: string): Promise<boolean> {
  if (!(await lstat(folder)).isDirectory()) return false
  if ((await readdir(folder)).length === 0) return true
  return readManifest(folder).then(
    () => true,
    () => false
  )
}

/** Folder to make, after the analyst's rule for a taken name. */
async function chooseTarget(params: ExportParams): Promise<string> {
  const problem = nameProblem(params.name)
  if (problem) throw new AppError('invalid-input', `This folder name ${problem}.`)
  const wanted = join(params.place, params.name)
  if (!(await exists(wanted))) return wanted
  if (params.conflict === 'replace') {
    if (await mayBeReplaced(wanted)) return wanted
    throw new AppError(
      'destination-exists',
      'What is there under this name is not an exported set, so it is not replaced.',
      { hint: 'Choose another name.' }
    )
  }
  if (params.conflict === 'stop') throw new AppError('destination-exists')
  for (let n = 2; ; n++) {
    const next = `${wanted} (${n})`
    if (!(await exists(next))) return next
  }
}

/** What an export would write and whether it fits, before it starts. */
export async function planExport(
  deps: ExportDeps,
  request: {
    readonly run: string
    readonly place: string | undefined
    readonly name: string | null
  }
): Promise<ExportPlan> {
  const result = deps.selection.result(request.run)
  const record = datasetOf(deps.project, result.dataset)
  const suggestedName = safeName(result.name) || 'Chosen set'
  const name = request.name ?? suggestedName
  const perItem = record.items === 0 ? 0 : record.sizeBytes / record.items
  const free =
    request.place === undefined ? undefined : await statfs(request.place).catch(() => undefined)
  const sizeBytes = Math.round(perItem * result.got)
  return {
    items: result.got,
    totalItems: record.items,
    sizeBytes,
    freeBytes: free ? free.bavail * free.bsize : null,
    suggestedName,
    nameTaken: request.place !== undefined && (await exists(join(request.place, name))),
    layout:
      record.kind === 'images'
        ? 'One folder per group, pictures as they are'
        : 'One table and one JSON list',
    sentence: `You are about to export ${countText(result.got)} of ${countText(record.items)} items (chosen set “${result.name}”, about ${bytesText(sizeBytes)}).`
  }
}
