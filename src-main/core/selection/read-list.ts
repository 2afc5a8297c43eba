// A list made elsewhere as items of a dataset: row numbers (ICONS publishes such lists), original
// records, keys, names, or one of our own exports. What does not fit is counted and named; nothing
// is ever shifted or guessed silently (specs/selection.md 2.8 d and 2.9).
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { ListOrder, ListReadAs, ReadList } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import { requireDataset } from '../datasets/datasets.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import {
  createLookups,
  isNumberLike,
  type ListLookup,
  type ListLookups
} from './read-list-match.ts'
import {
  lineColumn,
  readListTask,
  type ListBatch,
  type ListPlace,
  type ListProbe,
  type ReadListInput
} from './read-list-task.ts'

export interface ReadListRequest {
  /** Absolute. */
  readonly path: string
  readonly dataset: string
  /** Null = as recognised. */
  readonly as: ListReadAs | null
  readonly order: ListOrder | null
}

export interface ReadListDeps {
  readonly store: Store
  readonly pool: ComputePool
}

/** Most items of a list: what a draft can carry. */
export const listedMost = 1_000_000
const unknownShown = 50
const keysAtOnce = 500
const never = new AbortController().signal
// The words that head a column of names or numbers.
const headings = /^(ids?|keys?|names?|files?|file_?names?|paths?|rows?|index|indices|idx|items?)$/i
// ICONS' list, whose last line is the item with the most votes; the name only sets a visible choice.
const lastIsBest = /vote_top_indices/i
const noun: Readonly<Record<ListReadAs, readonly [string, string]>> = {
  records: ['record', 'records'],
  keys: ['key', 'keys'],
  names: ['name', 'names'],
  'file-names': ['file name', 'file names'],
  rows: ['row number', 'row numbers']
}

/** Reads a list. Throws AppError with what to do when nothing in it fits the dataset. */
export async function readList(
  deps: ReadListDeps,
  request: ReadListRequest,
  signal: AbortSignal = never
): Promise<ReadList> {
  const record = requireDataset(deps.store, request.dataset)
  const run = (place: ListPlace | undefined, onEvent?: (batch: ListBatch) => void) =>
    deps.pool.run<ReadListInput, ListBatch, ListProbe | null>(
      readListTask,
      { path: request.path, place, dataset: listed(record) },
      { signal, isLight: true, ...(onEvent === undefined ? {} : { onEvent }) }
    )
  const probe = await run(undefined)
  if (probe === null) throw new AppError('internal')
  const lookups = createLookups(deps.store, record)
  const title = basename(request.path)
  const ways = await waysOf(probe, lookups, record)
  const way = choose(ways, request.as, title, probe)
  const lookup = await lookups.open(way.readAs)
  const found = new FoundItems(record.items, lookup, way.place)
  await run(way.place, (batch) => found.take(batch))
  const rows = found.rows()
  if (rows.length > listedMost)
    throw new AppError('too-large', 'A list may name up to 1,000,000 items.')
  const order =
    request.order ?? (way.readAs === 'rows' && lastIsBest.test(title) ? 'last-first' : 'as-listed')
  if (order === 'last-first') rows.reverse()
  const { entries, duplicates, unknown, unknownFirst } = found
  return {
    ...{ title, order, entries, duplicates, unknown, unknownFirst },
    readAs: way.readAs,
    alternatives: [...new Set(ways.map(({ readAs }) => readAs))].filter((as) => as !== way.readAs),
    keys: await keysOf(deps.store, record, rows, lookup.keys),
    notes: found.notes(),
    sentence: sentenceOf(way.readAs, found, record)
  }
}

function listed({ kind, columns, shape }: DatasetRecord): ReadListInput['dataset'] {
  return {
    kind,
    shape: shape ?? null,
    columns: columns.map(({ name, type, role }) => ({ name, type, role }))
  }
}

interface ListWay {
  readonly place: ListPlace
  readonly readAs: ListReadAs
  /** Share of the first entries that name an item, 0..1. */
  readonly share01: number
}

/** Ways that fit some of the first entries, best first. */
async function waysOf(
  probe: ListProbe,
  lookups: ListLookups,
  record: DatasetRecord
): Promise<ListWay[]> {
  const ways: ListWay[] = []
  for (const { place, batch } of probe.places) {
    const values = batch.values.filter((value) => value !== null)
    for (const readAs of readable(probe, place, values)) {
      // Row numbers that cannot be told are no reason to refuse a list of names.
      const lookup = await lookups.open(readAs).catch((error: unknown) => {
        if (probe.places.length === 1 && readAs === 'rows' && ways.length === 0) throw error
      })
      if (lookup === undefined) continue
      const known = lookup.find(values).filter((row) => typeof row === 'number').length
      const share01 = known / values.length
      // Names that are file names say the same both ways.
      const isSaid = ways.some((way) => way.place === place && way.share01 >= share01)
      if (known > 0 && !(readAs === 'file-names' && isSaid)) ways.push({ place, readAs, share01 })
    }
  }
  // Between equals the first wins; a plain list of numbers is one of row numbers.
  const isNumbers = probe.kind === 'lines' && record.kind !== 'images'
  const rank = (way: ListWay): number =>
    way.share01 + (isNumbers && way.readAs === 'rows' ? 1e-9 : 0)
  return ways.sort((a, b) => rank(b) - rank(a))
}

