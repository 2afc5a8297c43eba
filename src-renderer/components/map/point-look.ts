// How points are drawn at a zoom: small and see-through where many lie, larger as the map is zoomed.
import { zoomOf, type MapView } from './map-view.ts'

export interface PointLook {
  /** Diameter in pixels of the screen, before its pixel ratio. */
  readonly size: number
  /** Diameter of the points that the filter hides. */
  readonly hiddenSize: number
  readonly opacity01: number
}

// Share of the screen that a map usually covers.
const covered = 0.3

/** Look of `shown` points among `total`; a few that a filter leaves stand out a little. */
export function pointLook(view: MapView, shown: number, total: number): PointLook {
  const zoom = Math.max(1, zoomOf(view))
  const size = sizeOf(Math.sqrt(shown * total), zoom)
  const area = Math.max(1, covered * view.width * view.height * zoom * zoom)
  const layers = (shown * size * size) / area
  return {
    size,
    hiddenSize: Math.max(1, 0.75 * sizeOf(total, zoom)),
    opacity01: Math.min(0.9, Math.max(0.14, 1 / Math.max(1, layers) ** 0.6))
  }
}

function sizeOf(points: number, zoom: number): number {
  return Math.min(12, Math.min(7, Math.max(1.4, 34 / Math.max(1, points) ** 0.27)) * zoom ** 0.4)
}

/** Opacity of the shade under the points: full from afar, gone when single points can be told. */
export function crowdOpacity(view: MapView, shown: number): number {
  const zoom = zoomOf(view)
  const crowd = Math.min(1, shown / 3000)
  return crowd * Math.max(0, Math.min(1, 1.6 - zoom / 4))
}
