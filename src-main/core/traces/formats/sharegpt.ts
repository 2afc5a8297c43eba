// Conversations in the ShareGPT form: turns with "from" and "value", calls of functions as JSON texts.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceEvent } from '../model/trace.ts'
import { goalKey } from './chat.ts'
import { commonFacts } from './facts.ts'
import { outcomeOf } from './outcome.ts'
import { parseJson } from './parse-json.ts'
import { event, listOf, objectOf, textOf, type ValueFormat } from './trace-format.ts'

const kinds: Readonly<Record<string, TraceEvent['kind']>> = {
  system: 'system',
  human: 'user',
  user: 'user',
  gpt: 'assistant',
  chatgpt: 'assistant',
  bing: 'assistant',
  bard: 'assistant',
  assistant: 'assistant',
  model: 'assistant',
  function_call: 'tool-call',
  tool_call: 'tool-call',
  observation: 'tool-result',
  function_response: 'tool-result',
  tool_response: 'tool-result',
  tool: 'tool-result'
}

/** Values with "conversations" of turns that have a "from" and a "value"; also bare lists of them. */
export const shareGptFormat: ValueFormat = {
  id: 'sharegpt',
  name: 'ShareGPT conversations',
  recognises: (value) => turnsOf(value) !== undefined,
  read(value, { number }) {
    const turns = turnsOf(value)
    if (turns === undefined) return 'It holds no turns with \u201Cfrom\u201D and \u201Cvalue\u201D.'
    const fields = objectOf(value) ?? {}
    const warnings: string[] = []
    const system = textOf(fields['system'])
    const events = [
      ...(system === undefined || system === ''
        ? []
        : [event('system', system, { actor: 'system' })]),
      ...turns.flatMap((turn, i) => turnEvents(turn, i, warnings))
    ]
    const goal = events.find(({ kind }) => kind === 'user')?.text ?? ''
    const scored = fields['outcome'] ?? fields['reward'] ?? fields['score'] ?? fields['success']
    return [
      {
        id:
          typeof fields['id'] === 'string' || typeof fields['id'] === 'number'
            ? String(fields['id'])
            : String(number),
        task: { key: textOf(fields['task_id']) ?? goalKey(goal), goal },
        trial: 0,
        outcome: outcomeOf(scored),
        reward: typeof scored === 'number' ? scored : null,
        endReason: null,
        events,
        warnings,
        gold: null,
        marked: null,
        ...commonFacts(fields)
      }
    ]
  }
}

function turnsOf(value: JsonValue): readonly JsonValue[] | undefined {
  const fields = objectOf(value)
  const list =
    listOf(value) ?? listOf(fields?.['conversations']) ?? listOf(fields?.['conversation'])
  const isTurns =
    list !== undefined &&
    list.length > 0 &&
    list.slice(0, 3).every((turn) => {
      const each = objectOf(turn)
      return typeof each?.['from'] === 'string' && each['value'] !== undefined
    })
  return isTurns ? list : undefined
}

function turnEvents(turn: JsonValue, i: number, warnings: string[]): TraceEvent[] {
  const fields = objectOf(turn)
  const from = textOf(fields?.['from'])
  if (from === undefined) {
    warnings.push(`Turn ${i + 1} says not who speaks and was left out.`)
    return []
  }
  const plain = from.toLowerCase()
  const kind = Object.hasOwn(kinds, plain) ? kinds[plain] : 'info'
  const value = fields?.['value'] ?? ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (kind !== 'tool-call')
    return [event(kind, text, { actor: kind === 'tool-result' ? 'tool' : from })]
  const made = typeof value === 'string' ? parseJson(value) : value
  const calls = (listOf(made) ?? [made]).flatMap((each) => {
    const call = objectOf(each)
    const name = textOf(call?.['name'])
    return name === undefined
      ? []
      : [{ name, data: call?.['arguments'] ?? call?.['parameters'] ?? null }]
  })
  if (calls.length === 0) {
    warnings.push(`The call of turn ${i + 1} is not valid JSON.`)
    return [event('tool-call', text, { actor: 'assistant', name: 'call' })]
  }
  return calls.map(({ name, data }) =>
    event('tool-call', '', {
      actor: 'assistant',
      name,
      data: typeof data === 'string' ? (parseJson(data) ?? data) : data
    })
  )
}
