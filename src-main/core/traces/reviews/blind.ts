// What is hidden from whom: blind queues, second looks, and suggestions that a reviewer has seen.
import type { ReviewRecord, ReviewerRecord } from '../../store/review-records.ts'
import type { Store } from '../../store/records.ts'

/** Name of the reviewer whose reviews settle differences; upper and lower case alike. */
export const agreedName = 'Agreed'

/** True for the reviewer whose reviews settle what others differ about: it sees theirs. */
export function isAgreed({ name }: Pick<ReviewerRecord, 'name'>): boolean {
  return name.toLowerCase() === agreedName.toLowerCase()
}

type Reviews = Pick<Store, 'reviews'>

/** True while names, outcomes and suggestions must be hidden from a review's reviewer. */
export function isBlindAndOpen(
  { reviews }: Reviews,
  review: Pick<ReviewRecord, 'queue' | 'state'>
): boolean {
  if (review.queue === null || review.state === 'done') return false
  const queue = reviews.queue(review.queue)
  return queue !== undefined && !queue.isRemoved && queue.plan.isBlind
}

/**
 * Notes that a suggestion was shown to the reviewer: before it was done, or afterwards, which
 * counts once the review is changed again. Time and marks stay.
 */
export function noteSuggestionShown({ reviews }: Reviews, review: ReviewRecord): void {
  const change = review.state === 'done' ? { sawLater: true } : { sawSuggestions: true }
  const isKnown = review.state === 'done' ? review.sawLater : review.sawSuggestions
  if (!isKnown) reviews.change(review.id, change)
}

/** True while others' reviews of an attempt must be hidden from a reviewer. */
export function isHiddenFrom(
  { reviews }: Reviews,
  trace: number,
  reviewer: ReviewerRecord
): boolean {
  return !isAgreed(reviewer) && reviews.isHidden(trace, reviewer.id)
}
