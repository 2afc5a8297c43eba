// Checks a line against the chat form that OpenAI's fine-tuning takes, strictly: roles, calls with
// their answers, arguments, weights. What is wrong is said in sentences.
import type { JsonValue } from '../../../api/dto/common.ts'
import { listOf, objectOf, textOf, type JsonObject } from '../formats/trace-format.ts'

const roles = new Set(['system', 'user', 'assistant', 'tool'])
const messageKeys = new Set([
  ...['role', 'content', 'name', 'weight', 'train', 'reasoning_content'],
  ...['tool_calls', 'tool_call_id']
])

/** What is wrong with a line of sft.jsonl; empty when it is sound. */
export function validateSft(line: string): string[] {
  let value: JsonValue
  try {
    // JSON.parse gives JSON values.
    value = JSON.parse(line) as JsonValue
  } catch {
    return ['The line is not valid JSON.']
  }
  const messages = listOf(objectOf(value)?.['messages'])
  if (messages === undefined || messages.length === 0) return ['It holds no list of messages.']
  const read = messages.map((each) => objectOf(each))
  const problems = read.flatMap((message, i) =>
    message === undefined ? [`Message ${i + 1} is no object.`] : messageProblems(message, i + 1)
  )
  if (problems.length > 0) return problems
  const sound = read.filter((message) => message !== undefined)
  return [
    ...orderProblems(sound),
    ...answerProblems(sound),
    ...toolProblems(objectOf(value)?.['tools'], sound)
  ]
}

/** What is wrong with one message; with `isWeighted` turns of the model must say what is learnt. */
export function messageProblems(message: JsonObject, number: number, isWeighted = true): string[] {
  const role = textOf(message['role']) ?? ''
  const at = `Message ${number}`
  if (!roles.has(role)) return [`${at} has the role "${role}".`]
  const unknown = Object.keys(message).filter((key) => !messageKeys.has(key))
  const problems = unknown.map((key) => `${at} holds "${key}", which is not known.`)
  const { content } = message
  const calls = listOf(message['tool_calls'])
  const mayBeNull = role === 'assistant' && calls !== undefined
  if (typeof content !== 'string' && !(content === null && mayBeNull))
    problems.push(`${at} has no text.`)
  if (role !== 'assistant')
    for (const key of ['weight', 'train', 'tool_calls', 'reasoning_content'])
      if (message[key] !== undefined)
        problems.push(`${at} is no turn of the model but has "${key}".`)
  if (role === 'tool' && (textOf(message['tool_call_id']) ?? '') === '')
    problems.push(`${at} does not say which call it answers.`)
  if (role !== 'tool' && message['tool_call_id'] !== undefined)
    problems.push(`${at} answers a call but is no tool's.`)
  if (role === 'assistant' && isWeighted) problems.push(...weightProblems(message, at))
  if (!isWeighted)
    for (const key of ['weight', 'train'])
      if (message[key] !== undefined) problems.push(`${at} has "${key}", which says nothing here.`)
  if (message['tool_calls'] !== undefined) problems.push(...callProblems(calls, at))
  return problems
}

function weightProblems(message: JsonObject, at: string): string[] {
  const { weight, train, content, tool_calls: calls } = message
  if (weight !== 0 && weight !== 1) return [`${at} has no weight of 0 or 1.`]
  if (train !== undefined && train !== (weight === 1))
    return [`${at}: "train" and "weight" say different things.`]
  const isEmpty = calls === undefined && textOf(content)?.trim() === ''
  return weight === 1 && isEmpty ? [`${at} is empty but has weight 1.`] : []
}

function callProblems(calls: readonly JsonValue[] | undefined, at: string): string[] {
  if (calls === undefined || calls.length === 0) return [`${at} has no list of calls.`]
  return calls.flatMap((each) => {
    const call = objectOf(each)
    const made = objectOf(call?.['function'])
    if ((textOf(call?.['id']) ?? '') === '' || call?.['type'] !== 'function')
      return [`${at} has a call without an id or a type.`]
    if ((textOf(made?.['name']) ?? '') === '') return [`${at} has a call without a name.`]
    return isJson(textOf(made?.['arguments']))
      ? []
      : [`${at}: the arguments of ${textOf(made?.['name']) ?? ''} are not valid JSON.`]
  })
}

function isJson(text: string | undefined): boolean {
  if (text === undefined) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Instructions come first, no two users' messages in a row, something is learnt, and an end. */
function orderProblems(messages: readonly JsonObject[]): string[] {
  const problems: string[] = []
  messages.forEach(({ role }, i) => {
    const before = messages[i - 1]?.['role']
    if (role === 'system' && i > 0 && before !== 'system')
      problems.push(`Message ${i + 1} gives instructions in the middle.`)
    if (role === 'user' && before === 'user')
      problems.push(`Message ${i + 1} is the second of a user in a row.`)
  })
  const last = messages.at(-1)?.['role']
  if (last !== 'assistant' && last !== 'tool')
    problems.push('It does not end with a turn of the model.')
  if (!messages.some(({ weight }) => weight === 1)) problems.push('No turn has weight 1.')
  return problems
}

/** Answers stand right behind their call, one each; only the very last turn may lack them. */
export function answerProblems(messages: readonly JsonObject[]): string[] {
  const problems: string[] = []
  const known = new Set<string>()
  let open = new Set<string>()
  messages.forEach((message, i) => {
    if (message['role'] === 'tool') {
      const id = textOf(message['tool_call_id']) ?? ''
      if (!open.delete(id)) problems.push(`Message ${i + 1} answers no open call ("${id}").`)
      return
    }
    for (const id of open) problems.push(`The call "${id}" has no answer.`)
    open = new Set()
    for (const each of listOf(message['tool_calls']) ?? []) {
      const id = textOf(objectOf(each)?.['id']) ?? ''
      if (known.has(id)) problems.push(`The call "${id}" is there twice.`)
      known.add(id)
      open.add(id)
    }
  })
  if (messages.at(-1)?.['role'] === 'tool')
    for (const id of open) problems.push(`The call "${id}" has no answer.`)
  return problems
}

/** Tools that are listed have names and schemas; every tool that is called is among them. */
export function toolProblems(
  value: JsonValue | undefined,
  messages: readonly JsonObject[]
): string[] {
  if (value === undefined) return []
  const tools = listOf(value)
  if (tools === undefined || tools.length === 0 || tools.length > 128)
    return ['The list of tools is empty or too long.']
  const names = new Set<string>()
  for (const each of tools) {
    const tool = objectOf(objectOf(each)?.['function'])
    const name = textOf(tool?.['name']) ?? ''
    if (name === '' || objectOf(tool?.['parameters']) === undefined)
      return ['A listed tool has no name or no parameters.']
    names.add(name)
  }
  const called = messages.flatMap(({ tool_calls: calls }) =>
    (listOf(calls) ?? []).map(
      (call) => textOf(objectOf(objectOf(call)?.['function'])?.['name']) ?? ''
    )
  )
  return [...new Set(called)]
    .filter((name) => !names.has(name))
    .map((name) => `The tool "${name}" is called but not listed.`)
}
