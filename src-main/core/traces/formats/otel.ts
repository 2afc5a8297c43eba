// Traces of OpenTelemetry with OpenInference's or the GenAI conventions' attributes: calls of models
// and of tools. Every call of a model repeats the conversation so far; only what is new is taken.
import type { JsonValue } from '../../../api/dto/common.ts'
import { canonicalJson } from '../../datasets/readers/canonical-json.ts'
import type { TraceEvent, TraceRecord } from '../model/trace.ts'
import { chatEvents } from './chat-events.ts'
import { goalKey } from './chat.ts'
import { outcomeOf } from './outcome.ts'
import { spansOf, type Span } from './span-values.ts'
import {
  event,
  listOf,
  objectOf,
  textOf,
  type JsonObject,
  type SpreadFormat
} from './trace-format.ts'

const modelKinds = new Set(['LLM', 'chat', 'text_completion', 'generate_content'])
const toolKinds = new Set(['TOOL', 'execute_tool'])

/** Exports of spans: OTLP as JSON, lists of spans, or a span a line. */
export const otelFormat: SpreadFormat = {
  id: 'otel',
  name: 'OpenTelemetry spans of models and tools',
  recognises: (value) => spansOf(value).some((span) => kindOf(span) !== ''),
  start() {
    // Spans of one trace may stand on different lines.
    const spans: Span[] = []
    return {
      add: (value) => {
        const found = spansOf(value)
        spans.push(...found)
        return found.length > 0 ? undefined : 'It holds no spans.'
      },
      end: () => recordsOf(spans)
    }
  }
}

function kindOf({ attributes }: Span): string {
  return String(
    attributes.get('openinference.span.kind') ?? attributes.get('gen_ai.operation.name') ?? ''
  )
}

function recordsOf(spans: readonly Span[]): TraceRecord[] {
  return [...Map.groupBy(spans, ({ trace }) => trace)].map(([id, own]) =>
    recordOf(
      id,
      own.toSorted((a, b) => a.start - b.start)
    )
  )
}

function recordOf(id: string, spans: readonly Span[]): TraceRecord {
  const warnings: string[] = []
  const events: TraceEvent[] = []
  const known = new Map<string, number>()
  const answered = new Set<string>()
  for (const span of spans) {
    if (modelKinds.has(kindOf(span))) {
      // What is said twice stands twice in the conversation.
      const counts = new Map<string, number>()
      const fresh = [...messagesOf(span, 'input'), ...messagesOf(span, 'output')].filter(
        (message) => {
          const key = canonicalJson(message)
          const count = (counts.get(key) ?? 0) + 1
          counts.set(key, count)
          if (count <= (known.get(key) ?? 0)) return false
          known.set(key, count)
          return true
        }
      )
      for (const each of chatEvents(fresh, warnings)) {
        // A tool's own span has said it already.
        if (each.kind === 'tool-result' && each.callId !== null && answered.has(each.callId))
          continue
        events.push(each)
        if (each.kind === 'tool-result' && each.callId !== null) answered.add(each.callId)
      }
    } else if (toolKinds.has(kindOf(span))) events.push(...toolEvents(span, events, answered))
  }
  const goal = events.find(({ kind }) => kind === 'user')?.text ?? ''
  const scored = first(spans, ['eval.score', 'outcome', 'reward', 'success'])
  return {
    id,
    task: { key: String(first(spans, ['task.id', 'session.task_id']) ?? goalKey(goal)), goal },
    trial: 0,
    outcome: outcomeOf(scored),
    reward: typeof scored === 'number' ? scored : null,
    endReason: null,
    events,
    warnings,
    gold: null,
    marked: null
  }
}

function first(spans: readonly Span[], names: readonly string[]): JsonValue | undefined {
  for (const { attributes } of spans)
    for (const name of names) {
      const value = attributes.get(name)
      if (value !== undefined) return value
    }
  return undefined
}

