// The list of tools that training programs want beside tool calls. Logs rarely hold it, so it is put
// together from the calls that were made: names of arguments, their types, and which always came.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { Trace } from '../model/trace.ts'

/** A tool as OpenAI lists it. */
export interface ToolSchema {
  readonly type: 'function'
  readonly function: {
    readonly name: string
    readonly description: string
    readonly parameters: {
      readonly type: 'object'
      readonly properties: Readonly<Record<string, JsonValue>>
      readonly required: readonly string[]
    }
  }
}

/** Most tools that one line may list at OpenAI. */
export const mostTools = 128

interface Seen {
  calls: number
  readonly fields: Map<string, { count: number; readonly types: Set<string> }>
}

/** Collects tools from attempts. */
export class ToolSchemas {
  readonly #seen = new Map<string, Seen>()
  #listed: readonly ToolSchema[] | undefined

  /** All calls of an attempt. */
  add({ events }: Pick<Trace, 'events'>): void {
    for (const { kind, name, data } of events)
      if (kind === 'tool-call') this.addCall(name ?? 'call', data)
  }

  /** One call: of an attempt, or of a correction. */
  addCall(name: string, data: JsonValue): void {
    this.#listed = undefined
    let tool = this.#seen.get(name)
    if (tool === undefined) this.#seen.set(name, (tool = { calls: 0, fields: new Map() }))
    tool.calls++
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return
    for (const [field, value] of Object.entries(data)) {
      let known = tool.fields.get(field)
      if (known === undefined) tool.fields.set(field, (known = { count: 0, types: new Set() }))
      known.count++
      known.types.add(typeOf(value))
    }
  }

  /** All tools by name. */
  list(): readonly ToolSchema[] {
    return (this.#listed ??= [...this.#seen]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, seen]) => schemaOf(name, seen)))
  }

  /** All tools where a line may hold them, else those of these names; none where even they are too many. */
  listFor(names: ReadonlySet<string>): readonly ToolSchema[] {
    const all = this.list()
    if (all.length <= mostTools) return all
    const own = all.filter((tool) => names.has(tool.function.name))
    return own.length <= mostTools ? own : []
  }
}

function schemaOf(name: string, { calls, fields }: Seen): ToolSchema {
  const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    type: 'function',
    function: {
      name,
      description: '',
      parameters: {
        type: 'object',
        properties: Object.fromEntries(
          sorted.map(([field, { types }]) => [field, propertyOf([...types].sort())])
        ),
        required: sorted.filter(([, { count }]) => count === calls).map(([field]) => field)
      }
    }
  }
}

function propertyOf(types: readonly string[]): JsonValue {
  const [only] = types
  return {
    type: types.length === 1 ? only : [...types],
    // A list without "items" is refused by OpenAI.
    ...(types.includes('array') ? { items: {} } : {})
  }
}

function typeOf(value: JsonValue): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
