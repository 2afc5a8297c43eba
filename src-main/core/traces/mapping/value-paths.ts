// Parts of values by path: names joined by dots, "" for the value itself. A name may hold dots itself.
import type { JsonValue } from '../../../api/dto/common.ts'
import { listOf, objectOf } from '../formats/trace-format.ts'

/** Mark of "each entry of this list" in the paths that describe fields: "turns[].role". */
export const eachEntry = '[]'

/** What stands at a path; undefined when there is nothing. Numbers are places in lists, from 0. */
export function valueAt(value: JsonValue | undefined, path: string): JsonValue | undefined {
  if (path === '' || value === undefined) return value
  const list = listOf(value)
  const fields = objectOf(value)
  const has = (name: string): JsonValue | undefined =>
    list !== undefined
      ? /^\d{1,9}$/.test(name)
        ? list[Number(name)]
        : undefined
      : fields !== undefined && Object.hasOwn(fields, name)
        ? fields[name]
        : undefined
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const found = valueAt(has(path.slice(0, dot)), path.slice(dot + 1))
    if (found !== undefined) return found
  }
  return has(path)
}

/** A value as text: texts as they are, nothing as "", anything else as JSON. */
export function asText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
