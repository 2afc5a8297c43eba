// What the map computes before anything is drawn: the view, words, colours, sizes, the crowd.
import { describe, expect, it } from 'vitest'
import { crowdShade, crowdSide } from './crowd.ts'
import {
  categoriesOf,
  countShown,
  hiddenBit,
  otherIndex,
  stylesOf,
  unlabelledIndex
} from './map-categories.ts'
import { shownWords, type PlacedWord } from './map-labels.ts'
import { parseColor } from './map-renderer.ts'
import {
  fitView,
  panned,
  resized,
  toMap,
  toScreen,
  withInSight,
  zoomedAt,
  zoomOf
} from './map-view.ts'
import { crowdOpacity, pointLook } from './point-look.ts'

const view = fitView(800, 600)

describe('the view', () => {
  it('shows the whole square at first', () => {
    expect(zoomOf(view)).toBe(1)
    const corner = toScreen(view, -1, 1)
    expect(corner.y).toBeGreaterThan(0)
    expect(toScreen(view, 1, -1).y).toBeLessThan(600)
    expect(toScreen(view, 0, 0)).toEqual({ x: 400, y: 300 })
  })

  it('holds the place under the pointer while it zooms, within limits', () => {
    const before = toMap(view, 500, 250)
    const near = zoomedAt(view, 3, 500, 250)
    const after = toMap(near, 500, 250)
    expect(after.x).toBeCloseTo(before.x, 9)
    expect(after.y).toBeCloseTo(before.y, 9)
    expect(zoomOf(near)).toBeCloseTo(3, 9)
    expect(zoomOf(zoomedAt(view, 1e9, 0, 0))).toBeCloseTo(2000, 6)
    expect(zoomOf(zoomedAt(view, 1e-9, 0, 0))).toBeCloseTo(0.6, 6)
  })

  it('never loses the map when moved, and keeps its zoom on another screen', () => {
    expect(panned(view, 1e6, 1e6)).toMatchObject({ centreX: -1, centreY: 1 })
    const larger = resized(zoomedAt(view, 2, 400, 300), 400, 300)
    expect(zoomOf(larger)).toBeCloseTo(2, 9)
  })

  it('moves just as far as a place needs to be in sight', () => {
    const near = zoomedAt(view, 4, 400, 300)
    const moved = withInSight(near, 0.9, 0, 32)
    expect(toScreen(moved, 0.9, 0).x).toBeCloseTo(800 - 32, 6)
    expect(withInSight(near, 0, 0, 32)).toBe(near)
  })
})

describe('words on the map', () => {
  const word = (text: string, x: number, weight: number, level = 0): PlacedWord => ({
    text,
    x,
    y: 0,
    weight,
    level
  })
  const widthOf = (text: string): number => text.length * 8

  it('never lie over one another: the heavier one stays', () => {
    const words = [word('light', 0.02, 5), word('heavy', 0, 50), word('aside', 0.8, 1)]
    expect(shownWords(words, view, widthOf, 18).map(({ text }) => text)).toEqual(['heavy', 'aside'])
  })

  it('fade in by level as the map is zoomed, the coarse ones first', () => {
    const words = [word('fine', 0.2, 500, 2), word('middle', 0, 50, 1), word('coarse', -0.5, 5)]
    const at = (zoom: number): [string, number][] =>
      shownWords(words, zoomedAt(view, zoom, 400, 300), widthOf, 18).map(({ text, opacity01 }) => [
        text,
        opacity01
      ])
    expect(at(1)).toEqual([['coarse', 1]])
    expect(at(1.85)).toEqual([
      ['coarse', 1],
      ['middle', expect.closeTo(0.5, 6)]
    ])
    expect(at(2.4).map(([text]) => text)).toEqual(['coarse', 'middle'])
    expect(at(5).map(([text]) => text)).toContain('fine')
  })

  it('stay out of what lies over the map, and are never cut off at its edge', () => {
    const legend = { left: 0, top: 0, right: 420, bottom: 600 }
    expect(shownWords([word('boot', 0, 1)], view, widthOf, 18, [legend])).toEqual([])
    const right = { ...word('boot', 1.4, 1) }
    expect(shownWords([right], view, widthOf, 18)).toEqual([])
  })
})