/** Messages of a call of a model, in OpenAI's form. */
function messagesOf({ attributes }: Span, side: 'input' | 'output'): JsonValue[] {
  const given = attributes.get(`gen_ai.${side}.messages`)
  const parsed = typeof given === 'string' ? parse(given) : given
  if (parsed !== undefined && parsed !== null) return (listOf(parsed) ?? []).map(partsMessage)
  const messages: JsonValue[] = []
  for (let i = 0; ; i++) {
    const at = `llm.${side}_messages.${i}.message`
    const role = attributes.get(`${at}.role`)
    if (typeof role !== 'string') return messages
    const calls: JsonValue[] = []
    for (let j = 0; ; j++) {
      const name = attributes.get(`${at}.tool_calls.${j}.tool_call.function.name`)
      if (name === undefined) break
      calls.push({
        id: attributes.get(`${at}.tool_calls.${j}.tool_call.id`) ?? null,
        function: {
          name,
          arguments: attributes.get(`${at}.tool_calls.${j}.tool_call.function.arguments`) ?? '{}'
        }
      })
    }
    const callId = attributes.get(`${at}.tool_call_id`)
    messages.push({
      role,
      content: attributes.get(`${at}.content`) ?? null,
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
      ...(callId === undefined ? {} : { tool_call_id: callId })
    })
  }
}

/** A message of the GenAI conventions: parts of text, calls and answers. */
function partsMessage(value: JsonValue): JsonValue {
  const message = objectOf(value)
  const parts = listOf(message?.['parts'])?.map((part) => objectOf(part) ?? {})
  if (message === undefined || parts === undefined) return value
  const answer = parts.find(({ type }) => type === 'tool_call_response')
  if (answer !== undefined)
    return {
      role: 'tool',
      tool_call_id: answer['id'] ?? null,
      content: asText(answer['response'] ?? answer['result'] ?? null)
    }
  const calls = parts.filter(({ type }) => type === 'tool_call').map(callOf)
  return {
    role: message['role'] ?? 'assistant',
    content: parts
      .filter(({ type }) => type === 'text')
      .map(({ content }) => textOf(content) ?? '')
      .join('\n'),
    ...(calls.length > 0 ? { tool_calls: calls } : {})
  }
}

function callOf(part: JsonObject): JsonValue {
  return {
    id: part['id'] ?? null,
    function: { name: part['name'] ?? null, arguments: part['arguments'] ?? null }
  }
}

/** A tool's span: its answer, and the call where no model's message holds it. */
function toolEvents(
  { attributes, name, isError }: Span,
  before: readonly TraceEvent[],
  answered: Set<string>
): TraceEvent[] {
  const tool = String(attributes.get('tool.name') ?? attributes.get('gen_ai.tool.name') ?? name)
  const given = textOf(attributes.get('gen_ai.tool.call.id') ?? attributes.get('tool_call.id'))
  const open = before.findLast(
    (each) =>
      each.kind === 'tool-call' &&
      each.name === tool &&
      (given === undefined ? !answered.has(each.callId ?? '') : each.callId === given)
  )
  const callId = open?.callId ?? given ?? null
  const data =
    attributes.get('tool.parameters') ??
    attributes.get('gen_ai.tool.call.arguments') ??
    attributes.get('input.value') ??
    null
  const result = attributes.get('gen_ai.tool.call.result') ?? attributes.get('output.value') ?? null
  if (callId !== null) answered.add(callId)
  return [
    ...(open === undefined
      ? [
          event('tool-call', '', {
            actor: 'assistant',
            name: tool,
            callId,
            data: typeof data === 'string' ? (parse(data) ?? data) : data
          })
        ]
      : []),
    event('tool-result', asText(result), { actor: 'tool', name: tool, callId, isError })
  ]
}

function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
}

function parse(text: string): JsonValue | undefined {
  try {
    // JSON.parse gives JSON values.
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
