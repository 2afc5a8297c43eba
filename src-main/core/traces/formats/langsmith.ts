// Runs as LangSmith exports them: one a line or one an element, joined by trace and put in order by
// "dotted_order". Calls of models and tools become the conversation; other runs are what they are in.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceRecord } from '../model/trace.ts'
import { goalKey } from './chat.ts'
import { createConversation } from './conversation.ts'
import { addUsage, knownFacts, nameOf, numberOf, usageOf } from './facts.ts'
import { langChainMessages } from './langchain-messages.ts'
import { outcomeOf } from './outcome.ts'
import { timeOf } from './times.ts'
import { listOf, objectOf, textOf, type JsonObject, type SpreadFormat } from './trace-format.ts'

/** Values with "run_type" and "dotted_order" or "trace_id"; child runs may be inside of their parents. */
export const langSmithFormat: SpreadFormat = {
  id: 'langsmith',
  name: 'LangSmith runs',
  recognises: (value) => isRun(objectOf(value)),
  start() {
    const runs: JsonObject[] = []
    return {
      add(value) {
        const fields = objectOf(value)
        if (fields === undefined || !isRun(fields)) return 'It is no run of LangSmith.'
        collect(fields, runs)
        return undefined
      },
      end: () =>
        [...Map.groupBy(runs, (run) => String(run['trace_id'] ?? run['id']))].map(([id, own]) =>
          recordOf(id, own)
        )
    }
  }
}

function isRun(fields: JsonObject | undefined): boolean {
  return (
    typeof fields?.['run_type'] === 'string' &&
    (typeof fields['trace_id'] === 'string' || typeof fields['dotted_order'] === 'string')
  )
}

function collect(run: JsonObject, into: JsonObject[]): void {
  into.push(run)
  for (const each of listOf(run['child_runs']) ?? []) {
    const child = objectOf(each)
    if (child !== undefined) collect({ trace_id: run['trace_id'] ?? null, ...child }, into)
  }
}

function recordOf(id: string, runs: readonly JsonObject[]): TraceRecord {
  const order = (run: JsonObject): string => textOf(run['dotted_order']) ?? ''
  const start = (run: JsonObject): number => timeOf(run['start_time']) ?? 0
  const sorted = runs.toSorted((a, b) =>
    order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : start(a) - start(b)
  )
  const root = sorted.find((run) => isNone(run['parent_run_id'])) ?? sorted[0]
  const talk = createConversation()
  for (const run of sorted) {
    const type = textOf(run['run_type'])
    if (type === 'llm' || type === 'chat_model')
      talk.addModelCall(
        [...langChainMessages(run['inputs']), ...langChainMessages(run['outputs'])],
        timeOf(run['start_time'])
      )
    else if (type === 'tool')
      talk.addToolCall({
        name: textOf(run['name']) ?? 'tool',
        callId: callIdOf(run),
        args: unwrapped(run['inputs'], 'input'),
        result: unwrapped(run['outputs'], 'output'),
        isError: !isNone(run['error']),
        time: timeOf(run['start_time'])
      })
  }
  const { events, warnings } = talk
  const goal = events.find(({ kind }) => kind === 'user')?.text ?? ''
  const scored = scoreOf(root)
  const calls = sorted.filter(({ run_type: type }) => type === 'llm' || type === 'chat_model')
  const model = calls
    .map((run) => objectOf(objectOf(run['extra'])?.['metadata'])?.['ls_model_name'])
    .find((name) => typeof name === 'string')
  const [startedAt, endedAt] = [timeOf(root['start_time']), timeOf(root['end_time'])]
  return {
    id,
    task: {
      key: nameOf(root['reference_example_id']) ?? goalKey(goal),
      goal
    },
    trial: 0,
    outcome: outcomeOf(scored),
    reward: typeof scored === 'number' ? scored : null,
    endReason: textOf(root['error']) ?? null,
    events,
    warnings,
    gold: null,
    marked: null,
    ...knownFacts({
      agent: nameOf(root['name']),
      model: nameOf(model),
      startedAt,
      durationMs: startedAt !== null && endedAt !== null ? endedAt - startedAt : null,
      ...addUsage(calls.map((run) => usageOf(run))),
      cost: numberOf(root['total_cost'])
    })
  }
}

function isNone(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === ''
}

/** Feedback on the whole: the mean of its first key. */
function scoreOf(root: JsonObject): JsonValue | undefined {
  const [stats] = Object.values(objectOf(root['feedback_stats']) ?? {})
  return objectOf(stats)?.['avg']
}

function callIdOf(run: JsonObject): string | null {
  const made = objectOf(run['outputs'])?.['output']
  const inner = objectOf(objectOf(made)?.['kwargs']) ?? objectOf(made)
  return (
    textOf(inner?.['tool_call_id']) ??
    textOf(objectOf(objectOf(run['extra'])?.['metadata'])?.['tool_call_id']) ??
    null
  )
}

/** {"output": x} as x, and a message of a tool as its content. */
function unwrapped(value: JsonValue | undefined, name: string): JsonValue {
  const fields = objectOf(value)
  const only = fields !== undefined && Object.keys(fields).length === 1 ? fields[name] : undefined
  const inner = only ?? value ?? null
  const message = langChainMessages(objectOf(inner) === undefined ? undefined : inner)[0]
  return objectOf(message)?.['role'] === 'tool' ? (objectOf(message)?.['content'] ?? null) : inner
}
