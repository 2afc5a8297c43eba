// What a gallery and a table of items have in common: the pages they read, the rows in view, the
// cursor, the pictures of what is shown and the keys. They differ in how many items share a row.
import {
  computed,
  onBeforeUnmount,
  onMounted,
  onScopeDispose,
  ref,
  watch,
  type ComputedRef,
  type Ref
} from 'vue'
import type { GalleryItem, ItemSource, PictureLease, PictureSize } from './gallery-item.ts'
import { useItemCursor, type ItemCursor } from './item-cursor.ts'
import type { ItemSelection } from './item-selection.ts'
import { usePagedList, type LoadPage, type PagedList } from './paged-list.ts'
import { useVirtualRows, type VirtualRows } from './virtual-rows.ts'

/** What makes one list different from another. Getters follow the props of a screen. */
export interface ItemListOptions {
  readonly loadPage: () => LoadPage<GalleryItem>
  readonly source: () => ItemSource
  readonly reloadKey: () => string
  readonly selection: Ref<ItemSelection>
  readonly isSelectable: () => boolean
  readonly rowsBetween: () =>
    ((first: number, last: number) => Promise<Iterable<number>>) | undefined
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  /** Items that share a row. */
  readonly columns: Readonly<Ref<number>>
  /** Height of a row with the gap to the next, in whole pixels. */
  readonly rowHeight: Readonly<Ref<number>>
  readonly pictureSize: () => PictureSize
  readonly padding?: number
  readonly emit: {
    open(item: GalleryItem, index: number): void
    total(total: number): void
  }
}

/** A row to draw with its items; an item is undefined while it is on its way. */
export interface ItemLine {
  readonly index: number
  readonly start: number
  readonly cells: readonly { readonly index: number; readonly item: GalleryItem | undefined }[]
}

/** A list of items as its component draws it. */
export interface ItemList {
  readonly list: PagedList<GalleryItem>
  readonly cursor: ItemCursor
  readonly virtual: VirtualRows
  readonly lease: PictureLease
  readonly lines: ComputedRef<readonly ItemLine[]>
  /** Items, or a guess of a screenful before the length is known. */
  readonly count: ComputedRef<number>
  onKey(event: KeyboardEvent): void
  onItemClick(event: MouseEvent, index: number): void
}

/** Follows the size of text chosen in the settings: 1 is normal. */
export function useTextScale(): Readonly<Ref<number>> {
  const scale = ref(1)
  const read = (): void => {
    const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    scale.value = Number.isFinite(size) && size > 0 ? size / 16 : 1
  }
  let observer: MutationObserver | undefined
  onMounted(() => {
    read()
    observer = new MutationObserver(read)
    observer.observe(document.documentElement, { attributeFilter: ['style'] })
  })
  onBeforeUnmount(() => observer?.disconnect())
  return scale
}

/** Keeps the pages and the pictures of what is in view coming. */
function useDemand(
  options: ItemListOptions,
  list: PagedList<GalleryItem>,
  virtual: VirtualRows,
  lines: ComputedRef<readonly ItemLine[]>,
  lease: PictureLease
): void {
  const span = computed(() => {
    const cells = lines.value
    return {
      first: cells[0]?.cells[0]?.index ?? 0,
      last: cells.at(-1)?.cells.at(-1)?.index ?? 0
    }
  })
  watch(
    [
      () => span.value.first,
      () => span.value.last,
      virtual.isFlying,
      options.reloadKey,
      list.total
    ],
    () => {
      if (!virtual.isFlying.value) list.need(span.value.first, span.value.last)
    },
    { immediate: true }
  )
  watch(
    () => {
      if (virtual.isFlying.value) return undefined
      return lines.value.flatMap((line) =>
        line.cells.flatMap(({ item }) => (item?.hasPicture === true ? [item.row] : []))
      )
    },
    (wanted) => {
      if (wanted !== undefined) lease.want(wanted, options.pictureSize())
    },
    { immediate: true }
  )
}

/** Where a key moves to, if it does. */
function moveOf(
  key: string,
  index: number,
  columns: number,
  page: number,
  count: number
): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ...(columns > 1 ? { ArrowRight: index + 1, ArrowLeft: index - 1 } : {}),
    ArrowDown: index + columns,
    ArrowUp: index - columns,
    PageDown: Math.min(index + page * columns, count - 1),
    PageUp: Math.max(index - page * columns, 0),
    Home: 0,
    End: count - 1
  }
  return Object.hasOwn(moves, key) ? moves[key] : undefined
}

