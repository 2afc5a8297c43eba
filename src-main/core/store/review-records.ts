// Rows about reviews of agent traces, and the repository that reads and writes them. Every change of
// a review is one transaction: what was marked, how it was before, and the columns that are searched.
import type {
  QueuePlan,
  ReviewAct,
  ReviewBody,
  ReviewState,
  Verdict
} from '../../api/dto/trace-reviews.ts'
import type { BodyPart } from '../../api/review-acts.ts'

export interface ReviewerRecord {
  readonly id: string
  readonly name: string
  readonly isModel: boolean
  /** Reviews from now on are by this one; at most one is. */
  readonly isCurrent: boolean
  readonly createdAt: number
}

export interface QueueRecord {
  readonly id: string
  readonly set: string
  readonly plan: QueuePlan
  readonly createdAt: number
  /** Taken off the list; kept because its reviews answer its questions. */
  readonly isRemoved: boolean
}

/** One place of a queue. The second look at an attempt has pass 2. */
export interface PlaceRecord {
  readonly position: number
  readonly trace: number
  readonly pass: number
  readonly isRandom: boolean
  readonly why: string
}

export interface ReviewRecord {
  readonly id: string
  readonly set: string
  readonly trace: number
  /** Null for a review outside any queue. */
  readonly queue: string | null
  /** Id of its reviewer. */
  readonly reviewer: string
  readonly pass: number
  readonly state: ReviewState
  readonly body: ReviewBody
  /** Suggestions were shown before it was done, or before it was changed later. */
  readonly sawSuggestions: boolean
  /** Suggestions were shown after it was done. */
  readonly sawLater: boolean
  readonly msSpent: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Number of acts in force; later ones were taken back and can be made again. */
  readonly head: number
}

/** An act with what it replaced. Numbers count from 1 within a review. */
export interface ActRecord {
  readonly number: number
  readonly at: number
  readonly act: ReviewAct
  readonly before: readonly BodyPart[]
}

/** A change of a review; what is not named stays. */
export interface ReviewChange {
  readonly state?: ReviewState
  readonly body?: ReviewBody
  readonly head?: number
  readonly sawSuggestions?: boolean
  readonly sawLater?: boolean
  readonly updatedAt?: number
}

/** A finished review with who made it. */
export interface FinishedReview extends ReviewRecord {
  readonly reviewerName: string
  readonly isModel: boolean
}

/** What lists show of an attempt's newest review. */
export interface NewestReview {
  readonly state: ReviewState
  /** Null while a blind review of the attempt is still to be finished by the current reviewer. */
  readonly verdict: Verdict | null
  readonly isFlagged: boolean
  readonly tags: readonly string[]
}

/** A place with what its reviews say for one reviewer. */
export interface PlaceState extends PlaceRecord {
  readonly state: ReviewState | 'none'
  /** Finished reviews of it by other people. */
  readonly others: number
}

export interface ReviewRepository {
  reviewers(): readonly (ReviewerRecord & { readonly reviews: number })[]
  reviewer(id: string): ReviewerRecord | undefined
  /** By name, upper and lower case alike. */
  reviewerNamed(name: string): ReviewerRecord | undefined
  addReviewer(record: Omit<ReviewerRecord, 'isCurrent'>): void
  /** Makes this reviewer the current one, and no other. */
  setCurrent(id: string): void

  /** One transaction: the queue is there with all its places or not at all. */
  addQueue(record: Omit<QueueRecord, 'isRemoved'>, places: readonly PlaceRecord[]): void
  /** Removed ones, too. */
  queue(id: string): QueueRecord | undefined
  /** Newest first, without removed ones; of one set, or of all. */
  queues(set: string | null): readonly QueueRecord[]
  setPlan(id: string, plan: QueuePlan): void
  /**
   * Takes a queue off the list with its places and the reviews in it that nothing was marked in.
   * Reviews with marks stay.
   */
  removeQueue(id: string): void
  place(queue: string, position: number): PlaceRecord | undefined
  places(queue: string): readonly PlaceRecord[]
  /** All places in order, with what the reviewer did there. */
  placeStates(queue: string, reviewer: string): readonly PlaceState[]

  review(id: string): ReviewRecord | undefined
  /** The reviewer's review at this place, or their newest outside any queue (`queue` null). */
  find(
    queue: string | null,
    trace: number,
    reviewer: string,
    pass: number
  ): ReviewRecord | undefined
  begin(record: ReviewRecord): void
  /**
   * Changes a review, and writes an act: one in the place of those that were taken back, or over
   * the act with the same number. One transaction.
   */
  change(id: string, change: ReviewChange, act?: ActRecord): void
  act(review: string, number: number): ActRecord | undefined
  /** Adds to the time spent; nothing else changes. */
  addTime(id: string, ms: number): void
  /** Number of steps of an attempt; 0 when it is not there. */
  stepsOf(trace: number): number

  /** Everyone's finished reviews of an attempt, oldest first. */
  ofTrace(trace: number): readonly FinishedReview[]
  /** True while the reviewer still has a blind review, or an unfinished second look, of it to do. */
  isHidden(trace: number, reviewer: string): boolean
  /**
   * Newest review by a person of each attempt of a set, finished ones before others, as the current
   * reviewer may see it.
   */
  newestByTrace(set: string): Map<number, NewestReview>
  /** Finished reviews of a set, or of one of its queues, by attempt and then oldest first. */
  finished(set: string, queue: string | null): readonly FinishedReview[]
  /** Reviews of a queue in any state, oldest first. */
  ofQueue(queue: string): readonly ReviewRecord[]
  /** Tags in use in a set with how many reviews have them, most frequent first. */
  tags(set: string): readonly { readonly tag: string; readonly count: number }[]
  /** Times of the reviewer's newest finished reviews, in ms; at most 50, none that are 0. */
  recentTimes(reviewer: string): readonly number[]
}

/** What can be read of reviews without changing anything. */
export type ReviewReads = Pick<
  ReviewRepository,
  | 'queue'
  | 'queues'
  | 'place'
  | 'places'
  | 'placeStates'
  | 'ofTrace'
  | 'isHidden'
  | 'newestByTrace'
  | 'finished'
  | 'ofQueue'
  | 'tags'
  | 'recentTimes'
>
