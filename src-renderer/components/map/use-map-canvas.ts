// The layers of a map and when they are drawn: once per frame at most, and only after a change.
// Falls back to the 2D canvas when WebGL is missing or its graphics card is taken away.
import {
  computed,
  nextTick,
  onBeforeUnmount,
  onMounted,
  ref,
  shallowRef,
  watch,
  type Ref
} from 'vue'
import { crowdShade, crowdSide } from './crowd.ts'
import { countShown, hiddenBit } from './map-categories.ts'
import { chooseRenderer } from './choose-renderer.ts'
import { cssColor, type MapRenderer } from './map-renderer.ts'
import { readMapTheme, type MapTheme } from './map-theme.ts'
import { fitView, resized, type MapView } from './map-view.ts'
import { crowdOpacity, pointLook } from './point-look.ts'

export interface MapLayers {
  readonly root: Readonly<Ref<HTMLElement | null>>
  readonly under: Readonly<Ref<HTMLCanvasElement | null>>
  readonly points: Readonly<Ref<HTMLCanvasElement | null>>
  readonly over: Readonly<Ref<HTMLCanvasElement | null>>
}

export interface MapData {
  x(): Float32Array
  y(): Float32Array
  styles(): Uint8Array
}

const glideMs = 450
/** Time a frame may take while the map moves, and once it rests. */
const movingMs = 30
const restingMs = 250
/** Points drawn before anything was measured, and the fewest that are ever drawn. */
const firstPoints = 150_000
const fewestPoints = 25_000
const restAfterMs = 160
const ratioMost = 2

