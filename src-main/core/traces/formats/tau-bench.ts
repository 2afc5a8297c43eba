// Results of tau-bench (Yao et al. 2024; MIT licence): a list of attempts with reward, conversation
// and the calls a right solution makes.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { GoldCall } from '../model/trace.ts'
import { areMessages, chatEvents } from './chat-events.ts'
import { outcomeOf } from './outcome.ts'
import { listOf, objectOf, textOf, type JsonObject, type ValueFormat } from './trace-format.ts'

/** tau-bench result files. */
export const tauBenchFormat: ValueFormat = {
  id: 'tau-bench',
  name: 'tau-bench results',
  // Prices of flights and goods follow from what is chosen; agents repeat them with and without.
  volatile: ['price'],
  recognises(value) {
    const fields = objectOf(value)
    return (
      fields !== undefined &&
      fields['task_id'] !== undefined &&
      areMessages(fields['traj']) &&
      objectOf(fields['info']) !== undefined
    )
  },
  read(value) {
    const fields = objectOf(value)
    const messages = listOf(fields?.['traj'])
    if (fields === undefined || messages === undefined) return 'It holds no conversation.'
    const task = objectOf(objectOf(fields['info'])?.['task'])
    const warnings: string[] = []
    const key = String(fields['task_id'])
    const trial = typeof fields['trial'] === 'number' ? fields['trial'] : 0
    const reward = typeof fields['reward'] === 'number' ? fields['reward'] : null
    return [
      {
        id: `${key}-${trial}`,
        task: { key, goal: textOf(task?.['instruction']) ?? '' },
        trial,
        outcome: outcomeOf(fields['reward']),
        reward,
        endReason: null,
        events: chatEvents(messages, warnings),
        warnings,
        gold: goldOf(task),
        marked: null
      }
    ]
  }
}

function goldOf(task: JsonObject | undefined): readonly GoldCall[] | null {
  const calls = listOf(task?.['actions'])
  if (calls === undefined) return null
  return calls.flatMap((each): GoldCall[] => {
    const call = objectOf(each)
    const name = textOf(call?.['name'])
    const args: JsonValue = call?.['kwargs'] ?? call?.['arguments'] ?? null
    return name === undefined ? [] : [{ name, args }]
  })
}
