// The selected rows for the map, which draws rows: "all but these" is spelled out for it, and only
// while it is shown.
import { shallowRef, watch, type ShallowRef } from 'vue'
import { useBrowse, type BrowseState } from '../../stores/browse.ts'
import { useToasts } from '../../stores/toasts.ts'

/** Follows the selection of a dataset. */
export function useMapRows(
  dataset: () => string,
  state: BrowseState
): Readonly<ShallowRef<ReadonlySet<number>>> {
  const browse = useBrowse()
  const toasts = useToasts()
  const rows = shallowRef<ReadonlySet<number>>(new Set())

  async function spellOut(): Promise<void> {
    const { selection, filter } = state
    const all = await browse.rows(dataset(), filter)
    if (state.selection !== selection || state.filter !== filter) return
    rows.value = new Set(all.filter((row) => !selection.rows.has(row)))
  }
  watch(
    () => [state.selection, state.display, state.filter],
    () => {
      if (state.display !== 'map') return
      if (state.selection.isAll) void toasts.attempt(spellOut)
      else rows.value = state.selection.rows
    },
    { immediate: true }
  )
  return rows
}
