// The kinds of job that take reviewed attempts out of a project's trace sets.
import type { AnyJobKind } from '../jobs/engine.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import type { ImportParams, ImportResult } from '../datasets/import-job.ts'
import type { QueueReport } from '../../api/dto/trace-reviews.ts'
import type { Store } from '../store/records.ts'
import { createTraceExportJob } from '../traces/exports/export-job.ts'
import { createTraceSendJob } from '../traces/exports/send-job.ts'
import { summaryOf } from '../traces/reviews/queue-progress.ts'
import { queueReport } from '../traces/reviews/report/queue-report.ts'
import { requireQueue } from '../traces/reviews/require.ts'
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
      queueReport: (queue) => reportOf(store, queue)
    }) as AnyJobKind,
    createTraceSendJob({ store, importJob }) as AnyJobKind
  ]
}

function reportOf(store: Store, id: string): QueueReport {
  const queue = requireQueue(store, id)
  const names = new Map(store.traces.listings(queue.set).map(({ trace, name }) => [trace, name]))
  // Whose pace it is does not matter in a file.
  const reviewer = currentReviewer({ store, firstName: '', now: () => 0, newId: () => '' })
  return queueReport({
    summary: summaryOf(store, queue, reviewer),
    places: store.reviews.places(id),
    finished: store.reviews.finished(queue.set, id),
    nameOf: (trace) => names.get(trace) ?? ''
  })
}
