// What browsing keeps of one dataset in memory: the columns that filters and orders need, loaded
// when first asked for, in slices, and kept in step with every change. Large datasets find them
// prepared as files.
import { randomBytes } from 'node:crypto'
import type { JsonValue } from '../../../api/dto/common.ts'
import type { DataKind } from '../../../api/dto/datasets.ts'
import { AppError } from '../../../api/errors.ts'
import { emptyColumns, valueText } from '../../store/item-columns.ts'
import type { ItemColumns, Store } from '../../store/records.ts'
import { createBreaks, inSlices, type Breaks } from './breaks.ts'
import { countColumns } from './count-columns.ts'
import { isMeasure, measureOf } from './measures.ts'
import { ranksOfTexts } from './natural-order.ts'
import type { Prepared, PreparedArray, PreparedLists } from './prepared-lists.ts'
import { identity, ranksOfNumbers, type Ranks } from './radix-order.ts'
import { searchItems } from './search-items.ts'
import { parseSearch } from './words.ts'

const rowsAtOnce = 5_000
const tagRowsAtOnce = 50_000
// Kept columns and found searches at most; the oldest one makes room.
const columnsKept = 32
const searchesKept = 6
/** What never changes after an import holds in every state of the data. */
const lasting = ''
const bins = 24

/** A kept column: numbers (NaN = missing), or a code per row into its distinct texts (0 = ""). */
export type KeptColumn =
  | { readonly kind: 'numbers'; readonly values: Float64Array }
  | { readonly kind: 'texts'; readonly codes: Uint32Array; readonly texts: readonly string[] }

/** A change of items that was just stored. Arrays have one entry per row. */
export type ItemChange =
  | { readonly kind: 'aside'; readonly rows: Uint32Array; readonly aside: Uint8Array }
  | { readonly kind: 'labels'; readonly rows: Uint32Array; readonly labels: Int32Array }
  | { readonly kind: 'splits'; readonly rows: Uint32Array; readonly splits: Uint8Array }
  | { readonly kind: 'notes'; readonly rows: Uint32Array; readonly notes: readonly string[] }
  | {
      readonly kind: 'tag'
      readonly tag: string
      readonly rows: Uint32Array
      readonly on: Uint8Array
    }

/** A number column in bins of equal width: for each row its bin, or {@link bins} where it has no number. */
export interface Binned {
  readonly codes: Uint8Array
  readonly bins: number
  readonly min: number
  readonly max: number
}

/** One dataset in memory. */
export class LoadedDataset {
  readonly id: string
  readonly items: number
  readonly columns: ItemColumns
  /** Rises with every change. */
  revision = 0
  readonly #store: Store
  readonly #check: () => void
  readonly #lists: PreparedLists | undefined
  readonly #kept = new Map<string, KeptColumn>()
  readonly #ranks = new Map<string, Ranks>()
  readonly #binned = new Map<string, Binned>()
  #repeats: Uint8Array | undefined
  readonly #searches = new Map<string, Uint8Array>()
  #tags: Map<string, Uint32Array> | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #searchTurn: Promise<unknown> = Promise.resolve()

  private constructor(deps: LoadDeps, id: string, items: number) {
    this.#store = deps.store
    this.id = id
    this.items = items
    this.#check = deps.check
    this.#lists = deps.lists?.holds(items) === true ? deps.lists : undefined
    this.columns = emptyColumns(items)
  }

  /**
   * Reads the columns of a dataset, prepared or from the project file; `prepared` says what there was.
   * What changes meanwhile is to be applied afterwards.
   */
  static async load(
    deps: LoadDeps,
    id: string
  ): Promise<{ loaded: LoadedDataset; prepared: 'all' | 'facts' | 'nothing' }> {
    const { store } = deps
    // Before the first wait: what changes from now on is told to the owner.
    const state = store.datasets.listState(id)
    const loaded = new LoadedDataset(deps, id, store.items.count(id))
    const [facts, marks] = await Promise.all([
      loaded.#read('facts', lasting),
      state === undefined ? undefined : loaded.#read('marks', state)
    ])
    const hasFacts = filled(factsOf(loaded.columns), facts)
    if (hasFacts && filled(marksOf(loaded.columns), marks)) return { loaded, prepared: 'all' }
    await inSlices(loaded.items, rowsAtOnce, createBreaks(deps.check), (first, count) =>
      store.items.fillColumns(id, loaded.columns, first, count)
    )
    return { loaded, prepared: hasFacts ? 'facts' : 'nothing' }
  }

