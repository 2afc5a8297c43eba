// What part of the map is seen: a centre in map units (-1..1, y upwards) and pixels per map unit.
// Pure functions; the screen has its origin at the top left, y downwards.

export interface MapView {
  readonly centreX: number
  readonly centreY: number
  /** Pixels per map unit. */
  readonly scale: number
  /** Size of the screen in pixels. */
  readonly width: number
  readonly height: number
}

const fitMargin = 1.06
const zoomLeast = 0.6
const zoomMost = 2000

/** The whole square -1..1. */
export function fitView(width: number, height: number): MapView {
  const scale = Math.max(1, Math.min(width, height)) / 2 / fitMargin
  return { centreX: 0, centreY: 0, scale, width, height }
}

/** How far it is zoomed in: 1 = the whole map. */
export function zoomOf(view: MapView): number {
  return view.scale / fitView(view.width, view.height).scale
}

/** The same middle and zoom on a screen of another size. */
export function resized(view: MapView, width: number, height: number): MapView {
  const scale = fitView(width, height).scale * zoomOf(view)
  return { ...view, width, height, scale }
}

export function toScreen(view: MapView, x: number, y: number): { x: number; y: number } {
  return {
    x: view.width / 2 + (x - view.centreX) * view.scale,
    y: view.height / 2 - (y - view.centreY) * view.scale
  }
}

export function toMap(view: MapView, x: number, y: number): { x: number; y: number } {
  return {
    x: view.centreX + (x - view.width / 2) / view.scale,
    y: view.centreY - (y - view.height / 2) / view.scale
  }
}

/** Moves the map by pixels; some of it always stays in sight. */
export function panned(view: MapView, dx: number, dy: number): MapView {
  return {
    ...view,
    centreX: clamp(view.centreX - dx / view.scale, -1, 1),
    centreY: clamp(view.centreY + dy / view.scale, -1, 1)
  }
}

/** Zooms by a factor; the place under (x, y) stays where it is. */
export function zoomedAt(view: MapView, factor: number, x: number, y: number): MapView {
  const whole = fitView(view.width, view.height).scale
  const scale = clamp(view.scale * factor, whole * zoomLeast, whole * zoomMost)
  const held = toMap(view, x, y)
  return {
    ...view,
    scale,
    centreX: clamp(held.x - (x - view.width / 2) / scale, -1, 1),
    centreY: clamp(held.y + (y - view.height / 2) / scale, -1, 1)
  }
}

/** The view moved just enough to have a place in sight, `margin` pixels from the edge. */
export function withInSight(view: MapView, x: number, y: number, margin: number): MapView {
  const at = toScreen(view, x, y)
  const over = (value: number, size: number): number =>
    value < margin ? margin - value : value > size - margin ? size - margin - value : 0
  const dx = over(at.x, view.width)
  const dy = over(at.y, view.height)
  return dx === 0 && dy === 0 ? view : panned(view, dx, dy)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
