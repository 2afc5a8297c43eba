// Where the keyboard is in a long list of items, what is looked at closer, and what is selected: the
// same in the gallery and in the table, which only differ in where an item lies on the screen.
import { computed, nextTick, ref, toRaw, watch, type ComputedRef, type Ref } from 'vue'
import type { GalleryItem } from './gallery-item.ts'
import {
  allSelected,
  isSelected,
  noneSelected,
  withRows,
  type ItemSelection
} from './item-selection.ts'
import type { PagedList } from './paged-list.ts'

/** What the cursor needs of the list it moves in. */
export interface ItemCursorOptions {
  readonly list: PagedList<GalleryItem>
  readonly selection: Ref<ItemSelection>
  readonly isSelectable: () => boolean
  readonly count: ComputedRef<number>
  /** Holds the drawn items; each carries its index as `data-index`. Can take the focus itself. */
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  /** First and last drawn index. */
  readonly drawn: ComputedRef<{ readonly first: number; readonly last: number }>
  /** Brings an item into view. */
  scrollTo(index: number): void
  /** Rows of the items from one place of the list to another, also where they are not loaded. */
  rowsBetween(first: number, last: number): Promise<Iterable<number>>
}

/** The cursor as a list uses it. All indexes count shown items from 0. */
export interface ItemCursor {
  readonly focused: Ref<number>
  /** The item Tab reaches: the focused one, or the first drawn once that scrolled away or is gone. */
  readonly tabStop: ComputedRef<number>
  readonly lookIndex: Ref<number>
  readonly isLooking: Ref<boolean>
  readonly lookItem: ComputedRef<GalleryItem | undefined>
  focusItem(index: number): void
  /** Opens the quick look. */
  look(index: number): void
  moveLook(by: 1 | -1): void
  /** Back to the item that was looked at last, which is not where the look began. */
  endLook(event: Event): void
  /** Selects or deselects an item. */
  toggle(index: number): void
  /** Selects only this item. */
  pick(index: number): void
  /**
   * Selects all items from the last touched one to this, in place of what the call before selected.
   * `from` is where a walk with Shift began.
   */
  extend(index: number, from?: number): Promise<void>
  selectAll(): void
  clear(): void
  /** Starts at the top again, for another list. */
  restart(): void
}

/** Makes the cursor of one list. */
export function useItemCursor(options: ItemCursorOptions): ItemCursor {
  const { list, selection, count, scroller, drawn } = options
  const focused = ref(0)
  const lookIndex = ref(0)
  const isLooking = ref(false)
  let anchor = 0
  /** The selection a range is added to, and the one that came of it. */
  let base = selection.value
  let extended: ItemSelection | undefined
  let extending = 0
  /** Waits for its item to be drawn: after a jump that is a frame or two away. */
  let toFocus: number | undefined

  function focusDrawn(): void {
    if (toFocus === undefined) return
    const element = scroller.value?.querySelector<HTMLElement>(`[data-index="${toFocus}"]`)
    if (element === null || element === undefined) return
    toFocus = undefined
    element.focus({ preventScroll: true })
  }
  watch(drawn, focusDrawn, { flush: 'post' })
  // An item that scrolls away while it has the focus leaves it with the list, so that keys go on.
  watch(
    drawn,
    ({ first, last }) => {
      const at = document.activeElement
      if (!(at instanceof HTMLElement) || scroller.value?.contains(at) !== true) return
      const index = Number(at.dataset['index'] ?? Number.NaN)
      if (index < first || index > last) scroller.value.focus({ preventScroll: true })
    },
    { flush: 'pre' }
  )

  function focusItem(index: number): void {
    focused.value = Math.min(Math.max(index, 0), Math.max(0, count.value - 1))
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
  /** Runs `change` on the row of an item that is loaded and can be selected. */
  function onRow(index: number, change: (row: number) => void): void {
    const row = list.at(index)?.row
    if (row === undefined || !options.isSelectable()) return
    anchor = index
    change(row)
  }
  return {
    focused,
    lookIndex,
    isLooking,
    tabStop: computed(() => {
      const { first, last } = drawn.value
      return focused.value >= first && focused.value <= last ? focused.value : first
    }),
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
    toggle(index) {
      onRow(index, (row) => {
        selection.value = withRows(selection.value, [row], !isSelected(selection.value, row))
      })
    },
    pick(index) {
      onRow(index, (row) => {
        selection.value = withRows(noneSelected, [row], true)
      })
    },
    async extend(index, from) {
      if (!options.isSelectable()) return
      const mine = ++extending
      if (toRaw(selection.value) !== extended) {
        base = selection.value
        anchor = from ?? anchor
      }
      const before = selection.value
      const rows = await options.rowsBetween(Math.min(anchor, index), Math.max(anchor, index))
      // Something else was selected meanwhile, or the range goes on.
      if (mine !== extending || selection.value !== before) return
      extended = withRows(base, rows, true)
      selection.value = extended
    },
    selectAll() {
      if (options.isSelectable()) selection.value = allSelected
    },
    clear() {
      selection.value = noneSelected
    },
    restart() {
      focused.value = 0
      anchor = 0
      extended = undefined
      toFocus = undefined
    }
  }
}
