// Traces of OpenTelemetry with OpenInference's or the GenAI conventions' attributes: calls of models
// and of tools. Every call of a model repeats the conversation so far; only what is new is taken.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceFacts, TraceRecord } from '../model/trace.ts'
import { goalKey } from './chat.ts'
import { createConversation, type Conversation, type ToolCall } from './conversation.ts'
import { addUsage, knownFacts, nameOf, numberOf } from './facts.ts'
import { outcomeOf } from './outcome.ts'
import { parseJson as parse } from './parse-json.ts'
import { spanLanes, type LanedSpan } from './span-lanes.ts'
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
const agentKinds = new Set(['AGENT', 'invoke_agent'])
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
  const talk = createConversation()
  const laneOf = spanLanes(spans.map((span) => ({ ...span, ...kindAndInput(span) })))
  const lines = new Map<number, Conversation>([[0, talk]])
  for (const span of spans) {
    const time = span.start > 1e15 ? Math.round(span.start / 1e6) : null
    const { lane, isTry, under } = laneOf(span.id)
    if (isTry && modelKinds.has(kindOf(span)))
      // What was asked in vain is asked again: it belongs to the line that goes on.
      lines.get(under)?.addModelCall(messagesOf(span, 'input'), time)
    const line = lines.get(lane) ?? (lines.get(under) ?? talk).line(lane, isTry)
    lines.set(lane, line)
    if (modelKinds.has(kindOf(span))) {
      const output = messagesOf(span, 'output')
      // A failed call says nothing, which is a decision that came to nothing.
      const said = output.length === 0 && isTry ? [{ role: 'assistant', content: '' }] : output
      line.addModelCall([...messagesOf(span, 'input'), ...said], time)
      if (isTry && span.isError) line.add(event('error', span.problem, { actor: span.name, time }))
    } else if (toolKinds.has(kindOf(span))) line.addToolCall({ ...toolCallOf(span), time })
  }
  const { events, warnings } = talk
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
    marked: null,
    ...factsOf(spans)
  }
}

function kindAndInput(span: Span): Pick<LanedSpan, 'kind' | 'input'> {
  const kind = kindOf(span)
  if (modelKinds.has(kind))
    return { kind: 'model', input: JSON.stringify(messagesOf(span, 'input')) }
  if (toolKinds.has(kind)) return { kind: 'tool', input: JSON.stringify(toolCallOf(span).args) }
  return { kind: agentKinds.has(kind) ? 'agent' : 'other', input: '' }
}

function factsOf(spans: readonly Span[]): { facts?: TraceFacts } {
  const calls = spans.filter((span) => modelKinds.has(kindOf(span)))
  const ends = spans.flatMap(({ start, end }) => (end === 0 ? [start] : [end]))
  const starts = spans.map(({ start }) => start)
  const from = starts.reduce((a, b) => Math.min(a, b), Infinity)
  const to = ends.reduce((a, b) => Math.max(a, b), 0)
  const usages = calls.map(({ attributes }) => ({
    tokensIn:
      numberOf(attributes.get('gen_ai.usage.input_tokens')) ??
      numberOf(attributes.get('llm.token_count.prompt')) ??
      null,
    tokensOut:
      numberOf(attributes.get('gen_ai.usage.output_tokens')) ??
      numberOf(attributes.get('llm.token_count.completion')) ??
      null
  }))
  return knownFacts({
    agent: nameOf(first(spans, ['gen_ai.agent.name', 'agent.name'])),
    model: nameOf(
      first(spans, ['gen_ai.response.model', 'gen_ai.request.model', 'llm.model_name'])
    ),
    // Starts are nanoseconds; spans without a time have 0.
    startedAt: Number.isFinite(from) && from > 1e15 ? Math.round(from / 1e6) : null,
    durationMs: to > from && from > 0 ? Math.round((to - from) / 1e6) : null,
    ...addUsage(usages)
  })
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

/** A tool's span. */
function toolCallOf({ attributes, name, isError }: Span): Omit<ToolCall, 'time'> {
  return {
    name: String(attributes.get('tool.name') ?? attributes.get('gen_ai.tool.name') ?? name),
    callId: textOf(attributes.get('gen_ai.tool.call.id') ?? attributes.get('tool_call.id')) ?? null,
    args:
      attributes.get('tool.parameters') ??
      attributes.get('gen_ai.tool.call.arguments') ??
      attributes.get('input.value') ??
      null,
    result: attributes.get('gen_ai.tool.call.result') ?? attributes.get('output.value') ?? null,
    isError
  }
}

function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
}