describe('colours', () => {
  it('go to the seven commonest labels; the others share one', () => {
    const classes = Array.from({ length: 9 }, (_, i) => ({ name: `l${i}`, count: i }))
    const found = categoriesOf(classes, 3)
    expect(found.map(({ index }) => index)).toEqual([
      0,
      1,
      2,
      3,
      4,
      5,
      6,
      otherIndex,
      unlabelledIndex
    ])
    expect(found[0]).toEqual({ index: 0, name: 'l8', labels: ['l8'] })
    expect(found[7]?.labels).toEqual(['l1', 'l0'])
    expect(categoriesOf([], 0).map(({ index }) => index)).toEqual([unlabelledIndex])
    expect(categoriesOf(classes.slice(0, 2), 0)).toHaveLength(2)
  })

  it('know what the filter hides and count the rest', () => {
    const styles = stylesOf(4, Uint8Array.of(0, 0, 2, 8), Uint8Array.of(1, 0, 1, 1))
    expect(Array.from(styles)).toEqual([0, hiddenBit, 2, 8])
    const counts = countShown(styles)
    expect([counts[0], counts[2], counts[8]]).toEqual([1, 1, 1])
    expect(Array.from(stylesOf(2, undefined, undefined))).toEqual([
      unlabelledIndex,
      unlabelledIndex
    ])
  })

  it('are read from the page in the ways a page writes them', () => {
    expect(parseColor(' #ff0080 ')).toEqual([1, 0, 128 / 255])
    expect(parseColor('rgb(255 0 51 / 0.5)')).toEqual([1, 0, 0.2])
    expect(parseColor('rgb(0, 51, 255)')).toEqual([0, 0.2, 1])
    expect(parseColor('')).toBeUndefined()
  })
})

describe('points', () => {
  it('are smaller and lighter the more there are, larger and clearer when zoomed', () => {
    const few = pointLook(view, 200, 200)
    const many = pointLook(view, 1_000_000, 1_000_000)
    const near = pointLook(zoomedAt(view, 20, 0, 0), 1_000_000, 1_000_000)
    expect(few.size).toBeGreaterThan(many.size)
    expect(few.opacity01).toBeGreaterThan(many.opacity01)
    expect(near.size).toBeGreaterThan(many.size)
    expect(near.opacity01).toBeGreaterThan(many.opacity01)
  })

  it('that a filter leaves stand out while hidden ones keep their size', () => {
    const all = pointLook(view, 10_000, 10_000)
    const left = pointLook(view, 20, 10_000)
    expect(left.size).toBeGreaterThan(all.size)
    expect(left.hiddenSize).toBe(all.hiddenSize)
  })

  it('have a shade under them from afar only', () => {
    expect(crowdOpacity(view, 10_000)).toBeGreaterThan(0.9)
    expect(crowdOpacity(zoomedAt(view, 8, 0, 0), 10_000)).toBe(0)
  })
})

describe('the crowd', () => {
  it('is darkest where most shown points lie, the top row at the top', () => {
    const x = Float32Array.from({ length: 90 }, (_, i) => (i < 60 ? -0.5 : 0.5))
    const y = Float32Array.from({ length: 90 }, (_, i) => (i < 60 ? 0.5 : -0.5))
    const cell = (mx: number, my: number): number =>
      Math.floor(((1 - my) / 2) * crowdSide) * crowdSide + Math.floor(((mx + 1) / 2) * crowdSide)
    const shade = crowdShade(x, y, new Uint8Array(90))
    expect(shade[cell(-0.5, 0.5) - crowdSide]).toBeCloseTo(1, 1)
    expect(shade[cell(0.5, -0.5) - crowdSide]).toBeCloseTo(Math.sqrt(0.5), 1)
    expect(shade[cell(0.5, 0.5)]).toBe(0)
    const styles = Uint8Array.from(x, (_, i) => (i < 60 ? hiddenBit : 0))
    expect(crowdShade(x, y, styles)[cell(-0.5, 0.5) - crowdSide]).toBe(0)
    expect(crowdShade(x, y, new Uint8Array(90).fill(hiddenBit)).every((v) => v === 0)).toBe(true)
  })
})
