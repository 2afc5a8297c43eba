// Who&When (Zhang et al. 2025; MIT licence): failed runs of teams of agents, each with the turn that
// people marked as the decisive mistake. Every turn is an entry of "history", counted from 0.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceEvent } from '../model/trace.ts'
import { goalKey } from './chat.ts'
import { outcomeOf } from './outcome.ts'
import { event, listOf, objectOf, textOf, type ValueFormat } from './trace-format.ts'

/** Logs with "history", "mistake_agent" and "mistake_step". */
export const whoAndWhenFormat: ValueFormat = {
  id: 'who-and-when',
  name: 'Who&When logs',
  recognises(value) {
    const fields = objectOf(value)
    return listOf(fields?.['history']) !== undefined && fields?.['mistake_step'] !== undefined
  },
  read(value, { number }) {
    const fields = objectOf(value)
    const history = listOf(fields?.['history'])
    if (fields === undefined || history === undefined) return 'It holds no history.'
    const goal = textOf(fields['question']) ?? ''
    const step = Number(fields['mistake_step'])
    const isKnown = Number.isInteger(step) && step >= 0 && step < history.length
    return [
      {
        id: textOf(fields['question_ID']) ?? String(number),
        task: { key: textOf(fields['question_ID']) ?? goalKey(goal), goal },
        trial: 0,
        outcome: outcomeOf(fields['is_correct'] ?? fields['is_corrected'] ?? false),
        reward: null,
        endReason: null,
        events: history.map((turn) => turnEvent(turn)),
        warnings: isKnown ? [] : ['The marked step is not a turn of the log.'],
        gold: null,
        marked: isKnown
          ? {
              event: step,
              actor: textOf(fields['mistake_agent']) ?? null,
              reason: textOf(fields['mistake_reason']) ?? ''
            }
          : null
      }
    ]
  }
}

/** One event for each turn, so that the marked step keeps its number. */
function turnEvent(value: JsonValue): TraceEvent {
  const turn = objectOf(value)
  const role = textOf(turn?.['role']) ?? ''
  const actor = textOf(turn?.['name']) ?? role
  const content = turn?.['content'] ?? ''
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  if (/^human$/i.test(actor)) return event('user', text, { actor })
  // A terminal answers; it decides nothing.
  if (/terminal|executor$/i.test(actor)) return event('tool-result', text, { actor, name: actor })
  return event('assistant', text, { actor })
}
