// Reads a method's JSON Schema into form fields. Only the shapes methods declare are read: numbers,
// whole numbers, yes/no, choices and short texts.
import type { JsonValue } from '@api/dto/common.ts'
import { coreWords } from '../text/core-words.ts'
import { formatNumber } from '../text/format.ts'

interface FieldBase {
  readonly key: string
  readonly title: string
  readonly description: string | undefined
  readonly unit: string | undefined
  readonly recommended: JsonValue
  /** How the recommended value reads. */
  readonly recommendedText: string
}
/** One field of a form. */
export type SchemaField = FieldBase &
  (
    | {
        readonly kind: 'number'
        readonly min: number | undefined
        readonly max: number | undefined
        readonly step: number
      }
    | { readonly kind: 'yes-no' }
    | { readonly kind: 'choice'; readonly options: readonly { value: string; label: string }[] }
    | {
        readonly kind: 'text'
        /** More than one: a box for several lines, for texts that are pasted. */
        readonly rows: number
        readonly maxLength: number
      }
  )

type JsonObject = { [key: string]: JsonValue }

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
/** What a method says of itself, in the language of the page. */
function words(value: JsonValue | undefined): string | undefined {
  const said = text(value)
  return said === undefined ? undefined : coreWords(said)
}
function number(value: JsonValue | undefined): number | undefined {
  // JSON Schema of whole numbers carries the largest safe integer as a bound: not a real limit.
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined
}

/** A step that suits the size of the recommended value: 0.98 moves by 0.01, 2.5 by 0.1. */
function stepOf(schema: JsonObject, recommended: JsonValue): number {
  if (schema['type'] === 'integer') return number(schema['multipleOf']) ?? 1
  const given = number(schema['multipleOf'])
  if (given !== undefined) return given
  if (typeof recommended !== 'number' || recommended === 0) return 0.1
  const digits = (String(recommended).split('.')[1] ?? '').length
  return digits === 0 ? 1 : 10 ** -Math.min(digits, 6)
}

function withoutNull(schema: JsonObject): JsonObject {
  const choices = schema['anyOf']
  if (!Array.isArray(choices)) return schema
  const real = choices.filter(isObject).filter((choice) => choice['type'] !== 'null')
  return real.length === 1 && real[0] !== undefined ? { ...schema, ...real[0] } : schema
}

function fieldOf(
  key: string,
  raw: JsonObject,
  given: JsonValue | undefined
): SchemaField | undefined {
  const schema = withoutNull(raw)
  const recommended = given ?? schema['default'] ?? null
  const unit = words(schema['unit'])
  const base = {
    key,
    title: words(schema['title']) ?? key,
    description: words(schema['description']),
    unit,
    recommended
  }
  const withUnit = (value: string): string => (unit === undefined ? value : `${value} ${unit}`)
  const labels = isObject(schema['labels']) ? schema['labels'] : {}
  if (Array.isArray(schema['enum'])) {
    const options = schema['enum'].map((value) => ({
      value: String(value),
      label: words(labels[String(value)]) ?? nameOf(String(value))
    }))
    const shown = options.find((option) => option.value === String(recommended))?.label
    return { ...base, kind: 'choice', options, recommendedText: shown ?? String(recommended) }
  }
  switch (schema['type']) {
    case 'integer':
    case 'number':
      return {
        ...base,
        kind: 'number',
        min: number(schema['minimum']) ?? number(schema['exclusiveMinimum']),
        max: number(schema['maximum']) ?? number(schema['exclusiveMaximum']),
        step: stepOf(schema, recommended),
        recommendedText: withUnit(
          typeof recommended === 'number' ? formatNumber(recommended, 6) : String(recommended)
        )
      }
    case 'boolean':
      return { ...base, kind: 'yes-no', recommendedText: String(recommended) }
    case 'string':
      return {
        ...base,
        kind: 'text',
        rows: number(schema['rows']) ?? 1,
        maxLength: number(schema['maxLength']) ?? 200,
        recommendedText: withUnit(String(recommended))
      }
    default:
      return undefined
  }
}

/** "mean-vote" -> "Mean vote": a readable name for a choice without one, or its translation. */
function nameOf(value: string): string {
  const key = `choice: ${value}`
  const said = coreWords(key)
  if (said !== key) return said
  const spaced = value.replaceAll(/[-_]+/g, ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

/** Fields of an object schema, in declared order. Parameters of other shapes have no field. */
export function fieldsOf(
  schema: JsonValue,
  defaults: Readonly<Record<string, JsonValue>>
): SchemaField[] {
  if (!isObject(schema) || !isObject(schema['properties'])) return []
  return Object.entries(schema['properties']).flatMap(([key, value]) => {
    const field = isObject(value) ? fieldOf(key, value, defaults[key]) : undefined
    return field === undefined ? [] : [field]
  })
}

/** The value in force: what was chosen, else what is recommended. */
export function readValue(
  field: SchemaField,
  values: Readonly<Record<string, JsonValue>>
): JsonValue {
  return values[field.key] ?? field.recommended
}
