// How far a reviewer is with a queue: places with what was done there, and the time that is left at
// the reviewer's own pace.
import type { QueueItem, QueueSummary } from '../../../api/dto/trace-reviews.ts'
import type { PlaceState, QueueRecord, ReviewerRecord } from '../../store/review-records.ts'
import type { TraceReader } from '../../store/trace-reader.ts'
import { isAgreed } from './blind.ts'

/** Seconds for one attempt as long as nothing is known of a reviewer's own pace. */
export const usualSeconds = 45
/** Reviews after which the own pace counts alone. */
const reviewsForPace = 20
/** Nobody reads and judges an attempt in less, whatever a few opened and closed ones say. */
const leastSeconds = 5

/**
 * Seconds one attempt takes this reviewer: the median of the newest finished reviews, drawn towards
 * {@link usualSeconds} while there are few. Of `n` reviews the median counts n/20 and the usual time
 * the rest; from 20 on the median counts alone. Never below 5.
 */
export function secondsEach({ reviews }: Pick<TraceReader, 'reviews'>, reviewer: string): number {
  const times = [...reviews.recentTimes(reviewer)].sort((a, b) => a - b)
  if (times.length === 0) return usualSeconds
  const middle = (times.length - 1) / 2
  const median = (times[Math.floor(middle)] + times[Math.ceil(middle)]) / 2000
  const own01 = Math.min(1, times.length / reviewsForPace)
  return Math.max(leastSeconds, own01 * median + (1 - own01) * usualSeconds)
}

/** A place with whether it can be passed by. */
export interface Place extends PlaceState {
  readonly isTaken: boolean
}

/** Places of a queue for one reviewer, in order. */
export function placesFor(
  { reviews }: Pick<TraceReader, 'reviews'>,
  { id, plan }: QueueRecord,
  reviewer: ReviewerRecord
): readonly Place[] {
  const states = reviews.placeStates(id, reviewer.id)
  const begun = new Set(states.flatMap(({ trace, state }) => (state === 'none' ? [] : [trace])))
  return states.map((place) => ({
    ...place,
    // What was begun is finished by who began it; who settles differences may look at all.
    isTaken: place.others >= plan.reviewers && !begun.has(place.trace) && !isAgreed(reviewer)
  }))
}

/**
 * A queue's places as screens show them. Which ones were drawn from all is told once they are done;
 * in a blind queue, why an attempt comes, too.
 */
export function itemsOf({ plan }: QueueRecord, places: readonly Place[]): QueueItem[] {
  return places.map(({ position, trace, pass, isRandom, why, state, isTaken }) => {
    const isHidden = plan.isBlind && state !== 'done'
    return {
      position,
      trace,
      isRandom: isRandom && state === 'done',
      isSecondLook: pass > 1,
      why: isHidden ? 'Why it comes here is told once its review is done.' : why,
      state,
      isTaken
    }
  })
}

/** A queue in short, for one reviewer. */
export function summaryOf(
  store: Pick<TraceReader, 'reviews' | 'traces'>,
  queue: QueueRecord,
  reviewer: ReviewerRecord,
  places: readonly Place[] = placesFor(store, queue, reviewer)
): QueueSummary {
  const own = places.filter(({ isTaken }) => !isTaken)
  const done = own.filter(({ state }) => state === 'done').length
  const skipped = own.filter(({ state }) => state === 'skipped').length
  const each = secondsEach(store, reviewer.id)
  return {
    queue: queue.id,
    set: queue.set,
    setName: store.traces.set(queue.set)?.name ?? '',
    plan: queue.plan,
    createdAt: queue.createdAt,
    done,
    skipped,
    total: own.length,
    secondsLeft: (own.length - done - skipped) * each,
    secondsEach: each
  }
}
