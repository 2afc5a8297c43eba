// Spans of OpenTelemetry as plain objects, from OTLP's JSON (lists of keyed values) and from flat
// exports (attributes as an object, also with dotted names split into levels).
import type { JsonValue } from '../../../api/dto/common.ts'
import { listOf, objectOf, textOf, type JsonObject } from './trace-format.ts'

export interface Span {
  readonly trace: string
  readonly id: string
  /** Id of the span it is part of; null for the first. */
  readonly parent: string | null
  readonly name: string
  /** Nanoseconds as a number; only their order counts. */
  readonly start: number
  /** As `start`; 0 when it has not ended. */
  readonly end: number
  /** By full dotted name. */
  readonly attributes: ReadonlyMap<string, JsonValue>
  readonly isError: boolean
  /** Why it failed; "" when not said. */
  readonly problem: string
}

/** Spans of a value: an OTLP export, a list of spans or one span; empty for anything else. */
export function spansOf(value: JsonValue): Span[] {
  const fields = objectOf(value)
  if (fields === undefined) return (listOf(value) ?? []).flatMap((each) => spansOf(each))
  const resources = listOf(fields['resourceSpans']) ?? listOf(fields['resource_spans'])
  if (resources !== undefined)
    return resources.flatMap((resource) => {
      const scopes =
        listOf(objectOf(resource)?.['scopeSpans']) ??
        listOf(objectOf(resource)?.['scope_spans']) ??
        []
      return scopes.flatMap((scope) =>
        (listOf(objectOf(scope)?.['spans']) ?? []).flatMap((span) => spansOf(span))
      )
    })
  const span = spanOf(fields)
  return span === undefined ? [] : [span]
}

function spanOf(fields: JsonObject): Span | undefined {
  const context = objectOf(fields['context']) ?? fields
  const trace = textOf(context['traceId']) ?? textOf(context['trace_id'])
  const id = textOf(context['spanId']) ?? textOf(context['span_id'])
  if (trace === undefined || id === undefined || fields['attributes'] === undefined)
    return undefined
  const status = objectOf(fields['status'])?.['code'] ?? fields['status_code']
  return {
    trace,
    id,
    parent: parentOf(fields),
    name: textOf(fields['name']) ?? '',
    start: startOf(
      fields['startTimeUnixNano'] ?? fields['start_time_unix_nano'] ?? fields['start_time']
    ),
    end: startOf(fields['endTimeUnixNano'] ?? fields['end_time_unix_nano'] ?? fields['end_time']),
    attributes: attributesOf(fields['attributes']),
    isError: status === 2 || (typeof status === 'string' && /ERROR/i.test(status)),
    problem:
      textOf(objectOf(fields['status'])?.['message']) ??
      textOf(objectOf(fields['status'])?.['description']) ??
      textOf(fields['status_message']) ??
      ''
  }
}

/** OTLP writes an empty text where there is none. */
function parentOf(fields: JsonObject): string | null {
  const names = ['parentSpanId', 'parent_span_id', 'parent_id']
  const parent = names.map((name) => textOf(fields[name])).find((id) => id !== undefined)
  return parent === undefined || parent === '' ? null : parent
}

function startOf(value: JsonValue | undefined): number {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return 0
  const number = Number(value)
  if (value !== '' && Number.isFinite(number)) return number
  const time = Date.parse(value)
  return Number.isFinite(time) ? time * 1e6 : 0
}

function attributesOf(value: JsonValue): Map<string, JsonValue> {
  const found = new Map<string, JsonValue>()
  const list = listOf(value)
  if (list === undefined) flatten(value, '', found)
  else
    for (const each of list) {
      const fields = objectOf(each)
      const key = textOf(fields?.['key'])
      if (key !== undefined) flatten(plainValue(fields?.['value'] ?? null), key, found)
    }
  return found
}

/** {"stringValue": "x"} as "x". */
function plainValue(value: JsonValue): JsonValue {
  const fields = objectOf(value)
  if (fields === undefined) return value
  const array = objectOf(fields['arrayValue'])
  if (array !== undefined) return (listOf(array['values']) ?? []).map((each) => plainValue(each))
  const pairs = objectOf(fields['kvlistValue'])
  if (pairs !== undefined)
    return Object.fromEntries(
      (listOf(pairs['values']) ?? []).flatMap((each) => {
        const pair = objectOf(each)
        const key = textOf(pair?.['key'])
        return key === undefined ? [] : [[key, plainValue(pair?.['value'] ?? null)]]
      })
    )
  if (typeof fields['intValue'] === 'string') return Number(fields['intValue'])
  return (
    fields['stringValue'] ??
    fields['intValue'] ??
    fields['doubleValue'] ??
    fields['boolValue'] ??
    null
  )
}

/** Names of all leaves: {"llm": {"model": 1}} as "llm.model". Lists count as levels, from 0. */
function flatten(value: JsonValue, path: string, into: Map<string, JsonValue>): void {
  if (typeof value !== 'object' || value === null) {
    into.set(path, value)
    return
  }
  if (path !== '') into.set(path, value)
  for (const [name, each] of Object.entries(value))
    flatten(each, path === '' ? name : `${path}.${name}`, into)
}
