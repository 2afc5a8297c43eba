// Marks on the top layer of the map: rings of selected items, the item under the pointer, the
// cross-hair, and the outline or box being drawn.
import type { MapTheme } from './map-theme.ts'
import { toScreen, type MapView } from './map-view.ts'
import type { CursorBox } from './use-map-keys.ts'

/** A circle around an area of the map. */
export interface MapRing {
  readonly x: number
  readonly y: number
  /** In the map's own measure; never drawn smaller than a few pixels. */
  readonly radius: number
}

export interface Marks {
  readonly selected: Iterable<number>
  readonly hovered: number | undefined
  readonly cursor: number | undefined
  /** Areas to point out, in places of the map. */
  readonly rings?: readonly MapRing[] | undefined
  readonly box: CursorBox | undefined
  readonly outline: readonly { readonly x: number; readonly y: number }[]
  place(row: number): { readonly x: number; readonly y: number }
}

/** Radius in pixels of the smallest circle around an area. */
const smallestRing = 9

/** Rings drawn at most; more would be a smear. */
const ringsMost = 3000

/** Draws all marks onto an empty layer. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  view: MapView,
  theme: MapTheme,
  marks: Marks
): void {
  context.lineJoin = 'round'
  for (const area of marks.rings ?? [])
    ring(context, view, theme, area, Math.max(smallestRing, area.radius * view.scale))
  drawRings(context, view, theme, marks)
  if (marks.hovered !== undefined) ring(context, view, theme, marks.place(marks.hovered), 7)
  if (marks.cursor !== undefined) crossHair(context, view, theme, marks.place(marks.cursor))
  if (marks.box !== undefined) drawBox(context, theme, marks.box)
  if (marks.outline.length > 1) drawOutline(context, theme, marks.outline)
}

function drawRings(
  context: CanvasRenderingContext2D,
  view: MapView,
  theme: MapTheme,
  marks: Marks
): void {
  let drawn = 0
  for (const row of marks.selected) {
    const place = marks.place(row)
    const at = toScreen(view, place.x, place.y)
    if (at.x < -8 || at.y < -8 || at.x > view.width + 8 || at.y > view.height + 8) continue
    ring(context, view, theme, place, 5)
    if (++drawn === ringsMost) return
  }
}

function ring(
  context: CanvasRenderingContext2D,
  view: MapView,
  theme: MapTheme,
  place: { readonly x: number; readonly y: number },
  radius: number
): void {
  const at = toScreen(view, place.x, place.y)
  context.beginPath()
  context.arc(at.x, at.y, radius, 0, 2 * Math.PI)
  haloed(context, theme)
}

function crossHair(
  context: CanvasRenderingContext2D,
  view: MapView,
  theme: MapTheme,
  place: { readonly x: number; readonly y: number }
): void {
  const { x, y } = toScreen(view, place.x, place.y)
  context.beginPath()
  context.arc(x, y, 8, 0, 2 * Math.PI)
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1]
  ] as const) {
    context.moveTo(x + dx * 8, y + dy * 8)
    context.lineTo(x + dx * 18, y + dy * 18)
  }
  haloed(context, theme)
}

/** The path twice: a wide line in the colour of the ground, a narrow one in the accent. */
function haloed(context: CanvasRenderingContext2D, theme: MapTheme): void {
  context.lineWidth = 4
  context.strokeStyle = theme.surface
  context.stroke()
  context.lineWidth = 2
  context.strokeStyle = theme.accent
  context.stroke()
}

function drawBox(context: CanvasRenderingContext2D, theme: MapTheme, box: CursorBox): void {
  context.beginPath()
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top)
  filled(context, theme)
}

function drawOutline(
  context: CanvasRenderingContext2D,
  theme: MapTheme,
  outline: Marks['outline']
): void {
  context.beginPath()
  for (const { x, y } of outline) context.lineTo(x, y)
  context.closePath()
  filled(context, theme)
}

function filled(context: CanvasRenderingContext2D, theme: MapTheme): void {
  context.globalAlpha = 0.12
  context.fillStyle = theme.accent
  context.fill('evenodd')
  context.globalAlpha = 1
  context.setLineDash([6, 4])
  haloed(context, theme)
  context.setLineDash([])
}
