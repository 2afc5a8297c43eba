// The import of traces as a job: a compute thread reads, this side writes blocks. What is written is
// invisible until it is whole; stopped or failed, nothing stays.
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { TraceImportOptions } from '../../../api/dto/trace-sets.ts'
import type { JsonValue } from '../../../api/dto/common.ts'
import { AppError } from '../../../api/errors.ts'
import type { JobContext, JobKind } from '../../jobs/job-kind.ts'
import type { Store } from '../../store/records.ts'
import type { TraceRemovals } from '../stored/removals.ts'
import { createTraceWriter, type TraceWriter } from '../stored/write-traces.ts'
import { createCheckpoints, type Checkpoints } from './checkpoints.ts'
import {
  importTracesTask,
  type ImportTracesEvent,
  type ImportTracesInput,
  type ImportTracesResult,
  type ReadPart
} from './import-task.ts'

/** Parameters of an import of traces. */
export const ImportTracesParams = z.strictObject({
  /** Id of the set: the one that is made, or the one that is added to. */
  set: z.string().min(1).max(64),
  /** Null adds to the set that is there. */
  name: z.string().min(1).max(80).nullable(),
  /** Absolute. */
  picked: z.array(z.strictObject({ path: z.string().min(1), isFolder: z.boolean() })).min(1),
  options: TraceImportOptions
})
export type ImportTracesParams = z.infer<typeof ImportTracesParams>

export interface ImportTracesJobResult {
  readonly set: string
  readonly traces: number
  readonly problems: number
}

/** Name of the kind of job. */
export const importTracesKind = 'import-traces'

/** Problems kept in the list; the rest is only counted. */
const problemsListed = 10_000

/** The kind. Errors as the formats throw them; "nothing-to-import", "dataset-name-taken". */
export function createImportTracesJob(deps: {
  readonly store: Store
  readonly removals: Pick<TraceRemovals, 'sweep'>
  now(): number
}): JobKind<ImportTracesParams, ImportTracesJobResult> {
  return {
    kind: importTracesKind,
    params: ImportTracesParams,
    canPause: true,
    canResume: true,
    isHeavy: true,
    phases: [
      { name: 'Reading', weight: 0.65 },
      { name: 'Finding steps and likely trouble', weight: 0.35 }
    ],
    async run(context, params) {
      // What an interrupted try left goes first: it may have the same id.
      await deps.removals.sweep()
      const { set, name, options } = params
      const writer = createTraceWriter(deps.store, {
        set,
        name,
        options: options as JsonValue,
        now: deps.now()
      })
      const checkpoints = createCheckpoints(deps.store, context)
      try {
        return await importInto(deps.store, writer, context, params, checkpoints)
      } catch (error) {
        writer.discard()
        // Rows go in the background; what is asked for next does not wait for them.
        void deps.removals.sweep()
        throw error
      } finally {
        checkpoints.end()
      }
    }
  }
}

async function importInto(
  store: Store,
  writer: TraceWriter,
  context: JobContext,
  { set, picked, options }: ImportTracesParams,
  checkpoints: Checkpoints
): Promise<ImportTracesJobResult> {
  let problems = 0
  context.phase(0, 0, 'bytes')
  const write = (parts: readonly ReadPart[]): void =>
    store.transaction(() => {
      if (store.traces.part(writer.part)?.state !== 'building')
        throw new AppError('dataset-not-found', 'This set of traces was removed meanwhile.')
      for (const part of parts) {
        if (part.kind === 'source') writer.addSource(part)
        else if (part.kind === 'trace') writer.begin(part.head, part.source, part.steps)
        else if (part.kind === 'events') writer.append(part.events)
        else if (problems++ < problemsListed) writer.addProblems([part])
      }
    })
  const { volatile, secrets } = await context.pool.run<
    ImportTracesInput,
    ImportTracesEvent,
    ImportTracesResult
  >(
    importTracesTask,
    { picked, options },
    {
      signal: context.signal,
      async onEvent({ parts, done, total }) {
        write(parts)
        context.total(total)
        context.progress(done)
        await checkpoints.wrote()
        await context.breathe()
        // Blocks of a busy thread come in one go: a cancel or a page is answered between them.
        await setImmediate()
      }
    }
  )
  await writer.finish({
    pool: context.pool,
    signal: context.signal,
    volatile,
    secrets,
    onStart: (total) => context.phase(1, total, 'attempts'),
    async onProgress(done) {
      context.progress(done)
      await checkpoints.wrote()
      await context.breathe()
      await setImmediate()
    }
  })
  if (problems > 0)
    context.note(
      problems === 1
        ? 'One thing could not be read as it is. It is listed with the reason.'
        : `${problems.toLocaleString('en')} things could not be read as they are. They are listed with the reasons.`
    )
  return { set, traces: writer.traces, problems }
}
