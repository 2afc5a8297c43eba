// Rows of the trace tables and what they are as objects.
import type { JsonValue } from '../../api/dto/common.ts'
import type { Outcome, TraceEvent, TraceFacts, TraceRecord } from '../traces/model/trace.ts'
import {
  eventKinds,
  type HiddenCount,
  type StoredAttachment,
  type ToolUse,
  type TraceHead,
  type TraceListing,
  type TracePartRecord,
  type TraceSetRecord,
  type TraceSetRules
} from './trace-records.ts'

export interface SetRow {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly state: string
  readonly rules: string
  readonly tools: string
  readonly stale: number
  readonly created_at: number
}

export interface PartRow {
  readonly number: number
  readonly set_id: string
  readonly state: string
  readonly options: string
  readonly secrets: string
  readonly created_at: number
}

export interface HeadRow {
  readonly id: number
  readonly set_id: string
  readonly part: number
  readonly source: number
  readonly key: string
  readonly goal: string
  readonly external_id: string
  readonly trial: number
  readonly outcome: string
  readonly reward: number | null
  readonly end_reason: string | null
  readonly facts: string | null
  readonly more: string | null
  readonly events: number
  readonly size_bytes: number
}

export interface EventRow {
  readonly seq: number
  readonly kind: number
  readonly actor: string | null
  readonly name: string | null
  readonly call_id: string | null
  readonly text: string | null
  readonly text_id: number | null
  readonly length: number
  readonly data: string | null
  readonly data_id: number | null
  readonly data_length: number
  readonly is_error: number
  readonly time: number | null
  readonly lane: number | null
  readonly files: string | null
}

/** An attachment as its event's row holds it. */
export interface FileRef extends StoredAttachment {
  readonly id: number
}

/** What a head keeps as JSON; left out when there is nothing. */
export interface HeadMore {
  readonly warnings: TraceRecord['warnings']
  readonly gold: TraceRecord['gold']
  readonly marked: TraceRecord['marked']
}

const states: readonly TraceSetRecord['state'][] = ['ready', 'building', 'removing']
const outcomes: readonly Outcome[] = ['pass', 'fail', 'partial', 'unknown']

function stateOf(state: string): TraceSetRecord['state'] {
  return states.find((each) => each === state) ?? 'building'
}

/** JSON that this app wrote itself into a file whose schema was checked. */
function parsed<T>(text: string): T {
  return JSON.parse(text) as T
}

export function toSet(row: SetRow): TraceSetRecord {
  return {
    id: row.id,
    name: row.name,
    state: stateOf(row.state),
    rules: parsed<TraceSetRules>(row.rules),
    tools: parsed<ToolUse[]>(row.tools),
    isStale: row.stale === 1,
    createdAt: row.created_at
  }
}

export function toPart(row: PartRow): TracePartRecord {
  return {
    part: row.number,
    set: row.set_id,
    state: stateOf(row.state),
    options: parsed<JsonValue>(row.options),
    secrets: parsed<HiddenCount[]>(row.secrets),
    createdAt: row.created_at
  }
}

export function toHead(row: HeadRow): TraceHead {
  return {
    ...toRecord(row),
    trace: row.id,
    set: row.set_id,
    part: row.part,
    source: row.source,
    events: row.events,
    sizeBytes: row.size_bytes
  }
}

/** A record as it was added, without its events. */
export function toRecord(row: HeadRow): Omit<TraceRecord, 'events'> {
  const more = row.more === null ? undefined : parsed<HeadMore>(row.more)
  return {
    id: row.external_id,
    task: { key: row.key, goal: row.goal },
    trial: row.trial,
    outcome: toOutcome(row.outcome),
    reward: row.reward,
    endReason: row.end_reason,
    warnings: more?.warnings ?? [],
    gold: more?.gold ?? null,
    marked: more?.marked ?? null,
    ...(row.facts !== null && { facts: parsed<TraceFacts>(row.facts) })
  }
}

function toOutcome(outcome: string): Outcome {
  return outcomes.find((each) => each === outcome) ?? 'unknown'
}

/** Columns in the order of the statement in trace-reads.ts. */
export type ListingRow = readonly [
  trace: number,
  name: string,
  task: string,
  goal: string,
  trial: number,
  outcome: string,
  reward: number | null,
  facts: string | null,
  events: number,
  sizeBytes: number,
  steps: number,
  errors: number,
  tools: string,
  detectors: string
]

/** Makes listings; equal lists of tools and detectors become one list. */
export function listingMaker(): (row: ListingRow) => TraceListing {
  const lists = new Map<string, readonly string[]>()
  const listOf = (text: string): readonly string[] => {
    const known = lists.get(text) ?? parsed<string[]>(text)
    lists.set(text, known)
    return known
  }
  return ([
    trace,
    name,
    task,
    goal,
    trial,
    outcome,
    reward,
    factsText,
    events,
    sizeBytes,
    steps,
    errors,
    tools,
    detectors
  ]) => {
    const facts = factsText === null ? undefined : parsed<TraceFacts>(factsText)
    const { tokensIn = null, tokensOut = null } = facts ?? {}
    return {
      trace,
      name,
      task,
      goal,
      trial,
      outcome: toOutcome(outcome),
      reward,
      agent: facts?.agent ?? null,
      model: facts?.model ?? null,
      startedAt: facts?.startedAt ?? null,
      durationMs: facts?.durationMs ?? null,
      tokens: tokensIn === null && tokensOut === null ? null : (tokensIn ?? 0) + (tokensOut ?? 0),
      events,
      sizeBytes,
      steps,
      errors,
      tools: listOf(tools),
      detectors: listOf(detectors)
    }
  }
}

export function filesOf(row: EventRow): readonly FileRef[] {
  return row.files === null ? [] : parsed<FileRef[]>(row.files)
}

/** What a row says of its event beside texts, arguments and attachments. */
export function plainEvent(row: EventRow): Omit<TraceEvent, 'text' | 'data' | 'attachments'> {
  return {
    kind: eventKinds[row.kind] ?? 'info',
    actor: row.actor,
    name: row.name,
    callId: row.call_id,
    isError: row.is_error === 1,
    time: row.time,
    ...(row.lane !== null && { lane: row.lane })
  }
}
