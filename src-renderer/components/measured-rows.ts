// Draws only the rows in view of a long list whose rows have heights of their own. Heights are
// guessed first and measured when drawn; what is being read stays where it is meanwhile.
import {
  computed,
  nextTick,
  onBeforeUnmount,
  onMounted,
  ref,
  shallowRef,
  triggerRef,
  watch,
  type ComponentPublicInstance,
  type ComputedRef,
  type Ref
} from 'vue'
import { createRowHeights } from './row-heights.ts'
import type { VirtualRow } from './virtual-rows.ts'

/** What decides which rows are drawn. */
export interface MeasuredRowsOptions {
  /** A name for every row: heights stay with it when others come and go. */
  readonly keys: Readonly<Ref<readonly number[]>>
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  /** Height of a row before it was drawn, in pixels. */
  guess(key: number): number
  /** All heights are unknown again when this changes, for example with the detail shown. */
  readonly reset?: Readonly<Ref<unknown>>
}

/** The rows in view. */
export interface MeasuredRows {
  readonly rows: ComputedRef<readonly VirtualRow[]>
  /** Height of the element that is scrolled, in pixels. */
  readonly height: ComputedRef<number>
  /** First row in view and the one after the last. */
  readonly range: ComputedRef<{ readonly first: number; readonly end: number }>
  /** For the `ref` of every row drawn. */
  track(key: number): (element: Element | ComponentPublicInstance | null) => void
  /** Brings a row into view and keeps it there while heights settle, until the list is scrolled. */
  scrollTo(row: number, align?: 'start' | 'centre'): void
  /** Lets go of the row that was scrolled to: something inside it is brought into view instead. */
  release(): void
}

/** Room above a row that was scrolled to, in pixels. */
const roomAbove = 8

/** Follows a scrolled element for as long as the component lives. */
export function useMeasuredRows(options: MeasuredRowsOptions): MeasuredRows {
  const { keys, scroller, guess } = options
  const known = new Map<number, number>()
  const make = (): ReturnType<typeof createRowHeights> =>
    createRowHeights(keys.value.length, (row) => {
      const key = keys.value[row] ?? -1
      return known.get(key) ?? guess(key)
    })
  const heights = shallowRef(make())
  const top = ref(0)
  const view = ref(0)
  const rowsByKey = computed(() => new Map(keys.value.map((key, row) => [key, row])))
  const elements = new Map<number, Element>()
  const keyOf = new WeakMap<Element, number>()
  const trackers = new Map<number, (element: Element | ComponentPublicInstance | null) => void>()
  let pin: { readonly key: number; readonly align: 'start' | 'centre' } | undefined
  let observer: ResizeObserver | undefined

  const range = computed(() => {
    const all = heights.value
    if (all.count === 0) return { first: 0, end: 0 }
    return {
      first: all.rowAt(top.value),
      end: Math.min(all.count, all.rowAt(top.value + view.value) + 1)
    }
  })
  const rows = computed(() => {
    const all = heights.value
    if (all.count === 0) return []
    // Half a view on each side, so that a turn of the wheel finds its rows drawn.
    const ahead = Math.max(200, view.value / 2)
    const first = all.rowAt(Math.max(0, top.value - ahead))
    const last = all.rowAt(top.value + view.value + ahead)
    return Array.from({ length: last - first + 1 }, (_, at): VirtualRow => ({
      index: first + at,
      start: all.startOf(first + at)
    }))
  })

  function put(place: number): void {
    const element = scroller.value
    if (element === null) return
    element.scrollTop = Math.max(0, place)
    top.value = element.scrollTop
  }
  function toPin(): void {
    const row = pin === undefined ? undefined : rowsByKey.value.get(pin.key)
    if (pin === undefined || row === undefined) return
    const start = heights.value.startOf(row)
    const room = Math.max(0, (view.value - heights.value.heightOf(row)) / 2)
    put(pin.align === 'start' ? start - roomAbove : start - room)
  }
  /** Notes heights as drawn; rows above the view that grew push the bar on by as much. */
  function measure(found: readonly { readonly key: number; readonly height: number }[]): void {
    let above = 0
    let isChanged = false
    for (const { key, height } of found) {
      if (height <= 0) continue
      known.set(key, height)
      const row = rowsByKey.value.get(key)
      if (row === undefined) continue
      const isAbove = heights.value.startOf(row) + heights.value.heightOf(row) <= top.value
      const change = heights.value.set(row, height)
      if (change === 0) continue
      isChanged = true
      if (isAbove) above += change
    }
    if (!isChanged) return
    triggerRef(heights)
    void nextTick(() => {
      if (pin !== undefined) toPin()
      else if (above !== 0) put(top.value + above)
    })
  }
  watch([keys, options.reset ?? ref(0)], ([, now], [, before]) => {
    const first = keys.value[heights.value.rowAt(top.value)]
    if (now !== before) known.clear()
    heights.value = make()
    // The row at the top stays there, where it is still in the list.
    const row = first === undefined ? undefined : rowsByKey.value.get(first)
    if (pin === undefined && row !== undefined) void nextTick(() => put(heights.value.startOf(row)))
    else void nextTick(toPin)
  })

  function onScroll(): void {
    top.value = scroller.value?.scrollTop ?? 0
  }
  function release(): void {
    pin = undefined
  }
  function onResize(): void {
    view.value = scroller.value?.clientHeight ?? 0
  }
  const releasing = ['wheel', 'pointerdown', 'touchmove', 'keydown'] as const
  let sizes: ResizeObserver | undefined
  onMounted(() => {
    observer = new ResizeObserver((entries) =>
      measure(
        entries.map(({ target, borderBoxSize }) => ({
          key: keyOf.get(target) ?? -1,
          height: borderBoxSize[0]?.blockSize ?? 0
        }))
      )
    )
    for (const element of elements.values()) observer.observe(element)
    const element = scroller.value
    if (element === null) return
    onResize()
    element.addEventListener('scroll', onScroll, { passive: true })
    for (const name of releasing) element.addEventListener(name, release, { passive: true })
    sizes = new ResizeObserver(onResize)
    sizes.observe(element)
  })
  onBeforeUnmount(() => {
    observer?.disconnect()
    sizes?.disconnect()
    const element = scroller.value
    element?.removeEventListener('scroll', onScroll)
    for (const name of releasing) element?.removeEventListener(name, release)
  })

  return {
    rows,
    range,
    height: computed(() => heights.value.total()),
    track(key) {
      const made = trackers.get(key)
      if (made !== undefined) return made
      const tracker = (element: Element | ComponentPublicInstance | null): void => {
        const before = elements.get(key)
        if (before === element) return
        if (before !== undefined) observer?.unobserve(before)
        elements.delete(key)
        if (!(element instanceof Element)) {
          trackers.delete(key)
          return
        }
        elements.set(key, element)
        keyOf.set(element, key)
        observer?.observe(element)
      }
      trackers.set(key, tracker)
      return tracker
    },
    scrollTo(row, align = 'start') {
      const key = keys.value[row]
      if (key === undefined) return
      pin = { key, align }
      toPin()
    },
    release
  }
}
