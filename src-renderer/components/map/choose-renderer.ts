// The way the points of a map are drawn: by WebGL 2, or by the 2D canvas where that is not to be had.
import { createCanvasRenderer } from './canvas-renderer.ts'
import { createGlRenderer } from './gl-renderer.ts'
import type { MapRenderer } from './map-renderer.ts'

/**
 * A renderer on a fresh canvas. `onLost` is called when the graphics card was taken away: the caller
 * then makes a new canvas and asks again with `avoidGl`, as after undefined: a canvas on which WebGL
 * was tried gives no other. With `avoidGl`, undefined means that nothing can draw at all.
 */
export function chooseRenderer(
  canvas: HTMLCanvasElement,
  options: {
    readonly avoidGl: boolean
    onLost(): void
    /** The first time that drawing was measured. */
    onMeasured(): void
  }
): MapRenderer | undefined {
  if (!options.avoidGl) {
    const gl = createGlRenderer(canvas, options)
    if (gl !== undefined) return gl
  }
  return createCanvasRenderer(canvas)
}
