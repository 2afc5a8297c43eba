// Working on reviews: opening one, each act, taking back and making again, ending and putting off.
// Every call is one transaction: when the app is killed, at most the key just pressed is lost.
import {
  emptyReviewBody,
  type ReviewAct,
  type ReviewQuestion,
  type ReviewState,
  type ReviewView
} from '../../../api/dto/trace-reviews.ts'
import { AppError } from '../../../api/errors.ts'
import { withParts } from '../../../api/review-acts.ts'
import type { ActRecord, ReviewRecord } from '../../store/review-records.ts'
import type { Store } from '../../store/records.ts'
import { actWords } from './act-words.ts'
import { applyAct, type ActContext } from './apply-act.ts'
import { isBlindAndOpen } from './blind.ts'
import { missingFor } from './check-act.ts'
import { requireQueue } from './require.ts'

/** What working on reviews needs. */
export interface ReviewDeps {
  readonly store: Pick<Store, 'reviews' | 'transaction' | 'isReadOnly'>
  now(): number
  newId(): string
}

// Texts are saved while they are typed; within this time they are one act.
const joinMs = 60_000

/** The review at a place of a queue, begun when there is none (not stored in a read-only project). */
export function openPlace(
  deps: ReviewDeps,
  queue: string,
  position: number,
  reviewer: string
): ReviewRecord {
  const { id, set } = requireQueue(deps.store, queue)
  const place = deps.store.reviews.place(id, position)
  if (!place)
    throw new AppError('item-not-found', 'This place of the queue is not there any more.', {
      hint: 'The attempt may have been removed. Go on with the next one.'
    })
  return openOrBegin(deps, { set, queue: id, reviewer, trace: place.trace, pass: place.pass })
}

/** A review of an attempt outside any queue, begun when there is none. */
export function openOutside(
  deps: ReviewDeps,
  set: string,
  trace: number,
  reviewer: string
): ReviewRecord {
  return openOrBegin(deps, { set, queue: null, reviewer, trace, pass: 1 })
}

type Place = Pick<ReviewRecord, 'set' | 'queue' | 'reviewer' | 'trace' | 'pass'>

function openOrBegin({ store, now, newId }: ReviewDeps, place: Place): ReviewRecord {
  const { queue, trace, reviewer, pass } = place
  const find = (): ReviewRecord | undefined => store.reviews.find(queue, trace, reviewer, pass)
  const begin = (): ReviewRecord => {
    const at = now()
    return {
      ...place,
      id: newId(),
      state: 'draft',
      body: emptyReviewBody,
      sawSuggestions: false,
      sawLater: false,
      msSpent: 0,
      createdAt: at,
      updatedAt: at,
      head: 0
    }
  }
  // A project that is only read can still be looked through; nothing of that is kept.
  if (store.isReadOnly) return find() ?? begin()
  // Looked up and begun in one transaction: two windows cannot begin the same review twice.
  return store.transaction(() => {
    const known = find()
    if (known) return known
    const begun = begin()
    store.reviews.begin(begun)
    return begun
  })
}

/** The review of an id. Throws AppError "item-not-found". */
export function requireReview(store: Pick<Store, 'reviews'>, id: string): ReviewRecord {
  const review = store.reviews.review(id)
  if (review) return review
  throw new AppError('item-not-found', 'This review is not in the project any more.', {
    hint: 'Its attempt may have been removed. Go back to the list of attempts.'
  })
}

function questionsOf({ store }: ReviewDeps, { queue }: ReviewRecord): readonly ReviewQuestion[] {
  const record = queue === null ? undefined : store.reviews.queue(queue)
  // A queue that was taken away asks nothing any more.
  return record && !record.isRemoved ? record.plan.questions : []
}

function contextOf(deps: ReviewDeps, review: ReviewRecord): ActContext {
  return {
    steps: deps.store.reviews.stepsOf(review.trace),
    questions: questionsOf(deps, review),
    hidesSuggestions: isBlindAndOpen(deps.store, review)
  }
}

