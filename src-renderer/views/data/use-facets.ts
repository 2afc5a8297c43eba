// Counts for the filter panel, read again when the filter or the data changes. The last counts stay
// until the next ones are there.
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Facets, ItemFilter } from '@api/dto/browse.ts'
import { useBrowse } from '../../stores/browse.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { describeProblem, type Problem } from '../../stores/problem.ts'

/** Counts under a filter. */
export interface FacetCounts {
  readonly facets: ShallowRef<Facets | undefined>
  readonly problem: ShallowRef<Problem | undefined>
  readonly isLoading: Ref<boolean>
  load(): Promise<void>
}

/** Follows the filter of a dataset. */
export function useFacets(dataset: () => string, filter: () => ItemFilter): FacetCounts {
  const browse = useBrowse()
  const datasets = useDatasets()
  const facets = shallowRef<Facets>()
  const problem = shallowRef<Problem>()
  const isLoading = ref(false)
  let isStale = false

  /** One request at a time; what changed meanwhile is asked for once after it. */
  async function load(): Promise<void> {
    if (isLoading.value) {
      isStale = true
      return
    }
    isLoading.value = true
    try {
      do {
        isStale = false
        const answer = await browse.facets(dataset(), filter())
        if (!isStale) facets.value = answer
      } while (isStale)
      problem.value = undefined
    } catch (thrown) {
      problem.value = describeProblem(thrown)
    } finally {
      isLoading.value = false
    }
  }
  watch([dataset, filter, () => datasets.revision], () => void load(), { immediate: true })
  return { facets, problem, isLoading, load }
}
