// What is shown of each trace set: filter, order and tab. Kept while the window is open, so that
// coming back from an attempt finds the list as it was left.
import { defineStore } from 'pinia'
import { reactive, watch } from 'vue'
import { noTraceFilter, type TraceFilter } from '@api/dto/trace-sets.ts'
import { useProject } from './project.ts'
import type { TraceOrder } from './trace-sets.ts'

/** Parts of a set's page. */
export type TraceTab = 'attempts' | 'tasks' | 'tools' | 'suggestions' | 'problems'

/** What a set's page shows. */
export interface TraceBrowseState {
  filter: TraceFilter
  order: TraceOrder
  tab: TraceTab
  /** First row of the list in view. */
  top: number
}

/** Browsing of trace sets. */
export const useTraceBrowse = defineStore('trace-browse', () => {
  const project = useProject()
  const states = reactive(new Map<string, TraceBrowseState>())
  watch(
    () => project.generation,
    () => states.clear(),
    { flush: 'sync' }
  )
  function stateOf(set: string): TraceBrowseState {
    const known = states.get(set)
    if (known !== undefined) return known
    states.set(set, {
      filter: noTraceFilter,
      order: { sort: 'added', isDescending: false },
      tab: 'attempts',
      top: 0
    })
    // Read back through the map, which makes it reactive.
    return states.get(set) as TraceBrowseState // set one line above
  }
  return { stateOf }
})