  /**
   * Keeps the columns as files for the next opening, with the state of the data that they belong to.
   * Only while nothing is half stored.
   */
  async keep(isWithFacts: boolean): Promise<void> {
    if (this.#lists === undefined || this.#store.isReadOnly) return
    // One state of the data, named in the project file before anything else can happen; a change
    // takes the name away.
    const state = randomBytes(12).toString('hex')
    const marks = marksOf(this.columns).map((array) => array.slice())
    try {
      this.#store.datasets.saveCounts(this.id, countColumns(this.columns), state)
    } catch {
      // A full disk, or one that is gone, costs quickness alone; the next call tells of it.
      return
    }
    if (isWithFacts) await this.#write('facts', lasting, { arrays: factsOf(this.columns) })
    await this.#write('marks', state, { arrays: marks })
  }

  #read(name: string, state: string): Promise<Prepared | undefined> {
    return this.#lists?.read(this.id, this.items, name, state) ?? Promise.resolve(undefined)
  }

  #write(name: string, state: string, what: Partial<Prepared>): Promise<void> {
    const whole = { arrays: [], texts: [], number: 0, ...what }
    return this.#lists?.write(this.id, this.items, name, state, whole) ?? Promise.resolve()
  }

  /** A kept column as it was prepared, if it fits. */
  async #preparedColumn(name: string, isNumber: boolean): Promise<KeptColumn | undefined> {
    const found = await this.#read(`column ${name}`, lasting)
    const array = found?.arrays[0]
    if (found === undefined || array === undefined) return undefined
    if (isNumber)
      return array instanceof Float64Array ? { kind: 'numbers', values: array } : undefined
    const { texts } = found
    if (!(array instanceof Uint32Array) || texts[0] !== '') return undefined
    return array.every((code) => code < texts.length)
      ? { kind: 'texts', codes: array, texts }
      : undefined
  }

  /** Ranks as they were prepared, or worked out and kept. */
  async #ranked(name: string, work: () => Promise<Ranks>): Promise<Ranks> {
    const found = await this.#read(`ranks ${name}`, lasting)
    const array = found?.arrays[0]
    if (found !== undefined && array instanceof Uint32Array && fits(array, found.number))
      return { ranks: array, missing: found.number }
    const { ranks, missing } = await work()
    void this.#write(`ranks ${name}`, lasting, { arrays: [ranks], number: missing })
    return { ranks, missing }
  }

  /** One loading after the other, so that two callers never load the same thing. */
  #inTurn<T>(work: (breaks: Breaks) => Promise<T>): Promise<T> {
    const next = this.#turn.then(() => work(createBreaks(this.#check)))
    this.#turn = next.catch(() => {})
    return next
  }

  /** Makes sure that kept columns are loaded. `isNumber` says how a column is held. */
  needColumns(names: readonly string[], isNumber: (name: string) => boolean): Promise<void> {
    // Nobody waits in a turn for what is there.
    if (this.hasColumns(names)) return Promise.resolve()
    return this.#inTurn(async (breaks) => {
      const wanted = [...new Set(names)].filter((name) => !this.#kept.has(name))
      if (wanted.length === 0) return
      const prepared = await Promise.all(
        wanted.map((name) => this.#preparedColumn(name, isNumber(name)))
      )
      prepared.forEach((column, at) => column && this.#kept.set(wanted[at], column))
      const missing = wanted.filter((_, at) => prepared[at] === undefined)
      const making = missing.map((name) =>
        isNumber(name) ? numbers(this.items) : texts(this.items)
      )
      if (missing.length > 0)
        await inSlices(this.items, rowsAtOnce, breaks, (first, count) => {
          const slices = this.#store.items.valueSlices(this.id, missing, first, count)
          slices.forEach((slice, i) => making[i].take(slice, first))
        })
      missing.forEach((name, i) => {
        const { column } = making[i]
        this.#kept.set(name, column)
        const what =
          column.kind === 'numbers'
            ? { arrays: [column.values] }
            : { arrays: [column.codes], texts: column.texts }
        void this.#write(`column ${name}`, lasting, what)
      })
      for (const name of this.#kept.keys()) {
        if (this.#kept.size <= Math.max(columnsKept, names.length)) break
        if (!names.includes(name)) this.#forgetColumn(name)
      }
    })
  }

  #forgetColumn(name: string): void {
    this.#kept.delete(name)
    this.#ranks.delete(`column ${name}`)
    this.#binned.delete(name)
  }

  /** A loaded kept column. */
  kept(name: string): KeptColumn {
    const found = this.#kept.get(name)
    if (found === undefined) throw new AppError('internal')
    return found
  }

  hasColumns(names: readonly string[]): boolean {
    return names.every((name) => this.#kept.has(name))
  }

  /** Makes sure that names are ranked. */
  needNames(): Promise<void> {
    if (this.#ranks.has('name')) return Promise.resolve()
    return this.#inTurn(async (breaks) => {
      if (this.#ranks.has('name')) return
      const ranks = await this.#ranked('name', async () => {
        const names: string[] = []
        await inSlices(this.items, rowsAtOnce, breaks, (first, count) => {
          for (const name of this.#store.items.names(this.id, first, count)) names.push(name)
        })
        return ranksOfTexts(names, breaks)
      })
      this.#ranks.set('name', ranks)
    })
  }

  /** Makes sure that a loaded kept column, or a measure of items of this kind, is ranked. */
  needRanks(name: string, kind: DataKind): Promise<void> {
    if (this.#ranks.has(`column ${name}`)) return Promise.resolve()
    return this.#inTurn(async (breaks) => {
      if (this.#ranks.has(`column ${name}`)) return
      const ranks = await this.#ranked(`column ${name}`, () =>
        isMeasure(name)
          ? ranksOfNumbers(measureOf(this.columns, kind, name), breaks)
          : ranksOfColumn(this.kept(name), breaks)
      )
      this.#ranks.set(`column ${name}`, ranks)
    })
  }

  /** 1 for every item that repeats an earlier one. */
  repeats(): Uint8Array {
    return (this.#repeats ??= unlike(this.columns.firstSame, identity(this.items)))
  }

  /** The bins of a number column or measure, or undefined where it has fewer than two numbers. */
  binned(name: string, values: () => Float64Array): Binned | undefined {
    let found = this.#binned.get(name)
    if (found === undefined) {
      found = binsOf(values())
      this.#binned.set(name, found)
    }
    return found.min < found.max && Number.isFinite(found.max - found.min) ? found : undefined
  }

  ranks(key: 'name' | `column ${string}`): Ranks | undefined {
    return this.#ranks.get(key)
  }

  /** Makes sure that tags are loaded. */
  needTags(): Promise<void> {
    if (this.#tags !== undefined) return Promise.resolve()
    return this.#inTurn(async (breaks) => {
      if (this.#tags !== undefined) return
      const revision = this.revision
      const tags = new Map<string, Uint32Array>()
      for (const name of this.#store.items.tagNames(this.id)) {
        const rows: number[] = []
        for (let first = 0; ;) {
          const some = this.#store.items.tagRows(this.id, name, first, tagRowsAtOnce)
          for (const row of some) rows.push(row)
          if (some.length < tagRowsAtOnce) break
          first = some[some.length - 1] + 1
          if (breaks.isDue()) await breaks.take()
        }
        tags.set(name, Uint32Array.from(rows))
      }
      // Something changed between two slices: what was read may be half of it.
      if (revision === this.revision) this.#tags = tags
    })
  }

  /** Tags and their rows, or undefined when they must be loaded (again). */
  tags(): ReadonlyMap<string, Uint32Array> | undefined {
    return this.#tags
  }

  /** Makes sure that a search is answered. */
  needSearch(search: string, isIndexed: boolean): Promise<void> {
    // In a turn of their own: what somebody types does not wait for columns to be prepared.
    const next = this.#searchTurn.then(async () => {
      const breaks = createBreaks(this.#check)
      if (this.#searches.has(search)) return
      const query = parseSearch(search)
      const found = await searchItems(this.#store, this.id, this.items, query, isIndexed, breaks)
      this.#searches.set(search, found)
      for (const old of this.#searches.keys()) {
        if (this.#searches.size <= searchesKept) break
        this.#searches.delete(old)
      }
    })
    this.#searchTurn = next.catch(() => {})
    return next
  }

  /** One byte per row, 1 = found; undefined before {@link needSearch}. */
  found(search: string): Uint8Array | undefined {
    return this.#searches.get(search)
  }

  /** Follows a change that was stored. */
  apply(change: ItemChange): void {
    this.revision++
    const { rows } = change
    switch (change.kind) {
      case 'aside':
        rows.forEach((row, i) => (this.columns.aside[row] = change.aside[i]))
        break
      case 'labels':
        rows.forEach((row, i) => (this.columns.labels[row] = change.labels[i]))
        break
      case 'splits':
        rows.forEach((row, i) => (this.columns.splits[row] = change.splits[i]))
        break
      case 'notes':
        rows.forEach((row, i) => (this.columns.noted[row] = change.notes[i] === '' ? 0 : 1))
        break
      case 'tag':
        this.#applyTag(change.tag, rows, change.on)
    }
  }

  #applyTag(tag: string, rows: Uint32Array, on: Uint8Array): void {
    if (this.#tags === undefined) return
    const has = new Uint8Array(this.items)
    for (const row of this.#tags.get(tag) ?? []) has[row] = 1
    rows.forEach((row, i) => (has[row] = on[i]))
    const tagged = rowsOf(has)
    if (tagged.length === 0) this.#tags.delete(tag)
    else this.#tags.set(tag, tagged)
  }
}

/** What loading needs. `check` throws once its owner is closed. */
export interface LoadDeps {
  readonly store: Store
  readonly lists: PreparedLists | undefined
  readonly check: () => void
}

/** Columns that stay as they were imported. */
function factsOf(columns: ItemColumns): PreparedArray[] {
  const { firstSame, sizes, textLengths, widths, heights } = columns
  return [firstSame, sizes, textLengths, widths, heights]
}

/** Columns that people change. */
function marksOf(columns: ItemColumns): PreparedArray[] {
  const { labels, givenLabels, splits, aside, noted } = columns
  return [labels, givenLabels, splits, aside, noted]
}

/** Fills columns from a prepared file; false where it is missing or of another shape. */
function filled(columns: readonly PreparedArray[], from: Prepared | undefined): boolean {
  const arrays = from?.arrays ?? []
  if (arrays.length !== columns.length) return false
  if (!arrays.every((array, at) => array.constructor === columns[at].constructor)) return false
  columns.forEach((column, at) => column.set(arrays[at]))
  return true
}

/** 1 where two columns differ. */
export function unlike(a: ArrayLike<number>, b: ArrayLike<number>): Uint8Array {
  const differ = new Uint8Array(a.length)
  for (let row = 0; row < differ.length; row++) differ[row] = a[row] === b[row] ? 0 : 1
  return differ
}

function fits(ranks: Uint32Array, missing: number): boolean {
  if (!Number.isInteger(missing) || missing < 0) return false
  for (let row = 0; row < ranks.length; row++) if (ranks[row] > missing) return false
  return true
}

function binsOf(values: Float64Array): Binned {
  let min = Infinity
  let max = -Infinity
  for (let row = 0; row < values.length; row++) {
    if (values[row] < min) min = values[row]
    if (values[row] > max) max = values[row]
  }
  const codes = new Uint8Array(values.length)
  const scale = bins / (max - min)
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    codes[row] = Number.isNaN(value) ? bins : Math.min(bins - 1, Math.floor((value - min) * scale))
  }
  return { codes, bins, min, max }
}

/** Rows whose byte is 1, ascending. */
export function rowsOf(mask: Uint8Array): Uint32Array<ArrayBuffer> {
  let count = 0
  for (let row = 0; row < mask.length; row++) count += mask[row]
  const rows = new Uint32Array(count)
  let at = 0
  for (let row = 0; row < mask.length; row++) if (mask[row] === 1) rows[at++] = row
  return rows
}

interface Making {
  readonly column: KeptColumn
  take(slice: readonly (JsonValue | undefined)[], first: number): void
}

function numbers(items: number): Making {
  const values = new Float64Array(items).fill(Number.NaN)
  return {
    column: { kind: 'numbers', values },
    take(slice, first) {
      for (let i = 0; i < slice.length; i++) {
        const value = slice[i]
        if (typeof value === 'number') values[first + i] = value
      }
    }
  }
}

function texts(items: number): Making {
  const codes = new Uint32Array(items)
  const distinct = ['']
  const known = new Map([['', 0]])
  return {
    column: { kind: 'texts', codes, texts: distinct },
    take(slice, first) {
      for (let i = 0; i < slice.length; i++) {
        const text = valueText(slice[i])
        let code = known.get(text)
        if (code === undefined) {
          code = distinct.length
          known.set(text, code)
          distinct.push(text)
        }
        codes[first + i] = code
      }
    }
  }
}

async function ranksOfColumn(column: KeptColumn, breaks: Breaks): Promise<Ranks> {
  if (column.kind === 'numbers') return ranksOfNumbers(column.values, breaks)
  const { ranks, missing } = await ranksOfTexts(column.texts, breaks)
  const { codes } = column
  const all = new Uint32Array(codes.length)
  for (let row = 0; row < all.length; row++) all[row] = ranks[codes[row]]
  return { ranks: all, missing }
}
