// Target tasks: from labels, from a column, or from example sets, as lists of example rows with
// their class in the pool's own class list.
import type { ExampleSet, SelectDraft } from '../../api/dto/runs.ts'
import { createRandom } from '../compute/random.ts'
import { rowsByLabel } from '../evaluation/draws.ts'
import type { DatasetRecord, ItemColumns, Store } from '../store/records.ts'

export interface PlannedPart {
  readonly name: string
  /** Dataset the rows belong to. */
  readonly dataset: string
  readonly rows: Uint32Array
  /** Class of each row as an index into the pool's class names; -1 = none. */
  readonly labels: Int32Array
}

export interface PlannedTask {
  readonly name: string
  readonly importance: 'low' | 'normal' | 'high'
  readonly parts: readonly PlannedPart[]
}

export interface ExampleItems {
  readonly tasks: readonly PlannedTask[]
  /** Rows of the pool with the content of an example, ascending, each once. */
  readonly poolRows: Uint32Array
  readonly unknownKeys: readonly string[]
  readonly notes: readonly string[]
}

/** Most examples of one part; a mean over more changes nothing that can be seen. */
export const examplesPerPart = 5000
/** Most tasks made from the values of a column. */
export const columnTasks = 64

const nothing: ExampleItems = {
  tasks: [],
  poolRows: new Uint32Array(0),
  unknownKeys: [],
  notes: []
}

/** Number of examples over all tasks. */
export function countExamples(task: PlannedTask): number {
  return task.parts.reduce((n, part) => n + part.rows.length, 0)
}

/** One task per label or per value of a column, from a seeded sample of the free rows. */
export function sampleTasks(
  store: Store,
  draft: SelectDraft,
  dataset: DatasetRecord,
  columns: ItemColumns,
  free: Uint32Array
): ExampleItems {
  const source = draft.tasks
  if (source.kind === 'sets') return nothing
  const random = createRandom(draft.seed).fork('example items')
  const groups =
    source.kind === 'labels'
      ? byLabel(dataset, columns, free)
      : byColumn(store, draft, source.column, free)
  const tasks: PlannedTask[] = []
  const poolRows: number[] = []
  for (const [name, rows] of groups.slice(0, columnTasks)) {
    // Never more than half: the rest must stay to choose from.
    const count = Math.min(source.perTask, Math.floor(rows.length / 2))
    if (count === 0) continue
    const picked = random.fork(name).sample(rows.length, count)
    const chosen = picked.map((i) => rows[i]).sort()
    poolRows.push(...chosen)
    const labels = Int32Array.from(chosen, (row) => columns.labels[row])
    tasks.push({
      name,
      importance: 'normal',
      parts: [{ name, dataset: dataset.id, rows: chosen, labels }]
    })
  }
  const notes =
    groups.length > columnTasks
      ? [`Only the ${columnTasks} most frequent values became tasks; there are ${groups.length}.`]
      : []
  return { tasks, poolRows: Uint32Array.from(poolRows).sort(), unknownKeys: [], notes }
}

function byLabel(
  dataset: DatasetRecord,
  columns: ItemColumns,
  free: Uint32Array
): [string, number[]][] {
  const groups = rowsByLabel(free, columns.labels)
  return [...groups].map(([label, rows]) => [dataset.classNames[label] ?? `class ${label}`, rows])
}