function readable(
  probe: ListProbe,
  place: ListPlace,
  values: readonly string[]
): readonly ListReadAs[] {
  if (place === 'record') return ['records']
  const isOnly = probe.places.length === 1
  // A column of small numbers is hardly ever one of row numbers, unless it says so.
  const isCalledRow = /^(row|rows|row_?(number|index|id)|index|idx|indices|position)$/i.test(
    place.column
  )
  const areNumbers = values.some(isNumberLike) && (isOnly || isCalledRow)
  return ['keys', 'names', 'file-names', ...(areNumbers ? (['rows'] as const) : [])]
}

function choose(
  ways: readonly ListWay[],
  asked: ListReadAs | null,
  title: string,
  probe: ListProbe
): ListWay {
  const ours = probe.isOurs
    ? ways.find(
        ({ place, readAs }) => place !== 'record' && place.column === 'id' && readAs === 'keys'
      )
    : undefined
  const way = asked === null ? (ours ?? ways[0]) : ways.find(({ readAs }) => readAs === asked)
  if (way !== undefined) return way
  const first = probe.places[0]?.batch.shown[0]
  const shown =
    first === undefined || first === '' ? '' : ` It begins with “${first.slice(0, 80)}”.`
  throw new AppError(
    'invalid-input',
    `Nothing in “${title}” names an item of this dataset.${shown}`,
    {
      hint: 'The list may belong to other data. The app reads row numbers counted from 0, keys, names, and original records.'
    }
  )
}

/** Items in the order of the list, and everything that did not fit. */
class FoundItems {
  entries = 0
  duplicates = 0
  unknown = 0
  readonly unknownFirst: { where: string; entry: string; reason: string }[] = []
  readonly #lookup: ListLookup
  readonly #seen: Uint8Array
  readonly #isLines: boolean
  readonly #items: number
  #rows: number[] = []
  #heading: string | undefined
  #hasZero = false
  #hasCount = false

  constructor(items: number, lookup: ListLookup, place: ListPlace) {
    this.#items = items
    this.#lookup = lookup
    this.#seen = new Uint8Array(items)
    this.#isLines = place !== 'record' && place.column === lineColumn
  }

  take(batch: ListBatch): void {
    const sound = batch.values.flatMap((value, i) => (value === null ? [] : [i]))
    const found = this.#lookup.find(sound.map((i) => batch.values[i] ?? ''))
    const rows = new Map(sound.map((i, n) => [i, found[n]]))
    for (let i = 0; i < batch.where.length; i++) {
      const row = rows.get(i) ?? batch.problems[i] ?? 'It has no value here.'
      const value = batch.values[i] ?? ''
      if (typeof row === 'string' && this.#isHeading(value)) continue
      this.entries++
      this.#hasZero ||= value === '0'
      this.#hasCount ||= value === String(this.#items)
      if (typeof row === 'number') this.#add(row)
      else this.#miss(batch.where[i], batch.shown[i], row)
    }
  }

  /** Rows in the order of the file, each once; to be asked for at the end. */
  rows(): number[] {
    return this.#rows
  }

  notes(): string[] {
    const notes: string[] = []
    if (this.#heading !== undefined)
      notes.push(`The first line, “${this.#heading}”, was taken as a heading.`)
    if (this.#lookup.readAs === 'rows' && this.#hasCount && !this.#hasZero)
      notes.push(
        'The list has no row 0 but one past the last row, so it may count from 1. It is read as counted from 0.'
      )
    return notes
  }

  #isHeading(value: string): boolean {
    if (!this.#isLines || this.entries > 0 || this.#heading !== undefined) return false
    if (!headings.test(value)) return false
    this.#heading = value
    return true
  }

  #add(row: number): void {
    if (this.#seen[row] === 1) this.duplicates++
    else {
      this.#seen[row] = 1
      this.#rows.push(row)
    }
  }

  #miss(where: string, entry: string, reason: string): void {
    this.unknown++
    if (this.unknownFirst.length < unknownShown)
      this.unknownFirst.push({ where, entry: entry.slice(0, 200), reason })
  }
}

/** Keys of rows, a few at a time: the backend thread also serves the window. */
async function keysOf(
  { items }: Pick<Store, 'items'>,
  record: DatasetRecord,
  rows: readonly number[],
  known: ReadonlyMap<number, string> | undefined
): Promise<string[]> {
  const told = known === undefined ? [] : rows.flatMap((row) => known.get(row) ?? [])
  if (told.length === rows.length) return told
  const keys: string[] = []
  for (let at = 0; at < rows.length; at += keysAtOnce) {
    for (const { key } of items.rows(record.id, rows.slice(at, at + keysAtOnce))) keys.push(key)
    await setImmediate()
  }
  return keys
}

function sentenceOf(readAs: ListReadAs, found: FoundItems, record: DatasetRecord): string {
  const { entries, unknown, duplicates } = found
  const [one, many] = noun[readAs]
  const known = entries - unknown
  const text = (count: number): string => count.toLocaleString('en')
  const head = `${text(entries)} ${entries === 1 ? one : many}`
  const parts = [
    unknown === 0
      ? `${head}, all of “${record.name}”`
      : `${head}: ${text(known)} of “${record.name}”, ${text(unknown)} not`
  ]
  if (duplicates > 0)
    parts.push(
      `${text(duplicates)} ${duplicates === 1 ? 'comes' : 'come'} a second time and count once`
    )
  return `${parts.join('; ')}.`
}
