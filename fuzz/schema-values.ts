// Values that a JSON Schema allows, drawn at random: near-valid parameters of the contract's verbs.
import type { Random } from '../src-main/core/compute/random.ts'
import { anyValue, oddText, once, oneOf, type Value } from './mutate.ts'

interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly type?: string | readonly string[]
  readonly const?: Value
  readonly enum?: readonly Value[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema | boolean
  readonly prefixItems?: readonly Schema[]
  readonly additionalProperties?: Schema | boolean
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly default?: Value
}

/** Real values for fields of a name, where there are any. */
export type Known = (field: string, random: Random) => Value | undefined

/** A value of a schema, mostly valid. */
export function valueOf(random: Random, schema: unknown, known: Known = () => undefined): Value {
  const root = schema as Schema
  return make(random, root, root, known, '', 6)
}

function make(
  random: Random,
  schema: Schema,
  root: Schema,
  known: Known,
  field: string,
  depth: number
): Value {
  if (depth < 0) return null
  const found = known(field, random)
  if (found !== undefined && !once(random, 12)) return found
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/$defs/', '')
    const target = schema.$ref === '#' ? root : root.$defs?.[name]
    return target === undefined ? null : make(random, target, root, known, field, depth - 1)
  }
  if (schema.default !== undefined && once(random, 2)) return schema.default
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return oneOf(random, schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return make(random, oneOf(random, choices), root, known, field, depth)
  if (schema.allOf !== undefined) {
    const parts = schema.allOf.map((part) => make(random, part, root, known, field, depth))
    return parts.every((part) => typeof part === 'object' && part !== null && !Array.isArray(part))
      ? (Object.assign({}, ...parts) as Value)
      : (parts[0] ?? null)
  }
  const type = typeof schema.type === 'string' ? schema.type : oneOf(random, schema.type ?? [''])
  switch (type) {
    case 'object':
      return objectOf(random, schema, root, known, depth)
    case 'array':
      return listOf(random, schema, root, known, field, depth)
    case 'string':
      return textOf(random, schema)
    case 'number':
    case 'integer':
      return numberOf(random, schema, type === 'integer')
    case 'boolean':
      return random.below(2) === 0
    case 'null':
      return null
    default:
      return anyValue(random, [], 2)
  }
}

function objectOf(
  random: Random,
  schema: Schema,
  root: Schema,
  known: Known,
  depth: number
): Value {
  const made: Record<string, Value> = {}
  const required = new Set(schema.required)
  for (const [name, inner] of Object.entries(schema.properties ?? {}))
    if (required.has(name) || random.below(2) === 0)
      made[name] = make(random, inner, root, known, name, depth - 1)
  const more = schema.additionalProperties
  if (schema.properties === undefined && typeof more === 'object')
    for (let i = random.below(3); i > 0; i--)
      made[`${oddText(random).slice(0, 30)}${i}`] = make(random, more, root, known, '', depth - 1)
  return made
}

function listOf(
  random: Random,
  schema: Schema,
  root: Schema,
  known: Known,
  field: string,
  depth: number
): Value {
  if (schema.prefixItems !== undefined)
    return schema.prefixItems.map((part) => make(random, part, root, known, field, depth - 1))
  const least = schema.minItems ?? 0
  const length = Math.min(schema.maxItems ?? 4, least + random.below(4))
  const items = typeof schema.items === 'object' ? schema.items : {}
  return Array.from({ length }, () => make(random, items, root, known, field, depth - 1))
}

function textOf(random: Random, { minLength = 0, maxLength = 100_000 }: Schema): string {
  const text = oddText(random).slice(0, maxLength)
  return text.length < minLength ? 'a'.repeat(minLength) : text
}

function numberOf(random: Random, schema: Schema, isWhole: boolean): number {
  const low = schema.minimum ?? schema.exclusiveMinimum ?? -1000
  const high = schema.maximum ?? schema.exclusiveMaximum ?? Math.max(1000, low + 1000)
  if (once(random, 4)) return oneOf(random, [low, high, isWhole ? 0 : 0.5])
  // Small numbers name rows that are there.
  const value = once(random, 2)
    ? low + random.below(12)
    : low + random.uniform() * Math.min(high - low, 1e6)
  const kept = Math.min(high, value)
  return isWhole ? Math.floor(kept) : kept
}
