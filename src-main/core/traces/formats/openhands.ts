// Runs of OpenHands: one a line with its history of actions and observations.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceEvent, TraceFacts } from '../model/trace.ts'
import { goalKey } from './chat.ts'
import { fromDataAddress } from './content-parts.ts'
import { addUsage, knownFacts, nameOf, numberOf, spanOfTimes, usageOf } from './facts.ts'
import { outcomeOf } from './outcome.ts'
import {
  event,
  listOf,
  objectOf,
  textOf,
  type JsonObject,
  type SpreadFormat,
  type ValueFormat
} from './trace-format.ts'

// What the scaffold adds to arguments; it does not tell calls apart.
const volatile = ['security_risk', 'confirmation_state', 'hidden', 'keep_prompt', 'blocking']

/** Lines with "history" of events that have a source and an action or an observation. */
export const openHandsFormat: ValueFormat = {
  id: 'openhands',
  name: 'OpenHands runs',
  volatile,
  recognises(value) {
    const history = listOf(objectOf(value)?.['history'])
    return history !== undefined && flat(history).slice(0, 3).some(isEvent)
  },
  read(value, { number }) {
    const fields = objectOf(value)
    const history = listOf(fields?.['history'])
    if (fields === undefined || history === undefined) return 'It holds no history.'
    const goal = textOf(fields['instruction']) ?? ''
    const result = objectOf(fields['test_result'])
    const report = objectOf(result?.['report'])
    const key = textOf(fields['instance_id'])
    const events = withDelegates(flat(history).flatMap((each) => eventsOf(objectOf(each))))
    return [
      {
        id: key ?? String(number),
        task: { key: key ?? goalKey(goal), goal },
        trial: 0,
        outcome: outcomeOf(
          fields['resolved'] ?? report?.['resolved'] ?? result?.['resolved'] ?? fields['success']
        ),
        reward: null,
        endReason: textOf(fields['error']) ?? null,
        events,
        warnings: [],
        gold: null,
        marked: null,
        ...factsOf(fields, events)
      }
    ]
  }
}

/** The list of events that the window of OpenHands saves: one attempt, an event an element. */
export const openHandsEventsFormat: SpreadFormat = {
  id: 'openhands-events',
  name: 'OpenHands event lists',
  volatile,
  recognises: (value) =>
    isEvent(value) &&
    ['user', 'agent', 'environment'].includes(String(objectOf(value)?.['source'])),
  start() {
    const read: TraceEvent[] = []
    let id = ''
    return {
      add(value) {
        if (!isEvent(value)) return 'It is no event of OpenHands.'
        const fields = objectOf(value)
        id = id === '' ? (textOf(fields?.['session_id']) ?? '') : id
        read.push(...eventsOf(fields))
        return undefined
      },
      end() {
        const events = withDelegates(read)
        const goal = events.find(({ kind }) => kind === 'user')?.text ?? ''
        return [
          {
            id: id === '' ? '0' : id,
            task: { key: goalKey(goal), goal },
            trial: 0,
            outcome: 'unknown',
            reward: null,
            endReason: null,
            events,
            warnings: [],
            gold: null,
            marked: null,
            ...knownFacts(spanOfTimes(events))
          }
        ]
      }
    }
  }
}

function factsOf(fields: JsonObject, events: readonly TraceEvent[]): { facts?: TraceFacts } {
  const metrics = objectOf(fields['metrics'])
  const metadata = objectOf(fields['metadata'])
  const calls = (listOf(metrics?.['token_usages']) ?? []).map((each) => usageOf(each))
  const total = usageOf(metrics?.['accumulated_token_usage'])
  return knownFacts({
    agent: nameOf(metadata?.['agent_class']),
    model: nameOf(objectOf(metadata?.['llm_config'])?.['model']),
    ...spanOfTimes(events),
    ...(total.tokensIn === null ? addUsage(calls) : total),
    cost: numberOf(metrics?.['accumulated_cost']),
    family: nameOf(metadata?.['dataset'])
  })
}

/** What an agent does that another one called, up to its report, is a line of its own. */
function withDelegates(events: readonly TraceEvent[]): TraceEvent[] {
  const open: number[] = []
  let lanes = 0
  return events.map((each) => {
    const isReport = each.kind === 'tool-result' && each.name === 'delegate'
    if (isReport) open.pop()
    const lane = open.at(-1)
    if (each.kind === 'tool-call' && each.name === 'delegate') open.push(++lanes)
    return lane === undefined ? each : { ...each, lane }
  })
}

/** Older files hold pairs of action and observation. */
function flat(history: readonly JsonValue[]): readonly JsonValue[] {
  return history.flatMap((each) => (Array.isArray(each) ? each : [each]))
}

function isEvent(value: JsonValue): boolean {
  const fields = objectOf(value)
  return (
    typeof fields?.['source'] === 'string' &&
    (fields['action'] !== undefined || fields['observation'] !== undefined)
  )
}

function eventsOf(fields: JsonObject | undefined): TraceEvent[] {
  if (fields === undefined) return []
  const actor = textOf(fields['source']) ?? null
  const time = timeOf(fields['timestamp'])
  const action = textOf(fields['action'])
  const observation = textOf(fields['observation'])
  if (observation !== undefined) {
    const extras = objectOf(fields['extras'])
    const exit = objectOf(extras?.['metadata'])?.['exit_code'] ?? extras?.['exit_code']
    const shot = fromDataAddress(textOf(extras?.['screenshot']) ?? '', 'screenshot')
    return [
      event('tool-result', textOf(fields['content']) ?? '', {
        actor: 'tool',
        name: observation,
        callId: idOf(fields['cause']),
        isError: observation === 'error' || (typeof exit === 'number' && exit > 0),
        time,
        ...(shot === undefined ? {} : { attachments: [shot] })
      })
    ]
  }
  if (action === undefined) return []
  const args = objectOf(fields['args'])
  const words = textOf(args?.['content']) ?? textOf(fields['message']) ?? ''
  if (actor === 'user') return [event('user', words, { actor, time })]
  if (actor === 'environment' || action === 'system') return [event('info', words, { actor, time })]
  if (action === 'message') return [event('assistant', words, { actor, time })]
  const thought = textOf(args?.['thought']) ?? ''
  if (action === 'think') return [event('thought', thought, { actor, time })]
  return [
    ...(thought === '' ? [] : [event('thought', thought, { actor, time })]),
    event('tool-call', '', {
      actor,
      name: action,
      callId: idOf(fields['id']),
      data: withoutThought(args),
      time
    })
  ]
}

function withoutThought(args: JsonObject | undefined): JsonValue {
  if (args === undefined) return null
  return Object.fromEntries(Object.entries(args).filter(([name]) => name !== 'thought'))
}

function idOf(value: JsonValue | undefined): string | null {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : null
}

function timeOf(value: JsonValue | undefined): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isFinite(time) ? time : null
}
