// The map by keyboard: a cross-hair that goes from item to item, zoom, moving the map, and a box
// that stands for drawing around items.
import { ref, shallowRef, type Ref } from 'vue'
import { map as words } from '../../text/map.ts'
import type { Outline } from './lasso.ts'
import { inMap } from './use-map-gestures.ts'
import { panned, toScreen, withInSight, zoomedAt, type MapView } from './map-view.ts'
import type { PointGrid } from './point-grid.ts'

export interface KeyDeps {
  readonly view: Ref<MapView>
  readonly isSpaceHeld: Ref<boolean>
  grid(): PointGrid
  place(row: number): { readonly x: number; readonly y: number }
  /** True for items the filter shows. */
  isShown(row: number): boolean
  countInside(outline: Outline): number
  onLasso(outline: Outline, isAdding: boolean): void
  onOpen(row: number): void
  onFit(): void
  say(sentence: string): void
  /** Gives up what a pointer is drawing; false when it draws nothing. */
  cancelGesture(): boolean
}

/** A box around the cursor on the screen, in pixels. */
export interface CursorBox {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const stepPixels = 10
const panPixels = 60
const boxStart = 24
const boxGrowth = 24
const edge = 32
const zoomStep = 1.4

const directions: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 }
}

export interface MapKeys {
  /** Row under the cross-hair. */
  readonly cursor: Ref<number | undefined>
  readonly box: Ref<CursorBox | undefined>
  onKeydown(event: KeyboardEvent): void
  onKeyup(event: KeyboardEvent): void
}

/** Keys of one map. */
export function useMapKeys(deps: KeyDeps): MapKeys {
  const { view } = deps
  const cursor = ref<number>()
  const box = shallowRef<CursorBox>()

  function middle(): { x: number; y: number } {
    return { x: view.value.centreX, y: view.value.centreY }
  }
  function move(direction: { readonly x: number; readonly y: number }): void {
    const isThere = cursor.value !== undefined && deps.isShown(cursor.value)
    const from = isThere && cursor.value !== undefined ? deps.place(cursor.value) : middle()
    const next = isThere
      ? deps.grid().towards(from.x, from.y, direction, stepPixels / view.value.scale, deps.isShown)
      : deps.grid().nearest(from.x, from.y, 3, deps.isShown)
    if (next === undefined) {
      deps.say(words.noneThisWay)
      return
    }
    cursor.value = next
    const at = deps.place(next)
    view.value = withInSight(view.value, at.x, at.y, edge)
  }
  function zoom(factor: number): void {
    const at = cursor.value === undefined ? undefined : deps.place(cursor.value)
    const middle = { x: view.value.width / 2, y: view.value.height / 2 }
    const held = at === undefined ? middle : toScreen(view.value, at.x, at.y)
    view.value = zoomedAt(view.value, factor, held.x, held.y)
  }

  function outlineOf({ left, top, right, bottom }: CursorBox): Outline {
    return inMap(view.value, [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom }
    ])
  }
  function startBox(): void {
    const { width, height } = view.value
    const centre =
      cursor.value === undefined
        ? { x: width / 2, y: height / 2 }
        : toScreen(view.value, deps.place(cursor.value).x, deps.place(cursor.value).y)
    box.value = {
      left: centre.x - boxStart,
      right: centre.x + boxStart,
      top: centre.y - boxStart,
      bottom: centre.y + boxStart
    }
    deps.say(`${words.boxStarted} ${words.boxHolds(deps.countInside(outlineOf(box.value)))}`)
  }
  function growBox(key: string, by: number): void {
    const old = box.value
    if (old === undefined) return
    const grown = {
      left: key === 'ArrowLeft' ? old.left - by : old.left,
      right: key === 'ArrowRight' ? old.right + by : old.right,
      top: key === 'ArrowUp' ? old.top - by : old.top,
      bottom: key === 'ArrowDown' ? old.bottom + by : old.bottom
    }
    if (grown.right - grown.left < boxGrowth || grown.bottom - grown.top < boxGrowth) return
    box.value = grown
    deps.say(words.boxHolds(deps.countInside(outlineOf(grown))))
  }

  function onBoxKey(event: KeyboardEvent, current: CursorBox): boolean {
    if (directions[event.key] !== undefined) {
      growBox(event.key, event.shiftKey ? -boxGrowth : boxGrowth)
      return true
    }
    if (event.key !== 'Enter' && event.key !== 'Escape') return false
    box.value = undefined
    if (event.key === 'Enter') deps.onLasso(outlineOf(current), event.shiftKey)
    else deps.say(words.boxLeft)
    return true
  }
  function onMapKey(event: KeyboardEvent): boolean {
    const direction = directions[event.key]
    if (direction !== undefined) {
      if (event.shiftKey)
        view.value = panned(view.value, -direction.x * panPixels, direction.y * panPixels)
      else move(direction)
      return true
    }
    switch (event.key) {
      case '+':
      case '=':
        zoom(zoomStep)
        return true
      case '-':
        zoom(1 / zoomStep)
        return true
      case '0':
        deps.onFit()
        return true
      case 'l':
      case 'L':
        startBox()
        return true
      case 'Enter':
        if (cursor.value === undefined) return false
        deps.onOpen(cursor.value)
        return true
      case 'Escape':
        if (deps.cancelGesture()) return true
        if (cursor.value === undefined) return false
        cursor.value = undefined
        return true
      case ' ':
        deps.isSpaceHeld.value = true
        return true
      default:
        return false
    }
  }

  return {
    cursor,
    box,
    onKeydown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const isDone = box.value === undefined ? onMapKey(event) : onBoxKey(event, box.value)
      if (!isDone) return
      event.preventDefault()
      event.stopPropagation()
    },
    onKeyup(event) {
      if (event.key === ' ') deps.isSpaceHeld.value = false
    }
  }
}
