// Which conversation shape some records have, told by their fields, and why a record differs from
// it. Names of files and columns are hints at most.
import type { ChatShape } from '../../../api/dto/datasets.ts'
import type { RawRow } from '../readers/raw-row.ts'
import { PictureCell } from '../readers/records/picture-cell.ts'
import {
  isObject,
  pictureColumns,
  pictureMark,
  pictureNames,
  roleOf,
  turnColumn,
  turnFields,
  turnForm,
  turnsIn,
  type JsonObject,
  type TurnForm
} from './chat-turns.ts'

export interface ShapeMatch {
  readonly shape: ChatShape
  /** Columns that make up the conversation. */
  readonly columns: readonly string[]
  /** Records that fit, of all that could be read. */
  readonly matching: number
  readonly of: number
}

/** Why a record does not fit, or undefined when it does. */
export type ShapeCheck = (record: Readonly<Record<string, unknown>>) => string | undefined

// Fewer fitting records than this share are no data of the shape.
const leastShare = 0.5
const recordsProbed = 200

const alpacaNeeds = ['instruction', 'output'] as const
const alpacaMay = ['input', 'system', 'history'] as const

/** A record of a row, by column. */
export function recordOf(
  names: readonly string[],
  row: Pick<RawRow, 'cells'>
): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (let i = 0; i < names.length; i++)
    if (row.cells[i] !== undefined) record[names[i]] = row.cells[i]
  return record
}

/** The shape of the rows of a first part; undefined when they are no conversations. */
export function findShape(
  names: readonly string[],
  rows: readonly RawRow[]
): ShapeMatch | undefined {
  const good = rows.filter((row) => row.problem === undefined)
  const probed = good.slice(0, recordsProbed).map((row) => recordOf(names, row))
  const found = listShape(probed) ?? alpacaShape(names, probed)
  if (found === undefined) return undefined
  const check = createShapeCheck(found.shape, found.columns)
  let matching = 0
  for (const row of good) if (check(recordOf(names, row)) === undefined) matching++
  return matching < leastShare * good.length || matching === 0
    ? undefined
    : { ...found, matching, of: good.length }
}

type Guess = Pick<ShapeMatch, 'shape' | 'columns'>

function listShape(records: readonly Record<string, unknown>[]): Guess | undefined {
  let best: { readonly form: TurnForm; readonly column: string; readonly count: number } | undefined
  for (const form of ['sharegpt', 'openai'] as const) {
    const counts = new Map<string, number>()
    for (const record of records) {
      const column = turnColumn(record, form)
      if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1)
    }
    for (const [column, count] of counts)
      if (count > (best?.count ?? 0)) best = { form, column, count }
  }
  if (best === undefined || best.count < leastShare * records.length) return undefined
  const { form, column } = best
  if (form === 'openai') return { shape: 'openai', columns: [column] }
  const hasPictures = records.some((record) => picturesOf(record) > 0)
  return { shape: hasPictures ? 'llava' : 'sharegpt', columns: [column] }
}

function alpacaShape(
  names: readonly string[],
  records: readonly Record<string, unknown>[]
): Guess | undefined {
  const isText = (name: string): boolean =>
    names.includes(name) && records.some((record) => typeof record[name] === 'string')
  if (!alpacaNeeds.every(isText)) return undefined
  return {
    shape: 'alpaca',
    columns: [...alpacaNeeds, ...alpacaMay].filter((name) => names.includes(name))
  }
}

/** The check of a shape whose turns are in the first of `columns`. */
export function createShapeCheck(shape: ChatShape, columns: readonly string[]): ShapeCheck {
  if (shape === 'alpaca') return checkAlpaca
  const form = turnForm(shape)
  const [column] = columns
  return (record) => {
    const turns = turnsIn(record[column], form)
    if (turns === undefined) return differing(record[column], column, form)
    for (let i = 0; i < turns.length; i++) {
      const reason = form === 'openai' ? checkMessage(turns[i]) : checkTurn(turns[i])
      if (reason !== undefined) return `Turn ${i + 1} ${reason}.`
    }
    return shape === 'llava' ? checkPictures(record, turns) : undefined
  }
}

function differing(value: unknown, column: string, form: TurnForm): string {
  if (value === undefined || value === null) return `It has no “${column}”.`
  if (Array.isArray(value) && value.length === 0) return `“${column}” is empty.`
  const { role, text } = turnFields[form]
  return `“${column}” is not a list of turns with “${role}” and “${text}”.`
}

function checkTurn(turn: JsonObject): string | undefined {
  if (typeof turn['from'] !== 'string') return 'has no “from”'
  if (typeof turn['value'] !== 'string') return 'has no text in “value”'
  return undefined
}

function checkMessage(turn: JsonObject): string | undefined {
  const role = turn['role']
  if (typeof role !== 'string') return 'has no “role”'
  if (roleOf(role) === undefined) return `has the unknown role “${role.slice(0, 40)}”`
  const content = turn['content']
  const hasCalls = Array.isArray(turn['tool_calls']) || isObject(turn['function_call'])
  if (typeof content === 'string') return undefined
  if (Array.isArray(content))
    return content.every((part) => typeof part === 'string' || isObject(part))
      ? undefined
      : 'has content that is neither text nor parts'
  return (content === null || content === undefined) && hasCalls ? undefined : 'has no “content”'
}

function checkAlpaca(record: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of alpacaNeeds) {
    const value = record[name]
    if (typeof value !== 'string') return `It has no text in “${name}”.`
    if (value.trim() === '') return `“${name}” is empty.`
  }
  return undefined
}

function picturesOf(record: Readonly<Record<string, unknown>>): number {
  for (const name of pictureColumns) {
    const value = record[name]
    if (value instanceof PictureCell) return value.pictures.length
  }
  return pictureNames(record).length
}

function checkPictures(
  record: Readonly<Record<string, unknown>>,
  turns: readonly JsonObject[]
): string | undefined {
  let marks = 0
  for (const turn of turns) {
    const text = turn['value']
    if (typeof text === 'string') marks += text.split(pictureMark).length - 1
  }
  const pictures = picturesOf(record)
  if (marks === pictures) return undefined
  return `It has ${count(pictures, 'picture')} but ${count(marks, 'mark')} “${pictureMark}” in its text.`
}

function count(n: number, name: string): string {
  return `${n} ${n === 1 ? name : `${name}s`}`
}
