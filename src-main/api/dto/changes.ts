// Every change of the open project that can be taken back, over all its places.
import { z } from '../zod.ts'
import { QueueId } from './trace-reviews.ts'
import { TraceId } from './trace-sets.ts'

/** Where changes are stored: a dataset, or the reviews of a set of traces. */
export const ChangePlaceKind = z.enum(['dataset', 'traces'])
export type ChangePlaceKind = z.infer<typeof ChangePlaceKind>

/** One place, by the id of its dataset or set. */
export const ChangePlaceId = z.strictObject({
  kind: ChangePlaceKind,
  id: z.string().min(1).max(64)
})
export type ChangePlaceId = z.infer<typeof ChangePlaceId>

export const ChangesRequest = z.strictObject({
  /** Changes of this place alone; null = of all. */
  place: ChangePlaceId.nullable().default(null),
  /** Changes passed over, newest first. */
  from: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100)
})
export type ChangesRequest = z.infer<typeof ChangesRequest>

/** One change. Those of one `line` are taken back in turn, the last one first. */
export const StoredChange = z.strictObject({
  place: ChangePlaceId,
  placeName: z.string(),
  /** The dataset, or the review: what has changes in a row. */
  line: z.string(),
  /** Counts from 1 along the line. */
  number: z.int(),
  /** Number of the last change of the line in force; those after it were taken back. */
  head: z.int(),
  at: z.number(),
  /** "Set 12 items aside: near-duplicates", "verdict fail". */
  sentence: z.string(),
  /** Of a review: the attempt, and its place in a queue. */
  review: z
    .strictObject({
      trace: TraceId,
      queue: QueueId.nullable(),
      position: z.int().nullable(),
      /** Name of the attempt; null in a queue, where it may be hidden from the reviewer. */
      attempt: z.string().nullable()
    })
    .nullable()
})
export type StoredChange = z.infer<typeof StoredChange>

export const ChangesPage = z.strictObject({
  /** Newest first. */
  changes: z.array(StoredChange),
  /** Of the place asked for. */
  total: z.int(),
  /** All places that have changes, by name. */
  places: z.array(z.strictObject({ place: ChangePlaceId, name: z.string(), changes: z.int() }))
})
export type ChangesPage = z.infer<typeof ChangesPage>
