// What draws the points of a map, whichever way, and the colours it draws with.
import type { MapView } from './map-view.ts'
import type { PointLook } from './point-look.ts'

/** Colours of the points as red, green, blue (0..1), by category index; `hidden` for the others. */
export interface MapColors {
  readonly categories: readonly Rgb[]
  readonly hidden: Rgb
}
export type Rgb = readonly [red: number, green: number, blue: number]

export interface MapRenderer {
  readonly kind: 'webgl' | 'canvas'
  /** Points it can draw: all, or as many as this way of drawing allows. */
  readonly points: number
  /** Milliseconds a point takes, as measured; undefined while not known. */
  readonly msPerPoint: number | undefined
  /** New places; the old ones glide there while `mix` of `draw` goes from 0 to 1. */
  setPoints(x: Float32Array, y: Float32Array): void
  /** One byte per point, see map-categories. */
  setStyles(styles: Uint8Array): void
  draw(frame: MapFrame): void
  dispose(): void
}

export interface MapFrame {
  readonly view: MapView
  readonly look: PointLook
  readonly colors: MapColors
  /** 0 = the places before, 1 = the new ones. */
  readonly mix: number
  /** True when the filter hides some: these are drawn first, under the others. */
  readonly hasHidden: boolean
  /** Pixels of the screen per CSS pixel. */
  readonly ratio: number
  /** Most points to draw; fewer than there are is an even sample of them. */
  readonly most: number
}

/** Most points the 2D canvas draws; a frame would take too long with more. */
export const canvasPointsMax = 50_000

/** Reads "#116fa8" or "rgb(17 111 168)"; undefined for anything else. */
export function parseColor(text: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim())
  if (hex !== null) {
    const part = (i: number): number => Number.parseInt(hex[i] ?? '0', 16) / 255
    return [part(1), part(2), part(3)]
  }
  const rgb = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(text.trim())
  if (rgb === null) return undefined
  const part = (i: number): number => Number(rgb[i]) / 255
  return [part(1), part(2), part(3)]
}

/** A colour as CSS. */
export function cssColor([red, green, blue]: Rgb, opacity01: number): string {
  const byte = (value: number): number => Math.round(value * 255)
  return `rgb(${byte(red)} ${byte(green)} ${byte(blue)} / ${opacity01})`
}
