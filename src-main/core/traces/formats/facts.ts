// What logs say of a whole attempt beside its events, under the names they usually have for it.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceFacts, TraceEvent } from '../model/trace.ts'
import { timeOf } from './times.ts'
import { listOf, objectOf, textOf, type JsonObject } from './trace-format.ts'

const nothing: TraceFacts = {
  agent: null,
  model: null,
  startedAt: null,
  durationMs: null,
  tokensIn: null,
  tokensOut: null,
  cost: null,
  seed: null,
  family: null
}

/** Facts as a part of a record; empty when none is known, so that nothing is claimed. */
export function knownFacts(known: {
  readonly [name in keyof TraceFacts]?: TraceFacts[name] | undefined
}): { facts?: TraceFacts } {
  const given = Object.entries(known).filter(([, value]) => value !== undefined && value !== null)
  if (given.length === 0) return {}
  return { facts: { ...nothing, ...Object.fromEntries(given) } }
}

/** A number, also where it is written as text; undefined for anything else, and for no number. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  const number =
    typeof value === 'string' && value.trim() !== '' ? Number(value) : value === null ? NaN : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** A name: a text that says something. */
export function nameOf(value: JsonValue | undefined): string | undefined {
  const text = textOf(value)?.trim()
  return text === undefined || text === '' ? undefined : text
}

/** Tokens of {"prompt_tokens": 1, "completion_tokens": 2} and its like. */
export function usageOf(value: JsonValue | undefined): Pick<TraceFacts, 'tokensIn' | 'tokensOut'> {
  const usage = objectOf(value)
  const any = (...names: readonly string[]): number | null => {
    const name = names.find((each) => numberOf(usage?.[each]) !== undefined)
    return name === undefined ? null : (numberOf(usage?.[name]) ?? null)
  }
  return {
    tokensIn: any('prompt_tokens', 'input_tokens', 'tokens_sent', 'promptTokens', 'input'),
    tokensOut: any(
      ...['completion_tokens', 'output_tokens', 'tokens_received', 'completionTokens', 'output']
    )
  }
}

/** Sums what several calls used; null where none says it. */
export function addUsage(
  all: readonly Pick<TraceFacts, 'tokensIn' | 'tokensOut'>[]
): Pick<TraceFacts, 'tokensIn' | 'tokensOut'> {
  const sum = (values: readonly (number | null)[]): number | null => {
    const known = values.filter((value) => value !== null)
    return known.length === 0 ? null : known.reduce((total, value) => total + value, 0)
  }
  return {
    tokensIn: sum(all.map(({ tokensIn }) => tokensIn)),
    tokensOut: sum(all.map(({ tokensOut }) => tokensOut))
  }
}

/** When the first and the last event with a time happened. */
export function spanOfTimes(
  events: readonly TraceEvent[]
): Pick<TraceFacts, 'startedAt' | 'durationMs'> {
  const times = events.flatMap(({ time }) => (time === null ? [] : [time]))
  if (times.length === 0) return { startedAt: null, durationMs: null }
  // Not Math.min(...times): a long trace has more than a call takes arguments.
  const first = times.reduce((a, b) => Math.min(a, b))
  const last = times.reduce((a, b) => Math.max(a, b))
  return { startedAt: first, durationMs: times.length === 1 ? null : last - first }
}

const places = ['metadata', 'info', 'metrics', 'stats', 'config']

/** Facts of a value under common names: its own fields, then those of its "metadata", "info"... */
export function commonFacts(fields: JsonObject): { facts?: TraceFacts } {
  const inner = places.map((name) => objectOf(fields[name])).filter((each) => each !== undefined)
  const all = [fields, ...inner]
  const any = (...names: readonly string[]): JsonValue | undefined =>
    all.flatMap((each) => names.map((name) => each[name])).find((value) => !isNothing(value))
  const model = any('model', 'model_name', 'model_id', 'llm', 'modelName')
  const stats = objectOf(any('model_stats'))
  const usage = usageOf(any('usage', 'token_usage', 'tokens') ?? stats)
  const config = objectOf(objectOf(objectOf(fields['info'])?.['config'])?.['model'])
  const seconds = numberOf(any('duration', 'duration_s', 'elapsed', 'total_time', 'latency'))
  return knownFacts({
    agent: nameOf(any('agent', 'agent_name', 'agent_id', 'scaffold')),
    model: nameOf(model) ?? nameOf(objectOf(model)?.['name']) ?? nameOf(config?.['model_name']),
    startedAt: timeOf(any('started_at', 'start_time', 'created_at', 'timestamp', 'startTime')),
    durationMs:
      numberOf(any('duration_ms', 'latency_ms')) ?? (seconds === undefined ? null : seconds * 1000),
    ...usage,
    cost: numberOf(any('cost', 'total_cost', 'cost_usd')) ?? numberOf(stats?.['instance_cost']),
    seed: numberOf(any('seed', 'task_seed')),
    family: nameOf(any('benchmark', 'dataset', 'suite', 'env', 'domain', 'category'))
  })
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '' || listOf(value) !== undefined
}
