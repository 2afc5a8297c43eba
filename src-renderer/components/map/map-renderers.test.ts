// Which way of drawing is taken, and that the 2D canvas draws the same picture as a thinned sample.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createCanvasRenderer, thinned } from './canvas-renderer.ts'
import { giveCanvas } from './map-canvas.test-support.ts'
import { hiddenBit } from './map-categories.ts'
import { chooseRenderer } from './choose-renderer.ts'
import { canvasPointsMax, type MapFrame } from './map-renderer.ts'
import { fitView } from './map-view.ts'

afterEach(() => vi.restoreAllMocks())

const canvas = (): HTMLCanvasElement => document.createElement('canvas')
const none = { onLost: () => undefined, onMeasured: () => undefined }
const frame: MapFrame = {
  view: fitView(200, 200),
  look: { size: 4, hiddenSize: 2, opacity01: 1 },
  colors: {
    categories: [
      [1, 0, 0],
      [0, 1, 0]
    ],
    hidden: [0.5, 0.5, 0.5]
  },
  mix: 1,
  hasHidden: true,
  ratio: 1,
  most: 100
}

describe('the way of drawing', () => {
  it('is WebGL first; a canvas on which it was tried gives no other', () => {
    const fake = giveCanvas({ has2d: true })
    expect(chooseRenderer(canvas(), { ...none, avoidGl: false })?.kind).toBe('canvas')
    expect(fake.asked).toEqual(['webgl2', '2d'])
  })

  it('is the 2D canvas at once when asked for, and none where there is neither', () => {
    const fake = giveCanvas({ has2d: true })
    expect(chooseRenderer(canvas(), { ...none, avoidGl: true })?.kind).toBe('canvas')
    expect(fake.asked).toEqual(['2d'])
    vi.restoreAllMocks()
    giveCanvas({ has2d: false })
    expect(chooseRenderer(canvas(), { ...none, avoidGl: true })).toBeUndefined()
  })
})

describe('the 2D canvas', () => {
  it('draws every point of a small set in its place and colour, hidden ones first', () => {
    const fake = giveCanvas({ has2d: true })
    const renderer = createCanvasRenderer(canvas())
    renderer?.setPoints(Float32Array.of(0, 0.5, -0.5), Float32Array.of(0, 0.5, 0))
    renderer?.setStyles(Uint8Array.of(0, hiddenBit, 1))
    renderer?.draw(frame)
    const middle = 100 - 2
    expect(fake.filled.map(({ style }) => style)).toEqual([
      'rgb(128 128 128 / 0.45)',
      'rgb(255 0 0 / 1)',
      'rgb(0 255 0 / 1)'
    ])
    expect(fake.filled[1]).toMatchObject({ x: middle, y: middle })
    // Half a map unit up and right is less far down and further right on the screen.
    expect(fake.filled[0]?.x).toBeGreaterThan(middle)
    expect(fake.filled[0]?.y).toBeLessThan(middle)
  })

  it('is half way while points glide', () => {
    const fake = giveCanvas({ has2d: true })
    const renderer = createCanvasRenderer(canvas())
    renderer?.setPoints(Float32Array.of(-0.5), Float32Array.of(0))
    renderer?.setPoints(Float32Array.of(0.5), Float32Array.of(0))
    renderer?.draw({ ...frame, mix: 0.5 })
    expect(fake.filled[0]?.x).toBeCloseTo(98, 4)
  })

  it('leaves out what is not in sight', () => {
    const fake = giveCanvas({ has2d: true })
    const renderer = createCanvasRenderer(canvas())
    renderer?.setPoints(Float32Array.of(0, 1), Float32Array.of(0, 1))
    renderer?.draw({ ...frame, view: { ...frame.view, scale: 5000 } })
    expect(fake.filled).toHaveLength(1)
  })

  it('thins a large set evenly to what a frame can draw', () => {
    const rows = thinned(1_000_000)
    expect(rows.length).toBe(canvasPointsMax)
    expect(rows[0]).toBe(0)
    expect(rows[rows.length - 1]).toBe(999_980)
    expect(new Set(rows).size).toBe(canvasPointsMax)
    expect(Array.from(thinned(3))).toEqual([0, 1, 2])
  })

  it('deals colours in turn, so that no label lies over all others', () => {
    const fake = giveCanvas({ has2d: true })
    const renderer = createCanvasRenderer(canvas())
    const x = Float32Array.from({ length: 64 }, (_, i) => i / 100)
    renderer?.setPoints(x, x)
    renderer?.setStyles(Uint8Array.from(x, (_, i) => (i < 32 ? 0 : 1)))
    renderer?.draw({ ...frame, hasHidden: false })
    const order = fake.filled.map(({ style }) => style)
    expect(order.indexOf('rgb(0 255 0 / 1)')).toBeLessThan(order.lastIndexOf('rgb(255 0 0 / 1)'))
  })
})
