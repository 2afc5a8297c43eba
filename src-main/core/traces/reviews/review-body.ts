// What a reviewer says about an attempt, as a document: the empty one, and reading and replacing its
// parts. Pure; nothing here is changed in place.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ReviewBody } from '../../../api/dto/trace-reviews.ts'
import type { BodyPart } from '../../store/review-records.ts'

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

/** The body with parts put in; an entry without a value is taken out. */
export function withParts(body: ReviewBody, parts: readonly BodyPart[]): ReviewBody {
  return parts.reduce(withPart, body)
}

function withPart(body: ReviewBody, { field, key, value }: BodyPart): ReviewBody {
  if (key === null) return { ...body, [field]: value }
  const entries = Object.entries(body[field] as Readonly<Record<string, JsonValue>>)
  const others = entries.filter(([name]) => name !== key)
  // Made from entries, so that no key is anything but a key.
  const next = Object.fromEntries(value === undefined ? others : [...others, [key, value]])
  return { ...body, [field]: next }
}
