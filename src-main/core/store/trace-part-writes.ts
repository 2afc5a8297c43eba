// Parts of sets of traces: begun, made visible, and taken away in slices.
import type { Database } from 'better-sqlite3'
import type { TraceRepository } from './trace-records.ts'

/** What happens to a part beside its own rows. */
export interface PartEvents {
  changed(part: number): void
  /** The part is whole, or given up: no more texts come. */
  ended(part: number, isKept: boolean): void
  dropWords(part: number, traces: readonly number[]): void
}

/** Rows taken away at once; some milliseconds. */
const sliceRows = 2_000

/** The part of the repository that is about parts, files and problems. */
export function partWrites(
  db: Database,
  events: PartEvents
): Pick<TraceRepository, 'addPart' | 'updatePart' | 'addSource' | 'addProblems' | 'removeSlice'> {
  const addPart = db.prepare(
    `INSERT INTO trace_parts (trace_set, state, options, secrets, created_at)
     VALUES ((SELECT number FROM trace_sets WHERE id = ?), 'building', ?, '[]', ?)`
  )
  const setState = db.prepare('UPDATE trace_parts SET state = ? WHERE number = ?')
  const setSecrets = db.prepare('UPDATE trace_parts SET secrets = ? WHERE number = ?')
  const addSource = db.prepare(
    `INSERT INTO trace_sources (part, number, name, format, format_name, size_bytes)
     VALUES (?, ?, ?, ?, ?, ?)`
  )
  const nextProblem = db
    .prepare<[number], number>(
      'SELECT COALESCE(MAX(number), -1) + 1 FROM trace_problems WHERE part = ?'
    )
    .pluck()
  const addProblem = db.prepare(
    'INSERT INTO trace_problems (part, number, place, reason) VALUES (?, ?, ?, ?)'
  )
  return {
    addPart: (set, options, createdAt) =>
      Number(addPart.run(set, JSON.stringify(options), createdAt).lastInsertRowid),
    updatePart(part, { state, secrets }) {
      db.transaction(() => {
        if (secrets !== undefined) setSecrets.run(JSON.stringify(secrets), part)
        if (state !== undefined) {
          events.ended(part, state === 'ready')
          setState.run(state, part)
        }
        events.changed(part)
      })()
    },
    addSource: (part, source) =>
      void addSource.run(
        part,
        source.number,
        source.name,
        source.format,
        source.formatName,
        source.sizeBytes
      ),
    addProblems: (part, problems) =>
      db.transaction(() => {
        let number = nextProblem.get(part) ?? 0
        for (const { where, reason } of problems) addProblem.run(part, number++, where, reason)
      })(),
    removeSlice: partRemover(db, events)
  }
}

/** Takes rows of a part away, children first, so that no single statement takes long. */
function partRemover(db: Database, { dropWords, changed }: PartEvents): (part: number) => boolean {
  const some = db
    .prepare<[number], number>('SELECT id FROM traces WHERE part = ? ORDER BY id LIMIT 1')
    .pluck()
  const removeEvents = db.prepare(
    `DELETE FROM trace_events WHERE trace = $trace AND seq IN
     (SELECT seq FROM trace_events WHERE trace = $trace LIMIT ${sliceRows})`
  )
  const removeTrace = db.prepare('DELETE FROM traces WHERE id = ?')
  const rest = [
    `DELETE FROM trace_text_pieces WHERE (text, start) IN (SELECT text, start FROM trace_text_pieces
       WHERE text IN (SELECT id FROM trace_texts WHERE part = $part AND body IS NULL) LIMIT 200)`,
    `DELETE FROM trace_texts WHERE id IN
       (SELECT id FROM trace_texts WHERE part = $part LIMIT ${sliceRows})`,
    'DELETE FROM trace_files WHERE id IN (SELECT id FROM trace_files WHERE part = $part LIMIT 50)',
    `DELETE FROM trace_problems WHERE part = $part AND number IN
       (SELECT number FROM trace_problems WHERE part = $part LIMIT ${sliceRows})`
  ].map((sql) => db.prepare<{ part: number }>(sql))
  const orphans = db.prepare(
    `DELETE FROM trace_tasks WHERE trace_set = (SELECT trace_set FROM trace_parts WHERE number = ?)
     AND NOT EXISTS (SELECT 1 FROM traces WHERE task = trace_tasks.id)`
  )
  const remove = db.prepare('DELETE FROM trace_parts WHERE number = ?')
  return (part) =>
    db
      .transaction(() => {
        let left = sliceRows
        for (let trace = some.get(part); trace !== undefined; trace = some.get(part)) {
          left -= removeEvents.run({ trace }).changes
          if (left <= 0) return true
          dropWords(part, [trace])
          removeTrace.run(trace)
          left -= 20
        }
        for (const statement of rest) if (statement.run({ part }).changes > 0) return true
        orphans.run(part)
        changed(part)
        remove.run(part)
        return false
      })
      .immediate()
}
