// A first proposal of which field is which, from names and from the values seen. A person sets it right.
import type { TraceMapping } from '../../../api/dto/trace-sets.ts'
import { outcomeOf } from '../formats/outcome.ts'
import type { FieldDescription } from './describe-fields.ts'
import { guessRole, type MappedRole } from './roles.ts'
import { eachEntry } from './value-paths.ts'

const fieldNames = {
  role: ['role', 'from', 'speaker', 'author', 'sender', 'source', 'actor', 'who', 'type', 'kind'],
  text: [
    'content',
    'text',
    'value',
    'message',
    'body',
    'utterance',
    'output',
    'data',
    'observation'
  ],
  toolName: ['tool_name', 'toolName', 'tool', 'function', 'action', 'command', 'api', 'name'],
  toolArguments: [
    'arguments',
    'args',
    'tool_input',
    'toolInput',
    'input',
    'parameters',
    'params',
    'kwargs'
  ],
  toolResult: ['result', 'tool_output', 'toolOutput', 'observation', 'response', 'return'],
  time: ['timestamp', 'time', 'created_at', 'createdAt', 'ts', 'date'],
  id: [
    'id',
    'trace_id',
    'traceId',
    'run_id',
    'runId',
    'session_id',
    'sessionId',
    'conversation_id',
    'uuid'
  ],
  task: [
    'task_id',
    'taskId',
    'task',
    'instance_id',
    'question_id',
    'goal',
    'instruction',
    'question',
    'prompt'
  ],
  outcome: [
    'outcome',
    'success',
    'reward',
    'score',
    'passed',
    'resolved',
    'status',
    'is_correct',
    'result'
  ]
} as const

type FieldName = keyof typeof fieldNames

/** Fields right inside messages, by name without the path of their list. */
interface Place {
  readonly messages: string | null
  readonly inside: ReadonlyMap<string, FieldDescription>
}

/** A mapping that may fit; null when no field looks like the role or the text of messages. */
export function proposeMapping(fields: readonly FieldDescription[]): TraceMapping | null {
  const places = placesOf(fields)
  const scored = places
    .map((place) => ({ place, score: scoreOf(place) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  const [best] = scored
  if (best === undefined) return null
  const { messages, inside } = best.place
  const role = pick('role', inside) ?? ''
  const taken = new Set([role])
  const take = (name: FieldName): string | null => {
    const found = pick(name, inside, taken)
    if (found === undefined) return null
    taken.add(found)
    return found
  }
  const text = take('text') ?? ''
  const outer = messages === null ? inside : (places[0]?.inside ?? new Map())
  const outcome = pick('outcome', outer, messages === null ? taken : new Set()) ?? null
  const toolName = take('toolName')
  return {
    messages,
    role,
    text,
    toolName,
    toolArguments: take('toolArguments'),
    toolResult: take('toolResult'),
    time: take('time'),
    id: pick('id', outer) ?? null,
    task: pick('task', outer) ?? null,
    outcome,
    passValues:
      outcome === null
        ? []
        : (outer.get(outcome)?.values ?? []).filter((value) => outcomeOf(value) === 'pass'),
    roles: rolesOf(inside.get(role)?.values ?? [])
  }
}

function rolesOf(values: readonly string[]): Record<string, MappedRole> {
  return Object.fromEntries(
    values.flatMap((value) => {
      const role = guessRole(value)
      return role === undefined ? [] : [[value, role]]
    })
  )
}

/** Where messages may be: the values of the file themselves, and the entries of each list. */
function placesOf(fields: readonly FieldDescription[]): Place[] {
  const places: { messages: string | null; inside: Map<string, FieldDescription> }[] = [
    { messages: null, inside: new Map() }
  ]
  for (const field of fields) {
    const at = field.path.lastIndexOf(`${eachEntry}.`)
    const messages = at === -1 ? null : field.path.slice(0, at)
    // Lists in lists are no messages.
    if (messages?.includes(eachEntry) === true) continue
    let place = places.find((each) => each.messages === messages)
    if (place === undefined) places.push((place = { messages, inside: new Map() }))
    place.inside.set(at === -1 ? field.path : field.path.slice(at + eachEntry.length + 1), field)
  }
  return places
}

function scoreOf({ messages, inside }: Place): number {
  const role = pick('role', inside)
  const text = pick('text', inside, new Set(role === undefined ? [] : [role]))
  if (role === undefined || text === undefined) return 0
  const values = inside.get(role)?.values ?? []
  const known = values.filter((value) => guessRole(value) !== undefined).length
  return 1 + known + (messages === null ? 0 : 0.5)
}

/** The first field of a name that fits, as good as it does. Roles have few different values. */
function pick(
  name: FieldName,
  inside: ReadonlyMap<string, FieldDescription>,
  taken: ReadonlySet<string> = new Set()
): string | undefined {
  const fits = (path: string): boolean => {
    const field = inside.get(path)
    if (field === undefined || taken.has(path)) return false
    if (name === 'role') return field.kind === 'text' && field.values.length > 0
    if (name === 'toolArguments' || name === 'toolResult') return true
    if (name === 'text') return field.kind === 'text' || field.kind === 'empty'
    return field.kind !== 'list' && field.kind !== 'object'
  }
  const names: readonly string[] = fieldNames[name]
  const whole = names.find((each) => fits(each))
  if (whole !== undefined) return whole
  return [...inside.keys()].find(
    (path) => names.includes(path.slice(path.lastIndexOf('.') + 1)) && fits(path)
  )
}
