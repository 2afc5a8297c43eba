// What the map shows of a dataset's items besides their places: which ones the filter lets through
// and which colour each has. Read again after every change of the filter or of the items.
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { ItemFilter } from '@api/dto/browse.ts'
import type { DatasetSummary } from '@api/dto/datasets.ts'
import {
  categoriesOf,
  countShown,
  stylesOf,
  type MapCategory
} from '../../components/map/map-categories.ts'
import { useBrowse } from '../../stores/browse.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { useMaps } from '../../stores/maps.ts'
import { useToasts } from '../../stores/toasts.ts'

export interface MapItems {
  /** 1 = the filter shows the item; undefined while not known. */
  readonly shown: ShallowRef<Uint8Array | undefined>
  /** Category index per item; undefined while not known. */
  readonly colors: ShallowRef<Uint8Array | undefined>
  readonly categories: ComputedRef<readonly MapCategory[]>
  /** Shown items per category index. */
  readonly counts: ComputedRef<readonly number[]>
  readonly shownTotal: ComputedRef<number>
}

/** The items of a dataset under a filter. */
export function useMapItems(summary: () => DatasetSummary, filter: () => ItemFilter): MapItems {
  const browse = useBrowse()
  const datasets = useDatasets()
  const maps = useMaps()
  const toasts = useToasts()
  const shown = shallowRef<Uint8Array>()
  const colors = shallowRef<Uint8Array>()
  const categories = computed(() => categoriesOf(summary().classes, summary().missingLabels))
  const counts = computed(() => countShown(stylesOf(summary().items, colors.value, shown.value)))
  const shownTotal = computed(() => counts.value.reduce((sum, count) => sum + count, 0))

  let askedShown = 0
  watch(
    [() => JSON.stringify(filter()), () => summary().id, () => datasets.revision],
    async () => {
      const mine = ++askedShown
      await toasts.attempt(async () => {
        const rows = await browse.rows(summary().id, filter())
        if (mine !== askedShown) return
        const mask = new Uint8Array(summary().items)
        for (const row of rows) mask[row] = 1
        shown.value = mask
      })
    },
    { immediate: true }
  )
  let askedColors = 0
  watch(
    [() => summary().id, () => datasets.revision, () => JSON.stringify(categories.value)],
    async () => {
      const mine = ++askedColors
      await toasts.attempt(async () => {
        const { id, items } = summary()
        const found = await maps.categoriesOf(id, items, categories.value)
        if (mine === askedColors) colors.value = found
      })
    },
    { immediate: true }
  )
  return { shown, colors, categories, counts, shownTotal }
}
