// Conversations with tool calls, one a line or one an element: {"messages": [...]} or a bare list of
// messages. Task, trial and outcome are taken from the fields that logs usually have for them.
import { hash } from 'node:crypto'
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceEvent } from '../model/trace.ts'
import { areMessages, chatEvents } from './chat-events.ts'
import { commonFacts } from './facts.ts'
import { outcomeOf } from './outcome.ts'
import { listOf, objectOf, textOf, type JsonObject, type ValueFormat } from './trace-format.ts'

const messageFields = ['messages', 'conversation', 'conversations', 'traj', 'trajectory', 'history']
const outcomeFields = ['outcome', 'reward', 'score', 'success', 'passed', 'resolved', 'is_correct']
const taskFields = ['task_id', 'task', 'instance_id', 'question_id', 'problem_id']
const trialFields = ['trial', 'attempt', 'epoch', 'run']

/** OpenAI and Anthropic messages. */
export const chatFormat: ValueFormat = {
  id: 'chat',
  name: 'Conversations with tool calls',
  recognises: (value) => messagesOf(value) !== undefined,
  read(value, { number }) {
    const messages = messagesOf(value)
    if (messages === undefined) return 'It holds no list of messages.'
    const fields = objectOf(value) ?? {}
    const warnings: string[] = []
    const system = textOf(fields['system'])
    const events = chatEvents(
      system === undefined ? messages : [{ role: 'system', content: system }, ...messages],
      warnings
    )
    const goal = goalOf(fields, events)
    const scored = first(fields, outcomeFields)
    return [
      {
        id: idOf(fields) ?? String(number),
        task: { key: keyOf(fields) ?? goalKey(goal), goal },
        // Attempts without a number are counted as they come.
        trial: trialOf(fields) ?? 0,
        outcome: outcomeOf(scored),
        reward: typeof scored === 'number' ? scored : null,
        endReason: endReasonOf(fields),
        events,
        warnings,
        gold: null,
        marked: null,
        ...commonFacts(fields)
      }
    ]
  }
}

/** mini-SWE-agent writes it among its "info". */
function endReasonOf(fields: JsonObject): string | null {
  const places = [
    fields['end_reason'],
    fields['exit_status'],
    objectOf(fields['info'])?.['exit_status']
  ]
  return places.map((each) => textOf(each)).find((each) => each !== undefined) ?? null
}

/** Attempts at one task share their first request: case and white space aside. */
export function goalKey(goal: string): string {
  return hash('sha256', goal.toLowerCase().replaceAll(/\s+/g, ' ').trim()).slice(0, 16)
}

function messagesOf(value: JsonValue): readonly JsonValue[] | undefined {
  if (areMessages(value)) return listOf(value)
  const fields = objectOf(value)
  const name = messageFields.find((field) => areMessages(fields?.[field]))
  return name === undefined ? undefined : listOf(fields?.[name])
}

function first(fields: JsonObject, names: readonly string[]): JsonValue | undefined {
  const name = names.find((each) => fields[each] !== undefined && fields[each] !== null)
  return name === undefined ? undefined : fields[name]
}

function idOf(fields: JsonObject): string | undefined {
  return plain(first(fields, ['id', 'trace_id', 'session_id', 'uuid']))
}

function keyOf(fields: JsonObject): string | undefined {
  return plain(first(fields, taskFields))
}

function trialOf(fields: JsonObject): number | undefined {
  const trial = Number(plain(first(fields, trialFields)) ?? NaN)
  return Number.isInteger(trial) && trial >= 0 ? trial : undefined
}

function plain(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

function goalOf(fields: JsonObject, events: readonly TraceEvent[]): string {
  const named = textOf(first(fields, ['goal', 'instruction', 'question', 'prompt']))
  return named ?? events.find(({ kind }) => kind === 'user')?.text ?? ''
}
