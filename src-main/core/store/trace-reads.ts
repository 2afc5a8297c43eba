// Reading sets of traces: heads, pages of events, whole records, outlines.
import type { Database } from 'better-sqlite3'
import type { JsonValue } from '../../api/dto/common.ts'
import type { TraceEvent } from '../traces/model/trace.ts'
import type { EventPart, KeptFinding, StepOutline, TraceReads } from './trace-records.ts'
import {
  filesOf,
  listingMaker,
  plainEvent,
  toHead,
  toPart,
  toRecord,
  toSet,
  type EventRow,
  type HeadRow,
  type ListingRow,
  type PartRow,
  type SetRow
} from './trace-rows.ts'
import { createTraceSearch } from './trace-search.ts'
import { createTextReads, type TextReads } from './trace-texts.ts'

const partSql = `SELECT p.number, s.id AS set_id, p.state, p.options, p.secrets, p.created_at
  FROM trace_parts p JOIN trace_sets s ON s.number = p.trace_set`
const headSql = `SELECT t.id, s.id AS set_id, t.part, t.source, k.key, COALESCE(t.goal, k.goal) AS goal,
  t.external_id, t.trial, t.outcome, t.reward, t.end_reason, t.facts, t.more, t.events, t.size_bytes
  FROM traces t JOIN trace_tasks k ON k.id = t.task JOIN trace_parts p ON p.number = t.part
  JOIN trace_sets s ON s.number = p.trace_set`
/** Attempts of a set that are there: of ready parts, and of the part that is being added. */
const attemptsSql = `FROM traces t JOIN trace_tasks k ON k.id = t.task
  JOIN trace_parts p ON p.number = t.part
  WHERE k.trace_set = (SELECT number FROM trace_sets WHERE id = $set)
  AND (p.state = 'ready' OR p.number = $part)`

interface OfSet {
  readonly set: string
  readonly part: number
}

/** {@link TraceReads} over a connection. */
export function createTraceReads(db: Database): TraceReads {
  const texts = createTextReads(db)
  const setNumber = db
    .prepare<[string], number>('SELECT number FROM trace_sets WHERE id = ?')
    .pluck()
  return {
    ...setReads(db),
    ...attemptReads(db),
    ...eventReads(db, texts),
    search: createTraceSearch(db, (set) => setNumber.get(set))
  }
}

type SetReads = Pick<
  TraceReads,
  'sets' | 'set' | 'setByName' | 'part' | 'parts' | 'sources' | 'problems' | 'problemCount'
>

function setReads(db: Database): SetReads {
  const sets = db.prepare<[string], SetRow>(
    'SELECT * FROM trace_sets WHERE state = ? ORDER BY number'
  )
  const set = db.prepare<[string], SetRow>('SELECT * FROM trace_sets WHERE id = ?')
  const byName = db.prepare<[string], SetRow>('SELECT * FROM trace_sets WHERE name = ?')
  const part = db.prepare<[number], PartRow>(`${partSql} WHERE p.number = ?`)
  const parts = db.prepare<[string | null], PartRow>(
    `${partSql} WHERE s.id = COALESCE(?, s.id) ORDER BY p.number`
  )
  const sources = db.prepare<
    [number],
    { number: number; name: string; format: string; formatName: string; sizeBytes: number }
  >(
    `SELECT number, name, format, format_name AS formatName, size_bytes AS sizeBytes
     FROM trace_sources WHERE part = ? ORDER BY number`
  )
  const problemsSql = `FROM trace_problems q JOIN trace_parts p ON p.number = q.part
    JOIN trace_sets s ON s.number = p.trace_set WHERE s.id = ? AND p.state = 'ready'`
  const problems = db.prepare<
    [string, number, number, number],
    { part: number; number: number; where: string; reason: string }
  >(
    `SELECT q.part, q.number, q.place AS "where", q.reason ${problemsSql}
     AND (q.part, q.number) >= (?, ?) ORDER BY q.part, q.number LIMIT ?`
  )
  const problemCount = db.prepare<[string], number>(`SELECT COUNT(*) ${problemsSql}`).pluck()
  const mapped = (row: SetRow | undefined) => row && toSet(row)
  return {
    sets: (state = 'ready') => sets.all(state).map(toSet),
    set: (id) => mapped(set.get(id)),
    setByName: (name) => mapped(byName.get(name)),
    part(number) {
      const row = part.get(number)
      return row && toPart(row)
    },
    parts: (id) => parts.all(id ?? null).map(toPart),
    sources: (number) => sources.all(number),
    problems(id, cursor, limit) {
      const [fromPart = 0, fromNumber = 0] = (cursor ?? '0.0').split('.').map(Number)
      const rows = problems.all(id, fromPart || 0, fromNumber || 0, limit + 1)
      const more = rows[limit]
      return {
        problems: rows.slice(0, limit).map(({ where, reason }) => ({ where, reason })),
        next: more === undefined ? null : `${more.part}.${more.number}`
      }
    },
    problemCount: (id) => problemCount.get(id) ?? 0
  }
}

type AttemptReads = Pick<
  TraceReads,
  | 'listings'
  | 'head'
  | 'attempts'
  | 'attemptParts'
  | 'partTraces'
  | 'taskKeys'
  | 'passLengths'
  | 'sideEvents'
  | 'outline'
>

