// What browsing keeps of one dataset in memory: the columns that filters and orders need, loaded
// when first asked for, in slices, and kept in step with every change.
import type { JsonValue } from '../../../api/dto/common.ts'
import { AppError } from '../../../api/errors.ts'
import { emptyColumns, valueText } from '../../store/item-columns.ts'
import type { ItemColumns, Store } from '../../store/records.ts'
import { createBreaks, inSlices, type Breaks } from './breaks.ts'
import { ranksOfNumbers, type Ranks } from './radix-order.ts'
import { ranksOfTexts } from './natural-order.ts'
import { searchItems } from './search-items.ts'
import { parseSearch } from './words.ts'

const rowsAtOnce = 5_000
const tagRowsAtOnce = 50_000
// Kept columns and found searches at most; the oldest one makes room.
const columnsKept = 32
const searchesKept = 6

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

/** One dataset in memory. */
export class LoadedDataset {
  readonly id: string
  readonly items: number
  readonly columns: ItemColumns
  /** Rises with every change. */
  revision = 0
  readonly #store: Store
  readonly #check: () => void
  readonly #kept = new Map<string, KeptColumn>()
  readonly #ranks = new Map<string, Ranks>()
  readonly #searches = new Map<string, Uint8Array>()
  #tags: Map<string, Uint32Array> | undefined
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(store: Store, id: string, items: number, check: () => void) {
    this.#store = store
    this.id = id
    this.items = items
    this.#check = check
    this.columns = emptyColumns(items)
  }

  /** Reads the columns of a dataset; `check` throws once its owner is closed. */
  static async load(store: Store, id: string, check: () => void): Promise<LoadedDataset> {
    const loaded = new LoadedDataset(store, id, store.items.count(id), check)
    await inSlices(loaded.items, rowsAtOnce, createBreaks(check), (first, count) =>
      store.items.fillColumns(id, loaded.columns, first, count)
    )
    return loaded
  }

  /** One loading after the other, so that two callers never load the same thing. */
  #inTurn<T>(work: (breaks: Breaks) => Promise<T>): Promise<T> {
    const next = this.#turn.then(() => work(createBreaks(this.#check)))
    this.#turn = next.catch(() => {})
    return next
  }

  /** Makes sure that kept columns are loaded. `isNumber` says how a column is held. */
  needColumns(names: readonly string[], isNumber: (name: string) => boolean): Promise<void> {
    return this.#inTurn(async (breaks) => {
      const missing = [...new Set(names)].filter((name) => !this.#kept.has(name))
      if (missing.length === 0) return
      const making = missing.map((name) =>
        isNumber(name) ? numbers(this.items) : texts(this.items)
      )
      await inSlices(this.items, rowsAtOnce, breaks, (first, count) => {
        const slices = this.#store.items.valueSlices(this.id, missing, first, count)
        slices.forEach((slice, i) => making[i].take(slice, first))
      })
      missing.forEach((name, i) => this.#kept.set(name, making[i].column))
      for (const name of this.#kept.keys()) {
        if (this.#kept.size <= Math.max(columnsKept, names.length)) break
        if (!names.includes(name)) this.#forgetColumn(name)
      }
    })
  }

  #forgetColumn(name: string): void {
    this.#kept.delete(name)
    this.#ranks.delete(`column ${name}`)
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
    return this.#inTurn(async (breaks) => {
      if (this.#ranks.has('name')) return
      const names: string[] = []
      await inSlices(this.items, rowsAtOnce, breaks, (first, count) => {
        for (const name of this.#store.items.names(this.id, first, count)) names.push(name)
      })
      this.#ranks.set('name', await ranksOfTexts(names, breaks))
    })
  }

  /** Makes sure that a loaded kept column is ranked. */
  needRanks(name: string): Promise<void> {
    return this.#inTurn(async (breaks) => {
      if (this.#ranks.has(`column ${name}`)) return
      const column = this.kept(name)
      this.#ranks.set(`column ${name}`, await ranksOfColumn(column, breaks))
    })
  }

  ranks(key: 'name' | `column ${string}`): Ranks | undefined {
    return this.#ranks.get(key)
  }

  /** Makes sure that tags are loaded. */
  needTags(): Promise<void> {
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
    return this.#inTurn(async (breaks) => {
      if (this.#searches.has(search)) return
      const query = parseSearch(search)
      const found = await searchItems(this.#store, this.id, this.items, query, isIndexed, breaks)
      this.#searches.set(search, found)
      for (const old of this.#searches.keys()) {
        if (this.#searches.size <= searchesKept) break
        this.#searches.delete(old)
      }
    })
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
