// How each dataset is being browsed in this window (filter, order, display), and the questions a
// browsing screen asks: counts, places in a list, whole row sets, large pictures.
import { defineStore } from 'pinia'
import { reactive, shallowReactive, watch } from 'vue'
import type { Facets, ItemFilter, ItemSort, SavedView } from '@api/dto/browse.ts'
import { noFilter, ownOrder } from '@api/dto/browse.ts'
import type { DatasetSummary, ItemsPage, Thumbnail } from '@api/dto/datasets.ts'
import type { TileSize } from '../components/gallery-item.ts'
import { noneSelected, type ItemSelection } from '../components/item-selection.ts'
import { useConnection } from './connection.ts'
import { useProject } from './project.ts'

/** What of a dataset is shown, and how. Kept while the project is open. */
export interface BrowseState {
  filter: ItemFilter
  sort: ItemSort
  display: SavedView['display']
  size: TileSize
  isDense: boolean
  areFiltersShown: boolean
  selection: ItemSelection
  /** Filter parts that are folded or open against their habit. */
  folded: ReadonlySet<string>
}

/** Most rows of a range that has to be read page by page. */
export const longestRange = 100_000

/** Browsing of the open project's datasets. */
export const useBrowse = defineStore('browse', () => {
  const connection = useConnection()
  const project = useProject()
  // Shallow: a selection can hold many rows, and is only ever replaced as a whole.
  const states = shallowReactive(new Map<string, BrowseState>())
  /** Sentences of kept sets and titles of findings, for the chips that name them. */
  const names = reactive(new Map<string, string>())
  watch(
    () => project.generation,
    () => {
      states.clear()
      names.clear()
    },
    { flush: 'sync' }
  )

  /** How a dataset is browsed; as usual for its kind the first time. */
  function stateOf(summary: Pick<DatasetSummary, 'id' | 'kind'>): BrowseState {
    const known = states.get(summary.id)
    if (known !== undefined) return known
    const made: BrowseState = shallowReactive({
      filter: noFilter,
      sort: ownOrder,
      display: summary.kind === 'images' ? 'gallery' : 'table',
      size: 128,
      isDense: false,
      areFiltersShown: true,
      selection: noneSelected,
      folded: new Set()
    })
    states.set(summary.id, made)
    return made
  }
  /** Shows items of a dataset under a filter, from another screen. */
  function show(summary: Pick<DatasetSummary, 'id' | 'kind'>, filter: ItemFilter): void {
    const state = stateOf(summary)
    state.filter = filter
    state.selection = noneSelected
    if (filter.finding === null && state.sort.by.kind === 'finding') state.sort = ownOrder
    if (filter.finding !== null) state.sort = { by: { kind: 'finding' }, descending: false }
  }
  function facets(dataset: string, filter: ItemFilter): Promise<Facets> {
    return connection.call('datasets.facets', { dataset, filter })
  }
  function items(
    dataset: string,
    filter: ItemFilter,
    sort: ItemSort,
    window: { first: number; limit: number }
  ): Promise<ItemsPage> {
    return connection.call('datasets.items', { dataset, filter, sort, window })
  }
  /** Place of an item in a list, or null when it is not in it. */
  async function position(
    dataset: string,
    filter: ItemFilter,
    sort: ItemSort,
    row: number
  ): Promise<number | null> {
    return (await connection.call('datasets.position', { dataset, filter, sort, row })).position
  }
  async function rows(dataset: string, filter: ItemFilter): Promise<Uint32Array<ArrayBuffer>> {
    return (await connection.call('datasets.rows', { dataset, filter })).rows
  }
  /** Rows of the items from one place of a list to another, both included. */
  async function rowsBetween(
    dataset: string,
    filter: ItemFilter,
    sort: ItemSort,
    first: number,
    last: number
  ): Promise<Iterable<number>> {
    if (sort.by.kind === 'order' && !sort.descending) {
      // One answer of 4 bytes for each row is less than pages of items, except for a short range.
      if (last - first >= 1000) return (await rows(dataset, filter)).subarray(first, last + 1)
    }
    const found: number[] = []
    const end = Math.min(last, first + longestRange - 1)
    for (let at = first; at <= end; at += 1000) {
      const window = { first: at, limit: Math.min(1000, end - at + 1) }
      const page = await items(dataset, filter, sort, window)
      for (const item of page.items) found.push(item.row)
      if (page.items.length === 0) break
    }
    return found
  }
  /** Keeps rows as a set a filter can name; `sentence` is what its chip says. */
  async function keepSet(
    dataset: string,
    setRows: Uint32Array<ArrayBuffer>,
    sentence: string
  ): Promise<string> {
    const { set } = await connection.call('datasets.keepSet', { dataset, rows: setRows, sentence })
    names.set(set, sentence)
    return set
  }
  /** Notes the title of a finding, for the chip of a filter that shows it. */
  function nameFinding(id: string, title: string): void {
    names.set(id, title)
  }
  function picture(dataset: string, row: number, index: number): Promise<Thumbnail> {
    return connection.call('datasets.picture', { dataset, row, index })
  }
  /** Starts making similarity fingerprints; the job that does. */
  async function prepare(dataset: string): Promise<string> {
    return (await connection.call('datasets.prepare', { dataset })).job
  }
  return {
    states,
    names,
    stateOf,
    show,
    facets,
    items,
    position,
    rows,
    rowsBetween,
    keepSet,
    nameFinding,
    picture,
    prepare
  }
})
