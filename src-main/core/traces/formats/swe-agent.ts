// Trajectories of SWE-agent (.traj): thought, command and observation of every step.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { Outcome, TraceEvent, TraceFacts } from '../model/trace.ts'
import { areMessages, chatEvents } from './chat-events.ts'
import { goalKey } from './chat.ts'
import { knownFacts, nameOf, numberOf, usageOf } from './facts.ts'
import { onLane } from './lanes.ts'
import { outcomeOf } from './outcome.ts'
import { parseJson } from './parse-json.ts'
import {
  event,
  listOf,
  objectOf,
  textOf,
  type JsonObject,
  type ValueFormat
} from './trace-format.ts'

/** Files with "trajectory" (steps with action and observation) and "info". */
export const sweAgentFormat: ValueFormat = {
  id: 'swe-agent',
  name: 'SWE-agent trajectories',
  recognises(value) {
    const fields = objectOf(value)
    const first = objectOf(listOf(fields?.['trajectory'])?.[0])
    return first?.['action'] !== undefined && first['observation'] !== undefined
  },
  read(value, { number }) {
    const fields = objectOf(value)
    const steps = listOf(fields?.['trajectory'])
    if (fields === undefined || steps === undefined) return 'It holds no trajectory.'
    const info = objectOf(fields['info'])
    const warnings: string[] = []
    const opening = openingOf(fields['history'], warnings)
    const goal = opening.find(({ kind }) => kind === 'user')?.text ?? ''
    const name = textOf(fields['instance_id']) ?? textOf(fields['environment'])
    return [
      {
        id: name ?? String(number),
        task: { key: textOf(fields['instance_id']) ?? goalKey(goal), goal },
        trial: 0,
        outcome: outcomeOfRun(fields, info),
        reward: null,
        endReason: textOf(info?.['exit_status']) ?? null,
        events: [...opening, ...attemptEvents(fields, info, steps)],
        warnings,
        gold: null,
        marked: null,
        ...factsOf(fields, info, steps)
      }
    ]
  }
}

/** Whether the patch solves the issue is told elsewhere, if at all; without a patch it does not. */
function outcomeOfRun(fields: JsonObject, info: JsonObject | undefined): Outcome {
  const told = outcomeOf(fields['resolved'] ?? info?.['resolved'])
  const exit = nameOf(info?.['exit_status'])
  const isOver = exit !== undefined && !/submi/i.test(exit)
  return told === 'unknown' && isOver && nameOf(info?.['submission']) === undefined ? 'fail' : told
}

function factsOf(
  fields: JsonObject,
  info: JsonObject | undefined,
  steps: readonly JsonValue[]
): { facts?: TraceFacts } {
  const stats = objectOf(info?.['model_stats'])
  const replay = fields['replay_config']
  const config = objectOf(typeof replay === 'string' ? parseJson(replay) : replay)
  const model = objectOf(objectOf(config?.['agent'])?.['model'])
  const seconds = steps.flatMap((step) => numberOf(objectOf(step)?.['execution_time']) ?? [])
  return knownFacts({
    model: nameOf(model?.['name']),
    durationMs:
      seconds.length === 0 ? null : Math.round(1000 * seconds.reduce((sum, each) => sum + each, 0)),
    ...usageOf(stats),
    cost: numberOf(stats?.['instance_cost']),
    family: nameOf(fields['environment'])
  })
}

/** What was said before the first command: the system's words and the request. */
function openingOf(history: JsonValue | undefined, warnings: string[]): TraceEvent[] {
  const messages = listOf(history)
  if (messages === undefined || !areMessages(history)) return []
  const first = messages.findIndex((each) => objectOf(each)?.['role'] === 'assistant')
  return chatEvents(first === -1 ? messages : messages.slice(0, first), warnings)
}

/**
 * Steps of the attempt that counts. Where an issue was tried several times, the others are in the file,
 * too: each is a line of its own, in the order they were made.
 */
function attemptEvents(
  fields: JsonObject,
  info: JsonObject | undefined,
  steps: readonly JsonValue[]
): TraceEvent[] {
  const own = steps.flatMap((step) => stepEvents(objectOf(step)))
  const attempts = listOf(fields['attempts']) ?? []
  const best = numberOf(info?.['best_attempt_idx'])
  // Without its number it is not known which of them was taken.
  if (attempts.length < 2 || best === undefined || best >= attempts.length) return own
  let lanes = 0
  return attempts.flatMap((attempt, i) => {
    if (i === best) return own
    const tried = listOf(objectOf(attempt)?.['trajectory']) ?? []
    return onLane(
      tried.flatMap((step) => stepEvents(objectOf(step))),
      ++lanes
    )
  })
}

function stepEvents(step: JsonObject | undefined): TraceEvent[] {
  if (step === undefined) return []
  const thought = textOf(step['thought'])?.trim() ?? ''
  const action = textOf(step['action'])?.trim() ?? ''
  const observation = textOf(step['observation']) ?? ''
  const actor = 'agent'
  return [
    ...(thought === '' ? [] : [event('thought', thought, { actor })]),
    ...(action === ''
      ? [event('assistant', textOf(step['response']) ?? '', { actor })]
      : [
          event('tool-call', '', { actor, name: commandName(action), data: { command: action } }),
          event('tool-result', observation, { actor: 'tool', name: commandName(action) })
        ])
  ]
}

/** The program of a command line: "edit" of "edit 3:7". */
export function commandName(command: string): string {
  return /^[\w.-]+/.exec(command.trim())?.[0] ?? 'command'
}
