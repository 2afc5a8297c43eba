// Attempts as JSON lines, one each, as the runner writes them into a file; read back by the import. Pictures
// are left out.
import { z } from 'zod'
import type { JsonValue } from '../../../api/dto/common.ts'
import { objectOf, type ValueFormat } from '../formats/trace-format.ts'
import type { TraceRecord } from '../model/trace.ts'

const version = 1

const Text = z.string()
const Event = z.object({
  kind: z.enum([
    'system',
    'user',
    'assistant',
    'thought',
    'tool-call',
    'tool-result',
    'observation',
    'score',
    'error',
    'state',
    'info'
  ]),
  actor: Text.nullable(),
  name: Text.nullable(),
  callId: Text.nullable(),
  text: Text,
  data: z.json(),
  isError: z.boolean(),
  time: z.number().nullable()
})

const Line = z.object({
  winnow_trace: z.literal(version),
  id: Text,
  task: z.object({ key: Text, goal: Text }),
  trial: z.int().min(0),
  outcome: z.enum(['pass', 'fail', 'partial', 'unknown']),
  reward: z.number().nullable(),
  endReason: Text.nullable(),
  events: z.array(Event),
  marked: z
    .object({ event: z.int().min(0), actor: Text.nullable(), reason: Text })
    .nullable()
    .default(null),
  facts: z
    .object({
      agent: Text.nullable(),
      model: Text.nullable(),
      startedAt: z.number().nullable(),
      durationMs: z.number().nullable(),
      tokensIn: z.number().nullable(),
      tokensOut: z.number().nullable(),
      cost: z.number().nullable(),
      seed: z.number().nullable(),
      family: Text.nullable()
    })
    .optional()
})

/** One attempt as a line, with its line feed. */
export function recordLine(record: TraceRecord): string {
  const { id, task, trial, outcome, reward, endReason, marked, facts } = record
  const events = record.events.map(({ kind, actor, name, callId, text, data, isError, time }) => {
    return { kind, actor, name, callId, text, data, isError, time }
  })
  const line = { winnow_trace: version, id, task, trial, outcome, reward, endReason, events }
  return `${JSON.stringify({ ...line, marked, facts })}\n`
}

/** Files that {@link recordLine} wrote. */
export const winnowTracesFormat: ValueFormat = {
  id: 'winnow-traces',
  name: 'attempts that Winnow made',
  recognises: (value) => objectOf(value)?.['winnow_trace'] === version,
  read(value: JsonValue) {
    const found = Line.safeParse(value)
    if (!found.success) return 'It is no attempt as Winnow writes them.'
    const { id, task, trial, outcome, reward, endReason, events, marked, facts } = found.data
    return [
      {
        ...{ id, task, trial, outcome, reward, endReason, events, marked },
        ...{ warnings: [], gold: null },
        ...(facts !== undefined && { facts })
      }
    ]
  }
}
