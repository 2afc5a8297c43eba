// Saved views: filters, orders and displays of a dataset under names.
import { defineStore } from 'pinia'
import { reactive, watch } from 'vue'
import type { SavedView } from '@api/dto/browse.ts'
import { useConnection } from './connection.ts'
import { language } from '../text/language.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** What of a view is saved. */
export type ViewContent = Pick<SavedView, 'filter' | 'sort' | 'display'>

interface ViewList {
  views: readonly SavedView[]
  isLoaded: boolean
  problem: Problem | undefined
}

/** Saved views of the open project's datasets. */
export const useViews = defineStore('views', () => {
  const connection = useConnection()
  const project = useProject()
  const lists = reactive(new Map<string, ViewList>())
  watch(
    () => project.generation,
    () => lists.clear(),
    { flush: 'sync' }
  )

  const viewsOf = (dataset: string): readonly SavedView[] => lists.get(dataset)?.views ?? []
  const put = (dataset: string, views: readonly SavedView[]): void => {
    const sorted = [...views].sort((a, b) => a.name.localeCompare(b.name, language))
    lists.set(dataset, { views: sorted, isLoaded: true, problem: undefined })
  }
  /** Reads the views of a dataset. A failure is kept in the list's `problem`. */
  async function load(dataset: string): Promise<void> {
    try {
      put(dataset, (await connection.call('views.list', { dataset })).views)
    } catch (thrown) {
      lists.set(dataset, {
        views: viewsOf(dataset),
        isLoaded: false,
        problem: describeProblem(thrown)
      })
    }
  }
  /** Saves a view under a name; one that has this name already becomes this one. */
  async function save(dataset: string, name: string, content: ViewContent): Promise<SavedView> {
    const same = named(dataset, name)
    const saved = await connection.call('views.save', {
      id: same?.id ?? null,
      dataset,
      name,
      ...content
    })
    put(dataset, [...viewsOf(dataset).filter((view) => view.id !== saved.id), saved])
    return saved
  }
  async function rename(view: SavedView, name: string): Promise<void> {
    const { id, dataset, filter, sort, display } = view
    const saved = await connection.call('views.save', { id, dataset, name, filter, sort, display })
    put(
      dataset,
      viewsOf(dataset).map((known) => (known.id === id ? saved : known))
    )
  }
  /** Removes a view; the answer puts it back. */
  async function remove(view: SavedView): Promise<() => Promise<unknown>> {
    await connection.call('views.remove', { id: view.id })
    put(
      view.dataset,
      viewsOf(view.dataset).filter((known) => known.id !== view.id)
    )
    return () => save(view.dataset, view.name, view)
  }
  /** The view of a name. */
  function named(dataset: string, name: string): SavedView | undefined {
    return viewsOf(dataset).find((view) => view.name === name)
  }
  /** Removes the view of a name, where it still is. */
  async function removeNamed(dataset: string, name: string): Promise<void> {
    const view = named(dataset, name)
    if (view !== undefined) await remove(view)
  }
  return { lists, viewsOf, named, load, save, rename, remove, removeNamed }
})
