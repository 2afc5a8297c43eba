// Moving a drawing by mouse, wheel and keys, and walking from box to box.
import { nextTick, onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from 'vue'
import {
  broughtIn,
  fitted,
  moved,
  nearestTowards,
  zoomedAt,
  type GraphSight
} from './graph-view.ts'

/** Pixels one key moves the drawing by, and how much one key or one notch of a wheel zooms. */
const panPixels = 60
const zoomStep = 1.3
const wheelStep = 0.0015
/** Pixels that a box which gets the focus keeps from the edge. */
const edge = 80

const arrows = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const
type Arrow = (typeof arrows)[number]
const isArrow = (key: string): key is Arrow => arrows.some((arrow) => arrow === key)

/** What is moved: a drawing of a size, with boxes that keys walk over. */
export interface SightDrawing {
  readonly width: number
  readonly height: number
  readonly boxes: readonly { readonly at: { readonly x: number; readonly y: number } }[]
}

/** What moves a drawing. */
export interface SightControls {
  readonly sight: Ref<GraphSight>
  /** Box that the Tab key reaches. */
  readonly cursor: Ref<number>
  readonly isDragging: Ref<boolean>
  zoomIn(): void
  zoomOut(): void
  fit(): void
  onWheel(event: WheelEvent): void
  onDown(event: PointerEvent): void
  onMove(event: PointerEvent): void
  onUp(): void
  onKey(event: KeyboardEvent): void
}

/** Controls of one drawing in `frame`; `leave` gives up what is chosen, false when nothing is. */
export function useGraphSight(
  frame: Readonly<Ref<HTMLElement | null>>,
  graph: () => SightDrawing,
  leave: () => boolean
): SightControls {
  const size = ref({ width: 0, height: 0 })
  const sight = shallowRef(fitted(graph(), size.value))
  const cursor = ref(0)
  const held = shallowRef<{ readonly x: number; readonly y: number; readonly id: number }>()
  const isDragging = ref(false)
  // A drawing that was moved by hand stays where it is when the window changes its size.
  let wasMoved = false

  function measure(): void {
    const box = frame.value?.getBoundingClientRect()
    if (box === undefined) return
    size.value = { width: box.width, height: box.height }
    if (!wasMoved) sight.value = fitted(graph(), size.value)
  }
  const observer = new ResizeObserver(measure)
  onMounted(() => {
    measure()
    if (frame.value !== null) observer.observe(frame.value)
  })
  onBeforeUnmount(() => observer.disconnect())
  watch(graph, () => {
    wasMoved = false
    cursor.value = 0
    measure()
  })

  function change(next: GraphSight): void {
    wasMoved = true
    sight.value = next
  }
  function zoom(factor: number): void {
    change(zoomedAt(sight.value, factor, size.value.width / 2, size.value.height / 2))
  }
  function fit(): void {
    wasMoved = false
    sight.value = fitted(graph(), size.value)
  }
  function goTo(at: number): void {
    cursor.value = at
    const box = graph().boxes[at]
    if (box !== undefined && size.value.width > 0) {
      const next = broughtIn(sight.value, box.at, size.value, edge)
      if (next.x !== sight.value.x || next.y !== sight.value.y) change(next)
    }
    void nextTick(() =>
      frame.value?.querySelector<SVGElement>(`[data-box="${at}"]`)?.focus({ preventScroll: true })
    )
  }
  function pan(key: Arrow): void {
    const x = key === 'ArrowLeft' ? panPixels : key === 'ArrowRight' ? -panPixels : 0
    const y = key === 'ArrowUp' ? panPixels : key === 'ArrowDown' ? -panPixels : 0
    change(moved(sight.value, x, y))
  }
  function walk(key: Arrow): void {
    const places = graph().boxes.map(({ at }) => at)
    const next = nearestTowards(places, cursor.value, key)
    if (next !== undefined) goTo(next)
  }
  function isHandled({ key, shiftKey }: KeyboardEvent): boolean {
    if (isArrow(key)) (shiftKey ? pan : walk)(key)
    else if (key === '+' || key === '=') zoom(zoomStep)
    else if (key === '-') zoom(1 / zoomStep)
    else if (key === '0') fit()
    else return key === 'Escape' && leave()
    return true
  }
  return {
    sight,
    cursor,
    isDragging,
    zoomIn: () => zoom(zoomStep),
    zoomOut: () => zoom(1 / zoomStep),
    fit,
    onWheel(event) {
      event.preventDefault()
      const box = frame.value?.getBoundingClientRect()
      const factor = Math.exp(-event.deltaY * wheelStep)
      const [left, top] = [box?.left ?? 0, box?.top ?? 0]
      change(zoomedAt(sight.value, factor, event.clientX - left, event.clientY - top))
    },
    onDown({ button, clientX, clientY, pointerId }) {
      if (button !== 0) return
      held.value = { x: clientX, y: clientY, id: pointerId }
      isDragging.value = true
    },
    onMove({ clientX, clientY, pointerId }) {
      if (held.value?.id !== pointerId) return
      change(moved(sight.value, clientX - held.value.x, clientY - held.value.y))
      held.value = { x: clientX, y: clientY, id: pointerId }
    },
    onUp() {
      held.value = undefined
      isDragging.value = false
    },
    onKey(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || !isHandled(event)) return
      event.preventDefault()
      event.stopPropagation()
    }
  }
}
