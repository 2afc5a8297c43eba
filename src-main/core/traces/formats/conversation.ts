// A conversation put together from logs of calls: every call of a model repeats what was said so far,
// so that only what is new is taken; answers of tools stand in messages and in logs of their own.
import type { JsonValue } from '../../../api/dto/common.ts'
import { canonicalJson } from '../../datasets/readers/canonical-json.ts'
import type { TraceEvent } from '../model/trace.ts'
import { chatEvents } from './chat-events.ts'
import { contentOf } from './content-parts.ts'
import { parseJson } from './parse-json.ts'
import { event } from './trace-format.ts'

/** A tool's own entry in a log. */
export interface ToolCall {
  readonly name: string
  readonly callId: string | null
  readonly args: JsonValue
  readonly result: JsonValue
  readonly isError: boolean
  readonly time: number | null
}

/** Takes calls in the order they were made and gives their events. */
export interface Conversation {
  /** All messages of a model's call, its answer last, in OpenAI's or Anthropic's form. */
  addModelCall(messages: readonly JsonValue[], time: number | null): void
  addToolCall(call: ToolCall): void
  readonly events: readonly TraceEvent[]
  readonly warnings: readonly string[]
}

export function createConversation(): Conversation {
  const events: TraceEvent[] = []
  const warnings: string[] = []
  const known = new Map<string, number>()
  const answered = new Set<string>()

  function addModelCall(messages: readonly JsonValue[], time: number | null): void {
    // What is said twice stands twice in the conversation.
    const counts = new Map<string, number>()
    const fresh = messages.filter((message) => {
      const key = canonicalJson(message)
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      if (count <= (known.get(key) ?? 0)) return false
      known.set(key, count)
      return true
    })
    for (const each of chatEvents(fresh, warnings)) {
      // A tool's own entry has said it already.
      if (each.kind === 'tool-result' && each.callId !== null && answered.has(each.callId)) continue
      events.push(each.time === null && time !== null ? { ...each, time } : each)
      if (each.kind === 'tool-result' && each.callId !== null) answered.add(each.callId)
    }
  }

  /** The answer, and the call where no model's message holds it. */
  function addToolCall({ name, callId: given, args, result, isError, time }: ToolCall): void {
    const open = events.findLast(
      (each) =>
        each.kind === 'tool-call' &&
        each.name === name &&
        (given === null ? !answered.has(each.callId ?? '') : each.callId === given)
    )
    const callId = open?.callId ?? given
    if (callId !== null) answered.add(callId)
    if (open === undefined)
      events.push(
        event('tool-call', '', {
          actor: 'assistant',
          name,
          callId,
          data: typeof args === 'string' ? (parseJson(args) ?? args) : args,
          time
        })
      )
    const { text, attachments } = contentOf(result)
    events.push(
      event('tool-result', text, {
        actor: 'tool',
        name,
        callId,
        isError,
        time,
        ...(attachments.length > 0 ? { attachments } : {})
      })
    )
  }

  return { addModelCall, addToolCall, events, warnings }
}
