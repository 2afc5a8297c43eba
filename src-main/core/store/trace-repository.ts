// Writing sets of traces. An import fills a part of a set that nobody sees; making it "ready" is one
// small change. Parts go in slices.
import type { Database } from 'better-sqlite3'
import { AppError } from '../../api/errors.ts'
import { holdCheckpoints } from './trace-checkpoints.ts'
import { createTraceReads } from './trace-reads.ts'
import { traceWrites } from './trace-event-writes.ts'
import { partWrites } from './trace-part-writes.ts'
import type { TraceRepository, TraceSetRecord } from './trace-records.ts'
import { createSearchWrites } from './trace-search.ts'

const setColumns = {
  name: 'name',
  state: 'state',
  rules: 'rules',
  tools: 'tools',
  isStale: 'stale'
} as const

/** Repository over the trace tables. */
export function createTraceRepository(db: Database): TraceRepository {
  const reads = createTraceReads(db)
  const search = createSearchWrites(db)
  const changes = new Map<string, number>()
  const setOfPart = db.prepare<[number], { number: number; id: string; state: string }>(
    `SELECT s.number, s.id, p.state FROM trace_parts p JOIN trace_sets s ON s.number = p.trace_set
       WHERE p.number = ?`
  )
  // Asked for with every text; a part never moves to another set.
  const sets = new Map<number, number>()
  function setNumber(part: number): number {
    const known = sets.get(part) ?? setOfPart.get(part)?.number ?? 0
    sets.set(part, known)
    return known
  }
  function changed(set: string): void {
    changes.set(set, (changes.get(set) ?? 0) + 1)
  }
  return {
    ...reads,
    ...setWrites(db, changed),
    ...partWrites(db, {
      changed(part) {
        const set = setOfPart.get(part)
        if (set !== undefined) changed(set.id)
      },
      ended: (part, isKept) => search.end(part, isKept),
      dropWords: (part, traces) => search.remove(setNumber(part), traces)
    }),
    ...traceWrites(db, (part, trace, text) => search.add(setNumber(part), part, trace, text)),
    ...outlineWrites(db, (part) => {
      const set = setOfPart.get(part)
      if (set?.state === 'ready') changed(set.id)
    }),
    dropSearch(set) {
      const number = db
        .prepare<[string], number>('SELECT number FROM trace_sets WHERE id = ?')
        .pluck()
        .get(set)
      if (number !== undefined) search.drop(number)
    },
    holdCheckpoints: () => holdCheckpoints(db),
    changesOf: (set) => changes.get(set) ?? 0
  }
}

function setWrites(
  db: Database,
  changed: (set: string) => void
): Pick<TraceRepository, 'insertSet' | 'updateSet' | 'removeSet'> {
  const byName = db.prepare<[string], string>('SELECT id FROM trace_sets WHERE name = ?').pluck()
  const insert = db.prepare(
    `INSERT INTO trace_sets (id, name, state, rules, tools, created_at)
     VALUES (?, ?, 'building', ?, '[]', ?)`
  )
  const remove = db.prepare('DELETE FROM trace_sets WHERE id = ?')
  const updates = {
    name: db.prepare('UPDATE trace_sets SET name = ? WHERE id = ?'),
    state: db.prepare('UPDATE trace_sets SET state = ? WHERE id = ?'),
    rules: db.prepare('UPDATE trace_sets SET rules = ? WHERE id = ?'),
    tools: db.prepare('UPDATE trace_sets SET tools = ? WHERE id = ?'),
    isStale: db.prepare('UPDATE trace_sets SET stale = ? WHERE id = ?')
  }
  return {
    insertSet({ id, name, rules, createdAt }) {
      if (byName.get(name) !== undefined) throw nameTaken(name)
      insert.run(id, name, JSON.stringify(rules), createdAt)
    },
    updateSet(id, change) {
      const other = change.name === undefined ? undefined : byName.get(change.name)
      if (other !== undefined && other !== id) throw nameTaken(change.name ?? '')
      db.transaction(() => {
        // The keys of `updates` are those of a change.
        for (const field of Object.keys(setColumns) as (keyof typeof setColumns)[])
          if (change[field] !== undefined) updates[field].run(columnValue(change[field]), id)
      })()
      changed(id)
    },
    removeSet(id) {
      remove.run(id)
      changed(id)
    }
  }
}

function columnValue(value: NonNullable<TraceSetRecord[keyof typeof setColumns]>): string | number {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function nameTaken(name: string): AppError {
  return new AppError(
    'dataset-name-taken',
    `This project already has a set of traces called \u201C${name}\u201D.`
  )
}

function outlineWrites(
  db: Database,
  changed: (part: number) => void
): Pick<TraceRepository, 'saveOutlines' | 'saveFindings'> {
  const partOf = db.prepare<[number], number>('SELECT part FROM traces WHERE id = ?').pluck()
  const save = db.prepare(
    `INSERT INTO trace_outlines (trace, kinds, steps, findings) VALUES (?, ?, ?, ?)
     ON CONFLICT (trace) DO UPDATE SET kinds = excluded.kinds, steps = excluded.steps,
       findings = excluded.findings`
  )
  const list = db.prepare(
    'UPDATE traces SET steps = ?, errors = ?, tools = ?, detectors = ? WHERE id = ?'
  )
  const saveFindings = db.prepare('UPDATE trace_outlines SET findings = ? WHERE trace = ?')
  const listDetectors = db.prepare('UPDATE traces SET detectors = ? WHERE id = ?')
  return {
    saveOutlines: (outlines) =>
      db.transaction(() => {
        const parts = new Set<number>()
        for (const outline of outlines) {
          const { trace, kinds, steps, stepCount, findings, detectors, errors, tools } = outline
          const { buffer, byteOffset, byteLength } = kinds
          save.run(trace, Buffer.from(buffer, byteOffset, byteLength), steps, findings)
          list.run(stepCount, errors, tools, detectors, trace)
          parts.add(partOf.get(trace) ?? -1)
        }
        for (const part of parts) changed(part)
      })(),
    saveFindings: (trace, { findings, detectors }) =>
      db.transaction(() => {
        saveFindings.run(findings, trace)
        listDetectors.run(detectors, trace)
        changed(partOf.get(trace) ?? -1)
      })()
  }
}
