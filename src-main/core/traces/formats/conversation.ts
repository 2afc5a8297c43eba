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
  /** What is no call: why one failed. */
  add(event: TraceEvent): void
  /**
   * A side line among the same events: one that knows what was said so far (a try), or one that
   * knows nothing (a helper).
   */
  line(lane: number, isTry: boolean): Conversation
  readonly events: readonly TraceEvent[]
  readonly warnings: readonly string[]
}

export function createConversation(): Conversation {
  return createLine([], [], 0, new Map())
}

function createLine(
  events: TraceEvent[],
  warnings: string[],
  lane: number,
  known: Map<string, number>
): Conversation {
  const answered = new Set<string>()
  const joined = new Set<TraceEvent>()
  const put = (made: TraceEvent): TraceEvent => {
    const placed = lane === 0 ? made : { ...made, lane }
    events.push(placed)
    return placed
  }

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
      put(each.time === null && time !== null ? { ...each, time } : each)
      if (each.kind === 'tool-result' && each.callId !== null) answered.add(each.callId)
    }
  }

  /** The answer, and the call where no model's message holds it. */
  function addToolCall({ name, callId: given, args, result, isError, time }: ToolCall): void {
    const open = events.findLast(
      (each) =>
        each.kind === 'tool-call' &&
        (each.lane ?? 0) === lane &&
        each.name === name &&
        !joined.has(each) &&
        (given === null ? !answered.has(each.callId ?? '') : each.callId === given)
    )
    // Without ids a call is known as answered by itself.
    if (open !== undefined) joined.add(open)
    const callId = open?.callId ?? given
    if (callId !== null) answered.add(callId)
    if (open === undefined)
      joined.add(
        put(
          event('tool-call', '', {
            actor: 'assistant',
            name,
            callId,
            data: typeof args === 'string' ? (parseJson(args) ?? args) : args,
            time
          })
        )
      )
    const { text, attachments } = contentOf(result)
    put(
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

  return {
    ...{ addModelCall, addToolCall, add: (made: TraceEvent) => void put(made) },
    line: (number, isTry) =>
      createLine(events, warnings, number, isTry ? new Map(known) : new Map<string, number>()),
    ...{ events, warnings }
  }
}
