// The kinds of job that take reviewed attempts out of a project's trace sets.
import type { AnyJobKind } from '../jobs/engine.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import type { ImportParams, ImportResult } from '../datasets/import-job.ts'
import type { Store } from '../store/records.ts'
import { createTraceExportJob } from '../traces/exports/export-job.ts'
import { createTraceSendJob } from '../traces/exports/send-job.ts'
import { currentReviewer } from '../traces/reviews/reviewers.ts'

/** What the jobs work with. */
export interface TraceJobDeps {
  readonly store: Store
  readonly appVersion: string
  readonly importJob: JobKind<ImportParams, ImportResult>
  now(): number
}

/** "trace-export" and "trace-send". */
export function traceExportJobs({ store, appVersion, importJob, now }: TraceJobDeps): AnyJobKind[] {
  return [
    createTraceExportJob({
      store,
      appVersion,
      now,
      // Whose pace it is does not matter in a file.
      reviewer: () => currentReviewer({ store, firstName: '', now, newId: () => '' })
    }) as AnyJobKind,
    createTraceSendJob({ store, importJob }) as AnyJobKind
  ]
}
