// Steps of BrowserGym and AgentLab as JSON: one object a step, one a line or one an element, with what
// the agent saw, what it did and the reward. Their usual files are pickles, which are never opened.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceEvent, TraceRecord } from '../model/trace.ts'
import { goalKey } from './chat.ts'
import { fromDataAddress } from './content-parts.ts'
import { knownFacts, nameOf, numberOf } from './facts.ts'
import { outcomeOf } from './outcome.ts'
import { timeOf } from './times.ts'
import {
  event,
  listOf,
  objectOf,
  textOf,
  type JsonObject,
  type SpreadFormat
} from './trace-format.ts'

/** Values with "step", "obs" and "action"; lists of these, and objects with "steps". */
export const browserGymFormat: SpreadFormat = {
  id: 'browsergym',
  name: 'BrowserGym steps (JSON)',
  recognises: (value) => isStep(stepsOf(value)[0]) || isSummary(objectOf(value)),
  start() {
    const runs: { about: JsonObject; steps: JsonObject[] }[] = []
    let summary: JsonObject = {}
    return {
      add(value) {
        const fields = objectOf(value)
        if (fields !== undefined && isSummary(fields)) {
          summary = fields
          return runs.length > 0
            ? undefined
            : 'It is the summary of a run without its steps. Add a file with the steps.'
        }
        const steps = stepsOf(value).flatMap((each) => (isStep(each) ? [each] : []))
        if (steps.length === 0) return 'It is no step of BrowserGym.'
        for (const step of steps) {
          const last = runs.at(-1)
          const before = numberOf(last?.steps.at(-1)?.['step']) ?? -1
          // Steps count up from 0; a smaller number begins another attempt.
          if (last === undefined || (numberOf(step['step']) ?? before + 1) <= before)
            runs.push({ about: fields ?? {}, steps: [step] })
          else last.steps.push(step)
        }
        return undefined
      },
      end: () =>
        runs.map(({ about, steps }, number) =>
          recordOf(steps, runs.length === 1 ? { ...about, ...summary } : about, number)
        )
    }
  }
}

function stepsOf(value: JsonValue): (JsonObject | undefined)[] {
  const fields = objectOf(value)
  const list = listOf(value) ?? listOf(fields?.['steps']) ?? listOf(fields?.['steps_info'])
  return list === undefined ? [fields] : list.map((each) => objectOf(each))
}

function isStep(fields: JsonObject | undefined): fields is JsonObject {
  return (
    fields !== undefined &&
    fields['action'] !== undefined &&
    objectOf(fields['obs']) !== undefined &&
    (fields['step'] !== undefined || fields['reward'] !== undefined)
  )
}

function isSummary(fields: JsonObject | undefined): boolean {
  return fields?.['n_steps'] !== undefined && fields['cum_reward'] !== undefined
}

function recordOf(steps: readonly JsonObject[], about: JsonObject, number: number): TraceRecord {
  const rewards = steps.map((step) => numberOf(step['reward']) ?? 0)
  const reward = numberOf(about['cum_reward']) ?? rewards.reduce((sum, each) => sum + each, 0)
  const last = steps[steps.length - 1]
  const isOver =
    last['terminated'] === true || last['truncated'] === true || about['cum_reward'] !== undefined
  const goal = goalOf(steps)
  const name = nameOf(about['task_name']) ?? nameOf(objectOf(about['env_args'])?.['task_name'])
  const error = textOf(about['err_msg']) ?? textOf(objectOf(last['agent_info'])?.['err_msg'])
  const seed = numberOf(about['task_seed']) ?? numberOf(objectOf(about['env_args'])?.['task_seed'])
  const isPart = (numberOf(steps[0]['step']) ?? 0) > 0
  const events = steps.flatMap((step, i) => stepEvents(step, i === 0 ? goal : null))
  const [startedAt, endedAt] = [timeOfStep(steps[0]), timeOfStep(last)]
  return {
    id: textOf(about['exp_id']) ?? textOf(about['exp_name']) ?? String(number),
    task: {
      key: name === undefined ? goalKey(goal) : `${name}${seed === undefined ? '' : ` ${seed}`}`,
      goal
    },
    trial: 0,
    // A run that was stopped says nothing about success.
    outcome: reward > 0 || isOver ? outcomeOf(reward) : 'unknown',
    reward: isOver || reward > 0 ? reward : null,
    endReason: error ?? (last['truncated'] === true ? 'step limit' : null),
    events,
    warnings: isPart
      ? [
          'The file begins in the middle of the run: BrowserGym overwrites steps_info.json at every step.'
        ]
      : [],
    gold: null,
    marked: null,
    ...knownFacts({
      agent: nameOf(about['agent_name']) ?? nameOf(objectOf(about['agent_args'])?.['agent_name']),
      model: nameOf(about['model_name']),
      seed,
      family: name?.split('.')[0],
      startedAt,
      durationMs:
        startedAt !== null && endedAt !== null && endedAt > startedAt ? endedAt - startedAt : null
    })
  }
}

