// An attempt as the conversation that training programs read: OpenAI messages with tool calls and
// their answers, rebuilt from the canonical events. Each answer stands right behind its call.
import type { JsonValue } from '../../../api/dto/common.ts'
import { joinResults, laneOf, sayVerb } from '../model/derive-steps.ts'
import type { Trace, TraceEvent, TraceStep } from '../model/trace.ts'

/** A call as OpenAI writes it; `arguments` is JSON as text. */
export interface ToolCall {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; readonly arguments: string }
}

/** A message as OpenAI writes it; `reasoning_content` is what was thought before. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly content: string | null
  readonly name?: string
  readonly reasoning_content?: string
  readonly tool_calls?: readonly ToolCall[]
  readonly tool_call_id?: string
}

/** A message and the step it belongs to: the decision itself, or an answer to one of its calls. */
export interface PlacedMessage {
  readonly message: ChatMessage
  /** Null for what is no agent's doing: requests, screens. */
  readonly step: number | null
}

/**
 * The whole conversation of an attempt. Screens are the answer of a call that has no other, else a
 * user's message; what a log says about itself (scores, states, errors beside the calls) is left out,
 * and so is all beside the main line: the model did not see it when it went on.
 */
export function conversationOf(trace: Trace): PlacedMessage[] {
  const { events, steps } = trace
  const answers = joinResults(events)
  const used = new Set<TraceEvent>(answers.values())
  const ids = new CallIds()
  const stepAt = new Map(steps.map((step) => [step.from, step]))
  const placed: PlacedMessage[] = []
  for (let at = 0; at < events.length; at++) {
    if (laneOf(events[at]) > 0) continue
    const step = stepAt.get(at)
    if (step === undefined) {
      const message = used.has(events[at]) ? undefined : heard(events[at], placed)
      if (message !== undefined) placed.push({ message, step: null })
      continue
    }
    const screen = screenAfter(step, trace, answers)
    if (screen !== undefined) used.add(screen)
    placed.push(...turnMessages(step, trace, answers, screen, ids))
    at = step.to - 1
  }
  return joinUsers(withRequest(placed, trace))
}

/** The turn of a correction, as the message that should have been there. */
export function correctedTurn(
  { verb, args, thought }: { verb: string; args: JsonValue; thought: string },
  id = 'call_correction'
): ChatMessage {
  const reasoning = thought.trim() === '' ? {} : { reasoning_content: thought }
  if (verb === sayVerb) return { role: 'assistant', content: saidText(args), ...reasoning }
  return {
    role: 'assistant',
    content: null,
    ...reasoning,
    tool_calls: [{ id, type: 'function', function: { name: verb, arguments: argumentsText(args) } }]
  }
}

function saidText(args: JsonValue): string {
  if (typeof args === 'string') return args
  const text =
    typeof args === 'object' && args !== null && !Array.isArray(args) ? args['text'] : undefined
  return typeof text === 'string' ? text : JSON.stringify(args)
}

/** Arguments as JSON text; none at all is an empty object, which every reader takes. */
export function argumentsText(args: JsonValue): string {
  return JSON.stringify(args ?? {})
}

/** Ids of calls: those of the log where they are there and new, else made. */
class CallIds {
  readonly #taken = new Set<string>()

