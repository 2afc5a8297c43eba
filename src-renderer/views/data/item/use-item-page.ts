// The item an item page shows, and its place in the list it was opened from. Leaving the list (by
// setting the item aside, say) keeps the place, so that "next" still means the next one.
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { DatasetSummary, ItemDetail, ItemRow } from '@api/dto/datasets.ts'
import { useBrowse } from '../../../stores/browse.ts'
import { useDatasets } from '../../../stores/datasets.ts'
import { describeProblem, type Problem } from '../../../stores/problem.ts'

/** Items shown before and after the one on the page. */
const around = 5

/** An item page. */
export interface ItemPage {
  readonly detail: ShallowRef<ItemDetail | undefined>
  readonly problem: ShallowRef<Problem | undefined>
  /** Items around it in the list; empty when it is not in it. */
  readonly strip: ShallowRef<readonly ItemRow[]>
  /** Its 0-based place in the list, or null when it is not in it. */
  readonly position: Ref<number | null>
  readonly total: Ref<number>
  readonly before: ComputedRef<number | undefined>
  readonly after: ComputedRef<number | undefined>
  load(): Promise<void>
}

/** Follows a row of a dataset, and the list it is browsed in. */
export function useItemPage(summary: () => DatasetSummary, row: () => number): ItemPage {
  const browse = useBrowse()
  const datasets = useDatasets()
  const state = browse.stateOf(summary())
  const detail = shallowRef<ItemDetail>()
  const problem = shallowRef<Problem>()
  const strip = shallowRef<readonly ItemRow[]>([])
  const position = ref<number | null>(null)
  const total = ref(0)
  /** Where the strip begins in the list. */
  const first = ref(0)
  /** Where the item is, or was before it left the list. */
  const place = ref(0)
  let asked = 0

  async function loadItem(mine: number): Promise<void> {
    try {
      const got = await datasets.source(summary().id, summary().kind).detail(row())
      if (mine !== asked) return
      detail.value = got
      problem.value = undefined
    } catch (thrown) {
      if (mine === asked) problem.value = describeProblem(thrown)
    }
  }
  async function loadPlace(mine: number): Promise<void> {
    const { id } = summary()
    const { filter, sort } = state
    try {
      const at = await browse.position(id, filter, sort, row())
      const from = Math.max(0, (at ?? place.value) - around)
      const page = await browse.items(id, filter, sort, { first: from, limit: 2 * around + 1 })
      if (mine !== asked) return
      position.value = at
      if (at !== null) place.value = at
      first.value = from
      strip.value = page.items
      total.value = page.total
    } catch {
      // Without a place the page still shows its item; the list itself reports what is wrong.
      if (mine === asked) strip.value = []
    }
  }
  /** A neighbour has its place before the list is asked: keys pressed meanwhile go on from it. */
  function moveInStrip(): void {
    const at = strip.value.findIndex((item) => item.row === row())
    if (at < 0) return
    position.value = first.value + at
    place.value = first.value + at
  }
  async function load(): Promise<void> {
    const mine = ++asked
    await Promise.all([loadItem(mine), loadPlace(mine)])
  }
  watch(
    [() => summary().id, row],
    () => {
      // Facts of another item never stand under this one's name.
      if (detail.value?.item.row !== row()) detail.value = undefined
      problem.value = undefined
      moveInStrip()
      void load()
    },
    { immediate: true }
  )
  watch(
    () => [datasets.revision, state.filter, state.sort],
    () => void load()
  )
  const rowAt = (at: number): number | undefined => strip.value[at - first.value]?.row
  return {
    detail,
    problem,
    strip,
    position,
    total,
    before: computed(() => rowAt((position.value ?? place.value) - 1)),
    // An item that left the list has its follower in its place.
    after: computed(() => rowAt(position.value === null ? place.value : position.value + 1)),
    load
  }
}
