// Steps from events: a step is one decision of an agent with all its parallel calls; what users and
// tools say in between are events. Results join their calls by id, else by order.
import type { JsonValue } from '../../../api/dto/common.ts'
import { actionKey, actionShape, plainArguments, type ArgumentRules } from './action-keys.ts'
import { effectsOf, type EffectRule } from './effects.ts'
import { readsAs } from './error-text.ts'
import { screenKey } from './screen-keys.ts'
import type {
  ActionStatus,
  Effect,
  Trace,
  TraceAction,
  TraceEvent,
  TraceRecord,
  TraceStep
} from './trace.ts'

/** How logs of a project are read. */
export interface DerivationRules {
  readonly effects: readonly EffectRule[]
  readonly arguments: ArgumentRules
}

/** Effects guessed, arguments as they are. */
export const plainRules: DerivationRules = { effects: [], arguments: plainArguments }

/** Verb of a turn that only says something. */
export const sayVerb = 'say'

/** A record with its steps. The same record and rules give the same steps. */
export function deriveTrace(record: TraceRecord, rules: DerivationRules): Trace {
  const effectOf = effectsOf(rules.effects)
  const { events } = record
  const results = joinResults(events)
  const screens = events.map((event) =>
    event.kind === 'observation' ? screenKey(event.text) : null
  )
  const hasScreens = screens.some((key) => key !== null)
  const steps = turnsOf(events).map(({ from, to }, index): TraceStep => {
    const calls = events
      .slice(from, to)
      .flatMap((event, i) => (event.kind === 'tool-call' ? [from + i] : []))
    const actions = calls.map((at) => callAction(events[at], results.get(at), effectOf, rules))
    const said = events
      .slice(from, to)
      .find(({ kind, text }) => kind === 'assistant' && text !== '')
    // A terminal may answer words that hold a program, without any call.
    const next = events.at(to)
    const reply = next?.kind === 'tool-result' && calls.length === 0 ? next : undefined
    return {
      index,
      from,
      to,
      actor: events[from].actor,
      actions: actions.length > 0 ? actions : said === undefined ? [] : [talk(said, reply)],
      before: hasScreens ? (screens.slice(0, from).findLast((key) => key !== null) ?? null) : null,
      after: hasScreens ? (nextScreen(screens, to, events) ?? null) : null
    }
  })
  return { ...record, steps }
}

/** Turns of agents: consecutive thoughts, words and calls of one actor. */
function turnsOf(events: readonly TraceEvent[]): { from: number; to: number }[] {
  const turns: { from: number; to: number }[] = []
  let open: { from: number; to: number } | undefined
  events.forEach((event, at) => {
    const isTheirs =
      event.kind === 'assistant' || event.kind === 'thought' || event.kind === 'tool-call'
    if (!isTheirs) {
      if (event.kind !== 'info' && event.kind !== 'state') open = undefined
      return
    }
    // Words after words, or after a call, are the next decision; calls belong to what was said before.
    const isNext =
      open === undefined ||
      events[open.from].actor !== event.actor ||
      laneOf(events[open.from]) !== laneOf(event) ||
      (event.kind !== 'tool-call' &&
        events.slice(open.from, at).some(({ kind }) => kind !== 'thought'))
    if (isNext) turns.push((open = { from: at, to: at + 1 }))
    else if (open !== undefined) open.to = at + 1
  })
  return turns
}

/** The result of each call, by the position of the call. Ids may repeat in a log: each result is used once. */
export function joinResults(events: readonly TraceEvent[]): Map<number, TraceEvent> {
  const joined = new Map<number, TraceEvent>()
  const open: number[] = []
  events.forEach((event, at) => {
    if (event.kind === 'tool-call') open.push(at)
    if (event.kind !== 'tool-result') return
    // What a helper calls is answered to the helper, whatever ids say.
    const own = open.filter((call) => laneOf(events[call]) === laneOf(event))
    const byId =
      event.callId === null ? undefined : own.find((call) => events[call].callId === event.callId)
    // An id that no open call has still answers the oldest one: ids of some logs do not match.
    const call = byId ?? own.at(0)
    if (call === undefined) return
    open.splice(open.indexOf(call), 1)
    joined.set(call, event)
  })
  return joined
}

/** Line of an event: 0 for the main one. */
export function laneOf({ lane = 0 }: TraceEvent): number {
  return lane
}

function nextScreen(
  screens: readonly (string | null)[],
  to: number,
  events: readonly TraceEvent[]
): string | undefined {
  for (let at = to; at < screens.length; at++) {
    const key = screens[at]
    if (key !== null) return key
    if (events[at].kind === 'assistant' || events[at].kind === 'tool-call') return undefined
  }
  return undefined
}

function callAction(
  { name, data }: TraceEvent,
  result: TraceEvent | undefined,
  effectOf: (verb: string) => Effect,
  rules: DerivationRules
): TraceAction {
  const verb = name ?? 'call'
  const args: JsonValue = data
  return {
    verb,
    args,
    key: actionKey(verb, args, rules.arguments),
    shape: actionShape(verb, args),
    effect: effectOf(verb),
    result: result?.text ?? null,
    status: statusOf(result)
  }
}

function statusOf(result: TraceEvent | undefined): ActionStatus {
  if (result === undefined) return 'none'
  return result.isError ? 'error' : readsAs(result.text)
}

function talk({ text }: TraceEvent, reply: TraceEvent | undefined): TraceAction {
  const args = { text }
  return {
    verb: sayVerb,
    args,
    key: actionKey(sayVerb, args, plainArguments),
    shape: sayVerb,
    effect: reply === undefined ? 'talk' : 'unknown',
    result: reply?.text ?? null,
    status: statusOf(reply)
  }
}
