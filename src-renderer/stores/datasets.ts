// The datasets of the open project: their summaries, items, problems and changes.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { InputOf, OutputOf } from '@api/contract.ts'
import type { ItemFilter, ItemSort } from '@api/dto/browse.ts'
import { ownOrder } from '@api/dto/browse.ts'
import type { DatasetSummary, ImportOptions, ImportPreview } from '@api/dto/datasets.ts'
import type { GalleryItem, ItemSource } from '../components/gallery-item.ts'
import type { LoadPage } from '../components/paged-list.ts'
import { formatPercent } from '../text/format.ts'
import { useConnection } from './connection.ts'
import { createPictureCache, type PictureCache } from './picture-cache.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** Datasets of the open project. */
export const useDatasets = defineStore('datasets', () => {
  const connection = useConnection()
  const project = useProject()
  const datasets = shallowRef<readonly DatasetSummary[]>([])
  const isLoaded = ref(false)
  const problem = shallowRef<Problem>()
  /** Counts changes of items, so that open lists know when to read again. */
  const revision = ref(0)
  const pools = computed(() => datasets.value.filter((dataset) => dataset.purpose === 'pool'))
  const pictures = new Map<string, PictureCache>()
  let isLoading = false
  let isStale = false

  watch(
    () => project.generation,
    () => {
      datasets.value = []
      isLoaded.value = false
      for (const cache of pictures.values()) cache.dispose()
      pictures.clear()
      if (project.current !== undefined) void load()
    },
    // A reloaded page has its project before any screen asks for its data.
    { flush: 'sync', immediate: true }
  )
  connection.on('dataset', () => {
    revision.value += 1
    void load()
  })

  /** Reads the list; a request during a load is answered by one more load after it. */
  async function load(): Promise<void> {
    if (isLoading) {
      isStale = true
      return
    }
    isLoading = true
    try {
      do {
        isStale = false
        datasets.value = (await connection.call('datasets.list', {})).datasets
      } while (isStale)
      problem.value = undefined
      isLoaded.value = true
    } catch (thrown) {
      problem.value = describeProblem(thrown)
    } finally {
      isLoading = false
    }
  }
  function find(id: string): DatasetSummary | undefined {
    return datasets.value.find((dataset) => dataset.id === id)
  }
  function replace(summary: DatasetSummary): void {
    datasets.value = datasets.value.map((dataset) =>
      dataset.id === summary.id ? summary : dataset
    )
  }

  function preview(
    grant: string,
    options: InputOf<'datasets.preview'>['options']
  ): Promise<ImportPreview> {
    return connection.call('datasets.preview', { grant, options })
  }
  function startImport(
    grant: string,
    name: string,
    options: ImportOptions,
    purpose: 'pool' | 'examples' = 'pool',
    addTo: string | null = null
  ): Promise<OutputOf<'datasets.import'>> {
    return connection.call('datasets.import', { grant, name, options, purpose, addTo })
  }
  /** A loader of a dataset's items under a filter and in an order, for galleries and tables. */
  function itemPages(
    dataset: string,
    filter: ItemFilter,
    sort: ItemSort = ownOrder
  ): LoadPage<GalleryItem> {
    return async (window) => {
      const page = await connection.call('datasets.items', { dataset, filter, sort, window })
      const alike = page.similarity01
      const items =
        alike === null
          ? page.items
          : page.items.map((item, at) => ({ ...item, score: formatPercent(alike[at] ?? 0, 0) }))
      return { items, total: page.total }
    }
  }
  /** Pictures and full texts of a dataset. The same cache serves every screen. */
  function source(dataset: string, kind: DatasetSummary['kind']): ItemSource {
    let cache = pictures.get(dataset)
    if (cache === undefined) {
      cache = createPictureCache(async (rows, size) => {
        const answer = await connection.call('datasets.thumbnails', {
          dataset,
          rows: [...rows],
          size
        })
        return answer.thumbnails
      })
      pictures.set(dataset, cache)
    }
    const shared = cache
    return {
      kind,
      lease: () => shared.lease(),
      detail: (row) => connection.call('datasets.item', { dataset, row })
    }
  }
  function problems(
    dataset: string,
    cursor: string | null
  ): Promise<OutputOf<'datasets.problems'>> {
    return connection.call('datasets.problems', { dataset, page: { cursor, limit: 100 } })
  }
  /** The whole list of what could not be read, as a CSV file's text. */
  async function problemsCsv(dataset: string): Promise<string> {
    return (await connection.call('datasets.problemsCsv', { dataset })).csv
  }
  /** Reads a dataset again after a change of its items, and tells open lists to do the same. */
  async function refresh(dataset: string): Promise<void> {
    revision.value += 1
    replace(await connection.call('datasets.get', { dataset }))
  }
  async function rename(dataset: string, name: string): Promise<void> {
    replace(await connection.call('datasets.rename', { dataset, name }))
  }
  async function remove(dataset: string): Promise<void> {
    await connection.call('datasets.remove', { dataset })
    pictures.get(dataset)?.dispose()
    pictures.delete(dataset)
    datasets.value = datasets.value.filter((candidate) => candidate.id !== dataset)
  }
  return {
    datasets,
    pools,
    isLoaded,
    problem,
    revision,
    load,
    find,
    preview,
    startImport,
    itemPages,
    source,
    problems,
    problemsCsv,
    refresh,
    rename,
    remove
  }
})
