// Logs of Inspect AI: a .json log with its samples, or the samples of a .eval archive. Long texts stand
// once among the attachments and are put back where they are named; newer logs hold the messages of
// calls once in a pool.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { Outcome, TraceEvent, TraceFacts, TraceRecord } from '../model/trace.ts'
import { areMessages, chatEvents } from './chat-events.ts'
import { goalKey } from './chat.ts'
import { createConversation } from './conversation.ts'
import { addUsage, knownFacts, nameOf, numberOf, usageOf } from './facts.ts'
import { helperSpans, withHelper } from './inspect-lines.ts'
import { outcomeOf } from './outcome.ts'
import { timeOf } from './times.ts'
import {
  event,
  listOf,
  objectOf,
  textOf,
  type JsonObject,
  type ValueFormat
} from './trace-format.ts'

/** Logs with "samples", or one sample. */
export const inspectFormat: ValueFormat = {
  id: 'inspect',
  name: 'Inspect logs',
  recognises(value) {
    const fields = objectOf(value)
    if (fields === undefined) return false
    return (
      isSample(fields) ||
      (objectOf(fields['eval']) !== undefined && fields['version'] !== undefined)
    )
  },
  read(value) {
    const fields = objectOf(value)
    if (fields === undefined) return 'It holds no log.'
    if (isSample(fields)) return [sampleRecord(fields, undefined)]
    const about = objectOf(fields['eval'])
    const found = (listOf(fields['samples']) ?? []).flatMap((each) => {
      const sample = objectOf(each)
      return sample === undefined || !isSample(sample) ? [] : [sampleRecord(sample, about)]
    })
    return found.length > 0 ? found : 'The log holds no samples.'
  }
}

function isSample(fields: JsonObject): boolean {
  return (
    fields['epoch'] !== undefined &&
    fields['id'] !== undefined &&
    (Array.isArray(fields['messages']) || Array.isArray(fields['events']))
  )
}

function sampleRecord(given: JsonObject, about: JsonObject | undefined): TraceRecord {
  const attachments = objectOf(given['attachments']) ?? {}
  const warnings: string[] = []
  // Attachments stand in what is read here only; events are megabytes and are seldom needed.
  const part = (name: string): JsonValue => withAttachments(given[name] ?? null, attachments)
  const messages = listOf(part('messages')) ?? []
  const input = part('input')
  const goal = textOf(input) ?? lastUserText(input)
  const scores = objectOf(given['scores']) ?? {}
  const value = decisiveScore(scores)
  const key = String(given['id'])
  // Epochs are counted from 1.
  const trial = Math.max(0, (numberOf(given['epoch']) ?? 1) - 1)
  const events = eventsOf(given, messages, attachments, warnings)
  return {
    id: `${key}-${trial}`,
    task: { key: key === '' ? goalKey(goal) : key, goal },
    trial,
    outcome: scoreOutcome(value),
    reward: typeof value === 'number' ? value : null,
    endReason: limitOf(given),
    events: [...events, ...scoreEvents(withAttachments(scores, attachments))],
    warnings,
    gold: null,
    marked: null,
    ...factsOf(given, about)
  }
}

/** The first score that says how it went; several scorers may look at different things. */
function decisiveScore(scores: JsonObject): JsonValue | undefined {
  const values = Object.values(scores).map((score) => objectOf(score)?.['value'])
  return values.find((value) => scoreOutcome(value) !== 'unknown') ?? values[0]
}

/** "N" is an answer that was not given: Inspect counts it as wrong. */
function scoreOutcome(value: JsonValue | undefined): Outcome {
  return value === 'N' ? 'fail' : outcomeOf(value)
}

