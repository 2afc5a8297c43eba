// Points in time as logs write them.
import type { JsonValue } from '../../../api/dto/common.ts'

/**
 * Milliseconds since 1970 of a date as text, or of a number of seconds, milliseconds, microseconds or
 * nanoseconds since then (told by its size); null for anything else.
 */
export function timeOf(value: JsonValue | undefined): number | null {
  if (typeof value === 'string') {
    if (value !== '' && Number.isFinite(Number(value))) return timeOf(Number(value))
    const time = Date.parse(value)
    return Number.isFinite(time) ? time : null
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return null
  // 1e8 seconds are 1973, 1e11 milliseconds too, and so on up.
  if (value < 1e8) return null
  if (value < 1e11) return value * 1e3
  if (value < 1e14) return value
  return value < 1e17 ? value / 1e3 : value / 1e6
}