function byColumn(
  store: Store,
  draft: SelectDraft,
  column: string,
  free: Uint32Array
): [string, number[]][] {
  const values = store.items.columnValues(draft.dataset, column)
  const groups = new Map<string, number[]>()
  for (const row of free) {
    if (values[row] === '') continue
    const rows = groups.get(values[row])
    if (rows === undefined) groups.set(values[row], [row])
    else rows.push(row)
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
}

/**
 * Rows of the examples' dataset that can serve: not set aside, and with a class the pool knows. Where
 * the pool or the examples have no labels at all, any example serves: methods that need labels are
 * not possible then, or leave those examples out.
 */
class ExampleSource {
  readonly dataset: DatasetRecord
  readonly columns: ItemColumns
  readonly #store: Store
  /** Class index there -> class index in the pool, -1 = the pool has no such class. */
  readonly #classes: Int32Array
  readonly #isAllowed: (row: number) => boolean
  readonly #needsClass: boolean

  constructor(
    store: Store,
    dataset: DatasetRecord,
    pool: DatasetRecord,
    isAllowed: (row: number) => boolean
  ) {
    this.#store = store
    this.dataset = dataset
    this.columns = store.items.columns(dataset.id)
    this.#classes = Int32Array.from(dataset.classNames, (name) => pool.classNames.indexOf(name))
    this.#isAllowed = isAllowed
    this.#needsClass = dataset.classNames.length > 0 && pool.classNames.length > 0
  }

  poolLabel(row: number): number {
    const label = this.columns.labels[row]
    return label < 0 ? -1 : this.#classes[label]
  }

  rows(labels: readonly string[], keys: readonly string[], unknown: string[]): Uint32Array {
    let rows: Uint32Array
    if (keys.length > 0) {
      const found = this.#store.items.rowsOfKeys(this.dataset.id, keys)
      unknown.push(...found.unknown)
      rows = found.rows.slice().sort()
    } else rows = Uint32Array.from({ length: this.columns.labels.length }, (_, row) => row)
    const wanted = new Set(labels.map((name) => this.dataset.classNames.indexOf(name)))
    return rows.filter(
      (row) =>
        this.columns.aside[row] === 0 &&
        this.#isAllowed(row) &&
        (!this.#needsClass || this.poolLabel(row) >= 0) &&
        (labels.length === 0 || keys.length > 0 || wanted.has(this.columns.labels[row]))
    )
  }
}

/**
 * Example sets of the draft. Examples are matched to the pool's classes by name. Items of the pool
 * with the content of an example are reported in `poolRows`; examples with the content of a test
 * item are left out, so that nothing is aimed at the test.
 */
export function resolveExampleSets(
  store: Store,
  draft: SelectDraft,
  pool: DatasetRecord,
  poolColumns: ItemColumns,
  poolCodes: Uint8Array,
  testRows: Uint32Array
): ExampleItems {
  if (draft.tasks.kind !== 'sets') return nothing
  const matcher = createMatcher(store, pool, poolColumns, testRows)
  const unknown: string[] = []
  const notes: string[] = []
  const sources = new Map<string, ExampleSource>()
  const poolRows = new Set<number>()
  const tasks: PlannedTask[] = []
  for (const set of draft.tasks.sets) {
    const record = store.datasets.get(set.dataset)
    if (record === undefined) {
      notes.push(`The examples of \u201c${set.name}\u201d are not in the project any more.`)
      continue
    }
    const isPool = record.id === pool.id
    const source =
      sources.get(record.id) ??
      new ExampleSource(store, record, pool, (row) => !isPool || poolCodes[row] === 0)
    sources.set(record.id, source)
    const parts = partsOf(set, source, unknown, draft.seed, matcher)
    for (const part of parts)
      for (const row of matcher.poolRows(part.dataset, part.rows)) poolRows.add(row)
    if (parts.length === 0)
      notes.push(`The task \u201c${set.name}\u201d has no example with a class of this data.`)
    else tasks.push({ name: set.name, importance: set.importance, parts })
  }
  const inScope = [...poolRows].filter((row) => poolCodes[row] === 0)
  return { tasks, poolRows: Uint32Array.from(inScope).sort(), unknownKeys: unknown, notes }
}

interface Matcher {
  /** Rows of the pool with the content of these rows. */
  poolRows(dataset: string, rows: Uint32Array): readonly number[]
  /** The rows without those whose content is a test item of the pool. */
  withoutTest(dataset: string, rows: Uint32Array): Uint32Array
}

function createMatcher(
  store: Store,
  pool: DatasetRecord,
  columns: ItemColumns,
  testRows: Uint32Array
): Matcher {
  const isTest = new Uint8Array(columns.labels.length)
  for (const row of testRows) isTest[columns.firstSame[row]] = 1
  let copies: Map<number, number[]> | undefined
  const copiesOf = (first: number): readonly number[] => {
    if (copies === undefined) {
      copies = new Map()
      columns.firstSame.forEach((same, row) => {
        const list = copies?.get(same)
        if (list === undefined) copies?.set(same, [row])
        else list.push(row)
      })
    }
    return copies.get(first) ?? []
  }
  /** First pool row with the content of each row, -1 = none. */
  const firstInPool = (dataset: string, rows: Uint32Array): Int32Array => {
    if (dataset === pool.id) return Int32Array.from(rows, (row) => columns.firstSame[row])
    // A key is the content's digits plus a repeat counter; without the counter it names the first.
    const keys = store.items
      .rows(dataset, [...rows])
      .map((item) => item.key.split('-')[0] ?? item.key)
    const distinct = [...new Set(keys)]
    const { rows: found } = store.items.rowsOfKeys(pool.id, distinct)
    const rowOf = new Map(store.items.rows(pool.id, [...found]).map((item) => [item.key, item.row]))
    return Int32Array.from(keys, (key) => rowOf.get(key) ?? -1)
  }
  return {
    poolRows: (dataset, rows) =>
      [...firstInPool(dataset, rows)].flatMap((first) => (first < 0 ? [] : copiesOf(first))),
    withoutTest(dataset, rows) {
      const first = firstInPool(dataset, rows)
      return rows.filter((_, i) => first[i] < 0 || isTest[first[i]] === 0)
    }
  }
}

function partsOf(
  set: ExampleSet,
  source: ExampleSource,
  unknown: string[],
  seed: number,
  matcher: Matcher
): PlannedPart[] {
  const wanted =
    set.parts.length > 0 ? set.parts : [{ name: set.name, labels: set.labels, keys: set.keys }]
  const parts: PlannedPart[] = []
  for (const part of wanted) {
    let rows = matcher.withoutTest(source.dataset.id, source.rows(part.labels, part.keys, unknown))
    if (rows.length > examplesPerPart) {
      const random = createRandom(seed).fork(`examples of ${set.name} / ${part.name}`)
      const all = rows
      rows = random
        .sample(all.length, examplesPerPart)
        .map((i) => all[i])
        .sort()
    }
    if (rows.length === 0) continue
    const labels = Int32Array.from(rows, (row) => source.poolLabel(row))
    parts.push({ name: part.name, dataset: source.dataset.id, rows, labels })
  }
  return parts
}
