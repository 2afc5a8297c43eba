// Conversations as the chat site of OpenAI exports them: a "mapping" of messages with their parent and
// children. The way to "current_node" is what was kept; branches beside it were asked or answered
// anew and given up.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceEvent } from '../model/trace.ts'
import { goalKey } from './chat.ts'
import { knownFacts, nameOf, spanOfTimes } from './facts.ts'
import { orderLinked, type LinkedEntry } from './lanes.ts'
import { parseJson } from './parse-json.ts'
import { timeOf } from './times.ts'
import {
  event,
  listOf,
  objectOf,
  textOf,
  type JsonObject,
  type ValueFormat
} from './trace-format.ts'

/** Values with a "mapping" of nodes that have "children" and a "message". */
export const chatTreeFormat: ValueFormat = {
  id: 'chat-tree',
  name: 'Exported chats with branches',
  recognises: (value) => nodesOf(value) !== undefined,
  read(value, { number }) {
    const fields = objectOf(value)
    const nodes = nodesOf(value)
    if (fields === undefined || nodes === undefined) return 'It holds no messages.'
    const last = textOf(fields['current_node']) ?? nodes.at(-1)?.id ?? ''
    const events = orderLinked(nodes, last).flatMap(({ value: node, lane }) => {
      const read = messageEvents(objectOf(objectOf(node)?.['message']))
      return lane === 0 ? read : read.map((each) => ({ ...each, lane }))
    })
    const main = events.filter(({ lane }) => lane === undefined)
    const goal = main.find(({ kind }) => kind === 'user')?.text ?? ''
    const models = nodes.map(({ value: node }) =>
      nameOf(objectOf(objectOf(objectOf(node)?.['message'])?.['metadata'])?.['model_slug'])
    )
    return [
      {
        id: textOf(fields['conversation_id']) ?? textOf(fields['id']) ?? String(number),
        task: { key: goalKey(goal), goal },
        trial: 0,
        outcome: 'unknown',
        reward: null,
        endReason: null,
        events,
        warnings: [],
        gold: null,
        marked: null,
        ...knownFacts({ model: models.find((name) => name !== undefined), ...spanOfTimes(events) })
      }
    ]
  }
}

function nodesOf(value: JsonValue): LinkedEntry[] | undefined {
  const mapping = Object.entries(objectOf(objectOf(value)?.['mapping']) ?? {})
  if (mapping.length === 0) return undefined
  const isTree = mapping.slice(0, 3).every(([, each]) => {
    const node = objectOf(each)
    return listOf(node?.['children']) !== undefined && node?.['message'] !== undefined
  })
  if (!isTree) return undefined
  return mapping.map(([id, node]) => ({
    id,
    parent: textOf(objectOf(node)?.['parent']) ?? null,
    value: node
  }))
}

function messageEvents(message: JsonObject | undefined): TraceEvent[] {
  const author = objectOf(message?.['author'])
  const role = textOf(author?.['role'])
  if (message === undefined || role === undefined) return []
  const content = objectOf(message['content'])
  const text = wordsOf(content)
  const time = timeOf(message['create_time'])
  const name = nameOf(author?.['name']) ?? null
  if (role === 'tool') return [event('tool-result', text, { actor: 'tool', name, time })]
  if (role === 'user') return text === '' ? [] : [event('user', text, { actor: 'user', time })]
  if (role !== 'assistant') return text === '' ? [] : [event('system', text, { actor: role, time })]
  const actor = 'assistant'
  const type = textOf(content?.['content_type'])
  if (type === 'thoughts' || type === 'reasoning_recap')
    return text === '' ? [] : [event('thought', text, { actor, time })]
  const recipient = textOf(message['recipient']) ?? 'all'
  // What is said to somebody else than the person is a call of a tool.
  if (recipient === 'all') return [event('assistant', text, { actor, time })]
  const data = parseJson(text)
  const isArguments = typeof data === 'object' && data !== null
  return [
    event('tool-call', '', {
      ...{ actor, time, name: recipient },
      data: isArguments ? data : { text }
    })
  ]
}

function wordsOf(content: JsonObject | undefined): string {
  const parts = listOf(content?.['parts'])
  if (parts !== undefined)
    return parts
      .map((part) => textOf(part) ?? textOf(objectOf(part)?.['text']) ?? noteOf(part))
      .filter((part) => part !== '')
      .join('\n')
  const thoughts = (listOf(content?.['thoughts']) ?? []).map((each) => {
    const thought = objectOf(each)
    return textOf(thought?.['content']) ?? textOf(thought?.['summary']) ?? ''
  })
  return (
    textOf(content?.['text']) ??
    textOf(content?.['result']) ??
    textOf(content?.['content']) ??
    thoughts.filter((thought) => thought !== '').join('\n')
  )
}

/** Pictures and files lie beside the export; their names stay. */
function noteOf(part: JsonValue): string {
  const fields = objectOf(part)
  const type = textOf(fields?.['content_type'])
  if (type === undefined) return ''
  return `[${[type, textOf(fields?.['asset_pointer']) ?? ''].join(' ').trim()}]`
}
