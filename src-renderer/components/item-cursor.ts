// Where the keyboard is in a long list of items, what is looked at closer, and what is ticked: the
// same in the gallery and in the table, which only differ in where an item lies on the screen.
import { computed, nextTick, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { GalleryItem } from './gallery-item.ts'
import type { PagedList } from './paged-list.ts'

/** What the cursor needs of the list it moves in. */
export interface ItemCursorOptions {
  readonly list: PagedList<GalleryItem>
  /** Rows (dataset positions) that are ticked. */
  readonly selected: Ref<ReadonlySet<number>>
  readonly isSelectable: () => boolean
  readonly count: ComputedRef<number>
  /** Holds the drawn items; each carries its index as `data-index`. */
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  /** Changes when other items are drawn. */
  readonly drawn: ComputedRef<unknown>
  /** Brings an item into view. */
  scrollTo(index: number): void
}

/** The cursor as a list uses it. All indexes count shown items from 0. */
export interface ItemCursor {
  readonly focused: Ref<number>
  readonly lookIndex: Ref<number>
  readonly isLooking: Ref<boolean>
  readonly lookItem: ComputedRef<GalleryItem | undefined>
  focusItem(index: number): void
  /** Opens the quick look. */
  look(index: number): void
  moveLook(by: 1 | -1): void
  /** Back to the item that was looked at last, which is not where the look began. */
  endLook(event: Event): void
  /** Ticks or unticks an item, or all from the last one on. */
  toggle(index: number, range: boolean): void
  clear(): void
  /** Starts at the top again, for another list. */
  restart(): void
}

/** Makes the cursor of one list. */
export function useItemCursor(options: ItemCursorOptions): ItemCursor {
  const { list, selected, count, scroller } = options
  const focused = ref(0)
  const lookIndex = ref(0)
  const isLooking = ref(false)
  let anchor = 0
  /** Waits for its item to be drawn: after a jump that is a frame or two away. */
  let toFocus: number | undefined

  function focusDrawn(): void {
    if (toFocus === undefined) return
    const element = scroller.value?.querySelector<HTMLElement>(`[data-index="${toFocus}"]`)
    if (element === null || element === undefined) return
    toFocus = undefined
    element.focus({ preventScroll: true })
  }
  watch(options.drawn, focusDrawn, { flush: 'post' })

  function focusItem(index: number): void {
    focused.value = Math.min(Math.max(index, 0), count.value - 1)
    options.scrollTo(focused.value)
    toFocus = focused.value
    void nextTick(focusDrawn)
  }
  function look(index: number): void {
    if (index < 0 || index >= count.value) return
    lookIndex.value = index
    focused.value = index
    list.need(index, index)
    isLooking.value = true
  }
  return {
    focused,
    lookIndex,
    isLooking,
    lookItem: computed(() => list.at(lookIndex.value)),
    focusItem,
    look,
    moveLook(by) {
      const next = lookIndex.value + by
      if (next < 0 || next >= count.value) return
      look(next)
      options.scrollTo(next)
    },
    endLook(event) {
      event.preventDefault()
      focusItem(lookIndex.value)
    },
    toggle(index, range) {
      const item = list.at(index)
      if (item === undefined || !options.isSelectable()) return
      const next = new Set(selected.value)
      const shouldAdd = !next.has(item.row)
      const [from, to] = range ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index]
      for (let at = from; at <= to; at++) {
        const row = list.at(at)?.row
        if (row === undefined) continue
        if (shouldAdd) next.add(row)
        else next.delete(row)
      }
      anchor = index
      selected.value = next
    },
    clear() {
      selected.value = new Set()
    },
    restart() {
      focused.value = 0
      anchor = 0
      toFocus = undefined
    }
  }
}
