// Finds the items that the entries of a list name: by key, by name, by row number, or by the
// record itself. Answers a row, or the plain reason why there is none.
import { setImmediate } from 'node:timers/promises'
import type { ListReadAs } from '../../api/dto/runs.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { sourcePositions, type Positions } from '../datasets/source-positions.ts'

/** One way to read entries. `find` must see all entries of a list, in order, and once. */
export interface ListLookup {
  readonly readAs: ListReadAs
  /** Item rows, or why an entry names none. */
  find(values: readonly string[]): (number | string)[]
  /** Keys of rows found so far, where looking them up has told them. */
  readonly keys?: ReadonlyMap<number, string>
}

type ListStore = Pick<Store, 'items' | 'problems'>

const unknown = 'It is not in this dataset.'
const namesAtOnce = 5000

/** Lookups of one dataset; what is costly is made once, when it is asked for. */
export interface ListLookups {
  /** A fresh lookup. Throws AppError when row numbers cannot be told. */
  open(readAs: ListReadAs): Promise<ListLookup>
}

/** Lookups in a dataset of a store. */
export function createLookups(store: ListStore, record: DatasetRecord): ListLookups {
  let names: Promise<Map<string, number>> | undefined
  let fileNames: Promise<Map<string, number>> | undefined
  let positions: Promise<Positions> | undefined
  return {
    async open(readAs) {
      switch (readAs) {
        case 'keys': {
          const keys = new Map<number, string>()
          return { readAs, keys, find: (values) => rowsByKey(store, record.id, values, keys) }
        }
        case 'records': {
          const keys = new Map<number, string>()
          return { readAs, keys, find: recordFinder(store, record.id, keys) }
        }
        case 'rows':
          return { readAs, find: rowFinder(await (positions ??= sourcePositions(store, record))) }
        case 'names':
          return {
            readAs,
            find: nameFinder(await (names ??= nameIndex(store, record, nameOf)), nameOf)
          }
        case 'file-names': {
          const index = await (fileNames ??= nameIndex(store, record, fileNameOf))
          return { readAs, find: nameFinder(index, fileNameOf) }
        }
      }
    }
  }
}

function rowsByKey(
  store: ListStore,
  dataset: string,
  keys: readonly string[],
  told: Map<number, string>
): (number | string)[] {
  const found = store.items.rowsOfKeys(dataset, keys)
  let nextUnknown = 0
  let nextRow = 0
  return keys.map((key) => {
    if (found.unknown[nextUnknown] === key) {
      nextUnknown++
      return unknown
    }
    const row = found.rows[nextRow++]
    told.set(row, key)
    return row
  })
}

// The same record a second time is the second of the equal items, while there is one.
function recordFinder(
  store: ListStore,
  dataset: string,
  told: Map<number, string>
): (heads: readonly string[]) => (number | string)[] {
  const times = new Map<string, number>()
  return (heads) => {
    const keys = heads.map((head) => {
      const time = (times.get(head) ?? 0) + 1
      times.set(head, time)
      return time === 1 ? head : `${head}-${time}`
    })
    const rows = rowsByKey(store, dataset, keys, told)
    const again = rows.flatMap((row, i) => (row === unknown && keys[i] !== heads[i] ? [i] : []))
    const first = rowsByKey(
      store,
      dataset,
      again.map((i) => heads[i]),
      told
    )
    again.forEach((i, n) => (rows[i] = first[n]))
    return rows
  }
}

const wholeNumber = /^[+-]?\d{1,400}(\.0*)?(e[+-]?\d{1,4})?$/i

/** Whether an entry is written like a whole number; its size does not matter. */
export function isNumberLike(value: string): boolean {
  return wholeNumber.test(value)
}

function rowFinder(positions: Positions): (values: readonly string[]) => (number | string)[] {
  const last = (positions.count - 1).toLocaleString('en')
  return (values) =>
    values.map((value) => {
      const number = isNumberLike(value) ? Number(value) : NaN
      if (number < 0) return 'Row numbers start at 0.'
      if (number >= positions.count) return `The data has the rows 0 to ${last}.`
      if (!Number.isInteger(number)) return 'It is not a row number.'
      const row = positions.rowAt(number)
      return row >= 0 ? row : 'This record could not be read when the data was added.'
    })
}

const ambiguous = -1

function nameOf(name: string): string {
  return name.normalize('NFC').replaceAll('\\', '/').replace(/^\.\//, '')
}

function fileNameOf(name: string): string {
  const plain = nameOf(name)
  return plain.slice(plain.lastIndexOf('/') + 1)
}

async function nameIndex(
  { items }: ListStore,
  record: DatasetRecord,
  form: (name: string) => string
): Promise<Map<string, number>> {
  const index = new Map<string, number>()
  for (let first = 0; first < record.items; first += namesAtOnce) {
    items.names(record.id, first, namesAtOnce).forEach((name, i) => {
      const key = form(name)
      index.set(key, index.has(key) ? ambiguous : first + i)
    })
    await setImmediate()
  }
  return index
}

function nameFinder(
  index: ReadonlyMap<string, number>,
  form: (name: string) => string
): (values: readonly string[]) => (number | string)[] {
  return (values) =>
    values.map((value) => {
      const row = index.get(form(value))
      if (row === undefined) return unknown
      return row === ambiguous ? 'Several items have this name.' : row
    })
}
