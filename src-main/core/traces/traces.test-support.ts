// Small traces for tests: one letter is one action.
import { plainRules, deriveTrace } from './model/derive-steps.ts'
import type { ArgumentRules } from './model/action-keys.ts'
import { event } from './formats/trace-format.ts'
import type { Outcome, Trace, TraceEvent, TraceRecord } from './model/trace.ts'

let made = 0

/** A record of events at the task "t". */
export function recordOf(events: readonly TraceEvent[], outcome: Outcome = 'fail'): TraceRecord {
  return {
    id: `trace ${made++}`,
    task: { key: 't', goal: 'do it' },
    trial: 0,
    outcome,
    reward: null,
    endReason: null,
    events,
    warnings: [],
    gold: null,
    marked: null
  }
}

/** A call with its answer. */
export function call(
  name: string,
  data: TraceEvent['data'] = {},
  answer = 'fine',
  isError = false
): TraceEvent[] {
  const callId = `call ${made++}`
  return [
    event('tool-call', '', { actor: 'assistant', name, callId, data }),
    event('tool-result', answer, { actor: 'tool', name, callId, isError })
  ]
}

/** A trace of calls. */
export function traceOf(
  events: readonly TraceEvent[],
  outcome: Outcome = 'fail',
  args: ArgumentRules = plainRules.arguments
): Trace {
  return deriveTrace(recordOf(events, outcome), { ...plainRules, arguments: args })
}

/** One read for each letter: "ABC" reads A, B and C. */
export function letters(text: string, outcome: Outcome = 'fail'): Trace {
  return traceOf(
    [...text].flatMap((letter) => call(`read_${letter}`, {}, `answer ${made++}`)),
    outcome
  )
}

/** Screens with an action between each two: "s1 s2 s1". */
export function screens(text: string): Trace {
  return traceOf(
    text
      .split(' ')
      .flatMap((screen, i) => [
        ...(i === 0
          ? []
          : [event('tool-call', '', { actor: 'assistant', name: 'click', data: { id: i } })]),
        event('observation', screen)
      ])
  )
}

/** Everything an iterable yields, in order. */
export async function allOf<T>(found: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const each of found) all.push(each)
  return all
}
