// Messages of a conversation as events, in the two forms models speak: OpenAI's (tool_calls, role
// "tool") and Anthropic's (content blocks tool_use and tool_result).
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceEvent } from '../model/trace.ts'
import { attachmentOf, contentOf } from './content-parts.ts'
import { parseJson } from './parse-json.ts'
import { timeOf } from './times.ts'
import { event, listOf, objectOf, textOf, type JsonObject } from './trace-format.ts'

const roleKinds: Readonly<Record<string, TraceEvent['kind']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  ai: 'assistant'
}

/** True for a list whose first entries are messages: objects with a role. */
export function areMessages(value: JsonValue | undefined): boolean {
  const list = listOf(value)
  if (list === undefined || list.length === 0) return false
  return list.slice(0, 3).every((each) => typeof objectOf(each)?.['role'] === 'string')
}

/** Events of messages; what is no message is left out and named in `warnings`. */
export function chatEvents(messages: readonly JsonValue[], warnings: string[]): TraceEvent[] {
  return messages.flatMap((each, i) => {
    const message = objectOf(each)
    const role = textOf(message?.['role'])
    if (message === undefined || role === undefined) {
      warnings.push(`Message ${i + 1} has no role and was left out.`)
      return []
    }
    return messageEvents(message, role, warnings)
  })
}

function messageEvents(message: JsonObject, role: string, warnings: string[]): TraceEvent[] {
  const actor = textOf(message['name']) ?? role
  const time = timeOf(message['timestamp'] ?? message['created_at'])
  if (role === 'tool' || role === 'function') return [resultEvent(message, role, time)]
  const kind = roleKinds[role] ?? 'info'
  const events: TraceEvent[] = []
  const thought = textOf(message['reasoning_content']) ?? textOf(message['reasoning'])
  if (thought !== undefined && thought !== '') events.push(event('thought', thought, { actor }))
  const blocks = listOf(message['content'])
  if (blocks === undefined) {
    const said = textOf(message['content']) ?? ''
    if (said !== '') events.push(event(kind, said, { actor }))
  } else for (const block of blocks) addBlock(events, block, kind, actor)
  for (const call of listOf(message['tool_calls']) ?? []) {
    const read = callEvent(objectOf(call), actor, warnings)
    if (read !== undefined) events.push(read)
  }
  const old = objectOf(message['function_call'])
  if (old !== undefined) events.push(functionEvent(old, null, actor, warnings))
  // An empty turn is a decision, too: nothing was done in it.
  if (events.length === 0 && kind === 'assistant') events.push(event(kind, '', { actor }))
  return time === null ? events : events.map((each) => ({ ...each, time }))
}

function resultEvent(message: JsonObject, role: string, time: number | null): TraceEvent {
  const { text, attachments } = contentOf(message['content'])
  const error = objectOf(message['error'])
  const said = textOf(error?.['message'])
  return event('tool-result', text === '' ? (said ?? '') : text, {
    actor: role,
    name: textOf(message['name']) ?? textOf(message['function']) ?? null,
    callId: textOf(message['tool_call_id']) ?? null,
    isError: message['is_error'] === true || error !== undefined,
    time,
    ...(attachments.length > 0 ? { attachments } : {})
  })
}

/** Pictures go with the words before them; without any they are an event of their own. */
function addBlock(
  events: TraceEvent[],
  block: JsonValue,
  kind: TraceEvent['kind'],
  actor: string
): void {
  const file = attachmentOf(block)
  if (file === undefined) {
    events.push(...blockEvents(block, kind, actor))
    return
  }
  const last = events.at(-1)
  if (last?.kind === kind)
    events[events.length - 1] = { ...last, attachments: [...(last.attachments ?? []), file] }
  else events.push(event(kind, '', { actor, attachments: [file] }))
}

function blockEvents(value: JsonValue, kind: TraceEvent['kind'], actor: string): TraceEvent[] {
  const block = objectOf(value)
  if (block === undefined) return typeof value === 'string' ? [event(kind, value, { actor })] : []
  const type = textOf(block['type'])
  if (type === 'tool_use')
    return [
      event('tool-call', '', {
        actor,
        name: textOf(block['name']) ?? null,
        callId: textOf(block['id']) ?? null,
        data: block['input'] ?? null
      })
    ]
  if (type === 'tool_result') {
    const { text, attachments } = contentOf(block['content'])
    return [
      event('tool-result', text, {
        actor: 'tool',
        callId: textOf(block['tool_use_id']) ?? null,
        isError: block['is_error'] === true,
        ...(attachments.length > 0 ? { attachments } : {})
      })
    ]
  }
  if (type === 'thinking' || type === 'reasoning')
    return [
      event(
        'thought',
        textOf(block['thinking']) ?? textOf(block['reasoning']) ?? textOf(block['text']) ?? '',
        { actor }
      )
    ]
  const { text } = contentOf([block])
  return text === '' ? [] : [event(kind, text, { actor })]
}

function callEvent(
  call: JsonObject | undefined,
  actor: string,
  warnings: string[]
): TraceEvent | undefined {
  const made = objectOf(call?.['function']) ?? call
  if (call === undefined || made === undefined) return undefined
  return functionEvent(made, textOf(call['id']) ?? null, actor, warnings)
}

function functionEvent(
  made: JsonObject,
  callId: string | null,
  actor: string,
  warnings: string[]
): TraceEvent {
  // Inspect writes the name where others write an object.
  const name = textOf(made['name']) ?? textOf(made['function']) ?? null
  return event('tool-call', '', { actor, name, callId, data: argumentsOf(made, name, warnings) })
}

/** Arguments come as JSON in a text; what is no JSON is kept as the text it is. */
function argumentsOf(made: JsonObject, name: string | null, warnings: string[]): JsonValue {
  const given = made['arguments'] ?? made['args'] ?? null
  if (typeof given !== 'string') return given
  const read = parseJson(given)
  if (read === undefined)
    warnings.push(`The arguments of a call of ${name ?? 'a tool'} are not valid JSON.`)
  return read ?? given
}
