// Scrolling a list that is taller than a browser can draw: every row can be reached, wheels move by
// true pixels, and the scroll bar and the list never disagree about the ends.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isOutOfStep,
  offsetOf,
  placeAt,
  scrolledTo,
  scrollScale,
  tallest,
  type ScrollPlace,
  type ScrollScale
} from './virtual-scroll.ts'

const anyView = fc.integer({ min: 150, max: 2000 })
/** Up to 10,000,000 rows of 196 px. */
const anyFull = fc.oneof(
  fc.integer({ min: 0, max: 200_000 }),
  fc.integer({ min: tallest - 3000, max: tallest + 3000 }),
  fc.integer({ min: tallest, max: 1_960_000_000 })
)

/** What a browser does with a bar that is moved: it stops at both ends. */
class Bar {
  top = 0
  place: ScrollPlace = { top: 0, base: 0 }
  readonly scale: ScrollScale
  readonly view: number
  constructor(scale: ScrollScale, view: number) {
    this.scale = scale
    this.view = view
  }
  get offset(): number {
    return offsetOf(this.place)
  }
  /** A wheel or a drag: the bar goes there, the list follows, and the bar is put right if needed. */
  moveTo(top: number): void {
    this.top = Math.min(Math.max(top, 0), this.scale.maxTop)
    this.place = scrolledTo(this.place, this.top, this.scale, this.view)
    if (isOutOfStep(this.place, this.scale, this.view)) this.rest()
  }
  rest(): void {
    const { offset } = this
    this.top = this.scale.toTop(offset)
    this.place = placeAt(offset, this.top)
  }
}
const anyMove = fc.oneof(
  fc.record({ kind: fc.constant('wheel' as const), by: fc.integer({ min: -1100, max: 1100 }) }),
  fc.record({ kind: fc.constant('drag' as const), to: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant('rest' as const) })
)

describe('the scale', () => {
  it('is true up to what a browser draws, and reaches both ends beyond', () => {
    fc.assert(
      fc.property(
        anyFull,
        anyView,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (full, view, at) => {
          const scale = scrollScale(full, view)
          expect(scale.height).toBe(Math.min(full, tallest))
          expect(scale.toOffset(0)).toBe(0)
          expect(scale.toOffset(scale.maxTop)).toBeCloseTo(scale.maxOffset, 5)
          const top = at * scale.maxTop
          expect(scale.toTop(scale.toOffset(top))).toBeCloseTo(top, 3)
          if (!scale.isScaled) expect(scale.toOffset(top)).toBe(top)
        }
      )
    )
  })

  it('never goes backwards', () => {
    fc.assert(
      fc.property(
        anyFull,
        anyView,
        fc.array(fc.nat(tallest), { maxLength: 20 }),
        (full, view, tops) => {
          const scale = scrollScale(full, view)
          const offsets = [...tops].sort((a, b) => a - b).map((top) => scale.toOffset(top))
          expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
        }
      )
    )
  })
})

describe('scrolling', () => {
  it('stays inside the list and draws at whole pixels, whatever moves it', () => {
    fc.assert(
      fc.property(anyFull, anyView, fc.array(anyMove, { maxLength: 60 }), (full, view, moves) => {
        const bar = new Bar(scrollScale(full, view), view)
        for (const move of moves) {
          if (move.kind === 'wheel') bar.moveTo(bar.top + move.by)
          else if (move.kind === 'drag') bar.moveTo(move.to * bar.scale.maxTop)
          else bar.rest()
          expect(bar.offset).toBeGreaterThan(-1)
          expect(bar.offset).toBeLessThan(bar.scale.maxOffset + 1)
          expect(Number.isInteger(bar.place.base)).toBe(true)
        }
      }),
      { numRuns: 300 }
    )
  })

  it('moves by true pixels with the wheel, from anywhere', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: tallest + 1, max: 1_960_000_000 }),
        anyView,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: -1100, max: 1100 }),
        (full, view, from, by) => {
          const bar = new Bar(scrollScale(full, view), view)
          bar.moveTo(from * bar.scale.maxTop)
          bar.rest()
          const before = bar.offset
          bar.moveTo(bar.top + by)
          const wanted = Math.min(Math.max(before + by, 0), bar.scale.maxOffset)
          expect(Math.abs(bar.offset - wanted)).toBeLessThanOrEqual(1)
        }
      ),
      { numRuns: 300 }
    )
  })

  it('reaches both ends with the wheel alone, without a rest on the way', () => {
    for (const direction of [-1, 1]) {
      for (const start of [30_000, 3_000_000]) {
        const bar = new Bar(scrollScale(360_000_000, 700), 700)
        const { maxOffset } = bar.scale
        const from = direction < 0 ? start : maxOffset - start
        bar.place = placeAt(from, bar.scale.toTop(from))
        bar.top = bar.place.top
        const turns = Math.ceil(start / 1000) + 1
        for (let turn = 0; turn < turns; turn++) bar.moveTo(bar.top + direction * 1000)
        expect(bar.offset).toBe(direction < 0 ? 0 : maxOffset)
        expect(bar.top).toBe(direction < 0 ? 0 : bar.scale.maxTop)
      }
    }
  })

  it('takes a drag for a drag: the last pixel of the bar is the last row', () => {
    const bar = new Bar(scrollScale(1_960_000_000, 700), 700)
    bar.moveTo(bar.scale.maxTop / 2)
    expect(bar.offset / bar.scale.maxOffset).toBeCloseTo(0.5, 2)
    bar.moveTo(bar.scale.maxTop)
    expect(Math.round(bar.offset)).toBe(bar.scale.maxOffset)
    bar.moveTo(0)
    expect(bar.offset).toBe(0)
  })
})
