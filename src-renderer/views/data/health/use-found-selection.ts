// Which items of a finding are ticked, by row, with what is known about them.
import { ref, type Ref } from 'vue'
import type { ItemRow } from '@api/dto/datasets.ts'
import type { FindingItem } from '@api/dto/health.ts'

/** Most items one range takes, so that a slip of the hand stays small. */
const rangeMost = 1000

/** Ticked items. */
export interface FoundSelection {
  readonly selected: Ref<ReadonlyMap<number, ItemRow>>
  /** Ticks or unticks an item, or all from the last one on. */
  toggle(index: number, isRange: boolean): void
  /** Ticks all items between two places, both included. */
  selectRange(first: number, last: number): void
}

/** Makes an empty selection over items by index; items that are not there yet are left out. */
export function useFoundSelection(at: (index: number) => FindingItem | undefined): FoundSelection {
  const selected = ref<ReadonlyMap<number, ItemRow>>(new Map())
  let anchor = 0
  function put(first: number, last: number, isOn: boolean): void {
    const next = new Map(selected.value)
    for (let index = first; index <= Math.min(last, first + rangeMost - 1); index++) {
      const item = at(index)?.item
      if (item === undefined) continue
      if (isOn) next.set(item.row, item)
      else next.delete(item.row)
    }
    selected.value = next
  }
  return {
    selected,
    toggle(index, isRange) {
      const item = at(index)?.item
      if (item === undefined) return
      const isOn = !selected.value.has(item.row)
      if (isRange) put(Math.min(anchor, index), Math.max(anchor, index), isOn)
      else put(index, index, isOn)
      anchor = index
    },
    selectRange: (first, last) => put(first, last, true)
  }
}