/** Does one thing in a review. Throws AppError "invalid-input" for what cannot be. */
export function actOn(deps: ReviewDeps, id: string, act: ReviewAct): ReviewRecord {
  const { store, now } = deps
  return store.transaction(() => {
    const review = requireReview(store, id)
    const { body, before } = applyAct(review.body, act, contextOf(deps, review))
    if (before.length === 0) return review
    const at = now()
    const last = store.reviews.act(id, review.head)
    const joined = last && at - last.at < joinMs && isSameText(last.act, act)
    const record: ActRecord = joined
      ? { ...last, at, act }
      : { number: review.head + 1, at, act, before }
    return write(deps, { ...review, body, head: record.number }, record)
  })
}

/** True for two versions of one text that is being written. */
function isSameText(before: ReviewAct, act: ReviewAct): boolean {
  if (before.kind === 'note') return act.kind === 'note'
  return before.kind === 'step-note' && act.kind === 'step-note' && act.step === before.step
}

/** Takes the last act back. Throws AppError "invalid-input" when there is none. */
export function undoIn(deps: ReviewDeps, id: string): ReviewRecord {
  return deps.store.transaction(() => {
    const review = requireReview(deps.store, id)
    const last = deps.store.reviews.act(id, review.head)
    if (!last) throw new AppError('invalid-input', 'There is nothing to undo in this review.')
    const body = withParts(review.body, last.before)
    return write(deps, { ...review, body, head: review.head - 1 })
  })
}

/** Makes the act again that was taken back last. Throws AppError "invalid-input" without one. */
export function redoIn(deps: ReviewDeps, id: string): ReviewRecord {
  return deps.store.transaction(() => {
    const review = requireReview(deps.store, id)
    const next = deps.store.reviews.act(id, review.head + 1)
    if (!next) throw new AppError('invalid-input', 'There is nothing to make again in this review.')
    // It was allowed when it was made; questions may have changed since.
    const { body } = applyAct(review.body, next.act, contextOf(deps, review))
    return write(deps, { ...review, body, head: review.head + 1 })
  })
}

/**
 * Writes a changed document. A review that was put off is being worked on again; a finished one
 * stays finished as long as it has all that is asked, and counts as made with suggestions when they
 * were shown since.
 */
function write(deps: ReviewDeps, changed: ReviewRecord, act?: ActRecord): ReviewRecord {
  const { store, now } = deps
  const isWhole = missingFor(changed.body, questionsOf(deps, changed)) === undefined
  const next: ReviewRecord = {
    ...changed,
    state: changed.state === 'done' && isWhole ? 'done' : 'draft',
    sawSuggestions: changed.sawSuggestions || changed.sawLater,
    updatedAt: now()
  }
  const { state, body, head, sawSuggestions, updatedAt } = next
  store.reviews.change(next.id, { state, body, head, sawSuggestions, updatedAt }, act)
  return next
}

/** Ends a review, puts it off, or opens it again. Throws AppError "invalid-input" when not whole. */
export function setStateOf(deps: ReviewDeps, id: string, state: ReviewState): ReviewRecord {
  const { store, now } = deps
  return store.transaction(() => {
    const review = requireReview(store, id)
    if (state === review.state) return review
    const missing =
      state === 'done' ? missingFor(review.body, questionsOf(deps, review)) : undefined
    if (missing !== undefined) throw new AppError('invalid-input', missing)
    const updatedAt = now()
    // Opened again after suggestions were seen: what is marked from now on was made knowing them.
    const sawSuggestions = review.sawSuggestions || (state !== 'done' && review.sawLater)
    store.reviews.change(id, { state, updatedAt, sawSuggestions })
    return { ...review, state, updatedAt, sawSuggestions }
  })
}

/** A review as screens show it. */
export function viewOf(deps: ReviewDeps, review: ReviewRecord, reviewerName: string): ReviewView {
  const { reviews } = deps.store
  const questions = questionsOf(deps, review)
  const last = reviews.act(review.id, review.head)
  const next = reviews.act(review.id, review.head + 1)
  const queue = review.queue === null ? undefined : reviews.queue(review.queue)
  return {
    review: review.id,
    queue: queue && !queue.isRemoved ? queue.id : null,
    trace: review.trace,
    reviewer: reviewerName,
    pass: review.pass,
    state: review.state,
    body: review.body,
    sawSuggestions: review.sawSuggestions,
    msSpent: review.msSpent,
    createdAt: review.createdAt,
    updatedAt: review.updatedAt,
    undo: last ? actWords(last.act, questions) : null,
    redo: next ? actWords(next.act, questions) : null
  }
}
