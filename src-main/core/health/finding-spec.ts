// What the store keeps of a finding beside its arrays, as JSON: facts for the sentences, and packed
// numbers for the reason of each row.
import { z } from 'zod'
import type { JsonValue } from '../../api/dto/common.ts'
import type { FindingRecord } from '../store/records.ts'
import type { Facts, FindingDraft } from './checks/draft.ts'

const Json: z.ZodType<JsonValue> = z.json()

const Spec = z.object({
  facts: z.record(z.string(), Json),
  width: z.int().min(0),
  /** Base64 of little-endian float32 numbers, rows x width. */
  values: z.string(),
  texts: z.array(z.string())
})

export interface FindingSpec {
  readonly facts: Facts
  readonly width: number
  readonly values: Float32Array
  readonly texts: readonly string[]
}

/** A draft as the store keeps it. */
export function toRecord(draft: FindingDraft): FindingRecord {
  const { kind, facts, rows, groups, best, scores, suggested, reasons } = draft
  const values = reasons?.values ?? new Float32Array(0)
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return {
    id: kind,
    kind,
    spec: {
      facts: { ...facts },
      width: reasons?.width ?? 0,
      values: bytes.toString('base64'),
      texts: [...(reasons?.texts ?? [])]
    },
    rows,
    groups,
    best,
    scores,
    suggested,
    isDismissed: false
  }
}

/** The facts and reasons of a stored finding; a project made elsewhere may hold anything. */
export function readSpec(spec: JsonValue): FindingSpec {
  const parsed = Spec.safeParse(spec)
  if (!parsed.success) return { facts: {}, width: 0, values: new Float32Array(0), texts: [] }
  const bytes = new Uint8Array(Buffer.from(parsed.data.values, 'base64'))
  const values = new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / 4))
  return { facts: parsed.data.facts, width: parsed.data.width, values, texts: parsed.data.texts }
}
