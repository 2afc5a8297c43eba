// Who may see suggestions, and which marks of people suggestions are held against.
import { AppError } from '../../../api/errors.ts'
import type { Store } from '../../store/records.ts'
import { judgedOutcome } from '../exports/step-judgement.ts'
import { isBlindAndOpen, isHiddenFrom, noteSuggestionShown } from '../reviews/blind.ts'
import { requireReview } from '../reviews/review-work.ts'
import { firstMarks, type FirstMark } from './usual-places.ts'

/** Throws AppError "invalid-input" while suggestions about an attempt are hidden from the reviewer. */
export function refuseBlind(store: Store, trace: number, id: string | null): void {
  const review = id === null ? undefined : requireReview(store, id)
  const reviewer = store.reviews.reviewers().find(({ isCurrent }) => isCurrent)
  if (review !== undefined && review.trace !== trace)
    throw new AppError('invalid-input', 'This review is about another attempt.')
  const isHidden =
    review === undefined
      ? reviewer !== undefined && isHiddenFrom(store, trace, reviewer)
      : isBlindAndOpen(store, review)
  if (isHidden)
    throw new AppError('invalid-input', 'Suggestions stay hidden in a blind review.', {
      hint: 'They are shown when the review of this attempt is done.'
    })
}

/** Refuses what a blind review must not see, and notes what another one saw. Throws as {@link refuseBlind}. */
export function showTo(store: Store, trace: number, id: string | null): void {
  refuseBlind(store, trace, id)
  if (id !== null && !store.isReadOnly) noteSuggestionShown(store, requireReview(store, id))
}

/** First mistakes that people marked in a set. */
export function marksOf(
  store: Store,
  set: string,
  reviews = store.reviews.finished(set, null)
): FirstMark[] {
  const steps = new Map(store.traces.listings(set).map((each) => [each.trace, each.steps]))
  return firstMarks(reviews, (trace) => steps.get(trace) ?? 0)
}

/** Those in attempts that failed, made before any suggestion was seen. */
export function unbiasedMarks(store: Store, set: string): FirstMark[] {
  const outcomes = new Map(store.traces.listings(set).map((each) => [each.trace, each]))
  return marksOf(
    store,
    set,
    store.reviews.finished(set, null).filter(({ trace, body, sawSuggestions }) => {
      const listing = outcomes.get(trace)
      const isFailure = listing !== undefined && judgedOutcome(listing, body) !== 'pass'
      return isFailure && !sawSuggestions
    })
  )
}