/** The conversation, and what helpers did that it called, each on a line of its own. */
function eventsOf(
  fields: JsonObject,
  messages: readonly JsonValue[],
  attachments: JsonObject,
  warnings: string[]
): readonly TraceEvent[] {
  const pool =
    listOf(fields['message_pool']) ?? listOf(objectOf(fields['events_data'])?.['messages']) ?? []
  const [main, ...helpers] = helperSpans(listOf(fields['events']) ?? [])
  const talkOf = (calls: readonly JsonObject[]): readonly TraceEvent[] =>
    fromModelCalls(calls, pool, attachments, warnings)
  let events = messages.length > 0 ? chatEvents(messages, warnings) : talkOf(main?.modelCalls ?? [])
  // Logs that stopped early hold no messages; those of their calls of models are put together.
  if (messages.length === 0 && events.length > 0)
    warnings.push('The log holds no conversation; it was put together from the calls of the model.')
  const said = new Set(messages.flatMap((each) => textOf(objectOf(each)?.['id']) ?? []))
  for (const { callId, modelCalls } of helpers) {
    // An agent that was handed the conversation speaks in it: its messages are there already.
    const isInMain = modelCalls.some((call) => said.has(textOf(answerOf(call)?.['id']) ?? ''))
    if (!isInMain) events = withHelper(events, callId, talkOf(modelCalls))
  }
  return events
}

/** What calls of models said to each other, each thing once. */
function fromModelCalls(
  calls: readonly JsonObject[],
  pool: readonly JsonValue[],
  attachments: JsonObject,
  warnings: string[]
): readonly TraceEvent[] {
  const talk = createConversation()
  for (const call of calls) {
    const refs = listOf(call['input_refs'])
    const said = refs === undefined ? (listOf(call['input']) ?? []) : fromPool(refs, pool)
    const answer = answerOf(call)
    const messages = answer === undefined ? said : [...said, answer]
    talk.addModelCall(
      listOf(withAttachments([...messages], attachments)) ?? [],
      timeOf(call['timestamp'])
    )
  }
  warnings.push(...talk.warnings)
  return talk.events
}

function answerOf(call: JsonObject): JsonObject | undefined {
  const choice = objectOf(listOf(objectOf(call['output'])?.['choices'])?.[0])
  return objectOf(choice?.['message'])
}

/** Messages that pairs of "from" and "to (not included)" stand for. */
function fromPool(refs: readonly JsonValue[], pool: readonly JsonValue[]): JsonValue[] {
  return refs.flatMap((each) => {
    const [from, to] = listOf(each) ?? []
    return typeof from === 'number' && typeof to === 'number' ? pool.slice(from, to) : []
  })
}

function scoreEvents(scores: JsonValue): TraceEvent[] {
  return Object.entries(objectOf(scores) ?? {}).flatMap(([name, each]) => {
    const score = objectOf(each)
    if (score === undefined) return []
    const value = score['value'] ?? null
    const parts = [
      `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
      textOf(score['answer']) ?? '',
      textOf(score['explanation']) ?? ''
    ]
    return [event('score', parts.filter((text) => text !== '').join('\n'), { actor: name })]
  })
}

function factsOf(fields: JsonObject, about: JsonObject | undefined): { facts?: TraceFacts } {
  const usage = Object.entries(objectOf(fields['model_usage']) ?? {})
  const seconds = numberOf(fields['total_time'])
  const started = timeOf(fields['started_at'])
  const ended = timeOf(fields['completed_at'])
  return knownFacts({
    model:
      nameOf(about?.['model']) ?? nameOf(objectOf(fields['output'])?.['model']) ?? usage[0]?.[0],
    agent: nameOf(about?.['solver']),
    family: nameOf(about?.['task']),
    startedAt: started,
    durationMs:
      seconds === undefined
        ? started !== null && ended !== null
          ? ended - started
          : null
        : Math.round(1000 * seconds),
    ...addUsage(usage.map(([, each]) => usageOf(each)))
  })
}

function limitOf(fields: JsonObject): string | null {
  const type = textOf(objectOf(fields['limit'])?.['type'])
  const error = textOf(objectOf(fields['error'])?.['message'])
  return type === undefined ? (error ?? null) : `${type} limit`
}

function lastUserText(input: JsonValue): string {
  if (!areMessages(input)) return ''
  return chatEvents(listOf(input) ?? [], []).findLast(({ kind }) => kind === 'user')?.text ?? ''
}

const attachment = /^attachment:\/\/(\S+)$/

/** A value with the texts that its attachments stand for. */
function withAttachments(value: JsonValue, attachments: JsonObject): JsonValue {
  if (typeof value === 'string') {
    const name = value.length < 200 ? attachment.exec(value)?.[1] : undefined
    return name !== undefined && Object.hasOwn(attachments, name) ? attachments[name] : value
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each) => withAttachments(each, attachments))
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withAttachments(each, attachments)])
  )
}
