// The turns of a conversation record as they stand in the data, for each known shape: where the
// list is, and which fields a turn has. Nothing here is believed to be well formed.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ChatShape } from '../../../api/dto/datasets.ts'

export type JsonObject = { readonly [key: string]: JsonValue }

/** Fields of one turn in the two forms that lists of turns have. */
export const turnFields = {
  sharegpt: { role: 'from', text: 'value' },
  openai: { role: 'role', text: 'content' }
} as const

export type TurnForm = keyof typeof turnFields

/** How the turns of a shape are written; Alpaca has fields of the record instead. */
export function turnForm(shape: Exclude<ChatShape, 'alpaca'>): TurnForm {
  return shape === 'openai' ? 'openai' : 'sharegpt'
}

const usualNames: Readonly<Record<TurnForm, readonly string[]>> = {
  sharegpt: ['conversations', 'conversation', 'dialog', 'dialogue', 'turns', 'messages'],
  openai: ['messages', 'conversations', 'conversation', 'prompt', 'dialog', 'turns']
}

/** True for a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The turns in a value: a list of objects, an object of lists (as some Parquet files store it), or
 * either written as JSON text. Undefined when it is none.
 */
export function turnsIn(value: unknown, form: TurnForm): readonly JsonObject[] | undefined {
  const fields = turnFields[form]
  const parsed = typeof value === 'string' ? parsedText(value) : value
  if (Array.isArray(parsed)) {
    const turns = parsed.filter(isObject)
    const isRight = turns.length > 0 && turns.some((turn) => Object.hasOwn(turn, fields.role))
    return isRight ? turns : undefined
  }
  if (!isObject(parsed)) return undefined
  const roles = Object.hasOwn(parsed, fields.role) ? parsed[fields.role] : undefined
  if (!Array.isArray(roles)) return undefined
  const entries = Object.entries(parsed)
  return roles.map((_, i): JsonObject =>
    Object.fromEntries(
      entries.map(([key, list]) => [key, Array.isArray(list) ? (list[i] ?? null) : null])
    )
  )
}

function parsedText(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Name of the column that holds the turns: a usual name first, then any whose values fit. */
export function turnColumn(
  record: Readonly<Record<string, unknown>>,
  form: TurnForm
): string | undefined {
  const fits = (name: string): boolean =>
    Object.hasOwn(record, name) && turnsIn(record[name], form) !== undefined
  return usualNames[form].find(fits) ?? Object.keys(record).find(fits)
}

const roles: Readonly<Record<string, 'system' | 'user' | 'assistant' | 'tool'>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  prompter: 'user',
  assistant: 'assistant',
  gpt: 'assistant',
  model: 'assistant',
  bot: 'assistant',
  chatgpt: 'assistant',
  function_call: 'assistant',
  tool: 'tool',
  function: 'tool',
  observation: 'tool',
  tool_response: 'tool',
  ipython: 'tool'
}

/** What a role as written stands for; undefined when it is none of the usual ones. */
export function roleOf(given: string): 'system' | 'user' | 'assistant' | 'tool' | undefined {
  const name = given.trim().toLowerCase()
  return Object.hasOwn(roles, name) ? roles[name] : undefined
}

/** What stands for a picture in the text of a turn. */
export const pictureMark = '<image>'

/** Columns that name the pictures of a record. */
export const pictureColumns = ['image', 'images'] as const

/** Names of the pictures of a record: a name or a list of names in "image" or "images". */
export function pictureNames(record: Readonly<Record<string, unknown>>): readonly string[] {
  for (const column of pictureColumns) {
    const value = Object.hasOwn(record, column) ? record[column] : undefined
    if (typeof value === 'string') return value === '' ? [] : [value]
    if (Array.isArray(value)) return value.filter((name) => typeof name === 'string')
  }
  return []
}
