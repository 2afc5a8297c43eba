// Helpers in logs of Inspect: an agent that was called as a tool works in a span of its own inside the
// tool's span, and what it said stands in its calls of models alone, not in the sample's messages.
import type { JsonValue } from '../../../api/dto/common.ts'
import { lastLane } from './lanes.ts'
import { objectOf, textOf, type JsonObject } from './trace-format.ts'
import type { TraceEvent } from '../model/trace.ts'

/** The work of one helper. */
export interface HelperSpan {
  readonly id: string
  /** The tool call that it was called by, as the conversation names it. */
  readonly callId: string | null
  /** Its calls of models, in their order. */
  readonly modelCalls: readonly JsonObject[]
}

/** Helpers of a sample, by the first call of a model of each; "" is the main line, always first. */
export function helperSpans(events: readonly JsonValue[]): readonly HelperSpan[] {
  const all = events.map((each) => objectOf(each)).filter((each) => each !== undefined)
  const spans = new Map<string, JsonObject>()
  const callOf = new Map<string, string>()
  for (const each of all) {
    if (each['event'] === 'span_begin') spans.set(textOf(each['id']) ?? '', each)
    if (each['event'] !== 'tool') continue
    // The call stands in its tool's span; newer logs also name the span of the agent it called.
    for (const name of ['span_id', 'agent_span_id']) {
      const span = textOf(each[name])
      if (span !== undefined) callOf.set(span, textOf(each['id']) ?? '')
    }
  }

  /** The innermost agent around a span that a tool called, and by which call. */
  function helperOf(from: string | undefined): { id: string; callId: string | null } {
    let agent: string | undefined
    const way = new Set<string>()
    // A broken log may name its own descendants as parents.
    for (let at = from; at !== undefined && !way.has(at);) {
      way.add(at)
      const span = spans.get(at)
      if (span?.['type'] === 'agent') agent ??= at
      const isCall = span?.['type'] === 'tool' || (at === agent && callOf.has(at))
      if (isCall && agent !== undefined) return { id: agent, callId: callOf.get(at) ?? null }
      // What a tool does without an agent (a call of a model to shorten an answer) is its own matter.
      at = textOf(span?.['parent_id'])
    }
    return { id: '', callId: null }
  }

  const found = new Map<string, { id: string; callId: string | null; modelCalls: JsonObject[] }>()
  found.set('', { id: '', callId: null, modelCalls: [] })
  for (const each of all) {
    if (each['event'] !== 'model') continue
    const helper = helperOf(textOf(each['span_id']))
    const known = found.get(helper.id) ?? { ...helper, modelCalls: [] }
    known.modelCalls.push(each)
    found.set(helper.id, known)
  }
  return [...found.values()]
}

/** Puts a helper's events, on a line of their own, before its report, or behind the call without one. */
export function withHelper(
  events: readonly TraceEvent[],
  callId: string | null,
  own: readonly TraceEvent[]
): TraceEvent[] {
  const lane = lastLane(events) + 1
  const placeOf = (kind: TraceEvent['kind']): number =>
    callId === null
      ? -1
      : events.findLastIndex((each) => each.kind === kind && each.callId === callId)
  const report = placeOf('tool-result')
  const call = placeOf('tool-call')
  const at = report !== -1 ? report : call !== -1 ? call + 1 : events.length
  return events.toSpliced(at, 0, ...own.map((each) => ({ ...each, lane })))
}
