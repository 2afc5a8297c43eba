// Messages as LangChain writes them, in OpenAI's form: {"type": "human", "content": ...}, also inside
// of {"lc": 1, "id": [..., "HumanMessage"], "kwargs": {...}} or {"type": ..., "data": {...}}.
import type { JsonValue } from '../../../api/dto/common.ts'
import { listOf, objectOf, textOf, type JsonObject } from './trace-format.ts'

const roles: Readonly<Record<string, string>> = {
  human: 'user',
  humanmessage: 'user',
  ai: 'assistant',
  aimessage: 'assistant',
  aimessagechunk: 'assistant',
  system: 'system',
  systemmessage: 'system',
  tool: 'tool',
  toolmessage: 'tool',
  function: 'function',
  functionmessage: 'function'
}

/** Messages of inputs or outputs, however they are wrapped; empty when there are none. */
export function langChainMessages(value: JsonValue | undefined): JsonValue[] {
  const list = listOf(value)
  if (list !== undefined) return list.flatMap((each) => langChainMessages(each))
  const fields = objectOf(value)
  if (fields === undefined) return []
  const message = messageOf(fields)
  if (message !== undefined) return [message]
  for (const name of ['messages', 'generations', 'choices', 'message', 'output', 'input']) {
    const found = langChainMessages(fields[name])
    if (found.length > 0) return found
  }
  const text = textOf(fields['text'])
  return text === undefined ? [] : [{ role: 'assistant', content: text }]
}

function messageOf(fields: JsonObject): JsonValue | undefined {
  if (typeof fields['role'] === 'string') return fields
  const path = listOf(fields['id'])
  const inner = objectOf(fields['kwargs']) ?? objectOf(fields['data']) ?? fields
  const type = textOf(path?.at(-1)) ?? textOf(fields['type']) ?? textOf(inner['type']) ?? ''
  const role = Object.hasOwn(roles, type.toLowerCase()) ? roles[type.toLowerCase()] : undefined
  if (role === undefined || inner['content'] === undefined) return undefined
  const calls = listOf(inner['tool_calls']) ?? []
  return {
    role,
    content: inner['content'],
    ...(typeof inner['name'] === 'string' ? { name: inner['name'] } : {}),
    ...(typeof inner['tool_call_id'] === 'string' ? { tool_call_id: inner['tool_call_id'] } : {}),
    ...(inner['status'] === 'error' ? { is_error: true } : {}),
    ...(calls.length > 0 ? { tool_calls: [...calls] } : {})
  }
}