function attemptReads(db: Database): AttemptReads {
  const listings = db
    .prepare<[string], ListingRow>(
      `SELECT t.id, t.external_id, k.key, substr(COALESCE(t.goal, k.goal), 1, 300), t.trial,
         t.outcome, t.reward, t.facts, t.events, t.size_bytes, t.steps, t.errors, t.tools, t.detectors
       FROM trace_sets s JOIN trace_parts p ON p.trace_set = s.number
       JOIN traces t ON t.part = p.number JOIN trace_tasks k ON k.id = t.task
       WHERE s.id = ? AND p.state = 'ready' ORDER BY t.id`
    )
    .raw()
  const head = db.prepare<[number], HeadRow>(
    `${headSql} WHERE t.id = ? AND p.state = 'ready' AND s.state = 'ready'`
  )
  const attempts = db.prepare<
    OfSet & { task: string },
    { trace: number; part: number; outcome: string }
  >(
    `SELECT t.id AS trace, t.part, t.outcome ${attemptsSql} AND k.key = $task
     ORDER BY t.trial, t.id`
  )
  const partTraces = db
    .prepare<[number], number>('SELECT id FROM traces WHERE part = ? ORDER BY id')
    .pluck()
  const taskKeys = db
    .prepare<OfSet & { touched: number | null }, string>(
      `SELECT DISTINCT k.key ${attemptsSql} AND ($touched IS NULL OR k.id IN
         (SELECT task FROM traces WHERE part = $touched)) ORDER BY k.key`
    )
    .pluck()
  const passLengths = db.prepare<OfSet, { trace: number; steps: number }>(
    `SELECT t.id AS trace, t.steps ${attemptsSql} AND t.outcome = 'pass' ORDER BY t.id`
  )
  const outline = db.prepare<[number], { kinds: Buffer; steps: string; findings: string }>(
    'SELECT kinds, steps, findings FROM trace_outlines WHERE trace = ?'
  )
  const sideEvents = db
    .prepare<[number], number>(
      'SELECT seq FROM trace_events WHERE trace = ? AND lane > 0 ORDER BY seq'
    )
    .pluck()
  return {
    sideEvents: (trace) => sideEvents.all(trace),
    listings: (set) => listings.all(set).map(listingMaker()),
    head(trace) {
      const row = head.get(trace)
      return row && toHead(row)
    },
    attempts: (set, task, part = -1) => attempts.all({ set, task, part }).map(({ trace }) => trace),
    attemptParts: (set, task, part = -1) =>
      attempts
        .all({ set, task, part })
        .map(({ outcome, ...each }) => ({ ...each, isPass: outcome === 'pass' })),
    partTraces: (part) => partTraces.all(part),
    taskKeys: (set, part = -1, touched) => taskKeys.all({ set, part, touched: touched ?? null }),
    passLengths: (set, part = -1) => passLengths.all({ set, part }),
    outline(trace) {
      const row = outline.get(trace)
      // Written by this app into a file whose schema was checked.
      return (
        row && {
          kinds: new Uint8Array(row.kinds),
          steps: JSON.parse(row.steps) as StepOutline[],
          findings: JSON.parse(row.findings) as KeptFinding[]
        }
      )
    }
  }
}

type EventReads = Pick<TraceReads, 'record' | 'events' | 'text' | 'attachment'>

function eventReads(db: Database, texts: TextReads): EventReads {
  const head = db.prepare<[number], HeadRow>(`${headSql} WHERE t.id = ?`)
  const range = db.prepare<[number, number, number], EventRow>(
    'SELECT * FROM trace_events WHERE trace = ? AND seq >= ? AND seq < ? ORDER BY seq'
  )

  function textOf(row: EventRow, from: number, size: number): string {
    return row.text_id === null
      ? (row.text ?? '').slice(from, from + size)
      : texts.slice(row.text_id, from, size)
  }
  function dataTextOf(row: EventRow, from: number, size: number): string {
    return row.data_id === null
      ? (row.data ?? '').slice(from, from + size)
      : texts.slice(row.data_id, from, size)
  }
  function dataOf(row: EventRow): JsonValue {
    // Written by this app as JSON.
    return row.data_length === 0
      ? null
      : (JSON.parse(dataTextOf(row, 0, row.data_length)) as JsonValue)
  }
  function wholeEvent(row: EventRow): TraceEvent {
    const files = filesOf(row).map(({ id, mime, name }) => ({ mime, name, bytes: texts.bytes(id) }))
    return {
      ...plainEvent(row),
      text: textOf(row, 0, row.length),
      data: dataOf(row),
      ...(row.files !== null && { attachments: files })
    }
  }
  function partOf(row: EventRow, maxChars: number): EventPart {
    return {
      ...plainEvent(row),
      seq: row.seq,
      text: textOf(row, 0, Math.min(row.length, maxChars)),
      length: row.length,
      data: row.data_length <= maxChars ? dataOf(row) : null,
      dataLength: row.data_length,
      attachments: filesOf(row).map(({ mime, name, sizeBytes }) => ({ mime, name, sizeBytes }))
    }
  }

  return {
    record(trace) {
      const row = head.get(trace)
      if (row === undefined) return undefined
      return { ...toRecord(row), events: range.all(trace, 0, row.events).map(wholeEvent) }
    },
    events: (trace, from, to, maxChars) =>
      range.all(trace, from, to).map((row) => partOf(row, maxChars)),
    text(trace, seq, what, from, size) {
      const row = range.get(trace, seq, seq + 1)
      if (row === undefined) return undefined
      return what === 'text'
        ? { text: textOf(row, from, size), length: row.length }
        : { text: dataTextOf(row, from, size), length: row.data_length }
    },
    attachment(trace, seq, index) {
      const row = range.get(trace, seq, seq + 1)
      const file = row && filesOf(row)[index]
      return file && { mime: file.mime, bytes: new Uint8Array(texts.bytes(file.id)) }
    }
  }
}
