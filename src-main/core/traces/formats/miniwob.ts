// Demonstrations of MiniWoB++: states with the page and what the person did in it. Every act is stored
// before it took effect (phase 1) and after (phase 3); the page before is taken from the first.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceEvent } from '../model/trace.ts'
import { goalKey } from './chat.ts'
import { knownFacts, numberOf } from './facts.ts'
import { outcomeOf } from './outcome.ts'
import {
  event,
  listOf,
  objectOf,
  textOf,
  type JsonObject,
  type ValueFormat
} from './trace-format.ts'

/** Values with "taskName", "utterance" and "states" that hold a page each. */
export const miniWobFormat: ValueFormat = {
  id: 'miniwob',
  name: 'MiniWoB++ demonstrations',
  recognises(value) {
    const fields = objectOf(value)
    return (
      typeof fields?.['taskName'] === 'string' &&
      listOf(fields['states']) !== undefined &&
      fields['utterance'] !== undefined
    )
  },
  read(value, { number }) {
    const fields = objectOf(value)
    const states = listOf(fields?.['states'])
    if (fields === undefined || states === undefined) return 'It holds no states.'
    const name = textOf(fields['taskName']) ?? ''
    const goal = goalOf(fields['utterance'])
    const reward = numberOf(fields['rawReward']) ?? numberOf(fields['reward'])
    const times = states.flatMap((state) => numberOf(objectOf(state)?.['time']) ?? [])
    return [
      {
        id: `${name}-${number}`,
        task: { key: `${name}: ${goal.length <= 200 ? goal : goalKey(goal)}`, goal },
        trial: 0,
        outcome: outcomeOf(reward),
        reward: reward ?? null,
        endReason: null,
        events: [event('user', goal, { actor: 'user' }), ...eventsOf(states)],
        warnings: [],
        gold: null,
        marked: null,
        ...knownFacts({
          family: name,
          seed: numberOf(fields['seed']),
          durationMs: times.length > 1 ? times[times.length - 1] - times[0] : null
        })
      }
    ]
  }
}

/** Some tasks have fields beside the sentence. */
function goalOf(utterance: JsonValue | undefined): string {
  return textOf(utterance) ?? textOf(objectOf(utterance)?.['utterance']) ?? ''
}

function eventsOf(states: readonly JsonValue[]): TraceEvent[] {
  const events: TraceEvent[] = []
  let shown = ''
  const show = (page: string): void => {
    if (page === '' || page === shown) return
    events.push(event('observation', page, { actor: 'page' }))
    shown = page
  }
  for (const each of states) {
    const state = objectOf(each)
    const action = objectOf(state?.['action'])
    const page = screenOf(state?.['dom'])
    show(page)
    // Phase 3 is the same act once more, with the page as it left it.
    if (action === undefined || action['timing'] === 3) continue
    const type = textOf(action['type'])
    // A press of the mouse is half of a click, a release of a key says nothing more.
    if (type === undefined || ['mousedown', 'mouseup', 'keyup', 'scroll'].includes(type)) continue
    events.push(
      event('tool-call', '', {
        actor: 'agent',
        name: type,
        data: argumentsOf(action, state?.['dom'])
      })
    )
    // What follows is another page to look at, also when it shows the same.
    shown = ''
  }
  return events
}

function argumentsOf(action: JsonObject, dom: JsonValue | undefined): JsonValue {
  const target = targetOf(dom, 0)
  const { x, y, keyCode, charCode } = action
  return {
    ...(target === undefined ? {} : { target }),
    ...(x === undefined || y === undefined ? {} : { x, y }),
    ...(keyCode === undefined ? {} : { keyCode }),
    ...(charCode === undefined ? {} : { charCode })
  }
}

const deepest = 100

/** What was acted on carries a mark. */
function targetOf(value: JsonValue | undefined, depth: number): string | undefined {
  const node = objectOf(value)
  if (node === undefined || depth > deepest) return undefined
  if (node['recordingTarget'] !== undefined && node['recordingTarget'] !== false)
    return lineOf(node)
  for (const child of listOf(node['children']) ?? []) {
    const found = targetOf(child, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** A page in lines: the leaves of its tree with tag, id, class, value and text. */
function screenOf(dom: JsonValue | undefined): string {
  const lines: string[] = []
  const walk = (value: JsonValue, depth: number): void => {
    const node = objectOf(value)
    if (node === undefined || depth > deepest || lines.length >= 5000) return
    const children = listOf(node['children']) ?? []
    const line = children.length === 0 || depth === deepest ? lineOf(node) : ''
    if (line !== '') lines.push(line)
    for (const child of children) walk(child, depth + 1)
  }
  if (dom !== undefined) walk(dom, 0)
  return lines.join('\n')
}

function lineOf(node: JsonObject): string {
  const tag = (textOf(node['tag']) ?? 't').toLowerCase()
  const part = (name: string, value: JsonValue | undefined): string =>
    value === undefined || value === null || value === '' ? '' : ` ${name}=${JSON.stringify(value)}`
  const text = textOf(node['text'])?.trim() ?? ''
  return `${tag}${part('id', node['id'])}${part('class', node['classes'])}${part('value', node['value'])}${text === '' ? '' : ` ${text}`}`
}
