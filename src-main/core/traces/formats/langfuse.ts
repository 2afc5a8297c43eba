// Traces as Langfuse exports them, each with its observations and scores.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceRecord } from '../model/trace.ts'
import { goalKey } from './chat.ts'
import { createConversation } from './conversation.ts'
import { addUsage, knownFacts, nameOf, numberOf, usageOf } from './facts.ts'
import { langChainMessages } from './langchain-messages.ts'
import { outcomeOf } from './outcome.ts'
import { parseJson } from './parse-json.ts'
import { timeOf } from './times.ts'
import { listOf, objectOf, textOf, type JsonObject, type ValueFormat } from './trace-format.ts'

/** Values with "observations" that have a type and a start. */
export const langfuseFormat: ValueFormat = {
  id: 'langfuse',
  name: 'Langfuse traces',
  recognises(value) {
    const observations = observationsOf(value)
    return observations.length > 0 && observations.slice(0, 3).every(isObservation)
  },
  read(value, { number }) {
    const fields = objectOf(value)
    const observations = observationsOf(value).filter(isObservation)
    if (fields === undefined || observations.length === 0) return 'It holds no observations.'
    return [recordOf(fields, observations, number)]
  }
}

function observationsOf(value: JsonValue): JsonObject[] {
  return (listOf(objectOf(value)?.['observations']) ?? [])
    .map((each) => objectOf(each))
    .filter((each) => each !== undefined)
}

function isObservation(fields: JsonObject): boolean {
  return (
    typeof fields['type'] === 'string' &&
    (fields['startTime'] !== undefined || fields['start_time'] !== undefined)
  )
}

function startOf(fields: JsonObject): number | null {
  return timeOf(fields['startTime'] ?? fields['start_time'])
}

function recordOf(
  fields: JsonObject,
  observations: readonly JsonObject[],
  number: number
): TraceRecord {
  const sorted = observations.toSorted((a, b) => (startOf(a) ?? 0) - (startOf(b) ?? 0))
  const talk = createConversation()
  const calls: JsonObject[] = []
  for (const each of sorted) {
    const type = String(each['type']).toUpperCase()
    if (type === 'GENERATION') {
      calls.push(each)
      talk.addModelCall(
        [...saidIn(each['input'], 'user'), ...saidIn(each['output'], 'assistant')],
        startOf(each)
      )
    } else if (type === 'TOOL')
      talk.addToolCall({
        name: textOf(each['name']) ?? 'tool',
        callId: textOf(objectOf(each['metadata'])?.['tool_call_id']) ?? null,
        args: each['input'] ?? null,
        result: each['output'] ?? null,
        isError: each['level'] === 'ERROR',
        time: startOf(each)
      })
  }
  const { events, warnings } = talk
  const goal = events.find(({ kind }) => kind === 'user')?.text ?? ''
  const score = objectOf(listOf(fields['scores'])?.[0])
  const scored = score?.['value'] ?? score?.['stringValue']
  const ends = sorted.flatMap((each) => timeOf(each['endTime'] ?? each['end_time']) ?? [])
  const startedAt = timeOf(fields['timestamp']) ?? startOf(sorted[0])
  const endedAt = ends.reduce((a, b) => Math.max(a, b), 0)
  return {
    id: textOf(fields['id']) ?? String(number),
    task: { key: nameOf(objectOf(fields['metadata'])?.['task_id']) ?? goalKey(goal), goal },
    trial: 0,
    outcome: outcomeOf(scored),
    reward: typeof scored === 'number' ? scored : null,
    endReason: textOf(sorted.findLast(({ level }) => level === 'ERROR')?.['statusMessage']) ?? null,
    events,
    warnings,
    gold: null,
    marked: null,
    ...knownFacts({
      agent: nameOf(fields['name']),
      model: nameOf(calls.find(({ model }) => typeof model === 'string')?.['model']),
      startedAt,
      durationMs: startedAt !== null && endedAt > startedAt ? endedAt - startedAt : null,
      ...addUsage(calls.map((each) => usageOf(each['usage'] ?? each['usageDetails']))),
      cost: numberOf(fields['totalCost'])
    })
  }
}

/** Messages of an input or output; a bare text is one message of the side it stands on. */
function saidIn(value: JsonValue | undefined, role: string): JsonValue[] {
  const parsed = typeof value === 'string' ? parseJson(value) : value
  const messages = langChainMessages(parsed)
  if (messages.length > 0) return messages
  return typeof value === 'string' && value !== '' ? [{ role, content: value }] : []
}
