// "Send to Choose the best data": curated attempts become a chat dataset of the project. The lines
// for training are written into the job's folder and read in by the import of datasets.
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ImportOptions, type ColumnRole } from '../../../api/dto/datasets.ts'
import { TraceSendRequest } from '../../../api/dto/trace-reviews.ts'
import { AppError } from '../../../api/errors.ts'
import type { ImportParams, ImportResult } from '../../datasets/import-job.ts'
import type { JobContext, JobKind } from '../../jobs/job-kind.ts'
import { exists } from '../../reports/export-place.ts'
import type { Store } from '../../store/records.ts'
import {
  buildExportTask,
  type BuildInput,
  type BuildOutput,
  type BuildProgress
} from './build-task.ts'

/** Stored parameters; `dataset` is the id the dataset will have. */
export const TraceSendParams = TraceSendRequest.extend({ dataset: z.string().min(1).max(64) })
export type TraceSendParams = z.infer<typeof TraceSendParams>

export interface TraceSendDeps {
  readonly store: Store
  /** The import of datasets, which does the second part. */
  readonly importJob: JobKind<ImportParams, ImportResult>
}

/** What each field of a line is to a dataset. */
const roles: Readonly<Record<string, ColumnRole>> = {
  messages: 'chat',
  tools: 'keep',
  id: 'id',
  // Attempts at one task stay together when data is split.
  task_id: 'group',
  trial: 'keep',
  outcome: 'keep',
  reward: 'keep',
  verdict: 'keep',
  first_mistake: 'keep',
  corrected: 'keep'
}

const buildPhase = { name: 'Writing conversations', weight: 0.5 }

/** The "trace-send" kind of job. Errors as the import's; also "invalid-input" when nothing fits. */
export function createTraceSendJob(deps: TraceSendDeps): JobKind<TraceSendParams, ImportResult> {
  const { importJob } = deps
  return {
    kind: 'trace-send',
    params: TraceSendParams,
    canPause: true,
    canResume: true,
    isHeavy: true,
    phases: [buildPhase, ...importJob.phases],
    async run(context, params) {
      const path = await conversations(context, deps, params)
      const result = await importJob.run(afterBuild(context), importParams(params, path))
      await rm(path, { force: true })
      return result
    },
    async discard(params, folder) {
      await importJob.discard?.(importParams(params, join(folder, fileOf)), folder)
    }
  }
}

const fileOf = 'attempts.jsonl'

function importParams({ dataset, name }: TraceSendParams, path: string): ImportParams {
  const options = ImportOptions.parse({ as: 'text', roles, storage: 'copy' })
  return { dataset, name, path, options, purpose: 'pool', addTo: null }
}

/** The file of lines; one that an interrupted run finished is taken as it is. */
async function conversations(
  context: JobContext,
  { store }: TraceSendDeps,
  params: TraceSendParams
): Promise<string> {
  const folder = await context.folder()
  const path = join(folder, fileOf)
  if (await exists(path)) return path
  const { set, queue, which, sft } = params
  // What an interrupted run left of it.
  const made = join(folder, 'sft.jsonl')
  await rm(made, { force: true })
  await rm(join(folder, 'left-out.csv'), { force: true })
  const input: BuildInput = {
    ...{ path: store.path, sft, folder },
    request: { set, queue, which, testShare01: 0, seed: 0 },
    files: ['sft'],
    about: null
  }
  context.phase(0, 0, 'steps')
  const { counts } = await context.pool.run<BuildInput, BuildProgress, BuildOutput>(
    buildExportTask,
    input,
    {
      signal: context.signal,
      async onEvent({ done, total }) {
        context.total(total)
        context.progress(done)
        await context.breathe()
      }
    }
  )
  if (counts.sft === 0)
    throw new AppError('invalid-input', 'None of these attempts holds a turn to learn from.', {
      hint: 'Mark steps or first mistakes while reviewing, or send attempts that passed.'
    })
  if (counts.leftOut > 0)
    context.note(`${counts.leftOut.toLocaleString('en')} attempts teach nothing and are not sent.`)
  await rename(made, path)
  return path
}

/** The import's phases come behind the one of this job. */
function afterBuild(context: JobContext): JobContext {
  return {
    ...context,
    phase: (index, total, unit) => context.phase(index + 1, total, unit),
    get keepOnCancel() {
      return context.keepOnCancel
    }
  }
}
