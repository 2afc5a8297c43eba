// Rows of the tables about reviews, and the records they are read into.
import { QueuePlan, type ReviewBody, type ReviewState } from '../../api/dto/trace-reviews.ts'
import type {
  FinishedReview,
  PlaceRecord,
  QueueRecord,
  ReviewerRecord,
  ReviewRecord
} from './review-records.ts'

export interface ReviewerRow {
  readonly id: string
  readonly name: string
  readonly model: number
  readonly current: number
  readonly created_at: number
}

/** A reviewer as a record. */
export function toReviewer(row: ReviewerRow): ReviewerRecord {
  return {
    id: row.id,
    name: row.name,
    isModel: row.model === 1,
    isCurrent: row.current === 1,
    createdAt: row.created_at
  }
}

export interface QueueRow {
  readonly id: string
  readonly trace_set: string
  readonly plan: string
  readonly created_at: number
  readonly removed: number
}

/** A queue as a record. Read through the schema, so that a plan of before a new part still opens. */
export function toQueue(row: QueueRow): QueueRecord {
  return {
    id: row.id,
    set: row.trace_set,
    plan: QueuePlan.parse(JSON.parse(row.plan)),
    createdAt: row.created_at,
    isRemoved: row.removed === 1
  }
}

export interface PlaceRow {
  readonly position: number
  readonly trace: number
  readonly pass: number
  readonly random: number
  readonly why: string
}

/** A place as a record. */
export function toPlace({ position, trace, pass, random, why }: PlaceRow): PlaceRecord {
  return { position, trace, pass, isRandom: random === 1, why }
}

/** Columns of {@link ReviewRow}, as `r`. */
export const reviewColumns = `r.number, r.id, r.trace_set, r.trace, r.queue, r.reviewer, r.pass,
  r.state, r.saw_suggestions, r.saw_later, r.ms, r.created_at, r.updated_at, r.head, r.body`

export interface ReviewRow {
  readonly number: number
  readonly id: string
  readonly trace_set: string
  readonly trace: number
  readonly queue: string | null
  readonly reviewer: string
  readonly pass: number
  readonly state: string
  readonly saw_suggestions: number
  readonly saw_later: number
  readonly ms: number
  readonly created_at: number
  readonly updated_at: number
  readonly head: number
  readonly body: string
}

/** A review as a record. */
export function toReview(row: ReviewRow): ReviewRecord {
  return {
    id: row.id,
    set: row.trace_set,
    trace: row.trace,
    queue: row.queue,
    reviewer: row.reviewer,
    pass: row.pass,
    // The table lets no other state in.
    state: row.state as ReviewState,
    // Written by the repository from the same type.
    body: JSON.parse(row.body) as ReviewBody,
    sawSuggestions: row.saw_suggestions === 1,
    sawLater: row.saw_later === 1,
    msSpent: row.ms,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    head: row.head
  }
}

export interface FinishedRow extends ReviewRow {
  readonly reviewer_name: string
  readonly model: number
}

/** A review with who made it. */
export function toFinished(row: FinishedRow): FinishedReview {
  return { ...toReview(row), reviewerName: row.reviewer_name, isModel: row.model === 1 }
}
