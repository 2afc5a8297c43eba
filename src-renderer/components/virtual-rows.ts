// Draws only the rows in view of a list of any length, also one that is taller than a browser can
// draw. Rows have one height. The list itself is somebody else's.
import {
  computed,
  nextTick,
  onBeforeUnmount,
  onMounted,
  ref,
  shallowRef,
  watch,
  type ComputedRef,
  type Ref
} from 'vue'
import { isOutOfStep, offsetOf, placeAt, scrolledTo, scrollScale } from './virtual-scroll.ts'

/** A row to draw. */
export interface VirtualRow {
  readonly index: number
  /** Its place in the scrolled element, in pixels. */
  readonly start: number
}

/** What decides which rows are drawn. */
export interface VirtualRowsOptions {
  readonly count: Readonly<Ref<number>>
  /** Height of a row with the gap to the next, in whole pixels. */
  readonly rowHeight: Readonly<Ref<number>>
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  /** Tiles in a row; 1 where a row is one thing. */
  readonly perRow?: Readonly<Ref<number>>
  /** Room before the first and after the last row, in pixels. */
  readonly padding?: number
}

/** The rows in view. */
export interface VirtualRows {
  readonly rows: ComputedRef<readonly VirtualRow[]>
  /** Height of the element that is scrolled, in pixels. */
  readonly height: ComputedRef<number>
  /** Height of the view, in pixels. */
  readonly view: Readonly<Ref<number>>
  /** Width of the view, in pixels. */
  readonly width: Readonly<Ref<number>>
  /** True while rows fly by faster than they can be read: nothing needs to be loaded for them. */
  readonly isFlying: Readonly<Ref<boolean>>
  /** First row at least half in view. */
  readonly top: ComputedRef<number>
  /** Brings a row into view with the least movement. */
  scrollTo(index: number): void
  /** Puts a row at the top of the view. */
  scrollToTop(index: number): void
}

/** Tiles drawn at once, as far as those in view leave room for others (product design, section 6). */
const liveTiles = 80

/** How long the bar rests before it counts as resting, in milliseconds. */
const restMs = 120

/** Follows a scrolled element for as long as the component lives. */
export function useVirtualRows(options: VirtualRowsOptions): VirtualRows {
  const { count, rowHeight, scroller, perRow, padding = 0 } = options
  const view = ref(0)
  const width = ref(0)
  const isFlying = ref(false)
  const place = shallowRef({ top: 0, base: 0 })
  const full = computed(() => count.value * rowHeight.value + 2 * padding)
  const scale = computed(() => scrollScale(full.value, view.value))
  let rest: ReturnType<typeof setTimeout> | undefined

  const rows = computed(() => {
    const offset = offsetOf(place.value) - padding
    // Half a view on each side, so that a turn of the wheel finds its rows drawn; tiles cost more
    // than rows, so that there are fewer of them.
    const inView = Math.ceil(view.value / rowHeight.value) + 1
    const spare =
      perRow === undefined ? Infinity : (Math.floor(liveTiles / perRow.value) - inView) / 2
    const ahead = Math.min(
      Math.max(view.value / 2, 2 * rowHeight.value),
      Math.max(spare, 0.5) * rowHeight.value
    )
    const first = Math.max(0, Math.floor((offset - ahead) / rowHeight.value))
    const end = Math.min(count.value, Math.ceil((offset + view.value + ahead) / rowHeight.value))
    return Array.from({ length: Math.max(0, end - first) }, (_, at): VirtualRow => ({
      index: first + at,
      start: (first + at) * rowHeight.value + padding + place.value.base
    }))
  })

  /** Puts the bar where it belongs for the place the list is at. */
  function settle(offset = offsetOf(place.value)): void {
    const element = scroller.value
    if (element === null) return
    const right = Math.min(Math.max(offset, 0), scale.value.maxOffset)
    const top = scale.value.toTop(right)
    if (element.scrollTop !== top) element.scrollTop = top
    // As it is now: browsers round, and an element that has not grown yet stops short.
    place.value = scale.value.isScaled
      ? placeAt(right, element.scrollTop)
      : { top: element.scrollTop, base: 0 }
  }
  function onScroll(): void {
    const element = scroller.value
    if (element === null) return
    const before = offsetOf(place.value)
    place.value = scrolledTo(place.value, element.scrollTop, scale.value, view.value)
    if (Math.abs(offsetOf(place.value) - before) > view.value * 1.5) isFlying.value = true
    if (isOutOfStep(place.value, scale.value, view.value)) settle()
    clearTimeout(rest)
    rest = setTimeout(onRest, restMs)
  }
  function onRest(): void {
    isFlying.value = false
    if (scale.value.isScaled) settle()
  }
  // Other rows or another size: stay at the same place of the list, where there is one.
  watch(
    [full, view],
    () => void nextTick(() => settle(Math.min(offsetOf(place.value), scale.value.maxOffset))),
    { flush: 'post' }
  )

  let observer: ResizeObserver | undefined
  function measure(): void {
    view.value = scroller.value?.clientHeight ?? 0
    width.value = scroller.value?.clientWidth ?? 0
  }
  onMounted(() => {
    const element = scroller.value
    if (element === null) return
    measure()
    element.addEventListener('scroll', onScroll, { passive: true })
    observer = new ResizeObserver(measure)
    observer.observe(element)
  })
  onBeforeUnmount(() => {
    observer?.disconnect()
    scroller.value?.removeEventListener('scroll', onScroll)
    clearTimeout(rest)
  })

  return {
    rows,
    height: computed(() => scale.value.height),
    view,
    width,
    isFlying,
    top: computed(() =>
      Math.max(0, Math.round((offsetOf(place.value) - padding) / rowHeight.value))
    ),
    scrollTo(index) {
      const start = index * rowHeight.value
      const offset = offsetOf(place.value)
      if (start < offset) settle(start)
      else if (start + rowHeight.value + 2 * padding > offset + view.value)
        settle(start + rowHeight.value + 2 * padding - view.value)
    },
    scrollToTop(index) {
      settle(index * rowHeight.value)
    }
  }
}
