// Values of an unknown form as traces, by a mapping that a person has made.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceMapping } from '../../../api/dto/trace-sets.ts'
import { goalKey } from '../formats/chat.ts'
import { outcomeOf } from '../formats/outcome.ts'
import { event, listOf, type TraceFormat } from '../formats/trace-format.ts'
import { parseJson } from '../formats/parse-json.ts'
import { timeOf } from '../formats/times.ts'
import type { Outcome, TraceEvent, TraceRecord } from '../model/trace.ts'
import { guessRole, type MappedRole } from './roles.ts'
import { asText, eachEntry, valueAt } from './value-paths.ts'

/** Id of the format of all mapped files. */
export const mappedFormatId = 'mapped'

const facts = { id: mappedFormatId, name: 'Files read with fields you chose' }

/**
 * The format a mapping makes. It takes every value; one that does not fit is left out with a reason.
 * With `messages` null all values of the file are messages, of the attempt that `id` names.
 */
export function mappedFormat(given: TraceMapping): TraceFormat {
  const mapping = inMessages(given)
  const { messages } = mapping
  if (messages === null) return spreadFormat(mapping)
  return {
    ...facts,
    recognises: () => true,
    read(value, { number }) {
      const list = listOf(valueAt(value, messages))
      if (list === undefined)
        return messages === ''
          ? 'It is no list of messages.'
          : `It has no list at \u201C${messages}\u201D.`
      const warnings: string[] = []
      const events = eventsOf(list, mapping, warnings)
      if (events.length === 0) return reasonFor(list, mapping)
      return [recordOf(value, number, events, warnings, mapping)]
    }
  }
}

function spreadFormat(mapping: TraceMapping): TraceFormat {
  return {
    ...facts,
    recognises: () => true,
    start() {
      const runs = new Map<string, JsonValue[]>()
      return {
        add(value) {
          if (eventsOf([value], mapping, []).length === 0) return reasonFor([value], mapping)
          const key = mapping.id === null ? '' : asText(valueAt(value, mapping.id))
          const run = runs.get(key)
          if (run === undefined) runs.set(key, [value])
          else run.push(value)
          return undefined
        },
        end: () =>
          [...runs.values()].map((run, number) => {
            const warnings: string[] = []
            const events = eventsOf(run, mapping, warnings)
            // What is said of the attempt stands in any of its lines; the last word counts.
            const last = (path: string | null): JsonValue | undefined =>
              path === null
                ? undefined
                : run.map((each) => valueAt(each, path)).findLast((each) => !isEmpty(each))
            const whole = {
              id: last(mapping.id) ?? null,
              task: last(mapping.task) ?? null,
              outcome: last(mapping.outcome) ?? null
            }
            return recordOf(whole, number, events, warnings, {
              ...mapping,
              id: 'id',
              task: 'task',
              outcome: 'outcome'
            })
          })
      }
    }
  }
}

/** Paths inside a message may be given with the path of their list before them. */
function inMessages(mapping: TraceMapping): TraceMapping {
  const before = mapping.messages === null ? '' : `${mapping.messages}${eachEntry}.`
  const plain = (path: string): string =>
    before !== '' && path.startsWith(before) ? path.slice(before.length) : path
  const maybe = (path: string | null): string | null => (path === null ? null : plain(path))
  return {
    ...mapping,
    role: plain(mapping.role),
    text: plain(mapping.text),
    toolName: maybe(mapping.toolName),
    toolArguments: maybe(mapping.toolArguments),
    toolResult: maybe(mapping.toolResult),
    time: maybe(mapping.time)
  }
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === ''
}

function reasonFor(list: readonly JsonValue[], mapping: TraceMapping): string {
  if (list.length === 0) return 'Its list of messages is empty.'
  const one = mapping.messages === null
  if (list.every((each) => isEmpty(valueAt(each, mapping.role))))
    return one
      ? `It has no role at \u201C${mapping.role}\u201D.`
      : `None of its messages has a role at \u201C${mapping.role}\u201D.`
  return one ? 'Its role is left out.' : 'The roles of all its messages are left out.'
}

function eventsOf(
  list: readonly JsonValue[],
  mapping: TraceMapping,
  warnings: string[]
): TraceEvent[] {
  return list.flatMap((message, i) => {
    const named = valueAt(message, mapping.role)
    if (isEmpty(named)) {
      warnings.push(`Message ${i + 1} has no role at \u201C${mapping.role}\u201D and was left out.`)
      return []
    }
    return messageEvents(message, asText(named), mapping)
  })
}

function messageEvents(message: JsonValue, actor: string, mapping: TraceMapping): TraceEvent[] {
  const role: MappedRole | undefined = Object.hasOwn(mapping.roles, actor)
    ? mapping.roles[actor]
    : guessRole(actor)
  if (role === 'skip') return []
  const at = (path: string | null): JsonValue | undefined =>
    path === null ? undefined : valueAt(message, path)
  const time = timeOf(at(mapping.time))
  const text = asText(at(mapping.text))
  const tool = asText(at(mapping.toolName))
  const name = tool === '' ? null : tool
  const result = at(mapping.toolResult)
  if (role === 'tool')
    return [event('tool-result', isEmpty(result) ? text : asText(result), { actor, name, time })]
  // A role that says nothing is kept and shown, and takes no part in steps.
  const kind = role ?? 'info'
  const events: TraceEvent[] = []
  if (text !== '' || (name === null && isEmpty(result)))
    events.push(event(kind, text, { actor, time }))
  if (name !== null)
    events.push(
      event('tool-call', '', { actor, name, time, data: argumentsOf(at(mapping.toolArguments)) })
    )
  if (!isEmpty(result))
    events.push(event('tool-result', asText(result), { actor: 'tool', name, time }))
  return events
}

/** Arguments are often JSON in a text. */
function argumentsOf(value: JsonValue | undefined): JsonValue {
  if (typeof value !== 'string') return value ?? null
  return /^\s*[{[]/.test(value) ? (parseJson(value) ?? value) : value
}

function recordOf(
  value: JsonValue,
  number: number,
  events: readonly TraceEvent[],
  warnings: readonly string[],
  mapping: TraceMapping
): TraceRecord {
  const at = (path: string | null): JsonValue | undefined =>
    path === null ? undefined : valueAt(value, path)
  const scored = at(mapping.outcome)
  const task = asText(at(mapping.task))
  const goal = events.find(({ kind }) => kind === 'user')?.text ?? ''
  const id = asText(at(mapping.id))
  return {
    id: id === '' ? String(number) : id,
    task: { key: task === '' ? goalKey(goal) : task, goal: goal === '' ? task : goal },
    trial: number,
    outcome: mappedOutcome(scored, mapping.passValues),
    reward: typeof scored === 'number' ? scored : null,
    endReason: null,
    events,
    warnings,
    gold: null,
    marked: null
  }
}

function mappedOutcome(value: JsonValue | undefined, passValues: readonly string[]): Outcome {
  if (isEmpty(value)) return 'unknown'
  if (passValues.length === 0) return outcomeOf(value)
  return passValues.includes(asText(value)) ? 'pass' : 'fail'
}
