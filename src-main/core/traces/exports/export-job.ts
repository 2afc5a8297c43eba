// The job that writes curated attempts: everything is built in a compute thread into a folder under
// a temporary name, which gets its own name when it is whole.
import { basename, join } from 'node:path'
import { TraceExportRequest } from '../../../api/dto/trace-reviews.ts'
import { z } from 'zod'
import { draftFolder, writeError } from '../../files/atomic-write.ts'
import type { JobContext, JobKind } from '../../jobs/job-kind.ts'
import {
  beforeCommit,
  chooseTarget,
  committedBefore,
  removeCutOffDraft
} from '../../reports/export-place.ts'
import { writeHashed } from '../../reports/hashed-file.ts'
import { manifestName, type Manifest } from '../../reports/manifest.ts'
import { readManifest } from '../../reports/verify-folder.ts'
import type { Store } from '../../store/records.ts'
import type { ReviewerRecord } from '../../store/review-records.ts'
import { detectors } from '../detectors/registry.ts'
import { requireSet } from '../stored/load-trace.ts'
import {
  buildExportTask,
  type BuildInput,
  type BuildOutput,
  type BuildProgress,
  type ExportAbout
} from './build-task.ts'

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
  /** Who exports: whose progress with queues the page tells. */
  reviewer(): ReviewerRecord
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
    run: (context, params) => runExport(context, deps, params),
    async discard(params, folder) {
      // The folder of a job is named by its id.
      const checkpoint = deps.store.jobs.checkpoint(basename(folder))
      await removeCutOffDraft({ checkpoint }, params)
    }
  }
}

async function runExport(
  context: JobContext,
  deps: TraceExportDeps,
  params: TraceExportParams
): Promise<TraceExportOutcome> {
  const before = await committedBefore(context)
  if (before !== undefined) return outcomeOf(before, await readManifest(before))
  const { name: setName } = requireSet(deps.store, params.set)
  await removeCutOffDraft(context, params)
  const target = await chooseTarget({ ...params, conflict: params.ifExists })
  const draft = await draftFolder(target, { replace: params.ifExists === 'replace' })
  try {
    context.saveCheckpoint({ draft: draft.folder })
    const createdAt = new Date(deps.now()).toISOString()
    const about = { title: basename(target), setName, createdAt, appVersion: deps.appVersion }
    const built = await build(context, deps, params, about, draft.folder)
    const files = built.files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
    const manifest = manifestOf(params, about, { ...built, files })
    await writeHashed(draft.folder, manifestName, `${JSON.stringify(manifest, null, 1)}\n`)
    await context.breathe()
    context.saveCheckpoint(await beforeCommit(draft.folder, target))
    await draft.commit()
    if (
      built.counts.leftOut > 0 &&
      params.files.some((each) => each === 'sft' || each === 'sharegpt')
    )
      context.note(
        `${built.counts.leftOut.toLocaleString('en')} attempts teach nothing; left-out.csv says why.`
      )
    return outcomeOf(target, manifest)
  } catch (error) {
    throw writeError(error)
  } finally {
    await draft.abort()
  }
}

function outcomeOf(
  dir: string,
  { items, files }: Pick<Manifest, 'items' | 'files'>
): TraceExportOutcome {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return { dir, items, bytes, manifest: join(dir, manifestName) }
}

type About = Omit<ExportAbout, 'reviewer'>

async function build(
  context: JobContext,
  { store, reviewer }: TraceExportDeps,
  { set, queue, which, testShare01, seed, sft, files }: TraceExportParams,
  about: About,
  folder: string
): Promise<BuildOutput> {
  const input: BuildInput = {
    path: store.path,
    request: { set, queue, which, testShare01, seed },
    ...{ sft, files, folder },
    about: { ...about, reviewer: reviewer() }
  }
  context.phase(0, 0, 'steps')
  let at: BuildProgress['what'] = 'attempts'
  return context.pool.run<BuildInput, BuildProgress, BuildOutput>(buildExportTask, input, {
    signal: context.signal,
    async onEvent({ what, done, total }) {
      if (what !== at) context.phase(1, total, 'pages')
      at = what
      context.total(total)
      context.progress(done)
      await context.breathe()
    }
  })
}

function manifestOf(
  { place: _, ...request }: TraceExportParams,
  { title, setName, createdAt, appVersion }: About,
  { picked, counts, files }: BuildOutput
): Manifest {
  const { traces, test, testTasks, reviewers, verdicts } = picked
  return {
    format: 'winnow-export',
    formatVersion: 1,
    appVersion,
    createdAt,
    name: title,
    dataset: { name: setName, contentHash: '', items: traces },
    items: traces,
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
        train: traces - test,
        test,
        testTasks: [...testTasks]
      }
    },
    traces: { counts, reviewers, verdicts },
    licence: null,
    files: [...files]
  }
}
