// Jobs: their state, checkpoints, log lines, live points and measured phase speeds.
import type { Database } from 'better-sqlite3'
import type { JsonValue } from '../../api/dto/common.ts'
import { JobState, type LogLine, type LivePoint } from '../../api/dto/jobs.ts'
import type { UserError } from '../../api/errors.ts'
import type { JobRecord, JobRepository } from './records.ts'
import { storedAs, storedJson } from './stored-values.ts'

const columnOf: Readonly<Record<Exclude<keyof JobRecord, 'id'>, string>> = {
  kind: 'kind',
  title: 'title',
  state: 'state',
  dataset: 'dataset',
  run: 'run',
  params: 'params',
  phaseIndex: 'phase_index',
  phaseDone: 'phase_done',
  phaseTotal: 'phase_total',
  phaseUnit: 'phase_unit',
  fraction01: 'fraction',
  position: 'position',
  createdAt: 'created_at',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
  activeSeconds: 'active_seconds',
  error: 'error',
  notes: 'notes',
  device: 'device',
  result: 'result',
  leaseOwner: 'lease_owner',
  leaseAt: 'lease_at',
  cancelKeeps: 'cancel_keeps'
}
const jsonFields = new Set(['params', 'error', 'notes', 'result'])
const fields = Object.entries(columnOf) as [keyof typeof columnOf, string][]

function toColumn(field: string, value: unknown): unknown {
  if (value === undefined) return null
  if (jsonFields.has(field)) return JSON.stringify(value)
  return typeof value === 'boolean' ? Number(value) : value
}

function toRecord(row: Record<string, unknown>): JobRecord {
  const text = (column: string): string => String(row[column])
  const number = (column: string): number => Number(row[column])
  const maybeNumber = (column: string): number | undefined =>
    row[column] === null ? undefined : Number(row[column])
  const maybeText = (column: string): string | undefined =>
    row[column] === null ? undefined : String(row[column])
  const maybeJson = (column: string): unknown =>
    row[column] === null ? undefined : storedJson(String(row[column]))
  return {
    id: text('id'),
    kind: text('kind'),
    title: text('title'),
    state: storedAs(JobState, row['state']),
    dataset: maybeText('dataset'),
    run: maybeText('run'),
    params: storedJson(text('params')) as JsonValue,
    phaseIndex: number('phase_index'),
    phaseDone: number('phase_done'),
    phaseTotal: number('phase_total'),
    phaseUnit: text('phase_unit'),
    fraction01: number('fraction'),
    position: number('position'),
    createdAt: number('created_at'),
    startedAt: maybeNumber('started_at'),
    finishedAt: maybeNumber('finished_at'),
    activeSeconds: number('active_seconds'),
    error: maybeJson('error') as UserError | undefined,
    notes: storedJson(text('notes')) as string[],
    device: maybeText('device'),
    result: maybeJson('result') as JsonValue | undefined,
    leaseOwner: maybeText('lease_owner'),
    leaseAt: maybeNumber('lease_at'),
    cancelKeeps: row['cancel_keeps'] === 1
  }
}

