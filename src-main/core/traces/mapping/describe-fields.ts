// What values of an unknown form hold: the path, kind and an example of every field, for a person who
// says which is which.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TracePreview } from '../../../api/dto/trace-sets.ts'
import { asText, eachEntry } from './value-paths.ts'

/** A field as the mapping screen shows it; entries of a list have "[]" after its path: "turns[].role". */
export type FieldDescription = TracePreview['fields'][number]

const mostFields = 200
const mostDepth = 6
/** Values looked at, and entries of each list. */
const mostValues = 200
const mostEntries = 50
const longestValue = 60
const longestExample = 120

interface Seen {
  readonly kinds: Map<FieldDescription['kind'], number>
  readonly values: Map<string, number>
  example: string
}

/**
 * Fields of values in the order they are met, down to six levels. At most 200 fields; the first 200
 * values and 50 entries of each list.
 */
export function describeFields(values: readonly JsonValue[]): FieldDescription[] {
  const seen = new Map<string, Seen>()
  for (const value of values.slice(0, mostValues)) look(value, '', 0, seen)
  return (
    [...seen]
      // The entries of a list are told by what they hold.
      .filter(([path]) => (path !== '' || seen.size === 1) && !path.endsWith(eachEntry))
      .map(([path, { kinds, values: found, example }]) => ({
        path,
        kind: commonest(kinds),
        example,
        values: [...found]
          .sort((a, b) => b[1] - a[1])
          .slice(0, 20)
          .map(([value]) => value)
      }))
  )
}

function look(value: JsonValue, path: string, depth: number, seen: Map<string, Seen>): void {
  let field = seen.get(path)
  if (field === undefined) {
    if (seen.size >= mostFields) return
    seen.set(path, (field = { kinds: new Map(), values: new Map(), example: '' }))
  }
  const kind = kindOf(value)
  field.kinds.set(kind, (field.kinds.get(kind) ?? 0) + 1)
  if (field.example === '') field.example = exampleOf(value)
  if (kind === 'text' || kind === 'number' || kind === 'yes-no') {
    const text = asText(value)
    const count = field.values.get(text)
    if (text.length <= longestValue && (count !== undefined || field.values.size < 1000))
      field.values.set(text, (count ?? 0) + 1)
  }
  if (typeof value !== 'object' || value === null || depth >= mostDepth) return
  if (Array.isArray(value))
    for (const each of value.slice(0, mostEntries))
      look(each, `${path}${eachEntry}`, depth + 1, seen)
  else
    for (const [name, each] of Object.entries(value).slice(0, mostFields))
      look(each, path === '' ? name : `${path}.${name}`, depth + 1, seen)
}

function kindOf(value: JsonValue): FieldDescription['kind'] {
  if (value === null || value === '') return 'empty'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'yes-no'
  return Array.isArray(value) ? 'list' : 'object'
}

function exampleOf(value: JsonValue): string {
  if (Array.isArray(value)) return value.length === 1 ? '1 entry' : `${value.length} entries`
  if (typeof value === 'object' && value !== null)
    return Object.keys(value).slice(0, 8).join(', ').slice(0, longestExample)
  const text = asText(value)
  return text.length <= longestExample ? text : `${text.slice(0, longestExample - 1)}…`
}

/** The kind met most often; "empty" only where nothing else was met. */
function commonest(kinds: ReadonlyMap<FieldDescription['kind'], number>): FieldDescription['kind'] {
  const [first] = [...kinds].filter(([kind]) => kind !== 'empty').sort((a, b) => b[1] - a[1])
  return first === undefined ? 'empty' : first[0]
}
