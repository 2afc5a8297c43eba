// Results of tau2-bench: one object with the tasks and the simulations of them, each with its messages
// and how it was judged. Users have tools there, too; what they do with them is no decision of the agent.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { GoldCall, TraceEvent, TraceRecord } from '../model/trace.ts'
import { chatEvents } from './chat-events.ts'
import { knownFacts, nameOf, numberOf } from './facts.ts'
import { outcomeOf } from './outcome.ts'
import { timeOf } from './times.ts'
import { listOf, objectOf, textOf, type JsonObject, type ValueFormat } from './trace-format.ts'

/** Files with "tasks" and "simulations" that name their task and hold messages. */
export const tau2BenchFormat: ValueFormat = {
  id: 'tau2-bench',
  name: 'tau2-bench results',
  recognises(value) {
    const fields = objectOf(value)
    const simulations = listOf(fields?.['simulations'])
    return (
      listOf(fields?.['tasks']) !== undefined &&
      simulations !== undefined &&
      simulations.length > 0 &&
      simulations.slice(0, 3).every(isSimulation)
    )
  },
  read(value) {
    const fields = objectOf(value)
    const simulations = listOf(fields?.['simulations'])
    if (fields === undefined || simulations === undefined) return 'It holds no simulations.'
    const tasks = new Map(
      (listOf(fields['tasks']) ?? []).flatMap((each): [string, JsonObject][] => {
        const task = objectOf(each)
        return task === undefined ? [] : [[String(task['id']), task]]
      })
    )
    const info = objectOf(fields['info'])
    return simulations.flatMap((each, i) => {
      const simulation = objectOf(each)
      if (simulation === undefined || !isSimulation(each)) return []
      return [recordOf(simulation, tasks.get(String(simulation['task_id'])), info, i)]
    })
  }
}

function isSimulation(value: JsonValue): boolean {
  const fields = objectOf(value)
  return (
    fields?.['task_id'] !== undefined &&
    listOf(fields['messages']) !== undefined &&
    fields['reward_info'] !== undefined
  )
}

function recordOf(
  simulation: JsonObject,
  task: JsonObject | undefined,
  info: JsonObject | undefined,
  number: number
): TraceRecord {
  const warnings: string[] = []
  const key = String(simulation['task_id'])
  const reward = numberOf(objectOf(simulation['reward_info'])?.['reward']) ?? null
  const seconds = numberOf(simulation['duration'])
  const agentCost = numberOf(simulation['agent_cost'])
  const userCost = numberOf(simulation['user_cost'])
  const agent = objectOf(info?.['agent_info'])
  return {
    id: textOf(simulation['id']) ?? `${key}-${number}`,
    task: { key, goal: goalOf(task) },
    trial: Math.max(0, Math.trunc(numberOf(simulation['trial']) ?? 0)),
    outcome: outcomeOf(reward),
    reward,
    endReason: nameOf(simulation['termination_reason']) ?? null,
    events: messagesOf(listOf(simulation['messages']) ?? [], warnings),
    warnings,
    gold: goldOf(task),
    marked: null,
    ...knownFacts({
      agent: nameOf(agent?.['implementation']),
      model: nameOf(agent?.['llm']),
      startedAt: timeOf(simulation['start_time']),
      durationMs: seconds === undefined ? null : Math.round(1000 * seconds),
      cost:
        agentCost === undefined && userCost === undefined
          ? null
          : (agentCost ?? 0) + (userCost ?? 0),
      seed: numberOf(simulation['seed']) ?? null,
      family: nameOf(objectOf(info?.['environment_info'])?.['domain_name'])
    })
  }
}

/** What the person wants, in the words of the task. */
function goalOf(task: JsonObject | undefined): string {
  const scenario = objectOf(task?.['user_scenario'])
  const given = scenario?.['instructions']
  if (typeof given === 'string') return given
  const instructions = objectOf(given)
  const parts = ['reason_for_call', 'task_instructions', 'known_info']
    .map((name) => textOf(instructions?.[name]) ?? '')
    .filter((text) => text !== '')
  const purpose = textOf(objectOf(task?.['description'])?.['purpose'])
  return parts.length > 0 ? parts.join('\n') : (purpose ?? textOf(task?.['ticket']) ?? '')
}

/** Calls of a right solution by the agent; those that the person should make are none of its. */
function goldOf(task: JsonObject | undefined): readonly GoldCall[] | null {
  const actions = listOf(objectOf(task?.['evaluation_criteria'])?.['actions'])
  if (actions === undefined) return null
  return actions.flatMap((each): GoldCall[] => {
    const action = objectOf(each)
    const name = textOf(action?.['name'])
    const isTheirs = (textOf(action?.['requestor']) ?? 'assistant') === 'assistant'
    return name === undefined || !isTheirs ? [] : [{ name, args: action?.['arguments'] ?? null }]
  })
}

function messagesOf(messages: readonly JsonValue[], warnings: string[]): TraceEvent[] {
  return messages.flatMap((each) => {
    const message = objectOf(each)
    // Answers to parallel calls may come as one message that holds them.
    const inner = listOf(message?.['tool_messages'])
    if (inner !== undefined) return messagesOf(inner, warnings)
    const isUsers = message?.['requestor'] === 'user' || message?.['role'] === 'user'
    const read = chatEvents([openAiMessage(message ?? {})], warnings)
    return isUsers ? read.map(asUsers) : read
  })
}

/** Calls and answers have fields of their own here. */
function openAiMessage(message: JsonObject): JsonValue {
  const isTool = message['role'] === 'tool'
  return {
    ...message,
    ...(isTool
      ? { tool_call_id: message['id'] ?? null, is_error: message['error'] === true, error: null }
      : {})
  }
}

/** What a person did with a tool of theirs: seen by the agent at most, and never its decision. */
function asUsers(made: TraceEvent): TraceEvent {
  if (made.kind !== 'tool-call' && made.kind !== 'tool-result') return made
  const what = made.kind === 'tool-call' ? JSON.stringify(made.data) : made.text
  return {
    ...made,
    kind: 'info',
    text: `${made.name ?? 'tool'}: ${what}`,
    ...{ name: null, callId: null, data: null, actor: 'user' }
  }
}
