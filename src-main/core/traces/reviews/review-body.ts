// What a reviewer says about an attempt, as a document: the empty one, and reading its parts. Pure.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ReviewBody } from '../../../api/dto/trace-reviews.ts'
import type { BodyPart } from '../../../api/review-acts.ts'

/** True when nothing is marked. */
export function isEmptyBody(body: ReviewBody): boolean {
  return Object.values(body).every((value) =>
    typeof value === 'object' && value !== null
      ? Object.keys(value).length === 0
      : value === null || value === false || value === ''
  )
}

/** The part as it is now; without `value` when there is no such entry. */
export function readPart(body: ReviewBody, field: keyof ReviewBody, key: string | null): BodyPart {
  // Everything in a body came in as JSON.
  const value = body[field] as JsonValue
  if (key === null) return { field, key, value }
  const entries = value as Readonly<Record<string, JsonValue>>
  return Object.hasOwn(entries, key) ? { field, key, value: entries[key] } : { field, key }
}
