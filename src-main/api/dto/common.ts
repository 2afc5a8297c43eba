// Small shapes used by many calls.
import { z } from '../zod.ts'

/** Any JSON value. */
export const Json: z.ZodType<JsonValue> = z.json() as z.ZodType<JsonValue>
export type JsonValue =
  string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

export const DatasetId = z.string().min(1).max(64)
export type DatasetId = z.infer<typeof DatasetId>
export const JobId = z.string().min(1).max(64)
export type JobId = z.infer<typeof JobId>
/** Opaque permission to read or write one file or folder, valid for this run of the app (F1). */
export const GrantId = z.string().min(1).max(64)
export type GrantId = z.infer<typeof GrantId>

export const Nothing = z.strictObject({})
export type Nothing = z.infer<typeof Nothing>

/** Keyset page request: `cursor` is what the previous page returned in `next`. */
export const PageRequest = z.strictObject({
  cursor: z.string().max(200).nullable().default(null),
  limit: z.int().min(1).max(1000).default(100)
})
export type PageRequest = z.infer<typeof PageRequest>

/** A sentence about the analyst's choices, with the one action that would fix it. */
export const ValidationMessage = z.strictObject({
  /** Stable code, for example "V1"; tests and help use it. */
  code: z.string(),
  severity: z.enum(['error', 'caution', 'note']),
  /** Wizard step the message belongs to. */
  step: z.enum([
    'data',
    'goal',
    'budget',
    'rules',
    'method',
    'kind',
    'size',
    'effort',
    'check',
    'review'
  ]),
  text: z.string(),
  /** Buttons: each patches the draft (a partial draft merged into it) or opens a place in the app. */
  actions: z.array(
    z.strictObject({
      label: z.string(),
      patch: z.record(z.string(), Json).optional(),
      open: z.enum(['problems', 'data', 'projects', 'choose']).optional()
    })
  ),
  /** A list that can be unfolded, for example the ids that were not found; at most some hundreds. */
  details: z.strictObject({ label: z.string(), lines: z.array(z.string()) }).optional()
})
export type ValidationMessage = z.infer<typeof ValidationMessage>
