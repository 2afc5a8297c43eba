// A conversation record as the turns a person reads. Tolerant of anything: what is missing or odd
// is left out or shown as it is, and nothing is ever thrown.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ChatShape, ChatTurn } from '../../../api/dto/datasets.ts'
import {
  isObject,
  pictureMark,
  pictureNames,
  roleOf,
  turnColumn,
  turnForm,
  turnFields,
  turnsIn,
  type JsonObject
} from './chat-turns.ts'

/** The turns of a record, in order; empty when it holds none. */
export function readChat(values: Record<string, JsonValue>, shape: ChatShape): ChatTurn[] {
  if (shape === 'alpaca') return alpacaTurns(values)
  const form = turnForm(shape)
  const column = turnColumn(values, form)
  const turns = column === undefined ? [] : (turnsIn(values[column], form) ?? [])
  const { role, text } = turnFields[form]
  const pictures = pictureCounter(pictureNames(values).length)
  const first = systemTurn(values)
  const read = turns.map((turn): ChatTurn => {
    const content = contentOf(turn[text], pictures)
    const calls = toolCalls(turn)
    return {
      ...roleFields(turn[role]),
      ...content,
      toolCalls: calls,
      answers: stringOf(turn['tool_call_id']) ?? null
    }
  })
  const named = read.map((turn) => withCallInText(turn))
  return first === undefined ? named : [first, ...named]
}

/** The turns as plain text: "user: …", one turn after the other. */
export function transcript(turns: readonly ChatTurn[]): string {
  return turns
    .map((turn) => {
      const calls = turn.toolCalls.map((call) => `${call.name}(${call.arguments})`)
      const said = [turn.text.trim(), ...calls].filter((part) => part !== '').join('\n')
      return `${turn.role === 'other' ? turn.givenRole : turn.role}: ${said}`
    })
    .join('\n')
}

function stringOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function roleFields(given: JsonValue | undefined): Pick<ChatTurn, 'role' | 'givenRole'> {
  const name = typeof given === 'string' ? given : ''
  return { role: roleOf(name) ?? 'other', givenRole: name }
}

// Some ShareGPT files keep the system message beside the conversation.
function systemTurn(values: Record<string, JsonValue>): ChatTurn | undefined {
  const text = Object.hasOwn(values, 'system') ? stringOf(values['system']) : undefined
  return text === undefined ? undefined : plainTurn('system', text)
}

function plainTurn(role: 'system' | 'user' | 'assistant', text: string): ChatTurn {
  return { role, givenRole: role, text, pictures: [], toolCalls: [], answers: null }
}

interface PictureCounter {
  /** Position of the next picture; undefined when the record has no more. */
  next(): number | undefined
}

function pictureCounter(count: number): PictureCounter {
  let used = 0
  return { next: () => (used < count ? used++ : undefined) }
}

function contentOf(
  content: JsonValue | undefined,
  counter: PictureCounter
): Pick<ChatTurn, 'text' | 'pictures'> {
  if (content === undefined || content === null) return { text: '', pictures: [] }
  if (typeof content === 'string') return withoutMarks(content, counter)
  if (!Array.isArray(content)) return { text: JSON.stringify(content), pictures: [] }
  const pictures: number[] = []
  const texts: string[] = []
  for (const part of content) {
    const read = partOf(part, counter)
    if (read.text !== '') texts.push(read.text)
    pictures.push(...read.pictures)
  }
  return { text: texts.join('\n'), pictures }
}

function partOf(part: JsonValue, counter: PictureCounter): Pick<ChatTurn, 'text' | 'pictures'> {
  if (typeof part === 'string') return withoutMarks(part, counter)
  if (!isObject(part)) return { text: JSON.stringify(part), pictures: [] }
  const type = stringOf(part['type']) ?? ''
  if (type.includes('image')) {
    const position = counter.next()
    return position === undefined
      ? { text: '[picture]', pictures: [] }
      : { text: '', pictures: [position] }
  }
  const text = part['text']
  if (typeof text === 'string') return withoutMarks(text, counter)
  return { text: JSON.stringify(part), pictures: [] }
}

function withoutMarks(text: string, counter: PictureCounter): Pick<ChatTurn, 'text' | 'pictures'> {
  if (!text.includes(pictureMark)) return { text, pictures: [] }
  const pictures: number[] = []
  const pieces = text.split(pictureMark)
  for (let i = 1; i < pieces.length; i++) {
    const position = counter.next()
    if (position !== undefined) pictures.push(position)
  }
  const rest = pieces.map((piece) => piece.trim()).filter((piece) => piece !== '')
  return { text: rest.join('\n'), pictures }
}

function toolCalls(turn: JsonObject): ChatTurn['toolCalls'] {
  const listed = turn['tool_calls']
  const calls = Array.isArray(listed) ? listed.filter(isObject) : []
  const single = turn['function_call']
  const all = isObject(single) ? [...calls, single] : calls
  return all.map((call) => {
    // OpenAI wraps name and arguments in "function"; others do not.
    const inner = isObject(call['function']) ? call['function'] : call
    return {
      id: stringOf(call['id']) ?? null,
      name: stringOf(inner['name']) ?? 'tool',
      arguments: argumentsOf(inner['arguments'])
    }
  })
}

function argumentsOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

// ShareGPT with tools writes a call as the text of a turn from "function_call".
function withCallInText(turn: ChatTurn): ChatTurn {
  if (turn.givenRole !== 'function_call' || turn.toolCalls.length > 0) return turn
  try {
    const call: unknown = JSON.parse(turn.text)
    if (!isObject(call)) return turn
    const toolCall = {
      id: null,
      name: stringOf(call['name']) ?? 'tool',
      arguments: argumentsOf(call['arguments'])
    }
    return { ...turn, text: '', toolCalls: [toolCall] }
  } catch {
    return turn
  }
}

function alpacaTurns(values: Record<string, JsonValue>): ChatTurn[] {
  const field = (name: string): string | undefined =>
    Object.hasOwn(values, name) ? stringOf(values[name]) : undefined
  const turns: ChatTurn[] = []
  const system = field('system')
  if (system !== undefined) turns.push(plainTurn('system', system))
  const history = Object.hasOwn(values, 'history') ? values['history'] : undefined
  // A list of [question, answer] pairs.
  for (const pair of Array.isArray(history) ? history : []) {
    if (!Array.isArray(pair)) continue
    const [question, answer] = pair
    if (typeof question === 'string') turns.push(plainTurn('user', question))
    if (typeof answer === 'string') turns.push(plainTurn('assistant', answer))
  }
  const asked = [field('instruction'), field('input')].filter((text) => text !== undefined)
  if (asked.length > 0) turns.push(plainTurn('user', asked.join('\n\n')))
  const output = field('output')
  if (output !== undefined) turns.push(plainTurn('assistant', output))
  return turns
}
