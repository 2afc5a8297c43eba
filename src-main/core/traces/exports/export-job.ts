// The job that writes curated attempts: everything is built in a compute thread into a folder under
// a temporary name, which gets its own name when it is whole.
import { basename, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { TraceExportRequest, type QueueReport } from '../../../api/dto/trace-reviews.ts'
import { z } from 'zod'
import { AppError } from '../../../api/errors.ts'
import { draftFolder, writeError } from '../../files/atomic-write.ts'
import type { JobContext, JobKind } from '../../jobs/job-kind.ts'
import { chooseTarget, removeCutOffDraft } from '../../reports/export-place.ts'
import { HashedFile, writeHashed } from '../../reports/hashed-file.ts'
import { manifestName, type Manifest, type ManifestFile } from '../../reports/manifest.ts'
import type { Store } from '../../store/records.ts'
import { detectors } from '../detectors/registry.ts'
import { requireSet } from '../stored/load-trace.ts'
import { answerLines } from './answers.ts'
import {
  buildExportTask,
  type BuildInput,
  type BuildOutput,
  type BuildProgress
} from './build-task.ts'
import { exportReport } from './export-report.ts'
import { fileName } from './file-sink.ts'
import { pickTraces, type Picked } from './pick.ts'

/** Stored parameters: the request with the place as a path, because grants end with the app. */
export const TraceExportParams = TraceExportRequest.omit({ to: true }).extend({
  place: z.string().min(1)
})
export type TraceExportParams = z.infer<typeof TraceExportParams>

/** Same form as that of an exported set. */
export interface TraceExportOutcome {
  readonly dir: string
  readonly items: number
  readonly bytes: number
  readonly manifest: string
}

export interface TraceExportDeps {
  readonly store: Store
  readonly appVersion: string
  now(): number
  /** What a queue's reviews say. */
  queueReport(queue: string): QueueReport
}

/** Version of the rules by which weights, labels and pairs are made; raised when they change. */
export const exportRules = 1

/** The "trace-export" kind of job. */
export function createTraceExportJob(
  deps: TraceExportDeps
): JobKind<TraceExportParams, TraceExportOutcome> {
  return {
    kind: 'trace-export',
    params: TraceExportParams,
    canPause: true,
    canResume: true,
    isHeavy: false,
    phases: [
      { name: 'Writing attempts', weight: 9 },
      { name: 'Writing answers and the report', weight: 1 }
    ],
    run: (context, params) => runExport(context, deps, params)
  }
}

async function runExport(
  context: JobContext,
  deps: TraceExportDeps,
  params: TraceExportParams
): Promise<TraceExportOutcome> {
  const { name: setName } = requireSet(deps.store, params.set)
  await removeCutOffDraft(context, params)
  const picked = pickTraces(deps.store, params)
  refuseEmpty(picked, params)
  const target = await chooseTarget({ ...params, conflict: params.ifExists })
  const draft = await draftFolder(target, { replace: params.ifExists === 'replace' })
  try {
    context.saveCheckpoint({ draft: draft.folder })
    const built = await build(context, deps, params, picked, draft.folder)
    context.phase(1, 0, 'pages')
    const { folder } = draft
    const createdAt = new Date(deps.now()).toISOString()
    const about = { title: basename(target), setName, createdAt, picked, counts: built.counts }
    const files: ManifestFile[] = [...built.files]
    if (params.files.includes('answers'))
      files.push(await writeAnswers(context, deps, folder, picked))
    if (params.files.includes('report')) {
      const queues = queuesOf(deps, params)
      const page = exportReport({ ...about, appVersion: deps.appVersion, request: params, queues })
      files.push(await writeHashed(folder, fileName('report', 'train'), page))
    }
    files.sort((a, b) => (a.path < b.path ? -1 : 1))
    const manifest = manifestOf(deps, params, about, files)
    await writeHashed(folder, manifestName, `${JSON.stringify(manifest, null, 1)}\n`)
    await draft.commit()
    if (
      built.counts.leftOut > 0 &&
      params.files.some((each) => each === 'sft' || each === 'sharegpt')
    )
      context.note(
        `${built.counts.leftOut.toLocaleString('en')} attempts teach nothing; left-out.csv says why.`
      )
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    return { dir: target, items: built.counts.traces, bytes, manifest: join(target, manifestName) }
  } catch (error) {
    throw writeError(error)
  } finally {
    await draft.abort()
  }
}

/** Says why there is nothing to export. Throws AppError "invalid-input". */
export function refuseEmpty(picked: Picked, { which }: Pick<TraceExportParams, 'which'>): void {
  if (picked.traces.length > 0) return
  throw new AppError('invalid-input', emptyWords[which].text, { hint: emptyWords[which].hint })
}

/** Why nothing fits, and what helps. */
export const emptyWords = {
  kept: {
    text: 'No attempt was kept for training yet.',
    hint: 'Answer “Keep for training?” with yes while reviewing, or export all reviewed attempts.'
  },
  reviewed: {
    text: 'No attempt was reviewed to the end yet.',
    hint: 'Review some first, or export all attempts.'
  },
  all: { text: 'This set holds no attempts.', hint: 'Add traces first.' }
} as const

async function build(
  context: JobContext,
  { store }: TraceExportDeps,
  params: TraceExportParams,
  { traces }: Picked,
  folder: string
): Promise<BuildOutput> {
  const { set, sft, files } = params
  const hasTestPart = traces.some(({ part }) => part === 'test')
  const input: BuildInput = { path: store.path, set, traces, sft, files, folder, hasTestPart }
  context.phase(0, 2 * traces.length, 'steps')
  return context.pool.run<BuildInput, BuildProgress, BuildOutput>(buildExportTask, input, {
    signal: context.signal,
    async onEvent({ done }) {
      context.progress(done)
      await context.breathe()
    }
  })
}

const linesAtOnce = 200

async function writeAnswers(
  context: JobContext,
  { store }: TraceExportDeps,
  folder: string,
  picked: Picked
): Promise<ManifestFile> {
  const file = await HashedFile.create(folder, fileName('answers', 'train'))
  try {
    let lines = 0
    for (const line of answerLines(store, picked)) {
      await file.write(line)
      if (++lines % linesAtOnce !== 0) continue
      await context.breathe()
      await nextTurn()
    }
    return await file.finish()
  } catch (error) {
    await file.abandon()
    throw error
  }
}

function queuesOf(
  { store, queueReport }: TraceExportDeps,
  { set, queue }: TraceExportParams
): QueueReport[] {
  const queues = queue === null ? store.reviews.queues(set).map(({ id }) => id) : [queue]
  return queues.map((id) => queueReport(id)).filter(({ reviews }) => reviews > 0)
}

function manifestOf(
  { appVersion }: TraceExportDeps,
  { place: _, ...request }: TraceExportParams,
  about: Omit<Parameters<typeof exportReport>[0], 'request' | 'queues' | 'appVersion'>,
  files: ManifestFile[]
): Manifest {
  const { picked, counts, setName, createdAt, title } = about
  const made = picked.traces.flatMap(({ trace }) => picked.reviews.get(trace) ?? [])
  const test = picked.traces.filter(({ part }) => part === 'test')
  return {
    format: 'winnow-export',
    formatVersion: 1,
    appVersion,
    createdAt,
    name: title,
    dataset: { name: setName, contentHash: '', items: picked.traces.length },
    items: picked.traces.length,
    synthetic: false,
    method: { id: 'trace-review', name: 'Reviewed attempts', params: { exportRules } },
    settings: request,
    check: null,
    provenance: {
      rules: Object.fromEntries(detectors.map(({ id, version }) => [id, version])),
      seed: request.seed,
      split: {
        by: 'task',
        testShare01: request.testShare01,
        train: picked.traces.length - test.length,
        test: test.length,
        testTasks: [...new Set(test.map(({ task }) => task))]
      }
    },
    traces: {
      counts,
      reviewers: Object.fromEntries(
        [...Map.groupBy(made, ({ reviewerName }) => reviewerName)].map(([name, each]) => [
          name,
          each.length
        ])
      ),
      verdicts: Object.fromEntries(
        [
          ...Map.groupBy(picked.traces, ({ review }) =>
            review === null ? 'not reviewed' : (review.verdict ?? 'none')
          )
        ].map(([verdict, each]) => [verdict, each.length])
      )
    },
    licence: null,
    files
  }
}
