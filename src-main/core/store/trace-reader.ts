// A connection of its own that reads traces and their reviews in a compute thread: whatever a long trace takes, the
// backend thread is free. For a project file that the app has open, and so has checked.
import { connectForReading, plainStoreError } from './connect.ts'
import type { ReviewReads } from './review-records.ts'
import { createReviewReads } from './review-repository.ts'
import { createTraceReads } from './trace-reads.ts'
import type { TraceReads } from './trace-records.ts'

/** Reads of a file, until it is closed. */
export interface TraceReader {
  readonly traces: TraceReads
  readonly reviews: ReviewReads
  close(): void
}

/** Opens the project file at `path`. Throws AppError as `openStore`. */
export function openTraceReader(path: string): TraceReader {
  try {
    const connected = connectForReading(path)
    return {
      traces: createTraceReads(connected.db),
      reviews: createReviewReads(connected.db),
      close: () => connected.close()
    }
  } catch (error) {
    throw plainStoreError(error)
  }
}
