// A first proposal of which field is which, from names and from the values seen. A person sets it right.
import type { TraceMapping } from '../../../api/dto/trace-sets.ts'
import { outcomeOf } from '../formats/outcome.ts'
import type { FieldDescription } from './describe-fields.ts'
import { guessRole, type MappedRole } from './roles.ts'
import { eachEntry } from './value-paths.ts'

/** Names that fields have, best first; upper case, "_" and "-" make no difference. */
const fieldNames = {
  role: wordsOf(`role from speaker author sender source actor who participant party type kind`),
  text: wordsOf(`content text value message body said says utterance speech reply msg words output
    data observation`),
  toolName: wordsOf(`toolname tool function functionname toolcall action command method call api
    name`),
  toolArguments: wordsOf(`arguments args toolinput toolargs toolarguments functionargs actioninput
    input parameters params kwargs`),
  toolResult: wordsOf(`result toolresult tooloutput functionresult observation response returned
    return answer output`),
  time: wordsOf(`timestamp time createdat ts date at`),
  id: wordsOf(`id traceid runid sessionid conversationid dialogueid episodeid uuid`),
  task: wordsOf(`taskid task instanceid questionid problemid goal instruction question prompt`),
  outcome: wordsOf(`outcome success succeeded solved reward score passed pass resolved completed
    status verdict iscorrect correct result`)
} as const

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/)
}

type FieldName = keyof typeof fieldNames

/** Fields right inside messages, by name without the path of their list. */
interface Place {
  readonly messages: string | null
  readonly inside: ReadonlyMap<string, FieldDescription>
}

/**
 * A mapping that may fit. Fields go by their names; in lists, where these say nothing, the role is a
 * text of few values and the text one of many. Null when nothing looks like messages.
 */
export function proposeMapping(fields: readonly FieldDescription[]): TraceMapping | null {
  const places = placesOf(fields)
  const [best] = places.flatMap(readingOf).sort((a, b) => b.score - a.score)
  if (best === undefined) return null
  const { role, text } = best
  const { messages, inside } = best.place
  const taken = new Set([role, text])
  const take = (name: FieldName): string | null => {
    const found = pick(name, inside, taken)
    if (found === undefined) return null
    taken.add(found)
    return found
  }
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

/** How the messages of a place may be read, and how well that fits. */
interface Reading {
  readonly place: Place
  readonly role: string
  readonly text: string
  readonly score: number
}

/** Speakers are few; what they say is hardly ever the same. */
const fewSpeakers = 8

function readingOf(place: Place): Reading[] {
  const { messages, inside } = place
  const texts = [...inside].filter(([, { kind }]) => kind === 'text')
  const variety = (values: readonly string[]): number =>
    // Long texts are not kept as values.
    values.length === 0 ? Number.POSITIVE_INFINITY : values.length
  const named = pick('role', inside)
  const role = named ?? texts.find(([, { values }]) => variety(values) <= fewSpeakers)?.[0]
  if (role === undefined) return []
  const namedText = pick('text', inside, new Set([role]))
  const [varied] = texts
    .filter(([path]) => path !== role)
    .sort(([, a], [, b]) => variety(b.values) - variety(a.values) || 0)
  const text = namedText ?? varied?.[0]
  if (text === undefined) return []
  const guesses = (named === undefined ? 1 : 0) + (namedText === undefined ? 1 : 0)
  // Any table has texts: without a list it takes both names.
  if (messages === null && guesses > 0) return []
  const values = inside.get(role)?.values ?? []
  const known = values.filter((value) => guessRole(value) !== undefined).length
  return [{ place, role, text, score: 1 + known + (messages === null ? 0 : 0.5) - guesses / 2 }]
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
  const paths = [...inside.keys()].filter(fits)
  const named = (among: readonly string[]): string | undefined => {
    for (const wanted of fieldNames[name]) {
      const found = among.find((path) => plainName(path) === wanted)
      if (found !== undefined) return found
    }
    return undefined
  }
  return named(paths.filter((path) => !path.includes('.'))) ?? named(paths)
}

/** The last name of a path, as names are compared. */
function plainName(path: string): string {
  return path
    .slice(path.lastIndexOf('.') + 1)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
}
