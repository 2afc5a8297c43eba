// Trajectories in ATIF (Harbor): steps with a source, tool calls and the results of these.
import type { TraceEvent } from '../model/trace.ts'
import { goalKey } from './chat.ts'
import { contentOf } from './content-parts.ts'
import { knownFacts, nameOf, numberOf, spanOfTimes } from './facts.ts'
import { lastLane, onLane } from './lanes.ts'
import { outcomeOf } from './outcome.ts'
import {
  event,
  listOf,
  objectOf,
  textOf,
  type JsonObject,
  type ValueFormat
} from './trace-format.ts'

/** Files with a "schema_version" of ATIF. */
export const atifFormat: ValueFormat = {
  id: 'atif',
  name: 'ATIF trajectories',
  recognises: (value) =>
    textOf(objectOf(value)?.['schema_version'])?.startsWith('ATIF') === true &&
    listOf(objectOf(value)?.['steps']) !== undefined,
  read(value, { number }) {
    const fields = objectOf(value)
    const steps = listOf(fields?.['steps'])
    if (fields === undefined || steps === undefined) return 'It holds no steps.'
    const events = trajectoryEvents(fields, 0)
    const goal = events.find(({ kind }) => kind === 'user')?.text ?? ''
    const extra = objectOf(fields['extra'])
    const agent = objectOf(fields['agent'])
    const metrics = objectOf(fields['final_metrics'])
    return [
      {
        id: textOf(fields['session_id']) ?? String(number),
        task: { key: textOf(extra?.['task_id']) ?? goalKey(goal), goal },
        trial: typeof extra?.['trial'] === 'number' ? extra['trial'] : 0,
        outcome: outcomeOf(extra?.['outcome'] ?? extra?.['reward']),
        reward: typeof extra?.['reward'] === 'number' ? extra['reward'] : null,
        endReason: null,
        events,
        warnings: [],
        gold: null,
        marked: null,
        ...knownFacts({
          agent: nameOf(agent?.['name']),
          model: nameOf(agent?.['model_name']),
          ...spanOfTimes(events),
          tokensIn: numberOf(metrics?.['total_prompt_tokens']),
          tokensOut: numberOf(metrics?.['total_completion_tokens']),
          cost: numberOf(metrics?.['total_cost_usd'])
        })
      }
    ]
  }
}

/** Trajectories inside of others are read this deep. */
const mostNested = 20

/** Events of a trajectory; those of its helpers are lines of their own, in front of their report. */
function trajectoryEvents(fields: JsonObject, depth: number): TraceEvent[] {
  const helpers = new Map(
    (listOf(fields['subagent_trajectories']) ?? []).flatMap((each) => {
      const helper = objectOf(each)
      const ids = [textOf(helper?.['trajectory_id']), textOf(helper?.['session_id'])]
      return ids.flatMap((id): [string, JsonObject][] =>
        id === undefined || helper === undefined ? [] : [[id, helper]]
      )
    })
  )
  let lanes = 0
  const events: TraceEvent[] = []
  for (const each of listOf(fields['steps']) ?? []) {
    const step = objectOf(each)
    const own = stepEvents(step)
    const firstResult = own.findIndex(({ kind }) => kind === 'tool-result')
    const called = depth >= mostNested ? [] : [...calledHelpers(step, helpers)]
    const inside = called.flatMap((helper) => {
      const made = onLane(trajectoryEvents(helper, depth + 1), lanes + 1)
      lanes = Math.max(lanes, lastLane(made))
      // Two steps may name one helper; it worked once.
      for (const [id, known] of helpers) if (known === helper) helpers.delete(id)
      return made
    })
    events.push(...own.toSpliced(firstResult === -1 ? own.length : firstResult, 0, ...inside))
  }
  return events
}

/** Helpers of which a step holds a report. */
function calledHelpers(
  step: JsonObject | undefined,
  helpers: ReadonlyMap<string, JsonObject>
): ReadonlySet<JsonObject> {
  const results = listOf(objectOf(step?.['observation'])?.['results']) ?? []
  const refs = results.flatMap(
    (result) => listOf(objectOf(result)?.['subagent_trajectory_ref']) ?? []
  )
  const found = new Set<JsonObject>()
  for (const each of refs) {
    const ref = objectOf(each)
    const id = textOf(ref?.['trajectory_id']) ?? textOf(ref?.['session_id']) ?? ''
    const helper = helpers.get(id)
    if (helper !== undefined) found.add(helper)
  }
  return found
}

function stepEvents(step: JsonObject | undefined): TraceEvent[] {
  if (step === undefined) return []
  const source = textOf(step['source']) ?? 'agent'
  const time = Date.parse(textOf(step['timestamp']) ?? '')
  const more = { actor: source, time: Number.isFinite(time) ? time : null }
  const { text: said, attachments } = contentOf(step['message'])
  const files = attachments.length > 0 ? { attachments } : {}
  if (source !== 'agent')
    return [event(source === 'user' ? 'user' : 'system', said, { ...more, ...files })]
  const thought = textOf(step['reasoning_content']) ?? ''
  const events: TraceEvent[] = []
  if (thought !== '') events.push(event('thought', thought, more))
  if (said !== '') events.push(event('assistant', said, more))
  for (const each of listOf(step['tool_calls']) ?? []) {
    const call = objectOf(each)
    events.push(
      event('tool-call', '', {
        ...more,
        name: textOf(call?.['function_name']) ?? null,
        callId: textOf(call?.['tool_call_id']) ?? null,
        data: call?.['arguments'] ?? null
      })
    )
  }
  for (const each of listOf(objectOf(step['observation'])?.['results']) ?? []) {
    const result = objectOf(each)
    const content = contentOf(result?.['content'])
    events.push(
      event('tool-result', content.text, {
        ...more,
        ...(content.attachments.length > 0 ? { attachments: content.attachments } : {}),
        actor: 'tool',
        callId: textOf(result?.['source_call_id']) ?? null
      })
    )
  }
  return events
}