function timeOfStep(step: JsonObject): number | null {
  const times = objectOf(step['profiling'])
  return timeOf(times?.['agent_start']) ?? timeOf(times?.['env_start'])
}

function goalOf(steps: readonly JsonObject[]): string {
  for (const step of steps) {
    const obs = objectOf(step['obs'])
    const goal = textOf(obs?.['goal'])
    if (goal !== undefined && goal !== '') return goal
    const said = [
      ...(listOf(obs?.['chat_messages']) ?? []),
      ...(listOf(obs?.['goal_object']) ?? [])
    ]
    for (const each of said) {
      const message = objectOf(each)
      const text = textOf(message?.['message']) ?? textOf(message?.['text'])
      if (message?.['role'] !== 'assistant' && text !== undefined && text !== '') return text
    }
  }
  return ''
}

function stepEvents(step: JsonObject, goal: string | null): TraceEvent[] {
  const obs = objectOf(step['obs']) ?? {}
  const info = objectOf(step['agent_info'])
  const time = timeOfStep(step)
  const error = textOf(obs['last_action_error']) ?? ''
  const shot = fromDataAddress(textOf(obs['screenshot']) ?? '', 'screenshot')
  const page = [
    textOf(obs['url']) ?? '',
    textOf(obs['axtree_txt']) ?? textOf(obs['pruned_html']) ?? textOf(obs['dom_txt']) ?? ''
  ].filter((text) => text !== '')
  const thought = textOf(info?.['think']) ?? ''
  const action = textOf(step['action']) ?? ''
  const actor = 'agent'
  return [
    ...(goal === null || goal === '' ? [] : [event('user', goal, { actor: 'user', time })]),
    ...(error === '' ? [] : [event('tool-result', error, { actor: 'page', isError: true, time })]),
    ...(page.length === 0 && shot === undefined
      ? []
      : [
          event('observation', page.join('\n'), {
            actor: 'page',
            time,
            ...(shot === undefined ? {} : { attachments: [shot] })
          })
        ]),
    ...(thought === '' ? [] : [event('thought', thought, { actor, time })]),
    ...(action === ''
      ? []
      : [event('tool-call', '', { actor, time, name: verbOf(action), data: argumentsOf(action) })])
  ]
}

/** "click" of click('a51'). */
function verbOf(action: string): string {
  return /^\s*([A-Za-z_]\w*)\s*\(/.exec(action)?.[1] ?? 'act'
}

/** Arguments as they are written: they are Python and are not run. */
function argumentsOf(action: string): JsonValue {
  const plain = action.trim()
  const inside = /^[A-Za-z_]\w*\s*\(([\s\S]*)\)$/.exec(plain)
  const first = /^(['"])([^'"\\\n]{0,200})\1\s*(?:,\s*([\s\S]*))?$/.exec(inside?.[1] ?? '')
  if (first === null) return inside === null ? { code: plain } : { arguments: inside[1] }
  const rest = first.at(3)
  return rest === undefined ? { target: first[2] } : { target: first[2], arguments: rest }
}