  next(wanted: string | null): string {
    let id = wanted === null || wanted === '' || this.#taken.has(wanted) ? undefined : wanted
    for (let n = this.#taken.size + 1; id === undefined; n++)
      if (!this.#taken.has(`call_${n}`)) id = `call_${n}`
    this.#taken.add(id)
    return id
  }
}

function turnMessages(
  step: TraceStep,
  { events }: Trace,
  answers: ReadonlyMap<number, TraceEvent>,
  screen: TraceEvent | undefined,
  ids: CallIds
): PlacedMessage[] {
  const own = events.slice(step.from, step.to)
  const textsOf = (kind: TraceEvent['kind']): string =>
    own
      .filter((event) => event.kind === kind && event.text !== '')
      .map(({ text }) => text)
      .join('\n\n')
  const calls = own.flatMap((event, i) => {
    if (event.kind !== 'tool-call') return []
    return [{ event, answer: answers.get(step.from + i), id: ids.next(event.callId) }]
  })
  const said = textsOf('assistant')
  const thought = textsOf('thought')
  const name = agentName(step.actor)
  const message: ChatMessage = {
    role: 'assistant',
    content: said === '' && calls.length > 0 ? null : said,
    ...(name === undefined ? {} : { name }),
    ...(thought === '' ? {} : { reasoning_content: thought }),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map(({ event, id }) => toolCall(event, id)) })
  }
  const last = calls.findLast(({ answer }) => answer === undefined)
  const results = calls.map((call): PlacedMessage => {
    const content = (call.answer ?? (call === last ? screen : undefined))?.text ?? ''
    const tool = call.event.name
    return {
      message: {
        role: 'tool',
        tool_call_id: call.id,
        ...(tool === null ? {} : { name: tool }),
        content
      },
      step: step.index
    }
  })
  return [{ message, step: step.index }, ...results]
}

function toolCall({ name, data }: TraceEvent, id: string): ToolCall {
  return {
    id,
    type: 'function',
    function: { name: name ?? 'call', arguments: argumentsText(data) }
  }
}

/** The screen that answers a step's last call, where nothing else does. */
function screenAfter(
  { from, to }: TraceStep,
  { events }: Trace,
  answers: ReadonlyMap<number, TraceEvent>
): TraceEvent | undefined {
  const isOpen = events
    .slice(from, to)
    .some(({ kind }, i) => kind === 'tool-call' && !answers.has(from + i))
  if (!isOpen) return undefined
  for (let at = to; at < events.length; at++) {
    const { kind } = events[at]
    if (laneOf(events[at]) > 0) continue
    if (kind === 'observation') return events[at]
    if (kind !== 'info' && kind !== 'state' && kind !== 'tool-result') return undefined
  }
  return undefined
}

/** What the agent heard that is no answer to a call; undefined for notes of the log. */
function heard(
  { kind, text }: TraceEvent,
  before: readonly PlacedMessage[]
): ChatMessage | undefined {
  if (kind === 'system') {
    // Templates of models take instructions at the beginning alone.
    const isFirst = before.every(({ message }) => message.role === 'system')
    return { role: isFirst ? 'system' : 'user', content: text }
  }
  if (kind === 'user' || kind === 'observation' || kind === 'tool-result')
    return { role: 'user', content: text }
  return undefined
}

/** Logs of agents may begin with the agent: the task itself is then the request. */
function withRequest(placed: readonly PlacedMessage[], { task }: Trace): PlacedMessage[] {
  const isAsked = placed.some(({ message }) => message.role === 'user')
  if (isAsked || task.goal.trim() === '') return [...placed]
  const at = placed.findIndex(({ message }) => message.role !== 'system')
  const request: PlacedMessage = { message: { role: 'user', content: task.goal }, step: null }
  return placed.toSpliced(at === -1 ? placed.length : at, 0, request)
}

/** Messages of users in a row as one: many templates take no two. */
export function joinUsers(placed: readonly PlacedMessage[]): PlacedMessage[] {
  const joined: PlacedMessage[] = []
  for (const each of placed) {
    const before = joined.at(-1)
    if (each.message.role !== 'user' || before?.message.role !== 'user') joined.push(each)
    else {
      const content = `${before.message.content ?? ''}\n\n${each.message.content ?? ''}`
      joined[joined.length - 1] = { message: { role: 'user', content }, step: null }
    }
  }
  return joined
}

const plainNames = new Set(['assistant', 'agent', 'ai', 'gpt', 'model'])

/** Name of one agent among several, with the signs that OpenAI takes in names. */
function agentName(actor: string | null): string | undefined {
  if (actor === null || plainNames.has(actor.toLowerCase())) return undefined
  const name = actor.replaceAll(/[\s<|\\/>]+/g, '_').slice(0, 64)
  return name === '' ? undefined : name
}
