// Which of several reviews of an attempt counts.
import type { FinishedReview } from '../../../store/review-records.ts'
import { isAgreed } from '../blind.ts'

/** The review that settled what others differ about, else the newest. `made` is not empty. */
export function countingReview(made: readonly FinishedReview[]): FinishedReview {
  return (
    made.findLast(({ reviewerName }) => isAgreed({ name: reviewerName })) ??
    made.reduce((newest, each) => (each.updatedAt >= newest.updatedAt ? each : newest))
  )
}

/** The counting review of each attempt, by people alone. */
export function countingReviews(
  finished: readonly FinishedReview[]
): ReadonlyMap<number, FinishedReview> {
  const people = finished.filter(({ isModel }) => !isModel)
  const byTrace = Map.groupBy(people, ({ trace }) => trace)
  return new Map([...byTrace].map(([trace, made]) => [trace, countingReview(made)]))
}
