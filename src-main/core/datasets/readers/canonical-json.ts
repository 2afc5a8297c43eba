// JSON with the keys of every object sorted: the same record gives the same text however its fields
// were ordered.
import type { JsonValue } from '../../../api/dto/common.ts'

/** Canonical JSON text; strings as they are. */
export function canonicalJson(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`).join(',')}}`
}
