// What can be chosen when a form is mapped by hand: which fields lie inside a message, and what a
// change of one choice means for the others. Pure.
import type { TraceMapping, TracePreview } from '@api/dto/trace-sets.ts'

/** A field of the files. */
export type TraceField = TracePreview['fields'][number]

/** Choices that name a field inside a message. */
export const insideParts = [
  'role',
  'text',
  'toolName',
  'toolArguments',
  'toolResult',
  'time'
] as const
/** Choices that name a field of the record itself. */
export const recordParts = ['id', 'task', 'outcome'] as const

/** A mapping that names nothing yet. */
export const emptyMapping: TraceMapping = {
  messages: null,
  role: '',
  text: '',
  toolName: null,
  toolArguments: null,
  toolResult: null,
  time: null,
  id: null,
  task: null,
  outcome: null,
  passValues: [],
  roles: {}
}

/** How names go on below a list. */
const below = (list: string): readonly string[] =>
  list === '' ? ['[].', '*.'] : [`${list}[].`, `${list}.*.`, `${list}.`]

/** Fields inside a message, with their paths as they are there. */
export function fieldsInside(
  fields: readonly TraceField[],
  messages: string | null
): readonly TraceField[] {
  if (messages === null) return fields.filter((field) => field.path !== '')
  const inside = fields.flatMap((field) => {
    const prefix = below(messages).find((start) => field.path.startsWith(start))
    return prefix === undefined ? [] : [{ ...field, path: field.path.slice(prefix.length) }]
  })
  return inside.length > 0 || messages !== '' ? inside : fields.filter(({ path }) => path !== '')
}
/** Fields of the record: those that lie in no list of messages. */
export function fieldsOfRecord(
  fields: readonly TraceField[],
  messages: string | null
): readonly TraceField[] {
  if (messages === null || messages === '') return fields.filter((field) => field.path !== '')
  const prefixes = below(messages)
  return fields.filter(
    ({ path }) =>
      path !== '' && path !== messages && !prefixes.some((start) => path.startsWith(start))
  )
}
/** Lists that could hold the messages. */
export function messageLists(fields: readonly TraceField[]): readonly TraceField[] {
  return fields.filter((field) => field.kind === 'list' && field.path !== '')
}

const usual = {
  role: /(^|\.)(role|from|speaker|author|sender|who|type|source)$/i,
  text: /(^|\.)(content|text|value|message|body|said|utterance|output)$/i
} as const
/** Speakers are few; what they say is hardly ever the same. */
const fewSpeakers = 8
function guess(part: keyof typeof usual, inside: readonly TraceField[]): string {
  const byName = inside.find(({ path }) => usual[part].test(path))
  if (byName !== undefined) return byName.path
  const texts = inside.filter(({ kind }) => kind === 'text')
  const byValues = texts.find(({ values }) =>
    part === 'role' ? values.length > 0 && values.length <= fewSpeakers : values.length === 0
  )
  return byValues?.path ?? ''
}
/** The mapping with other messages: names inside a message that are not there any more are guessed or left. */
export function withMessages(
  mapping: TraceMapping,
  messages: string | null,
  fields: readonly TraceField[]
): TraceMapping {
  const inside = fieldsInside(fields, messages)
  const has = (path: string | null): boolean => inside.some((field) => field.path === path)
  const kept = (path: string | null): string | null => (has(path) ? path : null)
  return {
    ...mapping,
    messages,
    role: has(mapping.role) ? mapping.role : guess('role', inside),
    text: has(mapping.text) ? mapping.text : guess('text', inside),
    toolName: kept(mapping.toolName),
    toolArguments: kept(mapping.toolArguments),
    toolResult: kept(mapping.toolResult),
    time: kept(mapping.time)
  }
}
/** The mapping with another outcome field, whose values are other ones. */
export function withOutcome(mapping: TraceMapping, outcome: string | null): TraceMapping {
  return { ...mapping, outcome, passValues: outcome === mapping.outcome ? mapping.passValues : [] }
}
/** The mapping in which a value does, or does not, mean passed. */
export function withPassValue(mapping: TraceMapping, value: string, isOn: boolean): TraceMapping {
  const others = mapping.passValues.filter((one) => one !== value)
  return { ...mapping, passValues: isOn ? [...others, value] : others }
}
/** Values seen in the field of a mapping's role, or of its outcome, and those chosen beside them. */
export function valuesSeen(fields: readonly TraceField[], path: string | null): readonly string[] {
  return fields.find((field) => field.path === path)?.values ?? []
}
