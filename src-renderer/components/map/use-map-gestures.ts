// Mouse, touch and pen on the map: drag draws around items or moves the map, the wheel and two
// fingers zoom, a short press opens the item under it.
import { ref, shallowRef, type Ref } from 'vue'
import { panned, toMap, zoomedAt, type MapView } from './map-view.ts'
import type { Outline } from './lasso.ts'

/** What dragging does. */
export type DragMode = 'lasso' | 'pan'

export interface GestureDeps {
  readonly view: Ref<MapView>
  readonly mode: Ref<DragMode>
  /** Corner of the map on the page. */
  origin(): { readonly left: number; readonly top: number }
  /** The pointer rests at a place of the screen, or has left. */
  onHover(at: { readonly x: number; readonly y: number } | undefined): void
  onPress(at: { readonly x: number; readonly y: number }, isAdding: boolean): void
  /** A finished outline in map units. */
  onLasso(outline: Outline, isAdding: boolean): void
  onChange(): void
}

const dragLeast = 4
/** Corners closer than this are not kept. */
const cornerApart = 3

interface Place {
  readonly x: number
  readonly y: number
}

export interface Gestures {
  /** Corners of the outline being drawn, in pixels of the screen; empty when none is. */
  readonly outline: Ref<readonly Place[]>
  readonly isPanning: Ref<boolean>
  readonly isSpaceHeld: Ref<boolean>
  readonly on: {
    pointerdown(event: PointerEvent): void
    pointermove(event: PointerEvent): void
    pointerup(event: PointerEvent): void
    pointercancel(event: PointerEvent): void
    pointerleave(): void
    wheel(event: WheelEvent): void
  }
  /** Gives up the outline being drawn; false when there is none. */
  cancel(): boolean
}

/** Gestures on one map. */
export function useMapGestures(deps: GestureDeps): Gestures {
  const { view, mode } = deps
  const outline = shallowRef<readonly Place[]>([])
  const isPanning = ref(false)
  const isSpaceHeld = ref(false)
  const pointers = new Map<number, Place>()
  let start: Place | undefined
  let isDragged = false
  let isCancelled = false

  function placeOf(event: MouseEvent): Place {
    const { left, top } = deps.origin()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  function end(event: PointerEvent): void {
    pointers.delete(event.pointerId)
    if (pointers.size > 0) return
    start = undefined
    isPanning.value = false
    outline.value = []
    deps.onChange()
  }
  function pinch(id: number, to: Place): void {
    const other = [...pointers].find(([key]) => key !== id)?.[1]
    const from = pointers.get(id)
    if (other === undefined || from === undefined) return
    const before = Math.hypot(from.x - other.x, from.y - other.y)
    const after = Math.hypot(to.x - other.x, to.y - other.y)
    const middle = { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 }
    const moved = panned(view.value, (to.x - from.x) / 2, (to.y - from.y) / 2)
    view.value = before > 0 ? zoomedAt(moved, after / before, middle.x, middle.y) : moved
  }
  function extend(to: Place): void {
    const last = outline.value.at(-1)
    if (last !== undefined && Math.hypot(to.x - last.x, to.y - last.y) < cornerApart) return
    outline.value = [...outline.value, to]
    deps.onChange()
  }

  return {
    outline,
    isPanning,
    isSpaceHeld,
    cancel() {
      if (outline.value.length === 0) return false
      outline.value = []
      isCancelled = true
      deps.onChange()
      return true
    },
    on: {
      pointerdown(event) {
        if (event.button > 1) return
        const at = placeOf(event)
        pointers.set(event.pointerId, at)
        if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId)
        // The middle button would start the browser's own scrolling.
        if (event.button === 1) event.preventDefault()
        isDragged = false
        isCancelled = false
        start = at
        deps.onHover(undefined)
        const isMoving = event.button === 1 || isSpaceHeld.value || mode.value === 'pan'
        isPanning.value = isMoving || pointers.size > 1
        outline.value = isPanning.value ? [] : [at]
      },
      pointermove(event) {
        const at = placeOf(event)
        const before = pointers.get(event.pointerId)
        if (before === undefined || start === undefined) {
          deps.onHover(at)
          return
        }
        if (Math.hypot(at.x - start.x, at.y - start.y) >= dragLeast) isDragged = true
        if (pointers.size > 1) pinch(event.pointerId, at)
        else if (isPanning.value) view.value = panned(view.value, at.x - before.x, at.y - before.y)
        else if (!isCancelled) extend(at)
        pointers.set(event.pointerId, at)
      },
      pointerup(event) {
        const at = placeOf(event)
        const corners = outline.value
        const wasPanning = isPanning.value || pointers.size > 1
        const wasDragged = isDragged
        const isKnown = pointers.has(event.pointerId)
        end(event)
        if (!isKnown || isCancelled) return
        const isAdding = event.shiftKey
        if (!wasDragged && event.button === 0) deps.onPress(at, isAdding)
        else if (!wasPanning && corners.length > 2)
          deps.onLasso(inMap(view.value, corners), isAdding)
      },
      pointercancel: end,
      pointerleave: () => deps.onHover(undefined),
      wheel(event) {
        event.preventDefault()
        const at = placeOf(event)
        // Lines instead of pixels on some systems; a pinch on a touchpad comes with Control.
        const unit = event.deltaMode === 1 ? 16 : 1
        const factor = Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0015))
        view.value = zoomedAt(view.value, factor, at.x, at.y)
      }
    }
  }
}

/** An outline of the screen in map units. */
export function inMap(view: MapView, corners: readonly Place[]): Outline {
  const places = corners.map(({ x, y }) => toMap(view, x, y))
  return { x: places.map(({ x }) => x), y: places.map(({ y }) => y) }
}