/** The view, the renderer and the frame loop. `drawOver` draws the marks of the top layer. */
export function useMapCanvas(
  layers: MapLayers,
  data: MapData,
  drawOver: (context: CanvasRenderingContext2D, view: MapView, theme: MapTheme) => void
): {
  readonly view: Ref<MapView>
  readonly kind: Ref<'webgl' | 'canvas' | 'none'>
  readonly drawn: Ref<number>
  /** Raised to have Vue make a fresh canvas for another renderer. */
  readonly canvasKey: Ref<number>
  /** Draws again with the next frame. */
  invalidate(): void
} {
  const view = shallowRef<MapView>(fitView(640, 480))
  const kind = ref<'webgl' | 'canvas' | 'none'>('canvas')
  const drawn = ref(0)
  const canvasKey = ref(0)
  const shownCount = computed(() =>
    countShown(data.styles()).reduce((sum, count) => sum + count, 0)
  )
  const hasHidden = computed(() => data.styles().some((style) => style >= hiddenBit))
  let renderer: MapRenderer | undefined
  let theme: MapTheme | undefined
  let shade: { image: HTMLCanvasElement; isStale: boolean } | undefined
  let frame = 0
  let glideStart: number | undefined
  let isSized = false
  let movedAt = -Infinity
  let restTimer: ReturnType<typeof setTimeout> | undefined

  function invalidate(): void {
    if (frame === 0) frame = requestAnimationFrame(draw)
  }

  function start(avoidGl: boolean): void {
    const canvas = layers.points.value
    if (canvas === null) return
    renderer?.dispose()
    renderer = chooseRenderer(canvas, { avoidGl, onLost: fallBack, onMeasured: invalidate })
    if (renderer === undefined && !avoidGl) {
      fallBack()
      return
    }
    kind.value = renderer?.kind ?? 'none'
    fitCanvases()
    renderer?.setPoints(data.x(), data.y())
    renderer?.setStyles(data.styles())
    drawn.value = renderer?.points ?? 0
    invalidate()
  }
  /** A canvas that had a WebGL context gives no other: Vue makes a new one. */
  function fallBack(): void {
    canvasKey.value += 1
    void nextTick(() => start(true))
  }

  function ratio(): number {
    return Math.min(ratioMost, window.devicePixelRatio || 1)
  }
  function fitCanvases(): void {
    const root = layers.root.value
    if (root === null) return
    const width = Math.max(1, root.clientWidth)
    const height = Math.max(1, root.clientHeight)
    view.value = isSized ? resized(view.value, width, height) : fitView(width, height)
    isSized = true
    for (const layer of [layers.under.value, layers.points.value, layers.over.value]) {
      if (layer === null) continue
      layer.width = Math.round(width * ratio())
      layer.height = Math.round(height * ratio())
    }
    invalidate()
  }

  function draw(now: number): void {
    frame = 0
    const root = layers.root.value
    if (root === null) return
    theme ??= readMapTheme(root)
    drawShade(theme)
    const mix = glide(now, theme)
    const most = pointsPerFrame(mix < 1)
    renderer?.draw({
      view: view.value,
      look: pointLook(view.value, Math.min(shownCount.value, most), most),
      colors: theme,
      mix,
      hasHidden: hasHidden.value,
      ratio: ratio(),
      most
    })
    const context = layers.over.value?.getContext('2d')
    if (context) {
      context.setTransform(ratio(), 0, 0, ratio(), 0, 0)
      context.clearRect(0, 0, view.value.width, view.value.height)
      drawOver(context, view.value, theme)
    }
  }
  /** All points where that is quick; otherwise a sample, a larger one once the map rests. */
  function pointsPerFrame(isGliding: boolean): number {
    if (renderer === undefined) return 0
    const { points, msPerPoint } = renderer
    const isMoving = isGliding || performance.now() - movedAt < restAfterMs
    const inTime =
      msPerPoint === undefined ? firstPoints : (isMoving ? movingMs : restingMs) / msPerPoint
    const most = Math.min(points, Math.max(fewestPoints, Math.floor(inTime)))
    if (!isMoving) drawn.value = most
    else if (most < points) {
      clearTimeout(restTimer)
      restTimer = setTimeout(invalidate, restAfterMs)
    }
    return most
  }
  /** 0..1 of the way from the places before to the new ones. */
  function glide(now: number, { isStill }: MapTheme): number {
    if (glideStart === undefined || isStill) return 1
    const share = Math.min(1, Math.max(0, (now - glideStart) / glideMs))
    if (share < 1) invalidate()
    else glideStart = undefined
    return 1 - (1 - share) ** 3
  }
  function drawShade({ shade: color }: MapTheme): void {
    const context = layers.under.value?.getContext('2d')
    if (!context) return
    const { width, height, scale, centreX, centreY } = view.value
    context.setTransform(ratio(), 0, 0, ratio(), 0, 0)
    context.clearRect(0, 0, width, height)
    const opacity = crowdOpacity(view.value, shownCount.value)
    if (opacity === 0) return
    if (shade === undefined || shade.isStale) {
      const image = shadeImage(data, cssColor(color, 1))
      if (image === undefined) return
      shade = { image, isStale: false }
    }
    context.globalAlpha = 0.3 * opacity
    context.imageSmoothingEnabled = true
    context.drawImage(
      shade.image,
      width / 2 - (1 + centreX) * scale,
      height / 2 - (1 - centreY) * scale,
      2 * scale,
      2 * scale
    )
    context.globalAlpha = 1
  }

  watch([() => data.x(), () => data.y()], ([x, y], [before]) => {
    renderer?.setPoints(x, y)
    renderer?.setStyles(data.styles())
    drawn.value = renderer?.points ?? 0
    // Points of another set do not glide.
    glideStart = x.length === before.length ? performance.now() : undefined
    if (shade) shade.isStale = true
    invalidate()
  })
  watch(
    () => data.styles(),
    (styles) => {
      renderer?.setStyles(styles)
      if (shade) shade.isStale = true
      invalidate()
    }
  )
  watch(view, () => {
    movedAt = performance.now()
    invalidate()
  })

  const resize = new ResizeObserver(fitCanvases)
  const restyled = new MutationObserver(retheme)
  const schemes = ['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)'].map(
    (query) => matchMedia(query)
  )
  function retheme(): void {
    theme = undefined
    shade = undefined
    invalidate()
  }
  onMounted(() => {
    start(false)
    if (layers.root.value !== null) resize.observe(layers.root.value)
    restyled.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'data-motion', 'style', 'class']
    })
    for (const scheme of schemes) scheme.addEventListener('change', retheme)
  })
  onBeforeUnmount(() => {
    if (frame !== 0) cancelAnimationFrame(frame)
    clearTimeout(restTimer)
    resize.disconnect()
    restyled.disconnect()
    for (const scheme of schemes) scheme.removeEventListener('change', retheme)
    renderer?.dispose()
    renderer = undefined
  })
  return { view, kind, drawn, canvasKey, invalidate }
}

/** The shade as a small picture that is stretched over the map. */
function shadeImage(data: MapData, color: string): HTMLCanvasElement | undefined {
  const image = document.createElement('canvas')
  image.width = crowdSide
  image.height = crowdSide
  const context = image.getContext('2d')
  if (context === null) return undefined
  context.fillStyle = color
  context.fillRect(0, 0, crowdSide, crowdSide)
  const pixels = context.getImageData(0, 0, crowdSide, crowdSide)
  crowdShade(data.x(), data.y(), data.styles()).forEach((opacity, cell) => {
    pixels.data[cell * 4 + 3] = Math.round(opacity * 255)
  })
  context.putImageData(pixels, 0, 0)
  return image
}
