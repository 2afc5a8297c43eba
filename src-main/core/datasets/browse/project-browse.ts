// The browsing of one open project: what is loaded, which lists are kept, and how they follow
// changes.
import {
  noFilter,
  type Facets,
  type ItemFilter,
  type ItemSort,
  type Window
} from '../../../api/dto/browse.ts'
import { AppError } from '../../../api/errors.ts'
import type { DatasetCounts, DatasetRecord, ItemColumns } from '../../store/records.ts'
import { createBreaks } from './breaks.ts'
import type { Browse, BrowseDeps, RowWindow } from './browse.ts'
import { countColumns } from './count-columns.ts'
import { countFacets, facetColumns } from './facets.ts'
import {
  columnsOfFilter,
  filterTests,
  passingAll,
  type FilterTest,
  type TestSource
} from './filter-tests.ts'
import { LoadedDataset, rowsOf, type ItemChange } from './loaded-dataset.ts'
import { isMeasure, measuresOf } from './measures.ts'
import { orderOf, pick } from './orders.ts'
import { Recent } from './recent.ts'

const datasetsLoaded = 3
const ordersKept = 6
const listsKept = 8
/** How long after a change the columns are kept anew. */
const keepAfterMs = 3000

interface Open {
  readonly loading: Promise<LoadedDataset>
  readonly orders: Recent<Uint32Array>
  readonly lists: Recent<Uint32Array>
  readonly similarities: Recent<Float32Array>
  /** Changes made while it loads; they are applied before anyone sees it. */
  readonly waiting: ItemChange[]
  loaded: LoadedDataset | undefined
  /** Runs until the columns are kept anew after a change. */
  keeping: NodeJS.Timeout | undefined
}

/** See {@link Browse}. */
export class ProjectBrowse implements Browse {
  readonly #deps: BrowseDeps
  readonly #open = new Recent<Open>(datasetsLoaded)
  #isClosed = false

  constructor(deps: BrowseDeps) {
    this.#deps = deps
  }

  readonly #check = (): void => {
    if (this.#isClosed) throw new AppError('no-project')
  }

