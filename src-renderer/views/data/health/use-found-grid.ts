// Items of a finding as a grid of cards: only what is on screen is drawn, read and pictured.
import {
  computed,
  nextTick,
  onScopeDispose,
  ref,
  watch,
  watchEffect,
  type ComputedRef,
  type Ref
} from 'vue'
import type { FindingItem } from '@api/dto/health.ts'
import type { ItemSource, PictureLease } from '../../../components/gallery-item.ts'
import { useTextScale } from '../../../components/item-list.ts'
import { usePagedList, type LoadPage, type PagedList } from '../../../components/paged-list.ts'
import { useVirtualRows, type VirtualRows } from '../../../components/virtual-rows.ts'

/** Pixels at the usual size of text. */
const gap = 8
const tileWidth = 220
const tileHeight = 264

/** What the grid needs. */
export interface FoundGridOptions {
  readonly load: LoadPage<FindingItem>
  readonly source: ItemSource
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  /** Index of the focused item. */
  readonly position: Ref<number>
}

/** The grid as a screen draws it. */
export interface FoundGrid {
  readonly list: PagedList<FindingItem>
  readonly lease: PictureLease
  readonly virtual: VirtualRows
  readonly columns: Readonly<Ref<number>>
  /** Height of a card. */
  readonly height: ComputedRef<number>
  readonly count: ComputedRef<number>
  readonly inView: ComputedRef<{ readonly first: number; readonly last: number }>
  /** The focused item, always one that exists. */
  readonly focusIndex: ComputedRef<number>
  /** Moves the focus to an item, if there is one. */
  focus(index: number): void
}

/** Follows a scrolled element for as long as the component lives. */
export function useFoundGrid(options: FoundGridOptions): FoundGrid {
  const { source, scroller, position } = options
  const list = usePagedList<FindingItem>(() => options.load)
  const lease = source.lease()
  onScopeDispose(() => lease.dispose())
  const scale = useTextScale()
  const columns = ref(1)
  const count = computed(() => list.total.value ?? 0)
  const height = computed(() => Math.round(tileHeight * scale.value))
  const virtual = useVirtualRows({
    count: computed(() => Math.ceil(count.value / columns.value)),
    rowHeight: computed(() => height.value + gap),
    scroller,
    perRow: columns,
    padding: 4
  })
  watchEffect(() => {
    columns.value = Math.max(1, Math.floor((virtual.width.value - 8 + gap) / (tileWidth + gap)))
  })
  const inView = computed(() => {
    const rows = virtual.rows.value
    const first = (rows[0]?.index ?? 0) * columns.value
    const end = ((rows.at(-1)?.index ?? 3) + 1) * columns.value
    return { first, last: Math.max(first, Math.min(end, Math.max(count.value, 1)) - 1) }
  })
  watch(inView, ({ first, last }) => list.need(first, last), { immediate: true })
  watch(
    () => {
      const { first, last } = inView.value
      return Array.from({ length: last - first + 1 }, (_, step) => list.at(first + step)).flatMap(
        (found) => (found?.item.hasPicture === true ? [found.item.row] : [])
      )
    },
    (rows) => lease.want(rows, 192),
    { immediate: true }
  )
  const focusIndex = computed(() => Math.min(position.value, Math.max(0, count.value - 1)))
  const lineOf = (index: number): number => Math.floor(index / columns.value)
  // Comes back to where it was left, once it is known how long the list is.
  watch(list.total, (total, before) => {
    if (total !== undefined && before === undefined && position.value > 0)
      void nextTick(() => virtual.scrollTo(lineOf(focusIndex.value)))
  })
  return {
    list,
    lease,
    virtual,
    columns,
    height,
    count,
    inView,
    focusIndex,
    focus(index) {
      if (index < 0 || index >= count.value) return
      position.value = index
      virtual.scrollTo(lineOf(index))
      void nextTick(() => {
        scroller.value
          ?.querySelector<HTMLElement>(`[data-index="${index}"]`)
          ?.focus({ preventScroll: true })
      })
    }
  }
}
