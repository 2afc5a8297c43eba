// Adding attempts and their events: long texts and files once, words into the index of the set.
import type { Database } from 'better-sqlite3'
import { AppError } from '../../api/errors.ts'
import type { TraceEvent } from '../traces/model/trace.ts'
import { eventKinds, type NewTrace, type TraceRepository } from './trace-records.ts'
import type { FileRef, HeadMore } from './trace-rows.ts'
import { createTextWrites, inlineLength } from './trace-texts.ts'

/** The part of the repository that adds attempts. `addWords` is told every text once. */
export function traceWrites(
  db: Database,
  addWords: (part: number, trace: number, text: string) => void
): Pick<TraceRepository, 'addTrace' | 'addEvents'> {
  const texts = createTextWrites(db)
  const knownTask = db.prepare<[string, number], { id: number; goal: string }>(
    `SELECT id, goal FROM trace_tasks WHERE key = ? AND
     trace_set = (SELECT trace_set FROM trace_parts WHERE number = ?)`
  )
  const addTask = db.prepare(
    `INSERT INTO trace_tasks (trace_set, key, goal)
     VALUES ((SELECT trace_set FROM trace_parts WHERE number = ?), ?, ?)`
  )
  const insert = db.prepare(
    `INSERT INTO traces (part, source, task, external_id, goal, trial, outcome, reward, end_reason,
       facts, more, events, size_bytes, steps, errors, tools, detectors)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, 0, '[]', '[]')`
  )
  const partOf = db.prepare<[number], number>('SELECT part FROM traces WHERE id = ?').pluck()
  const grow = db.prepare(
    'UPDATE traces SET events = events + ?, size_bytes = size_bytes + ? WHERE id = ?'
  )
  const insertEvent = db.prepare(
    `INSERT INTO trace_events (trace, seq, kind, actor, name, call_id, text, text_id, length, data,
       data_id, data_length, is_error, time, lane, files)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )

  function taskOf(part: number, { key, goal }: NewTrace['task']): { id: number; goal: string } {
    return (
      knownTask.get(key, part) ?? { id: Number(addTask.run(part, key, goal).lastInsertRowid), goal }
    )
  }
  function addEvent(part: number, trace: number, seq: number, event: TraceEvent): number {
    // Half a pair of UTF-16 units cannot be written as UTF-8, nor shown.
    const text = event.text.toWellFormed()
    const data = event.data === null ? null : JSON.stringify(event.data)
    const isLongText = text.length > inlineLength
    const isLongData = data !== null && data.length > inlineLength
    const files = (event.attachments ?? []).map(({ mime, name, bytes }): FileRef => ({
      id: texts.keepFile(part, bytes),
      mime,
      name,
      sizeBytes: bytes.length
    }))
    insertEvent.run(
      trace,
      seq,
      eventKinds.indexOf(event.kind),
      event.actor,
      event.name,
      event.callId,
      isLongText ? null : text,
      isLongText ? texts.keep(part, text) : null,
      text.length,
      isLongData ? null : data,
      isLongData ? texts.keep(part, data) : null,
      data?.length ?? 0,
      event.isError ? 1 : 0,
      event.time,
      event.lane ?? null,
      event.attachments === undefined ? null : JSON.stringify(files)
    )
    if (text !== '') addWords(part, trace, text)
    if (event.name !== null) addWords(part, trace, event.name)
    if (data !== null) addWords(part, trace, data)
    return (
      text.length + (data?.length ?? 0) + files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    )
  }

  return {
    addTrace(record) {
      const { part, source, id, trial, outcome, reward, endReason, facts, steps } = record
      const goal = record.task.goal.toWellFormed()
      const task = taskOf(part, { key: record.task.key, goal })
      const more: HeadMore = {
        warnings: record.warnings,
        gold: record.gold,
        marked: record.marked
      }
      const isPlain = more.warnings.length === 0 && more.gold === null && more.marked === null
      const { lastInsertRowid } = insert.run(
        part,
        source,
        task.id,
        id,
        task.goal === goal ? null : goal,
        trial,
        outcome,
        reward,
        endReason,
        facts === undefined ? null : JSON.stringify(facts),
        isPlain ? null : JSON.stringify(more),
        steps
      )
      const trace = Number(lastInsertRowid)
      addWords(part, trace, `${id}\n${record.task.key}\n${goal}`)
      return trace
    },
    addEvents: (trace, first, events) =>
      db.transaction(() => {
        const part = partOf.get(trace)
        if (part === undefined) throw new AppError('internal')
        let size = 0
        events.forEach((event, i) => (size += addEvent(part, trace, first + i, event)))
        grow.run(events.length, size, trace)
      })()
  }
}
