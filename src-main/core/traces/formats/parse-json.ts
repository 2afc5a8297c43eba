// JSON texts from logs as values, with a limit on how deep they nest: what goes through traces later
// does so level by level.
import type { JsonValue } from '../../../api/dto/common.ts'

/** Levels of lists and objects; logs nest less than 30, pages in them a few hundred. */
export const mostLevels = 500

/** The value of a JSON text; undefined when it is no JSON or nests too deep. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    // JSON.parse gives JSON values.
    const value = JSON.parse(text) as JsonValue
    return isShallow(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** False for values of more than {@link mostLevels} levels. */
export function isShallow(value: JsonValue): boolean {
  let level: JsonValue[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostLevels) return false
    const next: JsonValue[] = []
    for (const each of level) {
      if (typeof each !== 'object' || each === null) continue
      for (const inner of Array.isArray(each) ? each : Object.values(each))
        if (typeof inner === 'object' && inner !== null) next.push(inner)
    }
    level = next
  }
  return true
}
