// What part of a drawing is in sight: scale and shift, moved by mouse, wheel and keys.

/** The drawing is scaled, then moved by these pixels. */
export interface GraphSight {
  readonly scale: number
  readonly x: number
  readonly y: number
}

interface Size {
  readonly width: number
  readonly height: number
}

const leastScale = 0.05
const mostScale = 3

/** All of the drawing, no larger than it is, in the middle of the top. */
export function fitted(drawing: Size, window: Size): GraphSight {
  const room = Math.min(
    1,
    window.width / Math.max(1, drawing.width),
    window.height / Math.max(1, drawing.height)
  )
  // Before it is on the screen a window has no size.
  const scale = room > 0 ? Math.max(leastScale, room) : 1
  return { scale, x: (window.width - drawing.width * scale) / 2, y: 0 }
}

/** Zoomed by a factor with the point (x, y) of the window held where it is. */
export function zoomedAt(sight: GraphSight, factor: number, x: number, y: number): GraphSight {
  const scale = Math.min(mostScale, Math.max(leastScale, sight.scale * factor))
  const by = scale / sight.scale
  return { scale, x: x - (x - sight.x) * by, y: y - (y - sight.y) * by }
}

/** Moved by pixels. */
export function moved(sight: GraphSight, x: number, y: number): GraphSight {
  return { ...sight, x: sight.x + x, y: sight.y + y }
}

/** Moved as little as it takes to bring a point of the drawing into the window. */
export function broughtIn(
  sight: GraphSight,
  point: { readonly x: number; readonly y: number },
  window: Size,
  edge: number
): GraphSight {
  const shift = (at: number, size: number): number =>
    Math.max(0, edge - at) - Math.max(0, at - (size - edge))
  const x = sight.x + point.x * sight.scale
  const y = sight.y + point.y * sight.scale
  return moved(sight, shift(x, window.width), shift(y, window.height))
}

/** The nearest of some points in a direction: within 45 degrees of it, by distance. */
export function nearestTowards(
  points: readonly { readonly x: number; readonly y: number }[],
  from: number,
  direction: 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'
): number | undefined {
  const origin = points[from]
  if (origin === undefined) return undefined
  let nearest: number | undefined
  let least = Infinity
  points.forEach((point, at) => {
    const right = point.x - origin.x
    const down = point.y - origin.y
    const isAcross = direction === 'ArrowLeft' || direction === 'ArrowRight'
    const sign = direction === 'ArrowUp' || direction === 'ArrowLeft' ? -1 : 1
    const along = sign * (isAcross ? right : down)
    const aside = Math.abs(isAcross ? down : right)
    // Layers are far wider than high: what is above or below counts however far aside it is.
    if (at === from || along <= 0 || (isAcross && aside > along)) return
    const distance = isAcross ? along + 3 * aside : 4 * along + aside
    if (distance >= least) return
    least = distance
    nearest = at
  })
  return nearest
}

/** A line through points with rounded corners, as an SVG path. */
export function pathThrough(points: readonly { readonly x: number; readonly y: number }[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  const last = rest.at(-1)
  const curves = rest.slice(0, -1).map((corner, at) => {
    const next = rest[at + 1] ?? corner
    const middle = next === last ? next : { x: (corner.x + next.x) / 2, y: (corner.y + next.y) / 2 }
    return `Q${corner.x} ${corner.y} ${middle.x} ${middle.y}`
  })
  const straight = rest.length === 1 && last !== undefined ? `L${last.x} ${last.y}` : ''
  return `M${first.x} ${first.y}${straight}${curves.join('')}`
}

/** Width of a line that `visits` of `all` attempts went along, in pixels. */
export function lineWidth(visits: number, all: number): number {
  return 1.5 + 7 * Math.sqrt(visits / Math.max(1, all))
}
