// Points by the 2D canvas: the same picture without a graphics card. Large sets are thinned evenly
// to what a frame can draw; the screen says so in words.
import { hiddenBit, unlabelledIndex } from './map-categories.ts'
import { canvasPointsMax, cssColor, type MapFrame, type MapRenderer } from './map-renderer.ts'

/** Undefined where there is no 2D canvas either. */
export function createCanvasRenderer(canvas: HTMLCanvasElement): MapRenderer | undefined {
  const context = canvas.getContext('2d')
  if (context === null) return undefined
  let x = new Float32Array(0)
  let y = new Float32Array(0)
  let beforeX = x
  let beforeY = y
  let rows = new Uint32Array(0)
  let groups: readonly Group[] = []

  return {
    kind: 'canvas',
    get points() {
      return rows.length
    },
    msPerPoint: undefined,
    setPoints(nextX, nextY) {
      const isSameSet = nextX.length === x.length
      beforeX = isSameSet ? x : nextX.slice()
      beforeY = isSameSet ? y : nextY.slice()
      x = nextX.slice()
      y = nextY.slice()
      rows = thinned(x.length)
      if (!isSameSet) groups = [{ style: unlabelledIndex, rows }]
    },
    setStyles(styles) {
      if (styles.length !== x.length) return
      groups = grouped(rows, styles)
    },
    draw(frame) {
      const { view, look, ratio, mix } = frame
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      context.clearRect(0, 0, view.width, view.height)
      const shiftX = view.width / 2 - view.centreX * view.scale
      const shiftY = view.height / 2 + view.centreY * view.scale
      for (const { style, rows: group } of groups) {
        const size = style >= hiddenBit ? look.hiddenSize : look.size
        context.fillStyle = fillOf(style, frame)
        for (const row of group) {
          const px = at(beforeX, x, row, mix) * view.scale + shiftX
          const py = shiftY - at(beforeY, y, row, mix) * view.scale
          if (px < -size || py < -size || px > view.width + size || py > view.height + size)
            continue
          context.fillRect(px - size / 2, py - size / 2, size, size)
        }
      }
    },
    dispose() {
      context.clearRect(0, 0, canvas.width, canvas.height)
    }
  }
}

/** Rows that are drawn: all, or as many as a frame can draw, evenly spread. */
export function thinned(items: number): Uint32Array<ArrayBuffer> {
  const count = Math.min(items, canvasPointsMax)
  return Uint32Array.from({ length: count }, (_, i) => Math.floor((i * items) / count))
}

/** Rows of one style, drawn in one colour. */
interface Group {
  readonly style: number
  readonly rows: Uint32Array
}

/** Layers that the points are dealt into, so that no colour lies over all others. */
const dealtLayers = 16

/** Groups in the order they are drawn: hidden ones first, then layer by layer. */
function grouped(rows: Uint32Array, styles: Uint8Array): Group[] {
  const lists = new Map<number, { style: number; layer: number; rows: number[] }>()
  rows.forEach((row, i) => {
    const style = styles[row] ?? unlabelledIndex
    const layer = style >= hiddenBit ? -1 : i % dealtLayers
    const key = layer * 256 + style
    const list = lists.get(key)
    if (list === undefined) lists.set(key, { style, layer, rows: [row] })
    else list.rows.push(row)
  })
  return [...lists.values()]
    .sort((one, other) => one.layer - other.layer || one.style - other.style)
    .map(({ style, rows: list }) => ({ style, rows: Uint32Array.from(list) }))
}

function at(before: Float32Array, now: Float32Array, row: number, mix: number): number {
  const to = now[row] ?? 0
  return mix >= 1 ? to : (before[row] ?? to) * (1 - mix) + to * mix
}

function fillOf(style: number, { colors, look }: MapFrame): string {
  if (style >= hiddenBit) return cssColor(colors.hidden, look.opacity01 * 0.45)
  const color = colors.categories[style] ?? colors.hidden
  return cssColor(color, look.opacity01)
}
