// Trajectories of agents on web pages as WebArena and what was made after it write them as JSON: a list
// in which pages and actions take turns, with the task and its score beside it. The render files are
// pages for people and are not read.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceEvent } from '../model/trace.ts'
import { goalKey } from './chat.ts'
import { commonFacts } from './facts.ts'
import { outcomeOf } from './outcome.ts'
import {
  event,
  listOf,
  objectOf,
  textOf,
  type JsonObject,
  type ValueFormat
} from './trace-format.ts'

/** Values with a "trajectory" of pages ("observation") and actions ("action_type" or "raw_prediction"). */
export const webArenaFormat: ValueFormat = {
  id: 'web-arena',
  name: 'WebArena trajectories',
  recognises(value) {
    const list = listOf(objectOf(value)?.['trajectory'])
    const first = list?.slice(0, 4).map((each) => objectOf(each)) ?? []
    // In other forms a step holds both.
    const isMixed = first.some((each) => isPage(each) && isAction(each))
    return first.some(isPage) && first.some(isAction) && !isMixed
  },
  read(value, { number }) {
    const fields = objectOf(value)
    const list = listOf(fields?.['trajectory'])
    if (fields === undefined || list === undefined) return 'It holds no trajectory.'
    const config = objectOf(fields['config'])
    const goal = textOf(fields['intent']) ?? textOf(config?.['intent']) ?? ''
    const key = fields['task_id'] ?? config?.['task_id']
    const scored = fields['score'] ?? fields['reward'] ?? fields['success'] ?? fields['correct']
    const isKey = typeof key === 'string' || typeof key === 'number'
    return [
      {
        id: isKey ? String(key) : String(number),
        task: { key: isKey ? String(key) : goalKey(goal), goal },
        trial: 0,
        outcome: outcomeOf(scored),
        reward: typeof scored === 'number' ? scored : null,
        endReason: null,
        events: [
          ...(goal === '' ? [] : [event('user', goal, { actor: 'user' })]),
          ...list.flatMap((each) => entryEvents(objectOf(each)))
        ],
        warnings: [],
        gold: null,
        marked: null,
        ...commonFacts(fields)
      }
    ]
  }
}

function isPage(fields: JsonObject | undefined): boolean {
  return fields?.['observation'] !== undefined
}

function isAction(fields: JsonObject | undefined): boolean {
  return fields?.['action_type'] !== undefined || fields?.['raw_prediction'] !== undefined
}

function entryEvents(fields: JsonObject | undefined): TraceEvent[] {
  if (fields === undefined) return []
  return isPage(fields) ? [pageEvent(fields)] : isAction(fields) ? actionEvents(fields) : []
}

function pageEvent(fields: JsonObject): TraceEvent {
  const seen = fields['observation']
  // Pictures are arrays of numbers there, which say nothing as text.
  const text = textOf(seen) ?? textOf(objectOf(seen)?.['text']) ?? ''
  const url = textOf(objectOf(objectOf(fields['info'])?.['page'])?.['url']) ?? textOf(fields['url'])
  return event('observation', url === undefined ? text : `${url}\n${text}`, { actor: 'page' })
}

// Kinds of actions by the numbers that WebArena gives them.
const actionNames: readonly string[] = [
  ...['none', 'scroll', 'press', 'mouse_click', 'keyboard_type', 'mouse_hover', 'click', 'type'],
  ...['hover', 'page_focus', 'new_tab', 'go_back', 'go_forward', 'goto', 'page_close', 'check'],
  ...['select_option', 'stop']
]

function actionEvents(fields: JsonObject): TraceEvent[] {
  const actor = 'agent'
  const said = textOf(fields['raw_prediction'])?.trim() ?? ''
  const type = fields['action_type']
  const written = writtenAction(said)
  const numbered = typeof type === 'number' ? actionNames[type] : undefined
  const name = textOf(type)?.toLowerCase() ?? numbered ?? written?.verb ?? 'act'
  return [
    ...(said === '' ? [] : [event('thought', said, { actor })]),
    event('tool-call', '', { actor, name, data: dataOf(fields, written?.rest) })
  ]
}

/** The action between the marks in what a model wrote: "click [12]" of "...```click [12]```". */
function writtenAction(said: string): { verb: string; rest: string } | undefined {
  const inside = /```\s*([\s\S]*?)\s*```/.exec(said)?.[1] ?? (said.includes('\n') ? '' : said)
  const found = /^([a-z_]+)\b\s*([\s\S]*)$/i.exec(inside)
  return found === null ? undefined : { verb: found[1].toLowerCase(), rest: found[2] }
}

function dataOf(fields: JsonObject, rest: string | undefined): JsonValue {
  const told = ['element_id', 'text', 'url', 'answer', 'direction', 'key_comb', 'page_number']
  const known = Object.fromEntries(
    told.flatMap((name) => {
      const value = fields[name]
      const isTold = (typeof value === 'string' && value !== '') || typeof value === 'number'
      return isTold ? [[name, value]] : []
    })
  )
  return rest === undefined || rest === '' ? known : { ...known, given: rest }
}
