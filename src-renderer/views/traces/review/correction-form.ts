// The form in which a reviewer corrects an action: fields made from the arguments of the call and of
// other calls of the same tool, so that nobody writes JSON. Values only, no DOM.
import type { JsonValue } from '@api/dto/common.ts'

/** Kinds of values a field can hold. */
export const fieldKinds = ['text', 'number', 'yes-no', 'list', 'group', 'nothing'] as const
export type FieldKind = (typeof fieldKinds)[number]

/** A value while it is edited. Only the part of its kind counts; the others keep what was there. */
export interface FormValue {
  kind: FieldKind
  /** Of "text" and, as typed, of "number". */
  text: string
  /** Of "yes-no". */
  isOn: boolean
  /** Of "list". */
  entries: FormValue[]
  /** Of "group". */
  fields: FormField[]
}

/** A named value. */
export interface FormField {
  /** Tells fields apart while their names change. */
  readonly id: number
  name: string
  value: FormValue
  /** Only offered: it is left out until something is entered. */
  isOffered: boolean
}

let lastId = 0

/** A value of a kind with nothing in it. */
export function emptyValue(kind: FieldKind): FormValue {
  return { kind, text: '', isOn: false, entries: [], fields: [] }
}

/** A new field. */
export function newField(name: string, value: FormValue, isOffered = false): FormField {
  lastId += 1
  return { id: lastId, name, value, isOffered }
}

/** A value as a form shows it. */
export function toForm(value: JsonValue): FormValue {
  if (value === null) return emptyValue('nothing')
  if (typeof value === 'string') return { ...emptyValue('text'), text: value }
  if (typeof value === 'number') return { ...emptyValue('number'), text: String(value) }
  if (typeof value === 'boolean') return { ...emptyValue('yes-no'), isOn: value }
  if (Array.isArray(value)) return { ...emptyValue('list'), entries: value.map(toForm) }
  return {
    ...emptyValue('group'),
    fields: Object.entries(value).map(([name, inner]) => newField(name, toForm(inner)))
  }
}

/** A number as typed; undefined when it is none. A comma is a decimal point. */
export function numberOf(text: string): number | undefined {
  const plain = text.trim().replace(',', '.')
  const value = Number(plain)
  return plain === '' || !Number.isFinite(value) ? undefined : value
}

/** True when every number in it is one. */
export function isComplete(value: FormValue): boolean {
  switch (value.kind) {
    case 'number':
      return numberOf(value.text) !== undefined
    case 'list':
      return value.entries.every(isComplete)
    case 'group':
      return value.fields.every((field) => field.isOffered || isComplete(field.value))
    default:
      return true
  }
}

/** What a form says. Offered fields that were left alone, and fields without a name, are left out. */
export function fromForm(value: FormValue): JsonValue {
  switch (value.kind) {
    case 'nothing':
      return null
    case 'text':
      return value.text
    case 'number':
      return numberOf(value.text) ?? 0
    case 'yes-no':
      return value.isOn
    case 'list':
      return value.entries.map(fromForm)
    case 'group':
      return Object.fromEntries(
        value.fields
          .filter(({ isOffered, name }) => !isOffered && name.trim() !== '')
          .map(({ name, value: inner }) => [name.trim(), fromForm(inner)])
      )
  }
}

/** An entry like those a list has: of the same kind, with the same names. */
export function entryLike(list: FormValue): FormValue {
  const model = list.entries.at(-1)
  if (model === undefined) return emptyValue('text')
  return {
    ...emptyValue(model.kind),
    fields: model.fields.map(({ name, value }) => newField(name, emptyValue(value.kind)))
  }
}

/**
 * The form of a call: its own arguments, then those that other calls of the tool have. `names` are
 * the names seen with the tool, `examples` other calls' arguments, from which their kinds are told.
 */
export function callForm(
  args: JsonValue,
  names: readonly string[],
  examples: readonly JsonValue[] = []
): FormValue {
  const own = toForm(args)
  if (own.kind !== 'group' && own.kind !== 'nothing') return own
  const taken = new Set(own.fields.map(({ name }) => name))
  const groups = examples.map(toForm).filter(({ kind }) => kind === 'group')
  const kindOf = (name: string): FieldKind =>
    groups.flatMap(({ fields }) => fields).find((field) => field.name === name)?.value.kind ??
    'text'
  const others = [
    ...new Set([...names, ...groups.flatMap(({ fields }) => fields.map(({ name }) => name))])
  ].filter((name) => !taken.has(name))
  return {
    ...emptyValue('group'),
    fields: [...own.fields, ...others.map((name) => newField(name, emptyValue(kindOf(name)), true))]
  }
}
