// Datasets and the problems found while reading them.
import type { Database } from 'better-sqlite3'
import { AppError } from '../../api/errors.ts'
import { ChatShape, DataKind, SourceFormat, type ColumnInfo } from '../../api/dto/datasets.ts'
import { splitNumber } from './item-rows.ts'
import type {
  AddedSource,
  DatasetCounts,
  DatasetRecord,
  DatasetRepository,
  ProblemRepository
} from './records.ts'
import { dropTextIndex } from './text-index.ts'
import { storedAs, storedJson } from './stored-values.ts'

interface DatasetRow {
  id: string
  name: string
  kind: string
  format: string
  state: string
  purpose: string
  storage: string
  source_path: string
  options: string
  columns: string
  label_column: string | null
  class_names: string
  items: number
  skipped: number
  size_bytes: number
  content_hash: string
  created_at: number
  shape: string | null
  version: number
  previous: string | null
  added_sources: string
  matrix: string | null
  searchable: number
}

const columnOf: Readonly<Record<Exclude<keyof DatasetRecord, 'id'>, string>> = {
  name: 'name',
  kind: 'kind',
  format: 'format',
  state: 'state',
  purpose: 'purpose',
  storage: 'storage',
  sourcePath: 'source_path',
  options: 'options',
  columns: 'columns',
  labelColumn: 'label_column',
  classNames: 'class_names',
  items: 'items',
  skipped: 'skipped',
  sizeBytes: 'size_bytes',
  contentHash: 'content_hash',
  createdAt: 'created_at',
  shape: 'shape',
  version: 'version',
  previous: 'previous',
  addedSources: 'added_sources',
  matrix: 'matrix',
  isSearchable: 'searchable'
}
const jsonFields = new Set(['options', 'columns', 'classNames', 'addedSources'])
const states: readonly DatasetRecord['state'][] = ['ready', 'building', 'removing']

function toRecord(row: DatasetRow): DatasetRecord {
  return {
    id: row.id,
    name: row.name,
    kind: storedAs(DataKind, row.kind),
    format: storedAs(SourceFormat, row.format),
    state: states.find((state) => state === row.state) ?? 'building',
    purpose: row.purpose === 'examples' ? 'examples' : 'pool',
    storage: row.storage === 'copy' ? 'copy' : 'link',
    sourcePath: row.source_path,
    options: storedJson(row.options) as DatasetRecord['options'],
    columns: storedJson(row.columns) as ColumnInfo[],
    labelColumn: row.label_column ?? undefined,
    classNames: storedJson(row.class_names) as string[],
    items: row.items,
    skipped: row.skipped,
    sizeBytes: row.size_bytes,
    contentHash: row.content_hash,
    createdAt: row.created_at,
    shape: row.shape === null ? undefined : storedAs(ChatShape, row.shape),
    version: row.version,
    previous: row.previous ?? undefined,
    addedSources: storedJson(row.added_sources) as AddedSource[],
    matrix: row.matrix ?? undefined,
    isSearchable: row.searchable === 1
  }
}