/** Makes the list of one component. */
export function useItemList(options: ItemListOptions): ItemList {
  const { selection, columns, rowHeight, scroller } = options
  const list = usePagedList<GalleryItem>(options.loadPage)
  const lease = options.source().lease()
  onScopeDispose(() => lease.dispose())
  const count = computed(() => list.total.value ?? columns.value * 12)
  const virtual = useVirtualRows({
    count: computed(() => Math.ceil(count.value / columns.value)),
    rowHeight,
    scroller,
    perRow: columns,
    ...(options.padding === undefined ? {} : { padding: options.padding })
  })
  const lines = computed(() =>
    virtual.rows.value.map(({ index, start }): ItemLine => {
      const first = index * columns.value
      const length = Math.min(columns.value, count.value - first)
      return {
        index,
        start,
        cells: Array.from({ length }, (_, at) => ({ index: first + at, item: list.at(first + at) }))
      }
    })
  )
  useDemand(options, list, virtual, lines, lease)

  const cursor = useItemCursor({
    list,
    selection,
    isSelectable: options.isSelectable,
    count,
    scroller,
    drawn: computed(() => ({
      first: lines.value[0]?.cells[0]?.index ?? 0,
      last: lines.value.at(-1)?.cells.at(-1)?.index ?? 0
    })),
    scrollTo: (index) => virtual.scrollTo(Math.floor(index / columns.value)),
    rowsBetween: (first, last) => {
      const far = options.rowsBetween()
      if (far !== undefined) return far(first, last)
      return Promise.resolve(
        Array.from({ length: last - first + 1 }, (_, at) => list.at(first + at)?.row).filter(
          (row) => row !== undefined
        )
      )
    }
  })
  watch(options.reloadKey, () => {
    cursor.restart()
    virtual.scrollToTop(0)
    list.reload()
  })
  watch(list.total, (total) => total !== undefined && options.emit.total(total))
  // With another number of items in a row, the first one in view stays the first one in view.
  watch(columns, (now, before) => {
    const first = virtual.top.value * before
    virtual.scrollToTop(Math.floor(first / now))
  })

  function open(index: number): void {
    const item = list.at(index)
    if (item !== undefined) options.emit.open(item, index)
  }
  /** Keys with an effect of their own; false for all others. */
  function act(event: KeyboardEvent): boolean {
    const index = cursor.focused.value
    const key = event.key.toLowerCase()
    if (event.ctrlKey || event.metaKey) {
      if (key !== 'a' || !options.isSelectable()) return false
      cursor.selectAll()
    } else if (key === ' ') cursor.look(index)
    else if (key === 'enter') open(index)
    else if (key === 'x' && options.isSelectable()) {
      if (event.shiftKey) void cursor.extend(index)
      else cursor.toggle(index)
    } else if (key === 'escape' && (selection.value.isAll || selection.value.rows.size > 0))
      cursor.clear()
    else return false
    return true
  }
  function move(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey) return false
    const inView = Math.max(1, Math.floor(virtual.view.value / rowHeight.value))
    // In a table the last row stays in sight; tiles are too large for that.
    const page = inView > 4 ? inView - 1 : inView
    const from = cursor.focused.value
    const target = moveOf(event.key, from, columns.value, page, count.value)
    if (target === undefined) return false
    if (target >= 0 && target < count.value) {
      cursor.focusItem(target)
      if (event.shiftKey) void cursor.extend(target, from)
    }
    return true
  }
  return {
    list,
    cursor,
    virtual,
    lease,
    lines,
    count,
    onKey(event) {
      if (event.altKey) return
      if (move(event) || act(event)) event.preventDefault()
    },
    onItemClick(event, index) {
      cursor.focused.value = index
      if (!options.isSelectable()) cursor.look(index)
      else if (event.shiftKey) void cursor.extend(index)
      else if (event.ctrlKey || event.metaKey) cursor.toggle(index)
      else if (event.detail > 1) open(index)
      else cursor.pick(index)
    }
  }
}
