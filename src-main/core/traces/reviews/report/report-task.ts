// Compute task: the report of a queue. Thousands of reviews are read and compared over a connection
// of its own, so that the thread that answers the window is free.
import type { QueueReport } from '../../../../api/dto/trace-reviews.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import type { ComputeTask } from '../../../jobs/compute-task.ts'
import type { ReviewerRecord } from '../../../store/review-records.ts'
import { openTraceReader, type TraceReader } from '../../../store/trace-reader.ts'
import { summaryOf } from '../queue-progress.ts'
import { requireQueue } from '../require.ts'
import { queueReport } from './queue-report.ts'

export interface ReportTaskInput {
  /** The project file. */
  readonly path: string
  readonly queue: string
  /** Whose progress the queue's summary tells. */
  readonly reviewer: ReviewerRecord
}

/** Throws AppError "item-not-found" for a queue that is not there, and the signal's reason. */
export const reportTask: ComputeTask<ReportTaskInput, never, QueueReport> = {
  name: 'reviews.report',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ path, queue, reviewer }, { signal }) {
    const reader = openTraceReader(path)
    try {
      return await reportOf(reader, queue, reviewer, signal)
    } finally {
      reader.close()
    }
  }
}

/** The report of a queue as a reviewer sees it. Throws as {@link reportTask}. */
export async function reportOf(
  { traces, reviews }: Pick<TraceReader, 'traces' | 'reviews'>,
  id: string,
  reviewer: ReviewerRecord,
  signal: AbortSignal
): Promise<QueueReport> {
  const breathe = async (): Promise<void> => {
    await letMessagesIn()
    signal.throwIfAborted()
  }
  const queue = requireQueue({ reviews }, id)
  const summary = summaryOf({ traces, reviews }, queue, reviewer)
  await breathe()
  const finished = reviews.finished(queue.set, id)
  await breathe()
  const names = new Map(traces.listings(queue.set).map(({ trace, name }) => [trace, name]))
  await breathe()
  return queueReport({
    summary,
    places: reviews.places(id),
    finished,
    nameOf: (trace) => names.get(trace) ?? ''
  })
}