function toColumn(field: string, value: unknown): unknown {
  if (jsonFields.has(field)) return JSON.stringify(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  return value === undefined ? null : value
}

/** Repository over the `datasets` table. */
export function createDatasetRepository(db: Database): DatasetRepository {
  const fields = Object.entries(columnOf) as [keyof typeof columnOf, string][]
  const insert = db.prepare(
    `INSERT INTO datasets (id, number, ${fields.map(([, column]) => column).join(', ')})
     VALUES (?, (SELECT COALESCE(MAX(number), 0) + 1 FROM datasets),
       ${fields.map(() => '?').join(', ')})`
  )
  const get = db.prepare<[string], DatasetRow>('SELECT * FROM datasets WHERE id = ?')
  const byName = db.prepare<[string], DatasetRow>('SELECT * FROM datasets WHERE name = ?')
  const list = db.prepare<[], DatasetRow>(
    `SELECT * FROM datasets WHERE state = 'ready' ORDER BY created_at, id`
  )
  const inState = db.prepare<[string], DatasetRow>(
    'SELECT * FROM datasets WHERE state = ? ORDER BY created_at, id'
  )
  const numberOf = db.prepare<[string], number>('SELECT number FROM datasets WHERE id = ?').pluck()
  const remove = db.prepare('DELETE FROM datasets WHERE id = ?')
  const readCounts = db
    .prepare<[string], string | null>('SELECT counts FROM datasets WHERE id = ?')
    .pluck()
  const writeCounts = db.prepare('UPDATE datasets SET counts = ? WHERE id = ? AND counts IS NULL')
  const nameState = db.prepare('UPDATE datasets SET counts = ? WHERE id = ?')
  // One pass over the rows: datasets of a million items keep their counts instead.
  const facets = db.prepare<[string], Facet>(
    `SELECT label, split, aside, duplicate_of IS NOT NULL AS same, COUNT(*) AS count
     FROM items WHERE dataset = (SELECT number FROM datasets WHERE id = ?)
     GROUP BY label, split, aside, duplicate_of IS NOT NULL`
  )
  function knownCounts(id: string): DatasetCounts | undefined {
    const known = readCounts.get(id) ?? null
    if (known === null) return undefined
    const counts = { ...(storedJson(known) as StoredCounts) }
    delete counts.state
    return counts
  }
  return {
    insert(record) {
      if (byName.get(record.name)) throw new AppError('dataset-name-taken')
      insert.run(record.id, ...fields.map(([field]) => toColumn(field, record[field])))
    },
    update(id, change) {
      const changed = fields.filter(([field]) => field in change)
      if (changed.length === 0) return
      const other = change.name === undefined ? undefined : byName.get(change.name)
      if (other && other.id !== id) throw new AppError('dataset-name-taken')
      db.prepare(
        `UPDATE datasets SET ${changed.map(([, column]) => `${column} = ?`).join(', ')} WHERE id = ?`
      ).run(...changed.map(([field]) => toColumn(field, change[field])), id)
    },
    get: (id) => mapped(get.get(id)),
    byName: (name) => mapped(byName.get(name)),
    list: () => list.all().map(toRecord),
    inState: (state) => inState.all(state).map(toRecord),
    remove: (id) =>
      db
        .transaction(() => {
          const number = numberOf.get(id)
          if (number !== undefined) dropTextIndex(db, number)
          remove.run(id)
        })
        .immediate(),
    counts: (id) => knownCounts(id) ?? countsOf(facets.all(id)),
    knownCounts,
    saveCounts(id, counts, state) {
      if (state === undefined) writeCounts.run(JSON.stringify(counts), id)
      else nameState.run(JSON.stringify({ ...counts, state } satisfies StoredCounts), id)
    },
    listState(id) {
      const known = readCounts.get(id) ?? null
      const state = known === null ? undefined : (storedJson(known) as StoredCounts).state
      return typeof state === 'string' ? state : undefined
    }
  }
}

/** Counts as they are stored, with the name of the state of the data that they were taken in. */
type StoredCounts = DatasetCounts & { state?: string }

interface Facet {
  readonly label: number
  readonly split: number
  readonly aside: number
  readonly same: number
  readonly count: number
}

function countsOf(facets: readonly Facet[]): DatasetCounts {
  const sum = (wanted: (facet: Facet) => boolean): number =>
    facets.reduce((total, facet) => total + (wanted(facet) ? facet.count : 0), 0)
  const labels = [...new Set(facets.map((facet) => facet.label))]
    .filter((label) => label >= 0)
    .sort((a, b) => a - b)
  return {
    setAside: sum((facet) => facet.aside === 1),
    exactDuplicates: sum((facet) => facet.same === 1),
    missingLabels: sum((facet) => facet.label < 0),
    train: sum((facet) => facet.split === splitNumber('train')),
    test: sum((facet) => facet.split === splitNumber('test')),
    perClass: labels.map((index) => ({
      index,
      count: sum((facet) => facet.label === index),
      train: sum((facet) => facet.label === index && facet.split === splitNumber('train')),
      test: sum((facet) => facet.label === index && facet.split === splitNumber('test'))
    }))
  }
}

function mapped(row: DatasetRow | undefined): DatasetRecord | undefined {
  return row && toRecord(row)
}

/** Repository over the `problems` table: rows and files that could not be read. */
export function createProblemRepository(db: Database): ProblemRepository {
  const next = db.prepare<[string], { next: number }>(
    'SELECT COALESCE(MAX(number), -1) + 1 AS next FROM problems WHERE dataset = ?'
  )
  const insert = db.prepare(
    'INSERT INTO problems (dataset, number, place, reason) VALUES (?, ?, ?, ?)'
  )
  const page = db.prepare<
    [string, number, number],
    { number: number; where: string; reason: string }
  >(
    `SELECT number, place AS "where", reason FROM problems
     WHERE dataset = ? AND number >= ? ORDER BY number LIMIT ?`
  )
  const count = db.prepare<[string], { total: number }>(
    'SELECT COUNT(*) AS total FROM problems WHERE dataset = ?'
  )
  const removeAll = db.prepare('DELETE FROM problems WHERE dataset = ?')
  return {
    append(dataset, problems) {
      db.transaction(() => {
        let number = next.get(dataset)?.next ?? 0
        for (const problem of problems) insert.run(dataset, number++, problem.where, problem.reason)
      }).immediate()
    },
    page(dataset, cursor, limit) {
      const rows = page.all(dataset, cursor === null ? 0 : Number(cursor), limit + 1)
      const more = rows.length > limit ? rows[limit] : undefined
      return {
        problems: rows.slice(0, limit).map(({ where, reason }) => ({ where, reason })),
        next: more ? String(more.number) : null,
        total: count.get(dataset)?.total ?? 0
      }
    },
    removeAll: (dataset) => void removeAll.run(dataset)
  }
}
