// Looking up queues for people: what is gone is said in a sentence.
import { AppError } from '../../../api/errors.ts'
import type { QueueRecord } from '../../store/review-records.ts'
import type { TraceReader } from '../../store/trace-reader.ts'

/** The queue of an id. Throws AppError "item-not-found" when there is none, or not any more. */
export function requireQueue({ reviews }: Pick<TraceReader, 'reviews'>, id: string): QueueRecord {
  const queue = reviews.queue(id)
  if (queue && !queue.isRemoved) return queue
  throw new AppError('item-not-found', 'This queue is not in the project any more.', {
    hint: 'Start a new one from the list of attempts.'
  })
}