/** Repository over the job tables. */
export function createJobRepository(db: Database): JobRepository {
  const insert = db.prepare(
    `INSERT INTO jobs (id, ${fields.map(([, column]) => column).join(', ')})
     VALUES (?, ${fields.map(() => '?').join(', ')})`
  )
  const get = db.prepare<[string], Record<string, unknown>>('SELECT * FROM jobs WHERE id = ?')
  // Results and parameters may be large, and no list shows them.
  const small = fields
    .filter(([field]) => field !== 'result' && field !== 'params')
    .map(([, column]) => column)
  const list = db.prepare<[], Record<string, unknown>>(
    `SELECT id, ${small.join(', ')}, 'null' AS params, NULL AS result FROM jobs
     ORDER BY created_at DESC, id DESC`
  )
  const inState = db.prepare<[string], Record<string, unknown>>(
    'SELECT * FROM jobs WHERE state IN (SELECT value FROM json_each(?)) ORDER BY position, created_at, id'
  )
  const remove = db.prepare('DELETE FROM jobs WHERE id = ?')
  const readCheckpoint = db.prepare<[string], { state: string }>(
    'SELECT state FROM job_checkpoints WHERE job = ?'
  )
  const writeCheckpoint = db.prepare(
    'INSERT INTO job_checkpoints (job, state) VALUES (?, ?) ON CONFLICT (job) DO UPDATE SET state = excluded.state'
  )
  const clearCheckpoint = db.prepare('DELETE FROM job_checkpoints WHERE job = ?')
  const insertLog = db.prepare(
    'INSERT INTO job_log (job, time, level, code, text) VALUES (?, ?, ?, ?, ?)'
  )
  const readLog = db.prepare<[string, number], LogLine & { number: number }>(
    `SELECT number, time, level, code, text FROM job_log
     WHERE job = ? AND number > ? ORDER BY number LIMIT 1000`
  )
  const insertLive = db.prepare('INSERT INTO job_live (job, series, x, y) VALUES (?, ?, ?, ?)')
  const readLive = db.prepare<[string], LivePoint>(
    'SELECT series, x, y FROM job_live WHERE job = ? ORDER BY number'
  )
  const readSpeed = db.prepare<[string, string, string], { speed: number }>(
    'SELECT seconds_per_unit AS speed FROM phase_speeds WHERE kind = ? AND phase = ? AND data_kind = ?'
  )
  const writeSpeed = db.prepare(
    `INSERT INTO phase_speeds (kind, phase, data_kind, seconds_per_unit) VALUES (?, ?, ?, ?)
     ON CONFLICT (kind, phase, data_kind) DO UPDATE SET seconds_per_unit = excluded.seconds_per_unit`
  )
  const updates = new Map<string, ReturnType<typeof db.prepare>>()
  return {
    insert(record) {
      insert.run(record.id, ...fields.map(([field]) => toColumn(field, record[field])))
    },
    update(id, change) {
      const changed = fields.filter(([field]) => field in change)
      if (changed.length === 0) return
      const sql = `UPDATE jobs SET ${changed.map(([, column]) => `${column} = ?`).join(', ')} WHERE id = ?`
      const statement = updates.get(sql) ?? db.prepare(sql)
      updates.set(sql, statement)
      const values = new Map<string, unknown>(Object.entries(change))
      statement.run(...changed.map(([field]) => toColumn(field, values.get(field))), id)
    },
    get(id) {
      const row = get.get(id)
      return row && toRecord(row)
    },
    list: () => list.all().map(toRecord),
    inStates: (states) => inState.all(JSON.stringify(states)).map(toRecord),
    remove: (id) => void remove.run(id),
    checkpoint(id) {
      const row = readCheckpoint.get(id)
      return row && (storedJson(row.state) as JsonValue)
    },
    saveCheckpoint(id, state, alsoWrite) {
      db.transaction(() => {
        alsoWrite?.()
        writeCheckpoint.run(id, JSON.stringify(state))
      }).immediate()
    },
    clearCheckpoint: (id) => void clearCheckpoint.run(id),
    appendLog: (id, line) => void insertLog.run(id, line.time, line.level, line.code, line.text),
    log(id, after) {
      const rows = readLog.all(id, after)
      return {
        lines: rows.map(({ time, level, code, text }) => ({ time, level, code, text })),
        next: rows.at(-1)?.number ?? after
      }
    },
    appendLive: (id, point) => void insertLive.run(id, point.series, point.x, point.y),
    live: (id) => readLive.all(id),
    phaseSpeed: (kind, phase, dataKind) => readSpeed.get(kind, phase, dataKind)?.speed,
    savePhaseSpeed: (kind, phase, dataKind, seconds) =>
      void writeSpeed.run(kind, phase, dataKind, seconds)
  }
}
