// The datasets of the open project: their summaries, items, problems and changes.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { InputOf, OutputOf } from '@api/contract.ts'
import type { DatasetSummary, ImportOptions, ImportPreview, ItemFilter } from '@api/dto/datasets.ts'
import type { ItemSource } from '../components/gallery-item.ts'
import type { LoadPage } from '../components/paged-list.ts'
import type { ItemRow } from '@api/dto/datasets.ts'
import { useConnection } from './connection.ts'
import { createPictureCache, type PictureCache } from './picture-cache.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** Rows fetched at a time for galleries and tables. */
const pageRows = 200

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
    purpose: 'pool' | 'examples' = 'pool'
  ): Promise<OutputOf<'datasets.import'>> {
    return connection.call('datasets.import', { grant, name, options, purpose })
  }
  /** A loader of a dataset's items under a filter, for galleries and tables. */
  function itemPages(dataset: string, filter: ItemFilter): LoadPage<ItemRow> {
    return (cursor) =>
      connection.call('datasets.items', { dataset, filter, page: { cursor, limit: pageRows } })
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
  /** Sets items aside or takes them back; how many changed. */
  async function setAside(
    dataset: string,
    rows: readonly number[],
    aside: boolean
  ): Promise<number> {
    const { changed } = await connection.call('datasets.setAside', {
      dataset,
      rows: [...rows],
      aside
    })
    revision.value += 1
    replace(await connection.call('datasets.get', { dataset }))
    return changed
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
    setAside,
    rename,
    remove
  }
})