  #record(dataset: string): DatasetRecord {
    this.#check()
    const record = this.#deps.store.datasets.get(dataset)
    if (record?.state !== 'ready') throw new AppError('dataset-not-found')
    return record
  }

  async #use(dataset: string): Promise<{ open: Open; source: TestSource }> {
    const record = this.#record(dataset)
    const open = this.#open.get(dataset) ?? this.#start(dataset)
    const loaded = await open.loading
    return { open, source: { store: this.#deps.store, record, loaded } }
  }

  #start(dataset: string): Open {
    const waiting: ItemChange[] = []
    const { store, lists } = this.#deps
    const loading = LoadedDataset.load({ store, lists, check: this.#check }, dataset).then(
      ({ loaded, prepared }) => {
        for (const change of waiting) loaded.apply(change)
        open.loaded = loaded
        if (prepared !== 'all') void loaded.keep(prepared === 'nothing')
        else if (waiting.length > 0) this.#keepSoon(open)
        if (prepared === 'nothing') this.#prepare(dataset)
        return loaded
      }
    )
    const open: Open = {
      loading,
      orders: new Recent(ordersKept),
      lists: new Recent(listsKept),
      similarities: new Recent(2),
      waiting,
      loaded: undefined,
      keeping: undefined
    }
    this.#open.set(dataset, open)
    loading.catch(() => this.#open.delete(dataset))
    return open
  }

  /** Loads what a filter and an order read. Synchronous work may follow at once. */
  async #need(source: TestSource, filter: ItemFilter, sort?: ItemSort): Promise<void> {
    const { loaded, record } = source
    const isNumber = (name: string): boolean =>
      record.columns.some((column) => column.name === name && column.type === 'number')
    const sorted = sort?.by.kind === 'column' && !isMeasure(sort.by.column) ? sort.by.column : null
    const names = [...columnsOfFilter(filter), ...(sorted === null ? [] : [sorted])]
    for (const name of names)
      if (!record.columns.some((column) => column.name === name))
        throw new AppError('column-not-found', `The data has no column “${name}”.`)
    while (!isReady(source, filter, names)) {
      await loaded.needColumns(names, isNumber)
      if (filter.search.trim() !== '') await loaded.needSearch(filter.search, record.isSearchable)
      if (filter.tags.length > 0) await loaded.needTags()
    }
    if (sort?.by.kind === 'name') await loaded.needNames()
    if (sort?.by.kind === 'column') await loaded.needRanks(sort.by.column, record.kind)
  }

  /** Tests of a filter, taken in one go. */
  async #tests(source: TestSource, filter: ItemFilter): Promise<FilterTest[]> {
    await this.#need(source, filter)
    return filterTests(this.#fresh(source), filter)
  }

  /** Labels may have been added while something was loaded. */
  #fresh(source: TestSource): TestSource {
    return { ...source, record: this.#record(source.record.id) }
  }

  async rows(dataset: string, filter: ItemFilter): Promise<Uint32Array<ArrayBuffer>> {
    const { source } = await this.#use(dataset)
    return rowsOf(passingAll(source.loaded.items, await this.#tests(source, filter)))
  }

  async columns(dataset: string): Promise<ItemColumns> {
    const { columns } = (await this.#use(dataset)).source.loaded
    return {
      ...columns,
      labels: columns.labels.slice(),
      splits: columns.splits.slice(),
      aside: columns.aside.slice(),
      noted: columns.noted.slice()
    }
  }

  async #list(
    dataset: string,
    filter: ItemFilter,
    sort: ItemSort
  ): Promise<{ list: Uint32Array; similarity: Float32Array | undefined }> {
    const { open, source } = await this.#use(dataset)
    const similarity = await this.#similarity(open, source, sort)
    const version = (): string =>
      `${source.loaded.revision} ${this.#findingVersion(source, filter)}`
    const key = (): string => `${version()} ${JSON.stringify([filter, sort])}`
    const known = open.lists.get(key())
    if (known !== undefined) return { list: known, similarity }
    for (;;) {
      await this.#need(source, filter, sort)
      const before = version()
      const order = await this.#order(open, this.#fresh(source), filter, sort, similarity)
      const tests = await this.#tests(source, filter)
      // Order and tests belong to one state of the data.
      if (version() !== before) continue
      const list = pick(order, passingAll(source.loaded.items, tests))
      open.lists.set(key(), list)
      return { list, similarity }
    }
  }

  /** A new check may change what a finding holds. */
  #findingVersion({ store, record }: TestSource, filter: ItemFilter): string {
    return filter.finding === null ? '' : String(store.health.check(record.id)?.checkedAt ?? 0)
  }

  async #order(
    open: Open,
    source: TestSource,
    filter: ItemFilter,
    sort: ItemSort,
    similarity: Float32Array | undefined
  ): Promise<Uint32Array> {
    // Only labels and findings change; the other orders hold as long as the dataset is open.
    const changing =
      sort.by.kind === 'label'
        ? String(source.loaded.revision)
        : sort.by.kind === 'finding'
          ? `${filter.finding ?? ''} ${this.#findingVersion(source, filter)}`
          : ''
    const key = `${changing} ${JSON.stringify(sort)}`
    const known = open.orders.get(key)
    if (known !== undefined) return known
    const breaks = createBreaks(this.#check)
    const order = await orderOf(source, sort, filter.finding, similarity, breaks)
    open.orders.set(key, order)
    return order
  }

  async #similarity(
    open: Open,
    { record, loaded }: TestSource,
    sort: ItemSort
  ): Promise<Float32Array | undefined> {
    if (sort.by.kind !== 'alike') return undefined
    const { row } = sort.by
    if (row >= loaded.items) throw new AppError('item-not-found')
    const key = `${record.matrix ?? ''} ${row}`
    const known = open.similarities.get(key)
    if (known !== undefined) return known
    const found = await this.#deps.alike(record, row)
    if (found === undefined)
      throw new AppError(
        'invalid-input',
        'The similarity fingerprints of this dataset are not made yet.',
        { hint: 'Make them first, then look for alike items again.' }
      )
    open.similarities.set(key, found)
    return found
  }

  async window(
    dataset: string,
    filter: ItemFilter,
    sort: ItemSort,
    window: Window
  ): Promise<RowWindow> {
    const atOnce = this.#plainWindow(dataset, filter, sort, window)
    if (atOnce !== undefined) return atOnce
    const { list, similarity } = await this.#list(dataset, filter, sort)
    const rows = list.slice(window.first, window.first + window.limit)
    return {
      rows,
      similarity01: similarity && Float32Array.from(rows, (row) => clamp01(similarity[row])),
      total: list.length
    }
  }

  /**
   * The list as the data comes, of a dataset that is not loaded yet and of which nothing is set aside:
   * its rows are known. What the next question will need is loaded behind it.
   */
  #plainWindow(
    dataset: string,
    filter: ItemFilter,
    sort: ItemSort,
    { first, limit }: Window
  ): RowWindow | undefined {
    const record = this.#record(dataset)
    if (this.#open.get(dataset)?.loaded !== undefined) return undefined
    if (sort.by.kind !== 'order' || sort.descending || !isPlain(filter)) return undefined
    if (this.#deps.store.datasets.knownCounts(dataset)?.setAside !== 0) return undefined
    this.#use(dataset).catch(() => undefined)
    const total = record.items
    const count = Math.max(0, Math.min(limit, total - first))
    const rows = Uint32Array.from({ length: count }, (_, at) => first + at)
    return { rows, similarity01: undefined, total }
  }

  async position(
    dataset: string,
    filter: ItemFilter,
    sort: ItemSort,
    row: number
  ): Promise<number | undefined> {
    const { list } = await this.#list(dataset, filter, sort)
    const at = list.indexOf(row)
    return at < 0 ? undefined : at
  }

  async facets(dataset: string, filter: ItemFilter): Promise<Facets> {
    const { source } = await this.#use(dataset)
    const { loaded, record } = source
    const wanted = facetColumns(record)
    const needed = [...columnsOfFilter(filter), ...wanted.values, ...wanted.numbers]
    for (;;) {
      await loaded.needColumns(needed, (name) =>
        record.columns.some((column) => column.name === name && column.type === 'number')
      )
      await loaded.needTags()
      const tests = await this.#tests(source, filter)
      if (loaded.tags() === undefined || !loaded.hasColumns(needed)) continue
      const revision = loaded.revision
      const facets = await countFacets(this.#fresh(source), tests, createBreaks(this.#check))
      // Counts of one panel belong to one state of the data.
      if (revision === loaded.revision) return facets
    }
  }

  async counts(dataset: string): Promise<DatasetCounts> {
    return countColumns((await this.#use(dataset)).source.loaded.columns)
  }

  async tagged(dataset: string, tag: string): Promise<Uint8Array> {
    const { loaded } = (await this.#use(dataset)).source
    while (loaded.tags() === undefined) await loaded.needTags()
    const has = new Uint8Array(loaded.items)
    for (const row of loaded.tags()?.get(tag) ?? []) has[row] = 1
    return has
  }

  changed(dataset: string, change: ItemChange): void {
    const open = this.#open.get(dataset)
    if (open?.loaded === undefined) open?.waiting.push(change)
    else {
      open.loaded.apply(change)
      this.#keepSoon(open)
    }
  }

  /** Once nothing has changed for a while. */
  #keepSoon(open: Open): void {
    clearTimeout(open.keeping)
    open.keeping = setTimeout(() => {
      open.keeping = undefined
      void open.loaded?.keep(false)
    }, keepAfterMs).unref()
  }

  /** Works out what the first filters and orders of a large dataset will need, behind everything else. */
  #prepare(dataset: string): void {
    if (this.#deps.lists?.holds(this.#record(dataset).items) !== true) return
    const work = async (): Promise<void> => {
      const { loaded, record } = (await this.#use(dataset)).source
      const { values, numbers } = facetColumns(record)
      await loaded.needColumns([...values, ...numbers], (name) => numbers.includes(name))
      for (const name of [...numbers, ...measuresOf(record.kind)])
        await loaded.needRanks(name, record.kind)
      await loaded.needNames()
    }
    // Nobody waits for it: what goes wrong here is told to whoever asks for the list.
    work().catch(() => undefined)
  }

  forget(dataset: string): void {
    clearTimeout(this.#open.get(dataset)?.keeping)
    this.#open.delete(dataset)
  }

  async remove(dataset: string): Promise<void> {
    this.forget(dataset)
    await this.#deps.lists?.forget(dataset)
  }

  dispose(): void {
    this.#isClosed = true
    for (const open of this.#open.values()) {
      if (open.keeping === undefined) continue
      clearTimeout(open.keeping)
      // While the project file can still be written to; the lists tell when they are.
      void open.loaded?.keep(false)
    }
    this.#open.clear()
  }
}

/** True of a filter that hides what is set aside, and nothing else. */
function isPlain(filter: ItemFilter): boolean {
  return JSON.stringify(filter) === plain
}
const plain = JSON.stringify(noFilter)

function isReady({ loaded }: TestSource, filter: ItemFilter, names: readonly string[]): boolean {
  return (
    loaded.hasColumns(names) &&
    (filter.search.trim() === '' || loaded.found(filter.search) !== undefined) &&
    (filter.tags.length === 0 || loaded.tags() !== undefined)
  )
}

function clamp01(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, value))
}
